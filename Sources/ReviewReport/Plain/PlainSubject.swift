import ReviewCore

/// The decision of a report in one line, as a commit message begins.
struct PlainSubject {
  /// What tools that show a commit message leave room for.
  static let mostColumns = 72

  private let report: Report

  init(_ report: Report) { self.report = report }

  /// As much of the decision as fits; what is left out is left out whole, the run's name excepted.
  var text: String {
    let why = self.why
    let all = why.indices.map { decision + why[...$0].joined() }
    if let text = all.last(where: { $0.count <= Self.mostColumns }) { return text }
    if decision.count <= Self.mostColumns { return decision }
    let mark = "..."
    return decision.prefix(Self.mostColumns - mark.count) + mark
  }

  private var decision: String {
    let what = report.kept.map { report.run.wordsWithRun(of: $0) } ?? "none of \(report.run.name)"
    return PrintableText.escapedControls("Keep \(what)")
  }

  /// Parts of the reason, each of which may stand without the next.
  private var why: [String] {
    if let (reviewer, override) = report.override {
      let reason = override.reason.isEmpty ? [] : [": \(override.reason)"]
      return ([", chosen by \(reviewer)"] + reason).map(PrintableText.escapedControls)
    }
    guard report.table.selected != nil else { return [": \(report.evaluator.whyNone)"] }
    let rule = report.rule.rule
    let objectives = rule.objectives.map(\.text).joined(separator: ", ")
    let eligibility = rule.eligibility.map { [" where \($0.text)"] } ?? []
    return ([": \(objectives)"] + eligibility).map(PrintableText.escapedControls)
  }
}
