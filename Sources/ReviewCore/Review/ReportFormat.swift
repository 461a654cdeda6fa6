/// What a report can be written as.
package enum ReportFormat: String, CaseIterable, Sendable {
  case markdown, html, json, csv, text
  case modelCard = "model-card"

  /// Of the file, without the point.
  package var fileExtension: String {
    switch self {
    case .markdown: return "md"
    case .html: return "html"
    case .json: return "json"
    case .csv: return "csv"
    case .text: return "txt"
    // Beside the Markdown report, which has the plain ending.
    case .modelCard: return "model-card.md"
    }
  }

  /// The key in the menu of reports.
  package var key: Character {
    switch self {
    case .markdown: return "m"
    case .html: return "h"
    case .json: return "j"
    case .csv: return "c"
    case .text: return "t"
    case .modelCard: return "d"
    }
  }

  package var title: String {
    switch self {
    case .markdown: return "Markdown, pictures beside it"
    case .html: return "HTML, one file with pictures"
    case .json: return "JSON, for programs"
    case .csv: return "CSV, the table alone"
    case .text: return "text, for mail and commits"
    case .modelCard: return "model card, for Hugging Face"
    }
  }
}
