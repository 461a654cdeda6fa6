package import ReviewCore

/// What a review note says, before it is written in any format.
package struct Report: Sendable {
  package let run: Run
  package let reviews: [Review]
  package let rule: RuleInForce
  package let table: CheckpointTable
  package let evaluator: RuleEvaluator
  /// What the choice stands on.
  package let evidence: Evidence
  /// SHA-256 of `RuleData.text`; nil where no digest library is installed.
  package let dataDigest: String?
  /// The run's folder or file, seen from the report's own folder.
  package let runPath: String
  /// Whether it goes to standard output rather than to a file.
  package let isPrinted: Bool
  /// Whose rule it is, when a reviewer set it.
  package let ruleReviewer: String?
  /// Warnings of the run and of its journals.
  package let warnings: [RunWarning]
  /// The decoded samples of the checkpoints that the report shows, by place in the run.
  package let samples: [Int: SampleSet]
  /// The real pictures that samples were measured against, by the run's place among those compared, 0 for a
  /// run by itself; empty where none is shown.
  package let reals: [Int: SampleSet]
  /// As `runPath`, of each run that is compared.
  package let memberPaths: [String]
  /// What several reviewers agree on; nil for fewer than two.
  package let agreement: AgreementFacts?
  /// What people said in blind trials.
  package let human: HumanResults

  package init(
    run: Run, reviews: [Review], rule: RuleInForce, evaluator: RuleEvaluator, dataDigest: String?,
    runPath: String, isPrinted: Bool = false, ruleReviewer: String? = nil,
    warnings: [RunWarning],
    samples: [Int: SampleSet], reals: [Int: SampleSet] = [:], memberPaths: [String] = [],
    agreement: AgreementFacts? = nil, human: HumanResults = HumanResults()
  ) {
    self.human = human
    self.agreement = agreement?.agreement.hasSeveral == true ? agreement : nil
    self.reals = reals
    self.memberPaths = memberPaths
    self.run = run
    evidence = Evidence(run: run, reviews: reviews, evaluator: evaluator)
    // The same report whoever exports it.
    self.reviews = evidence.reviews
    self.rule = rule
    self.evaluator = evaluator
    table = evidence.table
    self.dataDigest = dataDigest
    self.runPath = runPath
    self.isPrinted = isPrinted
    self.ruleReviewer = ruleReviewer
    // The same report whatever was found first.
    self.warnings = Set(warnings).sorted {
      ($0.path ?? "", $0.offset ?? -1, $0.line) < ($1.path ?? "", $1.offset ?? -1, $1.line)
    }
    self.samples = samples
  }

  package var checklist: EvidenceChecklist { EvidenceChecklist(evidence, rule: rule) }

  /// The seed of every draw in a report, printed beside what was drawn.
  package static let drawSeed: UInt64 = 2026
  package static let averageCount = 10
  package static let stripCount = 5
  // Of several runs no more rows are listed than these without a reason of their own.
  private static let mostListed = 100

  package typealias Failure = Evidence.Failure
  package typealias Remark = Evidence.Remark

  package var override: (reviewer: String, override: Override)? { evidence.override }
  package var kept: Int? { evidence.kept }
  package var bestExcluded: (index: Int, clause: ClauseFinding)? { evidence.bestExcluded }
  package var failures: [Failure] { evidence.failures }
  package var tagCounts: [(tag: String, counts: [(index: Int, count: Int)])] { evidence.tagCounts }
  package func remarks(about subject: NoteSubject) -> [Remark] { evidence.remarks(about: subject) }
  package var coverage: (checkpoints: Int, samples: Int, allSamples: Int) { evidence.coverage }
  package var heldOut: HeldOutCheck? { evidence.heldOut }
  package var cautions: [String] { evidence.cautions }
  package var largestFalls: [(name: String, from: Int, to: Int, before: Double, after: Double)] {
    evidence.largestFalls
  }

  /// The rows of section 3: selected, other candidates, best excluded, and whatever a reviewer said
  /// something of; ascending.
  package var listed: [Int] {
    var rows = Set(run.checkpoints.indices.filter { table.statuses[$0] == .candidate })
    for review in reviews {
      for target in review.marks.keys {
        if let index = target.position.flatMap({ run.index(of: $0) }) { rows.insert(index) }
      }
    }
    for index in [table.selected, kept, bestExcluded?.index] { if let index { rows.insert(index) } }
    if !run.members.isEmpty {
      rows.formUnion(evidence.runChoices.compactMap(\.best))
      // A comparison shows how each run got there, as long as that can be read.
      if run.checkpoints.count <= Self.mostListed { rows.formUnion(run.checkpoints.indices) }
    }
    return rows.sorted()
  }

  package var beforeAtAfter: [Int] { evidence.beforeAtAfter }

  /// Seeds of the kept checkpoint, drawn and not picked; `isReviewed`: none that is held out.
  package func drawnSamples(_ count: Int, isReviewed: Bool = false) -> [Int] {
    kept.map { drawnSamples(count, of: $0, isReviewed: isReviewed) } ?? []
  }
}
