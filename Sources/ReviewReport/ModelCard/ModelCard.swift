import ReviewCore

/// A fragment for a model card as Hugging Face reads it: metadata in YAML, then Markdown.
package struct ModelCard {
  /// The last line of every card; what tells our own files from others.
  package static let signature = "<!-- written by Keepoch, model card 1 -->"

  private static let mostRuns = 6

  private let report: Report
  private let document: ReportDocument
  private var output: String

  /// The same bytes for the same report.
  package static func write(_ report: Report) -> String {
    var card = ModelCard(report)
    card.addSelection()
    card.addEvaluation()
    card.addLimitations()
    card.addCommand()
    return card.output + "\n\(signature)\n"
  }

  private init(_ report: Report) {
    self.report = report
    document = ReportDocument(report)
    output = ModelIndex(report: report).text
  }

  private mutating func addSelection() {
    output += "\n## Checkpoint selection\n"
    add(section: .decision) { block in
      // Among the limitations.
      if case .caution = block { return false }
      return true
    }
    output += "\nThe rule:\n"
    add(section: .rule)
    if document.sections.contains(where: { $0.subject == .margins }) { output += "\nMargins:\n" }
    add(section: .margins) { block in
      switch block {
      case .chart, .pictures: return false
      default: return true
      }
    }
  }

  private mutating func addEvaluation() {
    output += "\n## Evaluation\n"
    let run = report.run
    var columns: [(title: String, index: Int)] = []
    func add(_ title: String, _ index: Int?) {
      guard let index, !columns.contains(where: { $0.index == index }) else { return }
      columns.append(("\(title), \(run.words(of: index))", index))
    }
    add("kept", report.kept)
    add("selected by the rule", report.table.selected)
    add("runner-up", report.table.runnerUp)
    add("best excluded", report.bestExcluded?.index)
    for choice in report.evidence.runChoices.prefix(Self.mostRuns) {
      add("best of its run", choice.selected)
    }
    guard !columns.isEmpty, !run.columns.isEmpty else {
      output += "\nThere is no metric of a kept checkpoint.\n"
      return
    }
    let header: [[Span]] = ([""] + columns.map(\.title)).map { [.text($0)] }
    let rows = run.displayOrder.map { column -> [[Span]] in
      let values = columns.map { place -> [Span] in
        let value = run.columns[column].values[place.index]
        return [.text(value.map { NumberText.general($0, digits: 4) } ?? "-")]
      }
      return [[.text(run.columns[column].metric.name + direction(column))]] + values
    }
    output += MarkdownBlocks.text(.table(header: header, rows: rows))
    if let excluded = report.bestExcluded {
      output += MarkdownBlocks.text(
        .paragraph([
          .text("\(run.words(of: excluded.index)) was excluded by "),
          .code(excluded.clause.text), ".",
        ]))
    }
  }

  private func direction(_ column: Int) -> String {
    switch report.run.columns[column].metric.direction {
    case .higher: return " (higher is better)"
    case .lower: return " (lower is better)"
    case nil: return ""
    }
  }

  private mutating func addLimitations() {
    output += "\n## Limitations\n"
    let failures = report.tagCounts.map { tag, counts -> [Span] in
      let places = counts.map { "\($0.count) at \(report.run.words(of: $0.index))" }
      return ["\(tag): \(places.joined(separator: ", "))"]
    }
    if failures.isEmpty {
      output += "\nNo failure was tagged.\n"
    } else {
      output += "\nFailures that reviewers tagged:\n" + MarkdownBlocks.text(.list(failures))
    }
    for caution in report.cautions { output += MarkdownBlocks.text(.caution([.text(caution)])) }
    output += "\nTrust:\n"
    add(section: .trust)
  }

  private mutating func addCommand() {
    output += "\n## How to reproduce the selection\n"
    add(section: .command)
  }

  /// The blocks of a section of the report; nothing where it has none.
  private mutating func add(
    section subject: ReportSubject, where isWanted: (ReportBlock) -> Bool = { _ in true }
  ) {
    guard let section = document.sections.first(where: { $0.subject == subject }) else { return }
    for block in section.blocks where isWanted(block) { output += MarkdownBlocks.text(block) }
  }
}
