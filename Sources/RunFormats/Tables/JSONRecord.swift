import ReviewCore

/// One object of a JSON log: where it stands, what it counts.
struct JSONRecord {
  private(set) var epoch: AxisValue?
  private(set) var step: AxisValue?
  private(set) var note: String?
  private(set) var failures = FailureWords("")
  /// Whether it names failure modes, or says that there are none.
  private(set) var speaksOfFailures = false
  private(set) var numbers: [(name: String, value: Double)] = []
  private var ranks = (epoch: Int.max, step: Int.max)
  private var part: String?
  private var texts: [(key: String, value: String)] = []

  // A log nested deeper than this is a document of another kind.
  private static let deepest = 8
  private static let longestName = 200
  private static let partNames = ["mode", "split", "phase", "subset", "stage"]
  private static let nameNames = ["metric", "name", "key", "variable", "tag"]

  init(_ object: JSONObject) {
    add(object, prefix: "", depth: 0)
    if let tidy = tidyNumber { numbers = [tidy] }
    if let part { numbers = numbers.map { ("\(part)/\($0.name)", $0.value) } }
  }

  var hasPlace: Bool { epoch != nil || step != nil }

  /// The name and the number of a record such as `{"step": 1, "metric": "fid", "value": 30}`.
  private var tidyNumber: (name: String, value: Double)? {
    guard numbers.count == 1, numbers[0].name.lowercased() == "value" else { return nil }
    let names = texts.filter { Self.nameNames.contains($0.key) }
    return names.count == 1 ? (names[0].value, numbers[0].value) : nil
  }

  private mutating func add(_ object: JSONObject, prefix: String, depth: Int) {
    for member in object.members {
      let key = prefix + member.key
      let lowered = key.lowercased()
      switch member.value {
      case .number(let value): add(value, key: key, lowered: lowered)
      case .object(let inner):
        // A collected statistic counts by its mean.
        if inner.members.count == 3, let mean = inner["mean"]?.number, inner["num"] != nil,
          inner["std"] != nil
        {
          if inner["num"]?.number != 0 { add(mean, key: key, lowered: lowered) }
        } else if depth < Self.deepest, key.utf8.count <= Self.longestName {
          add(inner, prefix: key + "/", depth: depth + 1)
        }
      case .string(let text): add(text, key: key, lowered: lowered)
      case .array(let list) where ColumnRole.namesFailures(lowered):
        // Whoever writes a list writes one name an element.
        addFailures(list.compactMap(\.string).joined(separator: ","))
      case .null, .bool, .array: break
      }
    }
  }

  private mutating func add(_ text: String, key: String, lowered: String) {
    // Python's json cannot write NaN in strict mode, so scripts quote it.
    if let value = TableNumber.value(text) {
      add(value, key: key, lowered: lowered)
    } else if ColumnRole.namesFailures(lowered) {
      addFailures(text)
    } else if ColumnRole(lowered: lowered) == .note {
      note = note ?? (text.isEmpty ? nil : text)
    } else if Self.partNames.contains(lowered), text.utf8.count <= Self.longestName {
      part = part ?? text
    } else {
      texts.append((lowered, text))
    }
  }

  private mutating func addFailures(_ text: String) {
    speaksOfFailures = true
    if failures.tags.isEmpty { failures = FailureWords(text) }
  }

  private mutating func add(_ value: Double, key: String, lowered: String) {
    switch ColumnRole(lowered: lowered) {
    case .epoch:
      let rank = ColumnRole.epochRank(lowered) ?? Int.max
      if value.isFinite, rank < ranks.epoch { (epoch, ranks.epoch) = (AxisValue(value), rank) }
    case .step:
      let rank = ColumnRole.stepRank(lowered) ?? Int.max
      if value.isFinite, rank < ranks.step { (step, ranks.step) = (AxisValue(value), rank) }
    case .clock, .note: break
    case .metric: numbers.append((key, value))
    }
  }
}
