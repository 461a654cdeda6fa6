import ReviewCore
import Testing

@testable import SampleMetrics

/// What holds for every metric there is.
@Suite struct RegistryTests {
  /// Calls that between them give every value.
  static func calls() -> [(metric: String, call: MetricCall)] {
    var dice = Dice(77)
    let size = PictureSize(width: 12, height: 12)
    let pictures = NumberTable(
      rowCount: 30, columnCount: 144, values: .bytes(dice.bytes(30 * 144)))
    let real = NumberTable(rowCount: 60, columnCount: 144, values: .bytes(dice.bytes(60 * 144)))
    let features = NumberTable.doubles((0..<210).map { _ in dice.normals(4) })
    let realFeatures = NumberTable.doubles((0..<220).map { _ in dice.normals(4) })
    let chances = NumberTable.doubles(
      (0..<30).map { row in (0..<3).map { $0 == row % 3 ? 0.8 : 0.1 } })
    let latents = NumberTable.doubles((0..<30).map { _ in dice.normals(4) })
    var withDeviation = MetricOptions()
    withDeviation.deviation = 0.7
    var byMedian = MetricOptions()
    byMedian.deviation = .infinity
    var subsets = MetricOptions()
    subsets.subsetSize = 10
    subsets.subsetCount = 3
    let asPictures = MetricCall(
      samples: pictures, reference: real, test: real, second: real.rows(0..<2), size: size)
    let asFeatures = MetricCall(samples: features, reference: realFeatures)
    func with(_ call: MetricCall, _ options: MetricOptions) -> MetricCall {
      var call = call
      call.options = options
      return call
    }
    var calls: [(String, MetricCall)] = []
    for metric in MetricRegistry.all {
      let name = metric.card.name
      switch name {
      case "modes":
        calls.append(
          (
            name,
            MetricCall(
              samples: features, second: features.rows(0..<3), options: withDeviation)
          ))
      case "classes": calls.append((name, MetricCall(samples: chances, labels: [0, 1, 2])))
      case "is": calls.append((name, MetricCall(samples: chances)))
      case "vae": calls.append((name, MetricCall(samples: latents, second: latents)))
      case "stability":
        calls.append((name, MetricCall(samples: .doubles([[1], [3], [2], [5], [4]]))))
      case "kernel":
        calls += [
          (name, asFeatures), (name, with(asFeatures, byMedian)),
          (name, with(asFeatures, subsets)),
        ]
      case "vendi": calls += [(name, asFeatures), (name, with(asFeatures, withDeviation))]
      case "frechet": calls.append((name, asFeatures))
      case "ct":
        // Cells of which each holds more than 20 samples.
        var call = asFeatures
        call.test = realFeatures
        call.second = .doubles([[1, 0, 0, 0], [-1, 0, 0, 0]])
        calls.append((name, call))
      default: calls.append((name, asPictures))
      }
    }
    return calls
  }

  @Test func everyCardSaysWhatTheMetricGives() throws {
    let names = MetricRegistry.all.map(\.card.name)
    #expect(Set(names).count == names.count)
    for metric in MetricRegistry.all {
      let card = metric.card
      let values = card.values.map(\.name)
      #expect(Set(values).count == values.count, "\(card.name)")
      #expect(MetricRegistry.metric(named: card.name)?.card.title == card.title)
      for text in [
        card.title, card.formula, card.minimumCount, card.source, card.pitfalls,
      ] + card.values.flatMap({ [$0.range, $0.meaning] }) {
        #expect(!text.isEmpty, "\(card.name)")
        #expect(PrintableText.escaped(text) == text, "\(card.name): \(text)")
      }
      #expect(!card.reads.isEmpty && card.version >= 1)
      var given: Set<String> = []
      for (name, call) in Self.calls() where name == card.name {
        let answer = try MetricRegistry.evaluate(name, call)
        let found = answer.values.map(\.name)
        #expect(Set(found).count == found.count, "\(name): \(found)")
        given.formUnion(found)
      }
      #expect(given == Set(values), "\(card.name)")
    }
    #expect(MetricRegistry.metric(named: "fid") == nil)
  }

