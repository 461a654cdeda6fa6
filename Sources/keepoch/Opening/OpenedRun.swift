import HumanEvaluation
import ReviewCore
import ReviewJournal
import RunFormats
import SampleMetrics

/// A run with everything its reviewers said.
struct OpenedRun {
  var run: Run
  let folder: JournalFolder
  let reviewer: String
  /// The failure modes that may be named: built in, the reviewer's own, declared by the run.
  let tags: [FailureTag]
  let journals: [ReadJournal]
  /// One a journal, tags on samples that were generated anew left out.
  let reviews: [Review]
  let warnings: [RunWarning]
  /// The runs that are compared, each by itself; empty for one run.
  let parts: [OpenedRun]

  /// - Parameters:
  ///   - checksDigests: decodes the tagged samples to find stale tags.
  ///   - waitsForRange: reads all arrays for the range that the whole run is shown in; only what
  ///     shows pixels needs it, and a screen redraws when it becomes known.
  ///   - keepsCache: what was read for that is remembered.
  ///   - takesMeasures: looks for numbers that were computed before.
  init(
    path: String, reviewer option: String?, configuration: Configuration,
    checksDigests: Bool = true, waitsForRange: Bool = true, keepsCache: Bool = true,
    takesMeasures: Bool = true
  ) throws(RunError) {
    parts = []
    // Git looks for its name while the run is read.
    let file = RunPath(path).file
    let name = ReviewerName(
      option: option, configuration: configuration,
      folder: FileBytes.kind(file) == .file ? FileBytes.parent(of: file) : file)
    var run = try Self.openRun(path, waitsForRange: waitsForRange, keepsCache: keepsCache)
    let isFile = FileBytes.kind(run.path) != .folder
    folder = JournalFolder(
      runPath: run.path, isFile: isFile, identity: RunPath(run.path).identity ?? run.path,
      stateFolder: Outside.stateFolder)
    reviewer = name.resolve()
    tags = FailureTag.all(declared: run.declaration.tags, chosen: configuration.tags)
    journals = folder.readAll()
    // How many samples a file holds is asked only where somebody said something of one, or all of
    // them are shown.
    let speaksOfSamples = journals.contains { journal in
      journal.events.contains { $0.act.target?.sample != nil }
    }
    if checksDigests, waitsForRange || speaksOfSamples { run.countSamples() }
    if takesMeasures, let known = RunMeasurer.known(of: run, cacheFolder: Outside.cacheFolder) {
      run.take(known)
    }
    self.run = run
    var reviews = journals.map(\.review)
    var warnings = run.warnings + journals.flatMap(\.warnings)
    if checksDigests {
      for index in reviews.indices {
        let stale = StaleTags.find(in: reviews[index], run: run)
        reviews[index].setStale(stale)
        warnings += StaleTags.warnings(of: stale, by: reviews[index].reviewer)
      }
    }
    self.reviews = reviews
    self.warnings = warnings
    takeJudged()
  }

  /// A run as its bytes tell it, without what reviewers said.
  static func openRun(
    _ path: String, waitsForRange: Bool, keepsCache: Bool
  ) throws(RunError) -> Run {
    let cacheFolder = keepsCache ? Outside.cacheFolder : nil
    var run = try RunOpener.open(path, cacheFolder: cacheFolder)
    if waitsForRange, RangeFinder.concerns(run),
      let settled = RangeFinder.settle(run, cacheFolder: cacheFolder)
    {
      run.take(settled)
    }
    return run
  }

  /// What `OpenedRun.comparing` has put together.
  init(
    run: Run, folder: JournalFolder, reviewer: String, tags: [FailureTag], journals: [ReadJournal],
    reviews: [Review], warnings: [RunWarning], parts: [OpenedRun]
  ) {
    (self.run, self.folder, self.reviewer, self.tags) = (run, folder, reviewer, tags)
    (self.journals, self.reviews, self.warnings) = (journals, reviews, warnings)
    self.parts = parts
    takeJudged()
  }

  /// Puts what people judged into columns, anew.
  mutating func takeJudged() {
    // Strengths of a run by itself are on no common scale with another's, so that a comparison has its own.
    run.takeJudgements(of: reviews)
  }

