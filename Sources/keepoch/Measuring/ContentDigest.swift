import ReviewCore
import RunFormats
import SampleMetrics

/// What tells the contents of samples and reference from others, wherever they lie.
enum ContentDigest {
  static func text(of subject: MeasureSubject) -> String {
    var parts: [String] = []
    if let pictures = subject.pictures {
      let size = subject.size.map { "\($0.width)x\($0.height)" } ?? ""
      parts.append("pictures \(size) \(text(of: pictures))")
    }
    if let points = subject.points { parts.append("points \(text(of: points))") }
    parts += subject.features.map { "features \($0.name) \(text(of: $0.table))" }
    parts += subject.probabilities.map { "probabilities \($0.name) \(text(of: $0.table))" }
    if let table = subject.latentMeans { parts.append("means \(text(of: table))") }
    if let table = subject.latentLogVariances { parts.append("variances \(text(of: table))") }
    return joined(parts + ["seeds \(subject.seeds)"])
  }

  static func text(of reference: MeasureReference) -> String {
    var parts: [String] = []
    if let table = reference.pictures { parts.append("pictures \(text(of: table))") }
    if let table = reference.points { parts.append("points \(text(of: table))") }
    if let table = reference.test { parts.append("test \(text(of: table))") }
    for name in reference.features.keys.sorted() {
      if let table = reference.features[name] {
        parts.append("features \(name) \(text(of: table))")
      }
    }
    if let labels = reference.labels { parts.append("labels \(labels)") }
    if let modes = reference.modes {
      parts.append("modes \(modes.deviation) \(text(of: modes.centres))")
    }
    return joined(parts)
  }

  private static func joined(_ parts: [String]) -> String {
    let text = parts.joined(separator: "\n")
    return Digest.sha256(Array(text.utf8)).map { String($0.prefix(32)) } ?? StableHash.text(text)
  }

  static func text(of table: NumberTable) -> String {
    let head = "(\(table.rowCount),\(table.columnCount))"
    let bytes: [UInt8]
    switch table.values {
    case .bytes(let values): bytes = values
    case .single(let values): bytes = values.withUnsafeBytes { Array($0) }
    case .double(let values): bytes = values.withUnsafeBytes { Array($0) }
    }
    return Digest.sha256(header: head, bytes) ?? "\(head) \(StableHash.text(bytes))"
  }
}
