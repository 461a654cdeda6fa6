import ReviewCore
import RunFormats
import SampleMetrics

/// A folder of reference values: `reference.json`, and the arrays of `data/`.
struct ReferenceData {
  let folder: String
  private let reader: NumberReader

  /// One number, or one list of them, that must be met.
  struct Entry {
    let dataset: String
    let name: String
    let value: JSONValue
    let inputs: [String]
    let parameters: String
    /// The value may be off by `absolute + relative * |value|`.
    let absolute: Double
    let relative: Double
  }

  init(folder: String) {
    self.folder = folder
    reader = NumberReader(root: "\(folder)/data")
  }

  /// In the order of the file; what begins with `_` is no data set.
  ///
  /// - Throws: `RunError` where the file cannot be read.
  func entries() throws(RunError) -> [Entry] {
    guard let sets = try json("reference.json").object else {
      throw failure("reference.json", "it is no object")
    }
    return sets.members.flatMap { set -> [Entry] in
      guard !set.key.hasPrefix("_"), let values = set.value.object else { return [] }
      return values.members.map { entry in
        Entry(
          dataset: set.key, name: entry.key, value: entry.value["value"] ?? .null,
          inputs: entry.value["inputs"]?.array?.compactMap(\.string) ?? [],
          parameters: entry.value["params"]?.string ?? "",
          absolute: entry.value["abs"]?.number ?? 0, relative: entry.value["rel"]?.number ?? 0)
      }
    }
  }

  func json(_ file: String) throws(RunError) -> JSONValue {
    do { return try JSONReader.value(in: try FileBytes.read("\(folder)/\(file)")) } catch {
      throw failure(file, "\((error as? JSONError)?.message ?? "it cannot be read")")
    }
  }

  private func failure(_ file: String, _ why: String) -> RunError {
    RunError(
      "cannot read", place: "\(folder)/\(file)", why: why,
      remedy: "Give a folder with reference.json and data/, laid out like the reference values")
  }

  /// An array of `data/`; `series.json:fid` is a list of a file.
  func table(_ input: String) throws(RunWarning) -> NumberTable {
    let parts = input.split(separator: ":").map(String.init)
    if parts.count == 2, parts[0].hasSuffix(".json") {
      let values = (try? json("data/\(parts[0])"))?[parts[1]]?.array?.compactMap(\.number)
      guard let values else {
        throw RunWarning(.badTable, path: parts[0], "it has no list \(parts[1])")
      }
      return NumberTable(rowCount: values.count, columnCount: 1, values: .double(values))
    }
    return try reader.table(of: ArrayPlace(path: "\(input).npy"))
  }

  /// The first is the samples; the others by their names.
  func call(_ inputs: [String], _ options: MetricOptions) throws(RunWarning) -> MetricCall {
    guard let first = inputs.first else {
      throw RunWarning(.badTable, "an entry names no inputs")
    }
    let samples = try table(first)
    var call = MetricCall(samples: samples, options: options)
    let side = Int(Double(samples.columnCount).squareRoot())
    if side * side == samples.columnCount { call.size = PictureSize(width: side, height: side) }
    for input in inputs.dropFirst() {
      let table = try table(input)
      if input.contains("label") {
        call.labels = table.doublesOfLabels
      } else if input.contains("center") || input.contains("modes") || input.contains("logvar") {
        call.second = table
      } else if input.hasPrefix("test") {
        call.test = table
      } else {
        call.reference = table
      }
    }
    return call
  }
}

extension NumberTable {
  fileprivate var doublesOfLabels: [Int] {
    (0..<rowCount).map { Int(value(row: $0, column: 0)) }
  }
}
