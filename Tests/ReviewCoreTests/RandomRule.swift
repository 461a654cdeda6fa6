import ReviewCore

/// Rules and runs of all kinds, the same for the same seed.
struct RandomRule {
  var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func pick<T>(_ values: [T]) -> T {
    values[Int(generator.next(below: UInt64(values.count)))]
  }

  mutating func below(_ bound: Int) -> Int { Int(generator.next(below: UInt64(bound))) }

  /// Of few values, so that ties and hits on thresholds are common; now and then none.
  mutating func value() -> Double? {
    switch below(24) {
    case 0: return nil
    case 1: return .nan
    case 2: return .infinity
    case 3: return -.infinity
    default: return Double(below(9)) / 8 - 0.25
    }
  }

  mutating func run() -> Run {
    let count = 1 + below(9)
    let names = ["quality", "diversity", "val loss"]
    return Run(
      name: "r", path: "r", format: .table,
      checkpoints: (0..<count).map { Checkpoint(epoch: AxisValue(Double($0))) },
      columns: names.map { name in
        MetricColumn(metric: Metric(name: name), values: (0..<count).map { _ in value() })
      })
  }

  mutating func number(_ depth: Int = 0) -> String {
    let literal = pick(["0.5", "0.25", "-0.125", "0", "1e-1"])
    switch below(depth > 1 ? 6 : 11) {
    case 0...3: return pick(["quality", "diversity", "`val loss`"])
    case 4: return pick(["epoch", "rating", "share(noise)", "rank(diversity)"])
    case 5: return literal
    case 6: return "-\(number(depth + 1))"
    case 7: return "(\(number(depth + 1)))"
    default: return "\(number(depth + 1)) \(pick(["+", "-", "*", "/"])) \(number(depth + 1))"
    }
  }

  mutating func comparison() -> String {
    let sign = pick([">=", ">", "<=", "<", "==", "!="])
    let literal = pick(["0.5", "0.25", "-0.125", "0.375", "0"])
    switch below(6) {
    case 0: return "\(literal) \(sign) \(number())"
    case 1: return "\(number()) \(sign) \(number())"
    default: return "\(pick(["quality", "diversity"])) \(sign) \(literal)"
    }
  }

  mutating func condition(_ depth: Int = 0) -> String {
    switch below(depth > 2 ? 5 : 10) {
    case 0...3: return comparison()
    case 4: return pick(["kept", "rejected", "tagged(noise)"])
    case 5: return "not \(condition(depth + 1))"
    case 6: return "(\(condition(depth + 1)))"
    case 7, 8: return "\(condition(depth + 1)) and \(condition(depth + 1))"
    default: return "\(condition(depth + 1)) or \(condition(depth + 1))"
    }
  }

  mutating func rule() -> String {
    var text = below(3) == 0 ? "" : "candidate: \(condition())\n"
    text += "select: \(pick(["max", "min"])) \(number())"
    if below(3) == 0 { text += ", \(pick(["max", "min"])) \(number())" }
    if below(4) != 0 { text += " where \(condition())" }
    return text + "\ntie: \(pick(["earliest", "latest"]))"
  }

  mutating func review(of run: Run) -> Review {
    let acts = (0..<below(6)).map { _ -> ReviewAct in
      let position = run.position(of: below(run.checkpoints.count))
      switch below(4) {
      case 0: return .verdict(position, pick([.keep, .reject]))
      case 1: return .rate(Target(position), 1 + below(5))
      default: return .tag(Target(position), tag: "noise", isOn: true, digest: nil)
      }
    }
    return Review(
      reviewer: "ann",
      events: acts.enumerated().map {
        ReviewEvent(sequence: $0.offset + 1, time: "", reviewer: "ann", act: $0.element)
      })
  }
}
