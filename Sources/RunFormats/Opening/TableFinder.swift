import ReviewCore

/// The places of a run's samples, by which a table of its checkpoints is known.
struct SamplePlaces {
  let axis: Axis
  let numbers: Set<Double>

  init(_ candidate: SampleCandidate) {
    axis = candidate.axis
    numbers = Set(candidate.numbers.map(\.value))
  }
}

/// Reads the tables of a run and tells those of checkpoints from training logs.
struct TableFinder {
  private let root: String
  private let files: [String]
  private(set) var warnings: [RunWarning] = []
  private(set) var reading: [String] = []
  /// Metrics of checkpoints.
  private(set) var tables: [LoggedTable] = []
  private(set) var logs: [LoggedTable] = []

  /// - Parameter files: of the run, relative to it.
  init(root: String, files: [String]) {
    self.root = root
    self.files = files
  }

  mutating func find(samples: SamplePlaces?) {
    for file in files
    where file.lowercased().hasSuffix(".csv") || file.lowercased().hasSuffix(".tsv") {
      let bytes: [UInt8]
      do { bytes = try FileBytes.read("\(root)/\(file)") } catch {
        warnings.append(RunWarning(.unreadable, path: file, error.reason))
        continue
      }
      guard let text = DelimitedText(bytes) else {
        warnings.append(RunWarning(.badTable, path: file, "it is empty"))
        continue
      }
      guard let table = LoggedTable(text, path: file) else {
        warnings.append(
          RunWarning(
            .badTable, path: file, "no column is named epoch or step; it is left out"))
        continue
      }
      warnings += table.warnings
      if Self.isOfCheckpoints(table, samples: samples) {
        tables.append(table)
        reading.append("\(PrintableText.escaped(file)): metrics of the checkpoints")
      } else {
        logs.append(table)
        reading.append("\(PrintableText.escaped(file)): training log")
      }
    }
    if tables.isEmpty, samples == nil, !logs.isEmpty {
      let first = logs.removeFirst()
      tables.append(first.bySteps)
      reading.append(
        "\(PrintableText.escaped(first.path)): taken for the checkpoints, as there is no other")
    }
  }

  private static func isOfCheckpoints(_ table: LoggedTable, samples: SamplePlaces?) -> Bool {
    let name = table.path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if table.hasNotes { return true }
    if table.names.contains("quality"), table.names.contains("diversity") { return true }
    if ["log", "history", "loss", "train"].contains(where: { name.contains($0) }) { return false }
    if ["metric", "checkpoint", "eval", "score", "result"].contains(where: { name.contains($0) }) {
      return true
    }
    guard let samples else { return false }
    let places = table.rows.compactMap { (samples.axis == .epoch ? $0.epoch : $0.step)?.value }
    return !places.isEmpty && places.allSatisfy { samples.numbers.contains($0) }
  }
}
