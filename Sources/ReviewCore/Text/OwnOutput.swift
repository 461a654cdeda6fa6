/// What tells tables and documents of Keepoch from what a training script wrote.
package enum OwnOutput {
  /// Behind the axis and the metrics, in a report as CSV.
  package static let reportColumns = [
    "status", "selected", "kept", "verdicts", "rating", "failures", "notes", "trainer_note",
  ]
  /// Behind them in a table as CSV.
  package static let tableColumns = ["status", "selected"]
  /// The first line of a table as text.
  package static let tableTitle = "generation_review"
  /// Before the name of a schema in JSON.
  package static let schema = "\"schema\": \"keepoch."

  /// Whether bytes begin as one of these does.
  package static func isOurs(_ bytes: some Collection<UInt8>) -> Bool {
    let first = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    let line = String(decoding: first.suffix(200), as: UTF8.self)
    if line == tableTitle { return true }
    if [reportColumns, tableColumns].contains(where: {
      line.hasSuffix("," + $0.joined(separator: ","))
    }) {
      return true
    }
    return String(decoding: bytes.prefix(80), as: UTF8.self).contains(schema)
  }
}
