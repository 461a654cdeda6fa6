import ReviewCore

/// Reads a run of MLflow's file store: a folder with `meta.yaml`, and a file a metric and parameter.
///
/// The paths in `meta.yaml` are those of the machine that wrote it, and not used.
struct MLflowFiles {
  /// A run's folder, as its `meta.yaml` tells it.
  struct Place {
    /// Relative to the root; empty where it is the root.
    let folder: String
    let name: String?
    let isDeleted: Bool

    var prefix: String { folder.isEmpty ? "" : "\(folder)/" }
  }

  private static let largestMeta = 64 << 10
  private static let largestParameter = 64 << 10

  /// The runs among the files of a root, in the order of their paths.
  static func places(_ files: [String], root: String) -> [Place] {
    files.compactMap { file in
      guard file == "meta.yaml" || file.hasSuffix("/meta.yaml"),
        let meta = small("\(root)/\(file)", most: largestMeta)
      else { return nil }
      let values = lines(of: meta)
      guard values["run_id"] != nil || values["run_uuid"] != nil,
        values["experiment_id"] != nil
      else { return nil }
      return Place(
        folder: String(file.dropLast(file == "meta.yaml" ? 9 : 10)), name: values["run_name"],
        isDeleted: values["lifecycle_stage"] == "deleted")
    }
  }

  /// Whether a run has more than its description.
  static func hasAnything(_ place: Place, files: [String]) -> Bool {
    let (metrics, artifacts) = ("\(place.prefix)metrics/", "\(place.prefix)artifacts/")
    return files.contains { $0.hasPrefix(metrics) || $0.hasPrefix(artifacts) }
  }

  static func read(_ place: Place, root: String, files: [String]) -> TrackedRun {
    let (metrics, parameters) = ("\(place.prefix)metrics/", "\(place.prefix)params/")
    let tags = "\(place.prefix)tags/"
    let meta = "\(place.prefix)meta.yaml"
    var run = TrackedRun(
      format: .mlflow, path: place.folder.isEmpty ? "." : place.folder,
      title: "MLflow\(place.name.map { " run \($0)" } ?? "")")
    for file in files where file.hasPrefix(place.prefix) {
      if file.hasPrefix(metrics) {
        run.told.insert(file)
        takeMetric(
          file, key: String(file.dropFirst(metrics.utf8.count)), root: root, run: &run)
      } else if file.hasPrefix(parameters) {
        run.told.insert(file)
        let name = String(file.dropFirst(parameters.utf8.count))
        guard let bytes = small("\(root)/\(file)", most: largestParameter) else {
          run.warnings.append(
            RunWarning(.badSetting, path: file, "it cannot be read as a parameter"))
          continue
        }
        var text = Substring(decoding: bytes, as: UTF8.self)
        while text.last == "\n" { text.removeLast() }
        run.settings.append(MLflowRun.setting(name, String(text), origin: file))
      } else if file.hasPrefix(tags) || file == meta {
        run.told.insert(file)
      }
    }
    MLflowRun.takeImages(files, in: "\(place.prefix)artifacts/", run: &run)
    return run
  }

  /// Lines of a time in milliseconds, a value and a step; the last line may still be written.
  private static func takeMetric(
    _ file: String, key: String, root: String, run: inout TrackedRun
  ) {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read("\(root)/\(file)") } catch {
      run.warnings.append(RunWarning(.unreadable, path: file, error.reason))
      return
    }
    var warnings = WarningList(path: file)
    var points: [(time: Double, value: Double, step: Double)] = []
    var isSorted = true
    var start = 0
    while start < bytes.count {
      guard let end = bytes[start...].firstIndex(of: 0x0A) else {
        run.reading.append(
          "\(PrintableText.escaped(file)): \(bytes.count - start) bytes at the end are no whole line "
            + "yet")
        break
      }
      if let point = point(bytes, start..<end) {
        if let last = points.last, last.time > point.time { isSorted = false }
        points.append(point)
      } else if start < end {
        warnings.add(
          .badRecord, offset: start, "a line is not a time, a value and a step; it is left out")
      }
      start = end + 1
    }
    // Of two of one step the later one by its clock counts.
    if !isSorted {
      let order = points.indices.sorted { (points[$0].time, $0) < (points[$1].time, $1) }
      points = order.map { points[$0] }
    }
    for point in points { run.history.add(point.value, key: key, step: point.step) }
    run.warnings += warnings.all
  }

  private static func point(
    _ bytes: [UInt8], _ range: Range<Int>
  ) -> (time: Double, value: Double, step: Double)? {
    let fields = bytes[range].split(separator: 0x20, maxSplits: 3)
    guard fields.count >= 2 else { return nil }
    func number(_ place: Int) -> Double? {
      fields[place].withUnsafeBufferPointer { TableNumber.value($0) }
    }
    // The oldest releases wrote no step.
    guard let time = number(0), !time.isNaN, let value = number(1),
      let step = fields.count > 2 ? number(2) : 0, step.isFinite
    else { return nil }
    return (time, value, step)
  }

  private static func small(_ path: String, most: Int) -> [UInt8]? {
    guard let file = try? OpenFile(path), file.size <= most else { return nil }
    return try? file.bytes(at: 0, count: file.size)
  }

  /// The words behind the keys that stand at the start of a line; MLflow writes no more than that.
  private static func lines(of bytes: [UInt8]) -> [String: String] {
    var values: [String: String] = [:]
    for line in bytes.split(separator: 0x0A) {
      let text = String(decoding: line, as: UTF8.self)
      guard let colon = text.firstIndex(of: ":"), text.first != " " else { continue }
      var value = text[text.index(after: colon)...].drop { $0 == " " }
      for quote: Character in ["'", "\""]
      where value.count >= 2 && value.first == quote && value.last == quote {
        value = value.dropFirst().dropLast()
      }
      values[String(text[..<colon])] = String(value)
    }
    return values
  }
}
