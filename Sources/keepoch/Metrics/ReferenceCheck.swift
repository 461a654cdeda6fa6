import ReviewCore
import RunFormats
import SampleMetrics

/// Holds the registry against a folder of reference values.
struct ReferenceCheck {
  private let data: ReferenceData
  private let effort: Effort
  /// What was worked out already, by metric, inputs and options.
  private var answers: [String: Result<MetricAnswer, MetricFailure>] = [:]
  private(set) var compared = 0
  private(set) var misses: [String] = []
  /// Values of the registry, by data set and name, as JSON.
  private(set) var values: [(dataset: String, name: String, value: JSONText)] = []

  init(folder: String, effort: Effort) {
    data = ReferenceData(folder: folder)
    self.effort = effort
  }

  /// - Throws: `RunError` where the folder cannot be read.
  mutating func run() throws(RunError) {
    for entry in try data.entries() {
      compared += 1
      if entry.dataset == "human" {
        try compareHuman(entry)
        continue
      }
      guard let name = ReferenceName(entry.name) else {
        miss(entry.dataset, entry.name, "the registry has no such value")
        continue
      }
      do throws(MetricFailure) {
        let found = try value(name, entry)
        values.append((entry.dataset, entry.name, found.json))
        if !Self.isNear(found, entry.value, entry.absolute, entry.relative) {
          miss(
            entry.dataset, entry.name,
            "got \(found.short), want \(Self.short(entry.value)) (\(entry.parameters))")
        }
      } catch {
        values.append((entry.dataset, entry.name, .string(error.words)))
        miss(entry.dataset, entry.name, error.words)
      }
    }
  }

  private mutating func compareHuman(_ entry: ReferenceData.Entry) throws(RunError) {
    guard let found = try HumanReference(data).value(entry.name) else {
      miss(entry.dataset, entry.name, "there is no such value of human evaluation")
      return
    }
    values.append((entry.dataset, entry.name, found.json))
    if !Self.isNear(found, entry.value, entry.absolute, entry.relative) {
      miss(entry.dataset, entry.name, "got \(found.short), want \(Self.short(entry.value))")
    }
  }

  mutating func miss(_ dataset: String, _ name: String, _ why: String) {
    misses.append("MISS \(dataset) \(name): \(why)")
  }

  mutating func take(_ dataset: String, _ name: String, _ value: JSONText) {
    compared += 1
    values.append((dataset, name, value))
  }

  private mutating func value(
    _ name: ReferenceName, _ entry: ReferenceData.Entry
  ) throws(MetricFailure) -> MetricNumber {
    var options = name.options
    if name.metric == "stability" { options.isBiased = entry.parameters.contains("lower") }
    let key = "\(name.metric) \(entry.inputs) \(options)"
    let answer: Result<MetricAnswer, MetricFailure>
    if let known = answers[key] {
      answer = known
    } else {
      answer = evaluate(name.metric, entry.inputs, options)
      answers[key] = answer
    }
    guard let value = try answer.get()[name.value] else {
      throw .unfit("the metric \(name.metric) gave no \(name.value)")
    }
    switch (value, name.count) {
    case (.numbers(let all), let count?): return .numbers(Array(all.prefix(count)))
    case (.wholes(let all), let count?): return .wholes(Array(all.prefix(count)))
    default: return value
    }
  }

  func evaluate(
    _ metric: String, _ inputs: [String], _ options: MetricOptions
  ) -> Result<MetricAnswer, MetricFailure> {
    guard let registered = MetricRegistry.metric(named: metric) else {
      return .failure(.unfit("the registry has no metric \(metric)"))
    }
    let call: MetricCall
    do throws(RunWarning) { call = try data.call(inputs, options) } catch {
      return .failure(.unfit(error.line))
    }
    do throws(MetricFailure) {
      return .success(try registered.evaluate(call, effort))
    } catch {
      return .failure(error)
    }
  }

  /// |v - ref| <= abs + rel |ref|, element by element; whole numbers, flags and texts exactly.
  static func isNear(
    _ value: MetricNumber, _ wanted: JSONValue, _ absolute: Double, _ relative: Double
  ) -> Bool {
    func isNear(_ one: Double, _ other: Double) -> Bool {
      abs(one - other) <= absolute + relative * abs(other)
    }
    switch (value, wanted) {
    case (.undefined, .null): return true
    case (.flag(let one), .bool(let other)): return one == other
    case (.number(let one), .number(let other)): return isNear(one, other)
    case (.whole(let one), .number(let other)): return Double(one) == other
    case (.numbers(let all), .array(let others)):
      return all.count == others.count
        && zip(all, others).allSatisfy { one, other in other.number.map { isNear(one, $0) } ?? false
        }
    case (.wholes(let all), .array(let others)):
      return all.count == others.count
        && zip(all, others).allSatisfy { Double($0) == $1.number }
    case (.texts(let all), .array(let others)): return all.map { $0 } == others.compactMap(\.string)
    default: return false
    }
  }

  private static func short(_ value: JSONValue) -> String {
    switch value {
    case .null: return "null"
    case .bool(let flag): return "\(flag)"
    case .number(let number): return NumberText.general(number, digits: 15)
    case .string(let text): return text
    case .array(let all): return "[\(all.prefix(3).map(short).joined(separator: ", ")), ...]"
    case .object: return "{...}"
    }
  }
}

extension MetricNumber {
  var json: JSONText {
    switch self {
    case .number(let value): return .number(value)
    case .whole(let value): return .number(Double(value))
    case .flag(let value): return .bool(value)
    case .numbers(let all): return .array(all.map { .number($0) })
    case .wholes(let all): return .array(all.map { .number(Double($0)) })
    case .texts(let all): return .array(all.map { .string($0) })
    case .undefined: return .null
    }
  }

  fileprivate var short: String {
    switch self {
    case .number(let value): return NumberText.general(value, digits: 15)
    case .whole(let value): return String(value)
    case .flag(let value): return "\(value)"
    case .numbers(let all):
      return all.prefix(3).map { NumberText.general($0, digits: 12) }.joined(separator: ", ")
    case .wholes(let all): return all.prefix(3).map(String.init).joined(separator: ", ")
    case .texts(let all): return all.prefix(3).joined(separator: ", ")
    case .undefined(let why): return "undefined: \(why)"
    }
  }
}
