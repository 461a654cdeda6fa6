import ReviewCore

/// A file that may hold a log or a table: looks at what is in it, and reads it.
package enum TableFile {
  package enum Outcome: Equatable, Sendable {
    /// At least one table, each with a row for each place; `reading` says what the file was taken
    /// for where that is not plain.
    case tables([LoggedTable], reading: String)
    case notATable(TableFailure)
  }

  /// What a name promises.
  package enum Kind: Equatable, Sendable {
    /// Fields between separators, or JSON lines.
    case table
    /// A JSON document that may be a log.
    case document
    /// What a script printed.
    case printed
  }

  private static let documentWords = [
    "trainer_state", "log", "history", "metric", "result", "score", "stats", "loss", "progress",
    "eval", "scalars",
  ]
  private static let printedWords = [
    "log", "train", "metric", "history", "progress", "result", "loss", "score", "output",
  ]

  /// What a shell's or a cluster's queue calls the output of a script.
  private static let outputStems: Set = ["out", "stdout", "nohup", "console", "slurm"]

  /// Whether a file is worth looking into, by its name alone.
  package static func mayBeTable(_ path: String) -> Bool { kind(of: path) != nil }

  package static func kind(of path: String) -> Kind? {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    let stem = name[..<dot]
    switch name[dot...] {
    case ".csv", ".tsv", ".jsonl", ".ndjson": return .table
    case ".json": return documentWords.contains { stem.contains($0) } ? .document : nil
    case ".log": return stem.hasPrefix("debug") ? nil : .printed
    case ".txt":
      let first = stem.split { !$0.isLetter }.first.map(String.init) ?? ""
      return outputStems.contains(first) || printedWords.contains { stem.contains($0) }
        ? .printed : nil
    case ".out": return .printed
    default: return nil
    }
  }

  /// Reads any bytes. The contents decide what they are; the name only whether sentences are looked
  /// through for numbers.
  package static func read(_ bytes: [UInt8], path: String) -> Outcome {
    guard !bytes.isEmpty else { return .notATable(TableFailure("it is empty")) }
    let text = TextBytes(bytes)
    guard text.encoding == .utf16 || !text.bytes.prefix(512).contains(0) else {
      return .notATable(TableFailure("it is not text"))
    }
    let (result, reading) = tables(text.bytes, path: path)
    switch result {
    case .failure(let failure): return .notATable(failure)
    case .success(let tables):
      var notes = reading
      if text.encoding != .utf8 { notes.append(text.encoding.rawValue) }
      if tables.contains(where: \.stepsBeginAgain) {
        notes.append("steps begin again with each epoch, whose last row counts")
      }
      return .tables(
        tables.map { $0.stepsBeginAgain ? $0.withoutSteps : $0.mergingRows() },
        reading: notes.joined(separator: ", "))
    }
  }

  private typealias Reading = (Result<[LoggedTable], TableFailure>, reading: [String])

  private static func tables(_ bytes: [UInt8], path: String) -> Reading {
    let kind = kind(of: path)
    let first = bytes.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    if first == 0x7B || first == 0x5B {
      let read = json(bytes, path: path)
      // A printed log may begin with a bracket, too.
      if kind != .printed || read.0.isSuccess { return read }
    }
    guard let text = DelimitedText(bytes) else {
      return (.failure(TableFailure("it is empty")), [])
    }
    if let tidy = TidyTable.read(text, path: path) {
      return (.success([tidy]), ["long form, one number a row"])
    }
    if let read = DelimitedTable.read(text, path: path) {
      return (.success([read.table]), read.reading)
    }
    guard kind == .printed else {
      return (.failure(TableFailure("no column is named epoch or step")), [])
    }
    return worded(PrintedLog.read(bytes, path: path))
  }

  private static func json(_ bytes: [UInt8], path: String) -> Reading {
    let lowered = path.lowercased()
    let start = bytes.firstIndex { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 } ?? 0
    let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    let firstLine = try? JSONReader.value(in: bytes, start..<end)
    let isAlone = bytes[end...].allSatisfy { $0 == 0x0A || $0 == 0x0D || $0 == 0x20 }
    let isLines =
      lowered.hasSuffix(".jsonl") || lowered.hasSuffix(".ndjson")
      || (firstLine?.object != nil && !isAlone)
    if isLines { return worded(JSONTable.lines(bytes, path: path)) }
    let document = JSONTable.document(bytes, path: path)
    if case .failure = document, firstLine?.object != nil {
      // One line so far.
      let lines = JSONTable.lines(bytes, path: path)
      if lines.isSuccess { return worded(lines) }
    }
    return worded(document)
  }

  private static func worded(_ reading: JSONTable.Reading) -> Reading {
    switch reading {
    case .success(let read): return (.success(read.tables), [read.kind])
    case .failure(let failure): return (.failure(failure), [])
    }
  }
}

extension Result {
  fileprivate var isSuccess: Bool { if case .success = self { true } else { false } }
}
