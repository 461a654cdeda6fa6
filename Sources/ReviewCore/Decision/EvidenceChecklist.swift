/// What must be there before a choice can be handed in.
package struct EvidenceChecklist: Equatable, Sendable {
  package enum Subject: String, CaseIterable, Sendable {
    case samples = "samples-by-checkpoint"
    case failures = "failure-samples"
    case diversity = "diversity-notes"
    case quality = "quality-notes"
    case trainingLog = "training-log"
    case rule = "selection-rule"
    case latentShape = "latent-shape"
    case outputShape = "output-shape"
    case trust = "trust-rule"
    case nextStep = "next-step"

    package var title: String {
      switch self {
      case .samples: return "samples by checkpoint"
      case .failures: return "failure samples"
      case .diversity: return "diversity notes"
      case .quality: return "quality notes"
      case .trainingLog: return "training log"
      case .rule: return "final selection rule"
      case .latentShape: return "latent shape"
      case .outputShape: return "output shape"
      case .trust: return "trust rule"
      case .nextStep: return "next step"
      }
    }
  }

  package struct Item: Equatable, Sendable {
    package let subject: Subject
    package let isThere: Bool
    /// What is there, or what is missing.
    package let detail: String
    /// How to bring it in without the screens, after `keepoch`; nil where it is there.
    package let remedy: String?
  }

  /// One a subject, in the order of the subjects.
  package let items: [Item]
  /// What the literature tries against the failures that were tagged, the most frequent first.
  package let offers: [Remedy]

  package var missing: [Item] { items.filter { !$0.isThere } }
  package var isComplete: Bool { missing.isEmpty }

  /// `7 of 10 are there`.
  package var summary: String { "\(items.count - missing.count) of \(items.count) are there" }

  package init(_ evidence: Evidence, rule: RuleInForce) {
    items = Subject.allCases.map { subject in
      let found = evidence.finding(of: subject, rule: rule)
      return Item(
        subject: subject, isThere: found.isThere, detail: found.detail,
        remedy: found.isThere ? nil : subject.remedy)
    }
    offers = Remedy.offered(for: evidence.tagsByCount, family: evidence.keptRun.family)
  }
}

extension EvidenceChecklist.Subject {
  fileprivate var remedy: String {
    switch self {
    case .samples: return "inspect RUN says where samples were looked for"
    case .failures: return "tag RUN --epoch E --sample I TAG"
    case .diversity: return "note RUN --about diversity TEXT"
    case .quality: return "note RUN --about quality TEXT"
    case .trainingLog: return "inspect RUN says which logs were looked for"
    case .rule: return "rule RUN --set TEXT, or [rule] in keepoch.toml"
    case .latentShape: return "latent_shape in keepoch.toml"
    case .outputShape: return "output_shape in keepoch.toml"
    case .trust: return "note RUN --about trust TEXT"
    case .nextStep: return "note RUN --about next-step TEXT"
    }
  }
}

extension Evidence {
  /// The tags that were given, the most frequent first, then by name.
  package var tagsByCount: [String] {
    tagCounts.map { ($0.tag, $0.counts.reduce(0) { $0 + $1.count }) }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
  }

  fileprivate func finding(
    of subject: EvidenceChecklist.Subject, rule: RuleInForce
  ) -> (isThere: Bool, detail: String) {
    switch subject {
    case .samples:
      let count = run.checkpoints.count { $0.samples != nil }
      let words = "\(count) of \(run.checkpoints.count) checkpoints have samples"
      guard let kept, run.checkpoints[kept].samples == nil else { return (count > 1, words) }
      return (false, "\(words); the kept one has none")
    case .failures:
      let count = failures.count
      return count > 0
        ? (true, "\(count) tagged sample\(count == 1 ? "" : "s")") : (false, "no sample is tagged")
    case .diversity: return noted(.diversity)
    case .quality: return noted(.quality)
    case .trainingLog:
      let count = run.series.count
      return count > 0
        ? (true, "\(count) series") : (false, "no series of the training was found")
    case .rule:
      guard table.selected != nil else { return (false, "the rule selects none") }
      return rule.origin == .builtIn
        ? (
          false,
          ownRulesDiffer
            ? "the runs' own rules differ and nobody set one over all: the default rule counts"
            : "nobody set one: the default rule counts"
        ) : (true, rule.origin.words)
    case .latentShape: return shape(keptRun.latentShape)
    case .outputShape:
      if let declared = keptRun.declaration.outputShape { return shape(declared) }
      let size = keptRun.checkpoints.lazy.compactMap { $0.samples?.sampleSize }.first
      return size.map { (true, "\($0.height) x \($0.width), as the samples are") } ?? shape(nil)
    case .trust: return noted(.trust)
    case .nextStep: return noted(.nextStep)
    }
  }

  private var ownRulesDiffer: Bool {
    run.members.contains { $0.run.declaration.rule != nil }
  }

  private func noted(_ subject: NoteSubject) -> (isThere: Bool, detail: String) {
    let count = remarks(about: subject).count { remark in
      remark.text.contains { !$0.isWhitespace }
    }
    return count > 0 ? (true, "\(count) note\(count == 1 ? "" : "s")") : (false, "none written")
  }

  private func shape(_ shape: [Int]?) -> (isThere: Bool, detail: String) {
    shape.map { (true, $0.map(String.init).joined(separator: " x ")) } ?? (false, "not declared")
  }
}
