import ReviewCore
import RunFormats
import SampleMetrics

/// Pieces of the work of one machine of several, as a file.
///
/// A line of JSON says of what they are; each piece is a line of JSON and behind it its numbers, little-endian:
/// whole numbers of 64 bits, then doubles.
struct PartsFile {
  /// `I` of `I/N`, from 1.
  let shard: Int
  let shardCount: Int
  let run: String
  /// The columns and versions, the reference's digest: pieces join only where these are the same.
  let plan: [String]
  let reference: String
  /// By checkpoint, the digest of what was measured.
  var digests: [Int: String] = [:]
  var parts: [(checkpoint: Int, task: MeasureTask, part: MeasurePart)] = []

  private static let schema = "keepoch.measure-part/1"

  /// `1-of-8.parts`.
  static func name(_ shard: Int, of count: Int) -> String { "\(shard)-of-\(count).parts" }

  init(
    shard: Int, of count: Int, run: String, plan: [String], reference: String
  ) {
    self.shard = shard
    shardCount = count
    self.run = run
    self.plan = plan
    self.reference = reference
  }

  func write(to path: String) throws(RunError) {
    var bytes: [UInt8] = []
    func line(_ members: [(String, JSONText)]) {
      bytes += Array(JSONText.object(members.map { (key: $0.0, value: $0.1) }).text.utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
    line([
      ("schema", .string(Self.schema)), ("shard", .integer(shard)),
      ("shards", .integer(shardCount)), ("run", .string(run)),
      ("plan", .array(plan.map { .string($0) })), ("reference", .string(reference)),
      ("parts", .integer(parts.count)),
      (
        "checkpoints",
        .array(
          digests.sorted { $0.key < $1.key }.map { .array([.integer($0.key), .string($0.value)]) })
      ),
    ])
    for (checkpoint, task, part) in parts {
      let head: [(String, JSONText)] = [
        ("checkpoint", .integer(checkpoint)), ("task", .string(task.name)),
      ]
      switch part {
      case .failure(let words): line(head + [("failure", .string(words))])
      case .measures(let measures):
        line(head + [("measures", .object(measures.members))])
      case .arrays(let wholes, let numbers):
        line(head + [("wholes", .integer(wholes.count)), ("numbers", .integer(numbers.count))])
        for value in wholes {
          withUnsafeBytes(of: Int64(value).littleEndian) { bytes += $0 }
        }
        for value in numbers {
          withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
        }
      }
    }
    try WholeFile.makeFolder(FileBytes.parent(of: path))
    try WholeFile.write(bytes, to: path)
  }

  /// - Throws: `RunError` that says what is wrong with the file.
  init(path: String) throws(RunError) {
    func failure(_ why: String) -> RunError {
      RunError(
        "cannot join", place: path, why: why,
        remedy: "Write it anew with keepoch measure --shard")
    }
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path) } catch { throw failure(error.reason) }
    var place = 0
    func line() throws(RunError) -> JSONValue {
      guard let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")),
        let value = try? JSONReader.value(in: bytes, place..<end)
      else { throw failure("it breaks off at byte \(place)") }
      place = end + 1
      return value
    }
    let head = try line()
    guard head["schema"]?.string == Self.schema else {
      throw failure("it holds no pieces of this version's work")
    }
    func whole(_ value: JSONValue?) -> Int? { value?.number.flatMap { Int(exactly: $0) } }
    guard let shard = whole(head["shard"]), let count = whole(head["shards"]),
      let run = head["run"]?.string, let reference = head["reference"]?.string,
      let total = whole(head["parts"]), count > 0, (1...count).contains(shard)
    else { throw failure("its first line lacks something") }
    self.init(
      shard: shard, of: count, run: run,
      plan: head["plan"]?.array?.compactMap(\.string) ?? [], reference: reference)
    for pair in head["checkpoints"]?.array ?? [] {
      guard let parts = pair.array, parts.count == 2, let index = whole(parts[0]) else { continue }
      digests[index] = parts[1].string
    }
    for _ in 0..<total {
      let one = try line()
      guard let checkpoint = whole(one["checkpoint"]),
        let task = one["task"]?.string.flatMap({ MeasureTask($0) })
      else { throw failure("a piece has no name") }
      if let words = one["failure"]?.string {
        parts.append((checkpoint, task, .failure(words)))
      } else if let measures = one["measures"].flatMap({ CheckpointMeasures($0) }) {
        parts.append((checkpoint, task, .measures(measures)))
      } else {
        guard let wholes = whole(one["wholes"]), let numbers = whole(one["numbers"]), wholes >= 0,
          numbers >= 0, wholes <= bytes.count, numbers <= bytes.count,
          place + 8 * (wholes + numbers) <= bytes.count
        else { throw failure("the piece \(task.name) breaks off") }
        func word(_ index: Int) -> UInt64 {
          bytes.withUnsafeBytes {
            UInt64(
              littleEndian: $0.loadUnaligned(fromByteOffset: place + 8 * index, as: UInt64.self))
          }
        }
        let found = MeasurePart.arrays(
          wholes: (0..<wholes).map { Int(Int64(bitPattern: word($0))) },
          numbers: (0..<numbers).map { Double(bitPattern: word(wholes + $0)) })
        place += 8 * (wholes + numbers)
        parts.append((checkpoint, task, found))
      }
    }
  }
}
