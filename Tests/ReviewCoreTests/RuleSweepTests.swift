import ReviewCore
import Testing

@Suite struct RuleSweepTests {
  @Test func designRunHoldsBetweenItsNeighbours() throws {
    let run = designRun()
    let sweeps = try evaluator("select: max quality where diversity >= 0.55", run).sweeps()
    #expect(sweeps.count == 1)
    #expect(sweeps[0].interval == "(0.48, 0.6]")
    #expect(sweeps[0].lower.beyond == 3)
    #expect(sweeps[0].upper.beyond == 1)
  }

  @Test func literalsInSumsAreOnlyNamed() throws {
    let sweeps = try evaluator("select: max quality where diversity + 0.1 >= 0.6", designRun())
      .sweeps()
    #expect(sweeps.map(\.isSwept) == [true, false])
  }

  /// Judges with the literal replaced in the text, at many places round both ends.
  @Test func intervalsAreExactOnRandomRuns() throws {
    var generator = SplitMix64(seed: 3)
    func number() -> Double { Double(generator.next(below: 20)) / 20 }
    for round in 0..<120 {
      let count = 2 + Int(generator.next(below: 7))
      let quality = (0..<count).map { _ in number() }
      let diversity = (0..<count).map { _ in number() }
      let sample = run(epochs: (0..<count).map(Double.init), quality: quality, diversity: diversity)
      let sign = [">=", ">", "<=", "<", "==", "!="][round % 6]
      func text(_ value: Double) -> String {
        "select: max quality where diversity \(sign) \(value)"
      }
      let now = number()
      let judged = try evaluator(text(now), sample)
      let sweep = try #require(judged.sweeps().first)
      var tried = diversity + [-1, 2, now]
      tried += tried.flatMap { [$0 - 0.001, $0 + 0.001, $0 - 0.02, $0 + 0.02] }
      for value in tried {
        let isAbove =
          sweep.lower.value.map {
            sweep.lower.isIncluded ? value >= $0 : value > $0
          } ?? true
        let isBelow =
          sweep.upper.value.map {
            sweep.upper.isIncluded ? value <= $0 : value < $0
          } ?? true
        // Beyond an end the choice may come back; just inside it may not differ.
        if isAbove, isBelow, value >= 0 {
          #expect(try evaluator(text(value), sample).selected() == judged.selected())
        }
      }
      for (bound, step) in [(sweep.lower, -0.0001), (sweep.upper, 0.0001)] {
        guard let end = bound.value else { continue }
        let beyond = bound.isIncluded ? end + step : end
        guard beyond >= 0 else { continue }
        #expect(try evaluator(text(beyond), sample).selected() == bound.beyond)
        #expect(bound.beyond != judged.selected())
      }
    }
  }
}
