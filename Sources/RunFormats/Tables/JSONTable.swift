import ReviewCore

/// Logs in JSON: an object a line, or one document that holds a list of records.
struct JSONTable {
  private let bytes: [UInt8]
  private let path: String
  private var warnings: WarningList
  private var gathering: RecordGathering
  private var checkpoints: RecordGathering
  private var kinds: Set<String> = []

  // Values take several times the room of their text.
  private static let largestDocument = 64 << 20

  /// What came of it: tables with the words for them, or why there is none.
  typealias Reading = Result<(tables: [LoggedTable], kind: String), TableFailure>

  /// An object a line.
  static func lines(_ bytes: [UInt8], path: String) -> Reading {
    var reader = JSONTable(bytes, path: path)
    return reader.lines()
  }

  /// A single value.
  static func document(_ bytes: [UInt8], path: String) -> Reading {
    var reader = JSONTable(bytes, path: path)
    return reader.document()
  }

  private init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
    warnings = WarningList(path: path)
    gathering = RecordGathering(path: path)
    checkpoints = RecordGathering(path: path, role: .checkpoints)
  }

  // MARK: Lines

  private mutating func lines() -> Reading {
    var (start, line) = (0, 0)
    var without = 0
    var objects = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let range = start..<end
      (start, line) = (end + 1, line + 1)
      if bytes[range].allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
      do throws(JSONError) {
        guard let object = try JSONReader.value(in: bytes, range).object else {
          warnings.add(
            .badTable, offset: range.lowerBound, "line \(line) is no object; it is left out")
          continue
        }
        objects += 1
        if !add(object, line: line) { without += 1 }
      } catch {
        if end == bytes.count, error.endsEarly {
          warnings.add(
            .tornLine, "line \(line), the last, is not whole yet; it is left out until it is")
        } else {
          warnings.add(
            .badTable, offset: error.offset, "line \(line) is left out: \(error.message)")
        }
      }
    }
    if without > 0, without < objects {
      warnings.add(
        .badNumber, "\(without) lines are left out: they name neither an epoch nor a step")
    }
    return finished(
      words: "lines of JSON",
      why: objects == 0 ? "none of its lines is an object" : "no key is named epoch or step")
  }

  /// False where the record has no place.
  private mutating func add(_ object: JSONObject, line: Int) -> Bool {
    if let results = object["results"]?.object, object["metric"]?.string != nil,
      let snapshot = object["snapshot_pkl"]
    {
      guard let kimg = snapshot.string.flatMap(Self.lastNumber) else { return false }
      let numbers = results.members.compactMap { member in
        member.value.number.map { (name: member.key, value: $0) }
      }
      kinds.insert("metrics of StyleGAN's snapshots, by thousands of images (kimg)")
      checkpoints.add(line: line, epoch: nil, step: kimg, numbers: numbers)
      return true
    }
    let record = JSONRecord(object)
    guard record.hasPlace else { return false }
    if object["Progress/kimg"] != nil {
      kinds.insert("StyleGAN's statistics, by thousands of images (kimg)")
      gathering.setRole(.log)
    }
    gathering.add(
      line: line, epoch: record.epoch, step: record.step, note: record.note,
      failures: record.speaksOfFailures ? record.failures.tags : nil, numbers: record.numbers)
    for word in record.failures.refused {
      warnings.add(.badTable, FailureWords.refusal(word, line: line))
    }
    return true
  }

  /// The number of a snapshot's name, such as `network-snapshot-000200.pkl`.
  private static func lastNumber(_ name: String) -> AxisValue? {
    let digits = name.split { !("0"..."9").contains($0) }.last
    return digits.flatMap { AxisValue(parsing: $0) }
  }

  // MARK: Documents

  private mutating func document() -> Reading {
    guard bytes.count <= Self.largestDocument else {
      return .failure(TableFailure("it is one document of more than 64 MiB"))
    }
    let value: JSONValue
    do throws(JSONError) { value = try JSONReader.value(in: bytes) } catch {
      return .failure(
        TableFailure(
          "it is not JSON: \(error.message) at byte \(error.offset)"
            + (error.endsEarly ? ", its end" : "")))
    }
    if let history = value["log_history"]?.array {
      kinds.insert("the trainer's state, its log_history")
      return records(history)
    }
    if let list = value.array { return records(list) }
    guard let object = value.object else {
      return .failure(TableFailure("it is neither a list nor an object"))
    }
    for key in ["log", "logs", "history", "metrics", "records", "rows", "results", "data"] {
      if let list = object[key]?.array, list.contains(where: { $0.object != nil }) {
        return records(list)
      }
    }
    if let columns = Self.columns(object) { return history(columns) }
    if let columns = object["history"]?.object.flatMap(Self.columns) { return history(columns) }
    return named(object)
  }

  private mutating func records(_ list: [JSONValue]) -> Reading {
    var without = 0
    for (index, value) in list.enumerated() {
      guard let object = value.object, add(object, line: index + 1) else {
        without += 1
        continue
      }
    }
    if without > 0, without < list.count {
      warnings.add(
        .badNumber, "\(without) records are left out: they name neither an epoch nor a step")
    }
    return finished(words: "a list of records", why: "no key is named epoch or step")
  }

  /// An object of lists of the same length, as `History.history` of Keras is.
  private static func columns(_ object: JSONObject) -> [(name: String, values: [JSONValue])]? {
    let lists = object.members.compactMap { member in
      member.value.array.map { (name: member.key, values: $0) }
    }
    guard let first = lists.first, lists.count == object.members.count, !first.values.isEmpty,
      lists.allSatisfy({ list in
        list.values.count == first.values.count
          && list.values.allSatisfy { $0.number != nil || $0 == .null }
      })
    else { return nil }
    return lists
  }

  private mutating func history(_ columns: [(name: String, values: [JSONValue])]) -> Reading {
    let header = columns.map { $0.name.lowercased() }
    let places = ColumnRole.places(in: header)
    let isCounted = places.epoch != nil || places.step != nil
    if !isCounted { kinds.insert("lists, one value an epoch, counted from 0 as Keras does") }
    let metrics = columns.indices.filter { ColumnRole(lowered: header[$0]) == .metric }
    func axisValue(_ place: Int?, _ row: Int) -> AxisValue? {
      guard let value = place.flatMap({ columns[$0].values[row].number }), value.isFinite else {
        return nil
      }
      return AxisValue(value)
    }
    for row in columns[0].values.indices {
      let epoch = isCounted ? axisValue(places.epoch, row) : AxisValue(Double(row))
      let step = axisValue(places.step, row)
      guard epoch != nil || step != nil else { continue }
      gathering.add(
        line: row + 1, epoch: epoch, step: step,
        numbers: metrics.compactMap { column in
          columns[column].values[row].number.map { (columns[column].name, $0) }
        })
    }
    if !isCounted { gathering.setRole(.log) }
    return finished(words: "lists of values", why: "it holds no values")
  }

  /// An object whose keys name the places: `{"epoch_1": {"fid": 30}, ...}`.
  private mutating func named(_ object: JSONObject) -> Reading {
    let failure = TableFailure("it holds no list of records")
    guard !object.members.isEmpty else { return .failure(failure) }
    for (index, member) in object.members.enumerated() {
      guard let inner = member.value.object else { return .failure(failure) }
      let word = member.key.prefix { $0.isLetter }.lowercased()
      let number = member.key.drop { !("0"..."9").contains($0) }
      let role = ColumnRole(lowered: word)
      guard role == .epoch || role == .step, let value = AxisValue(parsing: number) else {
        return .failure(failure)
      }
      let record = JSONRecord(inner)
      gathering.add(
        line: index + 1, epoch: role == .epoch ? value : nil, step: role == .step ? value : nil,
        note: nil, failures: record.speaksOfFailures ? record.failures.tags : nil,
        numbers: record.numbers)
    }
    return finished(words: "an object a place", why: "it is empty")
  }

  private mutating func finished(words: String, why: String) -> Reading {
    var tables = [gathering.table, checkpoints.table].filter { !$0.rows.isEmpty }
    guard !tables.isEmpty else { return .failure(TableFailure(why, warnings: warnings.all)) }
    tables[0].warnings = warnings.all
    return .success((tables, kinds.isEmpty ? words : kinds.sorted().joined(separator: ", ")))
  }
}
