import ReviewCore
import Testing

@Suite struct CheckpointFilterTests {
  private let tags = ["blurry", "mode-collapse"]

  private func shown(_ text: String) throws -> [Int] {
    let run = designRun()
    let review = Review(
      reviewer: "ann",
      events: [
        .tag(Target(Position(.epoch, 10), sample: 1), tag: "blurry", isOn: true, digest: nil),
        .verdict(Position(.epoch, 30), .keep), .verdict(Position(.epoch, 60), .reject),
        .rate(Target(Position(.epoch, 30)), 4),
        .note(Target(Position(.epoch, 1)), about: .general, text: "x"),
      ].enumerated().map {
        ReviewEvent(
          sequence: $0.offset + 1, time: "2026-01-01T00:00:00.000Z", reviewer: "ann",
          act: $0.element)
      })
    let rule = try RuleInForce(run: run)
    let evaluator = try RuleEvaluator(rule.rule, facts: RuleFacts(run: run, reviews: [review]))
    let table = CheckpointTable(judging: evaluator)
    let filter = try CheckpointFilter(
      text, tags: tags, metrics: run.columns.map(\.metric.name))
    return run.checkpoints.indices.filter { index in
      filter.matches(index, evaluator: evaluator, status: table.statuses[index]) {
        let position = run.position(of: index)
        return CheckpointFilter.Marks(
          verdict: review.mark(Target(position)).verdict,
          isNoted: !review.mark(Target(position)).notes.isEmpty,
          isTagged: evaluator.facts.tagged.values.contains { $0[index] })
      }
    }.map { Int(run.axisValue(of: $0).value) }
  }

  @Test(arguments: [
    ("quality != 0.45", [1, 30, 60]), ("quality!=0.45 !keep", [1, 60]),
    ("quality>0.4", [10, 30, 60]), ("quality > 0.4 diversity >= 0.6", [10, 30]),
    ("tag:blurry", [10]), ("blurry", [10]), ("-tag:blurry", [1, 30, 60]), ("!blurry", [1, 30, 60]),
    ("-tag:blurry -verdict:reject", [1, 30]), ("-note:any !blurry quality>0.7", [60]),
    ("tag:any", [10]), ("tag:none", [1, 30, 60]), ("verdict:keep", [30]), ("reject", [60]),
    ("undecided", [1, 10]), ("status:candidate", [30]), ("!candidate", [1, 10, 60]),
    ("rating:any", [30]), ("rating>=4", [30]), ("note:any", [1]), ("note:none", [10, 30, 60]),
    ("epoch>10 quality<0.7", [30]), ("kept or rejected", [30, 60]), ("not kept", [1, 10, 60]),
    ("share(blurry)>=0 blurry", [10]), ("tagged(blurry) undecided", [10]),
  ])
  func showsWhatItSays(_ text: String, _ epochs: [Int]) throws {
    #expect(try shown(text) == epochs)
  }

  @Test(arguments: [
    ("quality>", 9), ("qality>1", 1), ("undecided qality>1", 11), ("tag:nope", 1),
    ("quality>0.1 colour:red", 13), ("", 1), ("verdict:maybe", 1), ("quality>0.1 and", 16),
    ("!quality", 1),
  ])
  func anErrorNamesItsColumn(_ text: String, _ column: Int) throws {
    let error = #expect(throws: RuleError.self) { try shown(text) }
    #expect(error?.column == column, "\(error?.description ?? "")")
  }
}