  @Test func threadsChangeNoBit() throws {
    for (name, call) in Self.calls() where name != "frechet" && name != "kernel" && name != "vendi"
    {
      #expect(
        try MetricRegistry.evaluate(name, call, threads: 1)
          == MetricRegistry.evaluate(name, call, threads: 3), "\(name)")
    }
  }

  @Test func whatIsCancelledStops() {
    let effort = Effort(threads: 2)
    effort.cancel()
    for (name, call) in Self.calls()
    where ["prdc", "audit", "neardup", "kernel", "frechet", "ndb", "hash", "ct"].contains(name) {
      // What was never asked for is not worked out.
      #expect(throws: MetricFailure.cancelled, "\(name)") {
        _ = try MetricRegistry.metric(named: name)?.evaluate(
          MetricCall(
            samples: call.samples, reference: call.reference, test: call.test, second: nil,
            size: call.size), effort)
      }
    }
  }

  /// No rows, no columns, one of each, all zeros, huge, tiny, not a number: an answer or a reason.
  @Test(arguments: MetricRegistry.all.map(\.card.name))
  func nothingTraps(name: String) throws {
    var dice = Dice(UInt64(name.utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
    let shapes = [(0, 0), (0, 3), (1, 1), (1, 4), (2, 1), (2, 9), (3, 0), (6, 4), (7, 9), (23, 49)]
    var answered = 0
    for round in 0..<250 {
      func table(_ columns: Int?, isOfBytes: Bool) -> NumberTable {
        var (rows, width) = shapes[dice.below(shapes.count)]
        if let columns, dice.below(8) > 0 { width = columns }
        let kind = dice.below(8)
        let values = (0..<rows * width).map { _ -> Double in
          switch kind {
          case 0: return 0
          case 1: return dice.normal() * 1e200
          case 2: return dice.normal() * 1e-300
          case 3: return dice.below(9) == 0 ? .nan : 1
          case 4: return Double(dice.below(2))
          case 5: return width > 0 ? 1 / Double(width) : 0
          case 6: return 1.7e308 * (dice.below(2) == 0 ? 1 : -1)
          default: return dice.normal()
          }
        }
        if isOfBytes {
          return NumberTable(
            rowCount: rows, columnCount: width,
            values: .bytes(
              values.map { UInt8(max(0, min(255, $0.isFinite ? $0 * 50 : 7))) }))
        }
        return NumberTable(
          rowCount: rows, columnCount: width,
          values: dice.below(2) == 0 ? .double(values) : .single(values.map { Float($0) }))
      }
      let isOfBytes = round % 2 == 0
      let samples = table(name == "stability" ? 1 : nil, isOfBytes: isOfBytes)
      let width = samples.columnCount
      func maybe(_ isOfBytes: Bool) -> NumberTable? {
        dice.below(6) == 0 ? nil : table(width, isOfBytes: isOfBytes)
      }
      var options = MetricOptions()
      options.neighbours = 1 + dice.below(6)
      if dice.below(3) == 0 { options.deviation = [0.5, 1e-200, .infinity][dice.below(3)] }
      if name == "modes" { options.deviation = 0.3 }
      if dice.below(4) == 0 { options.subsetSize = dice.below(4) }
      if dice.below(4) == 0 { options.splits = dice.below(4) }
      let side = Int(Double(width).squareRoot())
      let call = MetricCall(
        samples: samples, reference: maybe(isOfBytes), test: maybe(isOfBytes),
        second: maybe(dice.below(4) == 0 && isOfBytes),
        labels: dice.below(2) == 0 ? nil : [0, dice.below(6)],
        size: PictureSize(width: side, height: side == 0 ? 0 : width / side), options: options)
      do {
        let answer = try MetricRegistry.evaluate(name, call, threads: 1 + dice.below(2))
        answered += 1
        #expect(!answer.values.isEmpty)
      } catch {
        let failure = try #require(error as? MetricFailure)
        #expect(failure.words.count > 12 && !failure.words.hasSuffix("."))
      }
    }
    #expect(answered > 0, "\(name) never answered")
  }

  @Test func aBadNumberIsNamedByItsPlace() {
    let bad = NumberTable.doubles([
      [1, 2], [3, 4], [5, .nan], [7, 8], [9, 1], [2, 2], [3, 3],
    ])
    let good = NumberTable.doubles((0..<7).map { [Double($0), Double($0 * $0)] })
    var options = MetricOptions()
    options.deviation = 1
    for name in ["prdc", "frechet", "kernel", "audit", "diversity", "vendi", "neardup"] {
      #expect(throws: MetricFailure.unfit("samples: row 2 column 1 is nan"), "\(name)") {
        try MetricRegistry.evaluate(name, MetricCall(samples: bad, reference: good))
      }
    }
    for name in ["prdc", "frechet", "kernel", "audit", "ndb"] {
      #expect(throws: MetricFailure.unfit("reference: row 2 column 1 is nan"), "\(name)") {
        try MetricRegistry.evaluate(name, MetricCall(samples: good, reference: bad))
      }
    }
    #expect(throws: MetricFailure.unfit("test: row 2 column 1 is nan")) {
      try MetricRegistry.evaluate("ct", MetricCall(samples: good, reference: good, test: bad))
    }
    #expect(throws: MetricFailure.unfit("modes: row 2 column 1 is nan")) {
      try MetricRegistry.evaluate(
        "modes", MetricCall(samples: good, second: bad, options: options))
    }
  }

  @Test func tooManyNeighboursAreRefused() {
    let few = NumberTable.doubles((0..<5).map { [Double($0)] })
    let more = NumberTable.doubles((0..<6).map { [Double($0)] })
    #expect(throws: MetricFailure.unfit("k=5 needs at least 6 rows (samples: n=5)")) {
      try MetricRegistry.evaluate("prdc", MetricCall(samples: few, reference: more))
    }
    #expect(throws: MetricFailure.unfit("k=5 needs at least 6 rows (reference: n=5)")) {
      try MetricRegistry.evaluate("prdc", MetricCall(samples: more, reference: few))
    }
    #expect(throws: Never.self) {
      try MetricRegistry.evaluate("prdc", MetricCall(samples: more, reference: more))
    }
  }

  @Test func stabilityOfASeries() throws {
    let answer = try MetricRegistry.evaluate(
      "stability", MetricCall(samples: .doubles([[1], [4], [2], [8], [3]])))
    #expect(answer.number("total_variation") == 16 && answer.number("net_change") == 2)
    #expect(answer.number("oscillation") == 8 && answer.number("max_drawdown") == 5)
    #expect(answer["max_drawdown_at"] == .whole(4) && answer.number("worst_step") == -5)
    #expect(answer["sign_changes"] == .whole(3) && answer["best_at"] == .whole(3))
    // Pairs: 4 of 10 fall... S = 7 - 3.
    #expect(answer["mk_s"] == .whole(4))
    let flat = try MetricRegistry.evaluate(
      "stability", MetricCall(samples: .doubles([[2], [2], [2]])))
    #expect(flat["spearman"] == .undefined("constant series"))
    #expect(throws: MetricFailure.self) {
      try MetricRegistry.evaluate("stability", MetricCall(samples: .doubles([[2]])))
    }
    #expect(throws: MetricFailure.self) {
      try MetricRegistry.evaluate("stability", MetricCall(samples: .doubles([[2, 1], [1, 2]])))
    }
  }
}
