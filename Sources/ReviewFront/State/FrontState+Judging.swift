import HumanEvaluation
import ReviewCore

extension FrontState {
  /// Brings up to date what follows from the review; after every act.
  mutating func reviewChanged() {
    chart = nil
    indexMarks()
    let hasNewAgreement = takeAgreement()
    let force =
      rule.origin == .commandLine ? nil : try? RuleInForce(run: run, reviewer: review.ruleText)
    let facts = RuleFacts(run: run, reviews: [review] + otherReviews)
    // A rule that cannot be evaluated any more leaves the last judgement standing.
    if let evaluator = try? RuleEvaluator((force ?? rule).rule, facts: facts) {
      let isJudgedAnew =
        rule.rule.readsReviews || hasNewAgreement || (force.map { $0 != rule } ?? false)
      rule = force ?? rule
      self.evaluator = evaluator
      if isJudgedAnew {
        table = CheckpointTable(judging: evaluator)
        explain()
      }
    }
    if alarmRecord != nil { recordAlarms() }
    keepAgreement(runChanged: false)
    countEvidence()
    reorder()
  }

  /// How far reviewers agree, where there are several; whether that is another than before.
  private mutating func takeAgreement() -> Bool {
    guard otherReviews.contains(where: { !$0.marks.isEmpty || !$0.seen.isEmpty }) else {
      return false
    }
    let name = JudgedMetric.agreement
    let before = run.column(named: name)
    guard before.map({ $0.metric.origin == .judged }) ?? true else { return false }
    let now = ReviewerAgreement.column(of: [review] + otherReviews, in: run)
    guard now != before else { return false }
    run.take(
      judged: run.columns.filter { $0.metric.origin == .judged && $0.metric.name != name }
        + (now.map { [$0] } ?? []))
    sparklines = [:]
    return true
  }

  mutating func explain() { explanation = evaluator.explanation(of: place.checkpoint, in: table) }

  mutating func indexMarks() {
    var index: [Position: [String: Int]] = [:]
    notedPositions = []
    for (target, mark) in review.marks {
      guard let position = target.position else { continue }
      for tag in mark.tags.keys { index[position, default: [:]][tag, default: 0] += 1 }
      if !mark.notes.isEmpty { notedPositions.insert(position) }
    }
    tagIndex = index
  }

  /// What a rule that is being written would say.
  ///
  /// - Complexity: O(n) evaluations of the rule.
  func preview(_ edit: RuleEdit) -> RuleEdit.Preview {
    let text = edit.text
    guard !text.text.isEmpty else { return .ownRule }
    // Each part by itself first, so that what is not finished is an error of its own line.
    for part in edit.written {
      do throws(RuleError) { try RuleParser.check(edit[part].text, of: part.title) } catch {
        return .error(part, column: error.column, message: error.message)
      }
    }
    do throws(RuleError) {
      let rule = try RuleParser.rule(text)
      return .judged(
        RuleTally(try RuleEvaluator(rule, text: text, facts: evaluator.facts)))
    } catch {
      let (part, column) = edit.place(of: error)
      return .error(part, column: column, message: error.message)
    }
  }

  /// What can be written at the cursor of the rule's editor.
  func completion(_ edit: RuleEdit) -> RuleCompletion {
    let line = edit[edit.focus]
    return RuleCompletion(
      String(line.characters[..<line.place]), part: edit.focus.title,
      metrics: run.displayOrder.map { run.columns[$0].metric }, tags: tags.map(\.name))
  }
}
