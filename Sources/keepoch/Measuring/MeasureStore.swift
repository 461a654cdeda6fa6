import ReviewCore
import RunFormats
import SampleMetrics

/// What was computed of a run before: found by the contents of samples and reference, so that only what changed is
/// computed again. A cache: safe to delete, and what cannot be read or written is done without.
struct MeasureStore {
  /// One checkpoint's numbers.
  struct Entry {
    /// `name@version` of every column that was asked for, whether it has a value or not.
    var columns: Set<String>
    var measures: CheckpointMeasures

    /// With what was worked out since; of a name that both have, the newer value counts.
    func merged(with newer: Entry) -> Entry {
      let names = Set(newer.measures.values.map(\.name))
      let kinds = Set(newer.measures.evidence.map(\.kind))
      var all = newer
      all.columns.formUnion(columns)
      all.measures.values =
        newer.measures.values + measures.values.filter { !names.contains($0.name) }
      all.measures.evidence += measures.evidence.filter { !kinds.contains($0.kind) }
      let profiled = Set(newer.measures.profiles.map(\.name))
      all.measures.profiles += measures.profiles.filter { !profiled.contains($0.name) }
      all.measures.remarks += measures.remarks.filter { !newer.measures.remarks.contains($0) }
      return all
    }
  }

  private let path: String?
  /// By the state of a checkpoint's files, the digest of their contents.
  private var digests: [String: String] = [:]
  /// By digest of contents and reference.
  private var entries: [String: Entry] = [:]
  /// What the last measuring was of.
  private(set) var last: Last?
  private var isChanged = false

  /// The last measuring: which columns, and against what.
  struct Last: Equatable {
    var columns: [MeasuredColumn]
    /// A reference in place of the run's own.
    var referencePath: String?
    var referenceState: String
    var reference: String
    var typicalRealDistance: Double?
  }

  private static let schema = "keepoch.measures/1"

  /// - Parameters:
  ///   - folder: of all caches; nil keeps nothing.
  ///   - run: whose numbers they are.
  init(folder: String?, run: Run) {
    let identity = RunPath(run.path).identity ?? run.path
    path = folder.map { "\($0)/measures/\(StableHash.text(identity)).jsonl" }
    guard let path, let bytes = try? FileBytes.read(path) else { return }
    var isKnown = false
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let json = try? JSONReader.value(in: Array(line)) else { continue }
      if let schema = json["schema"]?.string {
        isKnown = schema == Self.schema
        last = isKnown ? Last(json) : nil
      } else if isKnown, let digest = json["digest"]?.string, let state = json["state"]?.string {
        digests[state] = digest
      } else if isKnown, let key = json["of"]?.string, let measures = CheckpointMeasures(json) {
        let names = json["columns"]?.array?.compactMap(\.string) ?? []
        entries[key] = Entry(columns: Set(names), measures: measures)
      }
    }
  }

  /// Whether nothing was ever measured.
  var isEmpty: Bool { last == nil }

  func digest(of state: String) -> String? { digests[StableHash.text(state)] }

  mutating func keep(_ digest: String, of state: String) {
    if digests.updateValue(digest, forKey: StableHash.text(state)) != digest { isChanged = true }
  }

  func entry(_ digest: String, against reference: String) -> Entry? {
    entries["\(digest) \(reference)"]
  }

  mutating func keep(_ entry: Entry, of digest: String, against reference: String) {
    entries["\(digest) \(reference)"] = entry
    isChanged = true
  }

  mutating func keep(_ last: Last) {
    if self.last != last { isChanged = true }
    self.last = last
  }

  // More than this of old contents is of no use to anybody.
  private static let mostEntries = 50_000

  /// Writes beside the place and moves the file there.
  mutating func save() {
    guard isChanged, let path, let last else { return }
    isChanged = false
    var lines = [last.json.text]
    for (state, digest) in digests.sorted(by: { $0.key < $1.key }).prefix(Self.mostEntries) {
      lines.append(
        JSONText.object([("digest", .string(digest)), ("state", .string(state))]).text)
    }
    for (key, entry) in entries.sorted(by: { $0.key < $1.key }).prefix(Self.mostEntries) {
      lines.append(
        JSONText.object(
          [
            ("of", .string(key)),
            ("columns", .array(entry.columns.sorted().map { .string($0) })),
          ] + entry.measures.members
        ).text)
    }
    do {
      try WholeFile.makeFolder(FileBytes.parent(of: path))
      try WholeFile.write(
        Array((lines.joined(separator: "\n") + "\n").utf8), to: path, isSynced: false)
    } catch {}
  }
}

