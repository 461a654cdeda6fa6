/// Rows as an aligned Markdown table.
struct ResultTable {
  static let titles = [
    "scenario", "n", "p50", "p90", "p99", "bytes p50", "budget (p50)", "ratio", "remark",
  ]
  private(set) var rows: [ResultRow] = []

  mutating func append(_ more: [ResultRow]) { rows += more }

  /// The whole table; ends without a line feed.
  var text: String {
    let body = rows.map(\.cells)
    let widths = Self.titles.indices.map { column in
      ([Self.titles] + body).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = cells.enumerated().map { column, cell in
        let blank = String(repeating: " ", count: widths[column] - cell.count)
        return Self.isNumber(column) ? blank + cell : cell + blank
      }
      return "| \(padded.joined(separator: " | ")) |"
    }
    let rule = widths.enumerated().map { column, width in
      String(repeating: "-", count: width + 1) + (Self.isNumber(column) ? ":" : "-")
    }
    return ([line(Self.titles), "|\(rule.joined(separator: "|"))|"] + body.map(line))
      .joined(separator: "\n")
  }

  private static func isNumber(_ column: Int) -> Bool { (1...5).contains(column) }
}
