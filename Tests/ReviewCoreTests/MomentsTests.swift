import ReviewCore
import Testing

/// Where checkpoints of several runs stand on what they are compared along.
@Suite struct MomentsTests {
  private func compared(_ runs: [Run]) -> Run {
    Run(comparing: runs, name: "runs", path: "runs")
  }

  private func logged(_ name: String, _ values: [Double?]) -> MetricColumn {
    MetricColumn(metric: Metric(name: name), values: values)
  }

  @Test func epochsAndStepsStandAsTheyAre() {
    var both = oneRun("both", [1, 2])
    both.checkpoints[0].step = AxisValue(100)
    both.checkpoints[1].step = AxisValue(200)
    let run = compared([both, oneRun("steps", [50, 150], axis: .step)])
    #expect(Moments(of: run, on: .epoch).values == [1, 2, nil, nil])
    #expect(Moments(of: run, on: .step).values == [100, 200, 50, 150])
    #expect(!Moments(of: run, on: .epoch).isKnown && Moments(of: run, on: .step).isKnown)
  }

  @Test func aLogTellsTheStepOfAnEpoch() {
    var run = oneRun("gan", [1, 2, 3])
    run.series = [
      Series(
        name: "loss", axis: .step, positions: [10, 20, 30, 40], values: [4, 3, 2, 1],
        epochs: [1, 1, 2, 3])
    ]
    #expect(Moments(of: run, on: .step).values == [20, 30, 40])
    #expect(Moments(of: oneRun("gan", [1]), on: .step).values == [nil])
  }

  @Test func theLatestAtOrBefore() {
    let run = compared([
      oneRun("a", [1, 5, 10]), oneRun("b", [2, 5, 9, 12]), oneRun("c", [20]),
    ])
    let moments = Moments(of: run, on: .epoch)
    func latest(_ moment: Double) -> [Int?] {
      run.members.map { moments.latest(among: $0.rows, upTo: moment) }
    }
    #expect(latest(5) == [1, 4, nil])
    #expect(latest(4.9) == [0, 3, nil])
    #expect(latest(100) == [2, 6, 7])
    #expect(latest(0) == [nil, nil, nil] && latest(.nan) == [nil, nil, nil])
    #expect(moments.latest(among: [Int](), upTo: 5) == nil)
  }

  @Test func ofEqualMomentsTheLastAndOfEqualQualityTheFirst() {
    let quality = [0.5, 0.7, 0.7, 0.6]
    let run = oneRun(
      "a", [1, 2, 3, 4], quality: quality, more: [logged("wall_time", [10, 20, 20, 20])])
    #expect(Moments(of: run, on: .time).latest(among: 0..<4, upTo: 20) == 3)
    let good = Moments(of: run, on: .quality)
    #expect(good.latest(among: 0..<4, upTo: 0.7) == 1)
    #expect(good.latest(among: 0..<4, upTo: 0.65) == 3)
    #expect(good.latest(among: 0..<4, upTo: 0.4) == nil)
  }

  @Test func qualityThatIsBetterLowRises() {
    let run = compared([
      oneRun("a", [1, 2], more: [logged("fid", [40, 10])]),
      oneRun("b", [1, 2, 3], more: [logged("fid", [30, .nan, nil])]),
    ])
    let moments = Moments(of: run, on: .quality)
    #expect(moments.values == [-40, -10, -30, nil, nil] && moments.isKnown)
    // Not better than 30.
    #expect(moments.latest(among: 0..<2, upTo: -30) == 0)
    #expect(!Moments(of: compared([oneRun("a", [1]), oneRun("b", [1])]), on: .quality).isKnown)
  }

  @Test(arguments: [
    ("samples_seen", 1.0), ("nimg", 1), ("kimg", 1000), ("progress/mimg", 1_000_000),
  ])
  func samplesAreReadFromAColumn(_ name: String, _ factor: Double) {
    let run = oneRun("a", [1, 2, 3], more: [logged(name, [0.5, nil, 2])])
    #expect(Moments(of: run, on: .samples).values == [0.5 * factor, nil, 2 * factor])
  }

  @Test func samplesAreStepsTimesTheBatch() {
    var run = oneRun("a", [10, 20], axis: .step)
    #expect(!Moments(of: run, on: .samples).isKnown)
    run.settings = [
      Setting(name: "data.batch_size", value: .text("many"), origin: "c.yaml"),
      Setting(name: "data.batch_size", value: .number(0), origin: "c.yaml"),
      Setting(name: "train.Batch_Size", value: .number(64), origin: "c.yaml"),
    ]
    #expect(Moments(of: run, on: .samples).values == [640, 1280])
    // An epoch without a step says nothing.
    var epochs = oneRun("b", [1, 2])
    epochs.settings = run.settings
    #expect(Moments(of: epochs, on: .samples).values == [nil, nil])
    // What is declared of an epoch goes before the batch, and a column before both.
    epochs.declaration.samplesPerEpoch = 4000
    #expect(Moments(of: epochs, on: .samples).values == [4000, 8000])
    epochs.columns = [logged("kimg", [1, 3])]
    #expect(Moments(of: epochs, on: .samples).values == [1000, 3000])
  }

  @Test(arguments: [("wall_time", 1.0), ("time/elapsed_minutes", 60), ("Hours", 3600)])
  func timeIsReadFromAColumn(_ name: String, _ factor: Double) {
    let run = oneRun("a", [1, 2], more: [logged(name, [2, 5])])
    #expect(Moments(of: run, on: .time).values == [2 * factor, 5 * factor])
  }

  @Test func secondsSince1970BeginWithTheTraining() {
    let start = 1_700_000_000.0
    var run = oneRun("a", [1, 2, 3], more: [logged("timestamp", [start, nil, start + 90])])
    #expect(Moments(of: run, on: .time).values == [0, nil, 90])
    run.columns = []
    run.series = [
      Series(
        name: "_timestamp", axis: .epoch, positions: [0, 1, 2.5],
        values: [start, start + 10, start + 25])
    ]
    #expect(Moments(of: run, on: .time).values == [10, 10, 25])
    #expect(Moments(of: oneRun("b", [1]), on: .time).values == [nil])
  }

  @Test func eachRunHasItsOwnClock() {
    var second = oneRun("b", [1, 2])
    second.series = [
      Series(name: "hours", axis: .epoch, positions: [1, 2], values: [0.5, 1.5])
    ]
    let run = compared([oneRun("a", [1, 2], more: [logged("seconds", [600, 4000])]), second])
    let moments = Moments(of: run, on: .time)
    #expect(moments.values == [600, 4000, 1800, 5400] && moments.isKnown)
    #expect(moments.latest(among: run.members[1].rows, upTo: 4000) == 2)
  }

  @Test func settingsOfOneCheckpointAreOfOneMoment() {
    let moments = Moments(of: settingsRun(), on: .epoch)
    #expect(moments.values == [1, 1, 1, 2, 2, 3, 3, 3])
    let compared = compared([settingsRun(), oneRun("b", [2])])
    #expect(Moments(of: compared, on: .epoch).values == [1, 1, 1, 2, 2, 3, 3, 3, 2])
  }
}
