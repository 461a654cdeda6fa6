import ReviewCore

/// The table of a report as CSV (RFC 4180): every checkpoint with what the rule and the reviewers say.
package struct CSVReport {
  private static let ownColumns = OwnOutput.reportColumns

  /// Values unrounded; `\r\n` ends a row.
  package static func write(_ report: Report) -> String {
    let run = report.run
    let order = run.displayOrder
    let places = PlaceColumns(run)
    var rows = [places.header + order.map { run.columns[$0].metric.name } + ownColumns]
    for index in run.checkpoints.indices {
      let position = run.position(of: index)
      let verdicts = report.reviews.compactMap { review -> String? in
        let verdict = review.mark(Target(position)).verdict
        return verdict == .undecided ? nil : "\(review.reviewer): \(verdict.rawValue)"
      }
      let failures = report.tagCounts.compactMap { tag, counts in
        counts.first { $0.index == index }.map { "\($0.count) \(tag)" }
      }
      let notes = NoteSubject.allCases.flatMap { subject in
        report.remarks(about: subject).filter { $0.target == Target(position) }
          .map { "\($0.reviewer): \($0.text)" }
      }
      rows.append(
        places.fields(of: index, isPadded: false)
          + order.map { run.columns[$0].values[index].map { NumberText.shortest($0) } ?? "" }
          + [
            report.table.statuses[index].rawValue, report.table.selected == index ? "yes" : "",
            report.kept == index ? "yes" : "", verdicts.joined(separator: "; "),
            report.evaluator.facts.ratings[index].map { NumberText.shortest($0) } ?? "",
            failures.joined(separator: "; "), notes.joined(separator: "; "),
            run.checkpoints[index].note ?? "",
          ])
    }
    return rows.map { $0.map(CSVText.field).joined(separator: ",") + "\r\n" }.joined()
  }

  /// Whether a file may be one of these, as far as CSV can tell: by the end of its first row.
  package static func isOurs(_ bytes: [UInt8]) -> Bool {
    let ending = Array(ownColumns.joined(separator: ",").utf8)
    return bytes.prefix { $0 != 0x0A && $0 != 0x0D }.suffix(ending.count).elementsEqual(ending)
  }
}

/// Fields of CSV.
enum CSVText {
  /// A field that no spreadsheet takes for a formula, and no terminal for an escape sequence.
  static func field(_ text: String) -> String {
    // By scalars: with a combining mark behind it a sign is another character, and still that sign.
    let scalars = PrintableText.escapedControls(text).unicodeScalars
    let first = scalars.first
    let isFormula =
      first == "=" || first == "+" || first == "@"
      || (first == "-" && Double(String(scalars)) == nil)
    let safe = isFormula ? "'" + String(scalars) : String(scalars)
    guard safe.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else {
      return safe
    }
    let parts = safe.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + parts.map(String.init).joined(separator: "\"\"") + "\""
  }
}