extension MeasureStore.Last {
  fileprivate init?(_ json: JSONValue) {
    guard let reference = json["reference"]?.string,
      let state = json["referenceState"]?.string, let columns = json["columns"]?.array
    else { return nil }
    self.reference = reference
    referenceState = state
    referencePath = json["referencePath"]?.string
    typicalRealDistance = json["typicalRealDistance"]?.number
    self.columns = columns.compactMap { MeasuredColumn($0) }
  }

  fileprivate var json: JSONText {
    JSONText.object([
      ("schema", .string("keepoch.measures/1")), ("reference", .string(reference)),
      ("referenceState", .string(referenceState)),
      ("referencePath", referencePath.map { .string($0) } ?? .null),
      ("typicalRealDistance", typicalRealDistance.map { .number($0) } ?? .null),
      ("columns", .array(columns.map(\.json))),
    ])
  }
}

extension MeasuredColumn {
  init?(_ json: JSONValue) {
    guard let name = json["name"]?.string else { return nil }
    self.init(
      name: name, direction: json["direction"]?.string.flatMap(Metric.Direction.init(rawValue:)),
      explanation: json["explanation"]?.string ?? "")
  }

  var json: JSONText {
    JSONText.object([
      ("name", .string(name)), ("direction", direction.map { .string($0.rawValue) } ?? .null),
      ("explanation", .string(explanation)),
    ])
  }
}

extension CheckpointMeasures {
  /// Numbers that are not finite are texts.
  init?(_ json: JSONValue) {
    guard let found = json["values"]?.array else { return nil }
    func number(_ value: JSONValue?) -> Double? {
      if let number = value?.number { return number }
      switch value?.string {
      case "NaN": return .nan
      case "Infinity": return .infinity
      case "-Infinity": return -.infinity
      default: return nil
      }
    }
    self.init(
      values: found.compactMap { one in
        guard let parts = one.array, parts.count == 3, let name = parts[0].string,
          let value = number(parts[1])
        else { return nil }
        return MeasuredValue(name: name, value: value, standardError: number(parts[2]))
      },
      evidence: (json["evidence"]?.array ?? []).compactMap { one in
        guard let parts = one.array, parts.count == 4,
          let kind = parts[0].string.flatMap(SampleEvidence.Kind.init(rawValue:)),
          let sample = parts[1].number.flatMap({ Int(exactly: $0) }),
          let other = parts[2].number.flatMap({ Int(exactly: $0) })
        else { return nil }
        return SampleEvidence(kind, sample: sample, other: other, number: parts[3].number ?? 0)
      },
      remarks: (json["remarks"]?.array ?? []).compactMap(\.string))
    profiles = (json["profiles"]?.array ?? []).compactMap { one in
      guard let name = one["name"]?.string, let all = one["values"]?.array else { return nil }
      return MeasuredProfile(name: name, values: all.map { number($0) ?? .nan })
    }
  }

  var members: [(key: String, value: JSONText)] {
    [
      (
        "values",
        .array(
          values.map {
            .array([
              .string($0.name), .number($0.value), $0.standardError.map { .number($0) } ?? .null,
            ])
          })
      ),
      (
        "evidence",
        .array(
          evidence.map {
            .array([
              .string($0.kind.rawValue), .integer($0.sample), .integer($0.other),
              .number($0.number),
            ])
          })
      ), ("remarks", .array(remarks.map { .string($0) })),
      (
        "profiles",
        .array(
          profiles.map {
            .object([
              ("name", .string($0.name)), ("values", .array($0.values.map { .number($0) })),
            ])
          })
      ),
    ]
  }
}
