import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

/// The training log, sparklines, and numbers that are hard to draw.
@Suite struct ChartTests {
  @Test func theTrainingLogFollowsTheEpoch() throws {
    var run = frontRun()
    var empty = run
    empty.columns = []
    #expect(try FrontBench(empty).state.reason(against: .trainingLog) != nil)
    #expect(try FrontBench(run).state.reason(against: .trainingLog) == nil)
    run.series = ["loss", "grad", "lr"].enumerated().map { place, name in
      Series(
        name: name, axis: .step, positions: (0..<600).map(Double.init),
        values: (0..<600).map { Double($0 % 97) * Double(place + 1) },
        epochs: (0..<600).map { Double($0 / 10 + 1) })
    }
    var bench = try FrontBench(run, height: 40)
    bench.press("L")
    #expect(bench.screen.contains { $0.contains(">quality 0.2 at epoch 1") })
    bench.press("ll")
    #expect(bench.screen.contains { $0.contains(">loss 9 at step 9") })
    bench.press("jl")
    #expect(bench.screen.contains { $0.contains(" diversity 0.72 at epoch 10") })
    #expect(bench.screen.contains { $0.contains(" loss 2 at step 99") })
    #expect(bench.screen.contains { $0.contains(">grad 4 at step 99") })
    bench.press("<Enter>")
    #expect(!bench.screen.contains { $0.contains("loss 2") })
    bench.press("qq")
    #expect(bench.state.mode == .browse && bench.place.checkpoint == 1)
    // Nothing finite, one point, and values as far apart as numbers go.
    run.series = [
      Series(name: "nan", axis: .step, positions: [1, 2], values: [.nan, .infinity]),
      Series(name: "one", axis: .epoch, positions: [1], values: [3]),
      Series(
        name: "wide", axis: .epoch, positions: [1, 10],
        values: [-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude]),
      Series(name: "log", axis: .epoch, positions: [1, 10], values: [1e-300, 1e300]),
    ]
    for isUTF8 in [true, false] {
      var odd = try FrontBench(run, height: 60, isUTF8: isUTF8)
      odd.press("L")
      #expect(odd.screen.contains { $0.contains("no finite value") })
      #expect(odd.screen.contains { $0.contains("log scale") })
    }
  }

  /// Whatever finite numbers a metric has, the table opens.
  @Test func metricsAtTheEndsOfTheNumbersAreDrawn() throws {
    var dice = SplitMix64(seed: 3)
    let odd: [Double?] = [
      1e308, -1e308, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0, -0.0, 0.5, nil, .nan,
      .infinity, -.infinity, .leastNonzeroMagnitude,
    ]
    for count in [1, 2, 3, 9, 300] {
      for _ in 0..<20 {
        var run = frontRun(hasSamples: false, count: max(5, count))
        run.columns = (0..<3).map { place in
          MetricColumn(
            metric: Metric(name: "m\(place)", direction: .higher),
            values: run.checkpoints.map { _ in odd[Int(dice.next(below: UInt64(odd.count)))] })
        }
        run.series = [
          Series(
            name: "s", axis: .epoch, positions: run.checkpoints.indices.map(Double.init),
            values: run.columns[0].values.map { $0 ?? 0 })
        ]
        var bench = try FrontBench(run)
        bench.press("jGskwqLq<Enter>q")
        #expect(bench.screen.count == 24)
      }
    }
  }

  @Test(arguments: [
    [-1e308, 1e308], [0, Double.leastNonzeroMagnitude], [5, 5], [0, Double.leastNormalMagnitude],
  ])
  func aLogWithOddStepsIsDrawn(_ span: [Double]) throws {
    let (first, last) = (span[0], span[1])
    var run = frontRun()
    run.series = [
      Series(name: "loss", axis: .epoch, positions: [first, last], values: [1, 2]),
      Series(
        name: "other", axis: .epoch, positions: [first, 10, last].sorted(), values: [1, 2, 3]),
    ]
    var bench = try FrontBench(run)
    bench.press("LjGk")
    #expect(bench.screen.contains { $0.contains("loss") })
  }
}
