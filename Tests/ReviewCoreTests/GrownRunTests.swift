import ReviewCore
import Testing

/// A run beside what it was.
@Suite struct GrownRunTests {
  private func run(_ epochs: [Double], _ quality: [Double]? = nil, part: Bool = false) -> Run {
    Run(
      name: "lab", path: "lab", format: .imageGrids,
      checkpoints: epochs.map { epoch in
        Checkpoint(
          epoch: AxisValue(epoch), samples: .grid(path: "samples/\(Int(epoch)).png", layout: nil))
      },
      columns: quality.map { [MetricColumn(metric: Metric(name: "quality"), values: $0)] } ?? [])
  }

  @Test func whatComesAtTheEndLeavesTheRestInItsPlace() {
    let grown = GrownRun(from: run([1, 2]), to: run([1, 2, 3]), written: ["samples/3.png"])
    #expect(grown.keepsPlaces && !grown.isTheSame)
    #expect(grown.arrived == [2] && grown.rewritten == [2])
    #expect(grown.moved([0: "a", 1: "b"]) == [0: "a", 1: "b"])
  }

  @Test func whatComesInBetweenMovesTheRest() {
    let grown = GrownRun(from: run([1, 5]), to: run([1, 3, 5]), written: [])
    #expect(!grown.keepsPlaces && grown.places == [0, 2] && grown.arrived == [1])
    #expect(grown.moved([1: "five"]) == [2: "five"])
  }

  @Test func whatIsGoneIsForgotten() {
    let grown = GrownRun(from: run([1, 2, 3]), to: run([1, 3]), written: [])
    #expect(grown.places == [0, nil, 1] && !grown.keepsPlaces)
    #expect(grown.moved([1: "two", 2: "three"]) == [1: "three"])
  }

  @Test func whatWasWrittenAnewIsKnownNoMore() {
    let grown = GrownRun(from: run([1, 2]), to: run([1, 2]), written: ["samples/2.png"])
    #expect(grown.rewritten == [1] && grown.keepsPlaces && !grown.isTheSame)
    #expect(grown.moved([0: 1, 1: 2]) == [0: 1])
    #expect(GrownRun(from: run([1, 2]), to: run([1, 2]), written: nil).rewritten == [0, 1])
  }

  @Test func aMetricThatCameLateIsNews() {
    let before = run([1, 2], [0.1, .nan])
    #expect(!GrownRun(from: before, to: run([1, 2], [0.1, 0.2]), written: []).isTheSame)
    let same = run([1, 2], [0.1, 0.2])
    #expect(GrownRun(from: same, to: same, written: ["notes.txt"]).isTheSame)
  }

  /// An event file grows at its end; what lies in it stays.
  @Test func whatLiesInAGrowingFileStays() {
    func events(_ count: Int) -> Run {
      var run = run((1...count).map(Double.init))
      for index in run.checkpoints.indices {
        run.checkpoints[index].samples = .grid(
          PicturePlace(
            path: "events.out.tfevents.1",
            part: 100 * index..<100 * index + 90), layout: nil)
      }
      return run
    }
    let grown = GrownRun(from: events(2), to: events(3), written: ["events.out.tfevents.1"])
    #expect(grown.rewritten == [2])
  }

  @Test func computedNumbersGoWithTheirCheckpoints() {
    var one = CheckpointMeasures()
    one.values = [MeasuredValue(name: "vendi", value: 3)]
    let measures = RunMeasures(columns: [], checkpoints: [one, nil])
    let grown = GrownRun(from: run([1, 5]), to: run([0, 1, 5]), written: [])
    let moved = grown.moved(measures).checkpoints
    #expect(moved.count == 3 && moved[0] == nil && moved[1] == one && moved[2] == nil)
  }
}
