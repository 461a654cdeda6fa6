/// What a report can be written as.
package enum ReportFormat: String, CaseIterable, Sendable {
  case markdown, json, csv, text

  /// Of the file, without the point.
  package var fileExtension: String {
    switch self {
    case .markdown: return "md"
    case .json: return "json"
    case .csv: return "csv"
    case .text: return "txt"
    }
  }

  /// The key in the menu of reports.
  package var key: Character {
    switch self {
    case .markdown: return "m"
    case .json: return "j"
    case .csv: return "c"
    case .text: return "t"
    }
  }

  package var title: String {
    switch self {
    case .markdown: return "Markdown, with the samples as text and as pictures"
    case .json: return "JSON, for programs"
    case .csv: return "CSV, the table alone"
    case .text: return "plain text, for a mail or a commit message"
    }
  }
}