  /// The journal file of this reviewer is the one that would be written to.
  var ownReview: Review {
    guard parts.isEmpty else {
      return reviews.first { $0.reviewer == reviewer } ?? Review(reviewer: reviewer)
    }
    let name = "\(JournalFolder.fileName(of: reviewer)).jsonl"
    let own = journals.indices.first {
      journals[$0].path == "\(folder.beside)/\(name)"
        || journals[$0].path == "\(folder.elsewhere)/\(name)"
    }
    return own.map { reviews[$0] } ?? Review(reviewer: reviewer)
  }

  /// A choice that stands beside the rule's: this reviewer's own, else the last one's by name.
  var override: Override? {
    let others = reviews.sorted { $0.reviewer < $1.reviewer }.compactMap(\.override)
    return ([ownReview.override].compactMap { $0 } + others.reversed())
      .first { run.index(of: $0.position) != nil }
  }

  /// The rule that counts for this reviewer.
  func ruleInForce(given: RuleText? = nil) throws(RunError) -> RuleInForce {
    do {
      return try RuleInForce(run: run, given: given, reviewer: ownReview.ruleText)
    } catch {
      throw Self.error(error, text: given ?? ownReview.ruleText ?? run.declaration.rule)
    }
  }

  /// Takes in what was computed before, where it was left out at the opening.
  mutating func recallMeasures() {
    if let known = RunMeasurer.known(of: run, cacheFolder: Outside.cacheFolder) { run.take(known) }
  }

  /// Computes what a rule names and nobody has computed yet.
  ///
  /// - Throws: `RunError` where it cannot be computed; a name that is no metric's stays for the rule to
  ///   complain of.
  mutating func measure(for rule: RuleInForce, keepsCache: Bool) throws(RunError) {
    guard parts.isEmpty else { return try measureParts(for: rule, keepsCache: keepsCache) }
    let missing = Set(rule.rule.metricNames.filter { run.column(named: $0) == nil })
    guard !missing.isEmpty else { return }
    var settled = run
    if RangeFinder.concerns(run),
      let found = RangeFinder.settle(run, cacheFolder: keepsCache ? Outside.cacheFolder : nil)
    {
      settled.take(found)
    }
    let known = RunMeasurer.columnNames(of: settled)
    let wanted = missing.intersection(known)
    guard !wanted.isEmpty else { return }
    Effort.prepare(threads: Effort.whole().threads)
    Outside.say("computing \(wanted.sorted().joined(separator: ", ")), which the rule names")
    var measurer = RunMeasurer(
      run: settled, wish: RunMeasurer.Wish(metrics: wanted), effort: .whole(),
      cacheFolder: keepsCache ? Outside.cacheFolder : nil)
    do {
      var measures = try measurer.measure { _, _ in }
      // What was computed before stays beside it.
      if let earlier = run.measures { measures = earlier.joined(with: measures) }
      run.take(measures)
    } catch let error as RunError {
      throw error
    } catch {
      throw RunError(
        "cannot measure", place: run.path, why: "\(error)",
        remedy: "keepoch measure says more")
    }
  }

  /// The journal to write to; says so when it is not beside the run.
  func openJournal() throws(RunError) -> Journal {
    let place = try folder.writable()
    if place.isElsewhere {
      Outside.say("the run cannot be written to; the journal is in \(place.folder)")
    }
    return try Journal(folder: place.folder, reviewer: reviewer)
  }

  func evaluator(_ rule: RuleInForce) throws(RunError) -> RuleEvaluator {
    do {
      return try RuleEvaluator(
        rule.rule, text: rule.text, facts: RuleFacts(run: run, reviews: reviews))
    } catch {
      throw Self.error(
        error, text: rule.text,
        remedy: "keepoch inspect says which metrics were read, and from where")
    }
  }

  private static func error(
    _ error: RuleError, text: RuleText?,
    remedy: String = "Write it as: select: max quality where diversity >= 0.55"
  ) -> RunError {
    RunError(
      "cannot read the rule",
      place: text.map { "\"\($0.text.prefix(300))\($0.text.count > 300 ? "..." : "")\"" },
      why: error.description,
      remedy: remedy)
  }

  /// The checkpoint an option names.
  ///
  /// - Throws: `RunError` that names the two nearest.
  func index(of position: Position) throws(RunError) -> Int {
    if let index = run.index(of: position) { return index }
    let near = run.neighbours(of: position.value, in: position.run).map(\.text)
    let nearest =
      position.axis == run.axis && !near.isEmpty
      ? "The nearest: \(near.joined(separator: " and "))"
      : "This run counts by \(run.axis.rawValue)"
    throw RunError(
      "no such checkpoint in", place: run.path, why: "it has no \(position.words)", remedy: nearest)
  }
}
