import FoundationEssentials

/// A line that `keepoch-metric-bench` or `recipes/metric_peers.py` prints.
struct MetricTiming: Decodable, Sendable {
  var seconds: [Double]
  /// Processor time of all threads, as often.
  var busy: [Double]
  let value: Double
  /// Bytes beyond what was resident before.
  let extra: Double?
  let version: String?
  /// What was called, or what it ran on.
  let what: String?
  /// Multiplications and additions, where those are what takes the time.
  let operations: Double?
  /// Of which peak they are a share.
  let kind: String?

  init(_ line: String) throws(Failure) {
    do { self = try JSONDecoder().decode(MetricTiming.self, from: Data(line.utf8)) } catch {
      throw Failure("this is no timing: \(line)")
    }
  }

  /// What is left when nothing else was in the way.
  var best: Double { seconds.min() ?? .infinity }
}

/// What the machine can do at most, operations a second.
struct MachinePeaks: Decodable, Sendable {
  /// Multiplications and additions of one kind of number.
  struct Peak: Sendable {
    let words: String
    let one: Double
    let all: Double
  }

  /// What all means: the processors that programs may run on.
  let threads: Int
  let double: Peak
  let single: Peak
  let bytes: Peak

  init(_ line: String) throws(Failure) {
    do { self = try JSONDecoder().decode(MachinePeaks.self, from: Data(line.utf8)) } catch {
      throw Failure("these are no peaks: \(line)")
    }
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    func peak(_ name: String) throws -> Peak {
      Peak(
        words: try fields.decode(String.self, forKey: Key("\(name)_words")),
        one: try fields.decode(Double.self, forKey: Key("\(name)_one")),
        all: try fields.decode(Double.self, forKey: Key("\(name)_all")))
    }
    threads = try fields.decode(Int.self, forKey: Key("threads"))
    double = try peak("double")
    single = try peak("single")
    bytes = try peak("bytes")
  }

  private struct Key: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { return nil }
  }

  /// - Parameter kind: as a timing names it.
  subscript(kind: String) -> Peak? {
    switch kind {
    case "double": return double
    case "single": return single
    case "bytes": return bytes
    default: return nil
    }
  }
}
