import ReviewCore
import Testing

@Suite struct SampleSpreadTests {
  private func set(_ samples: [[UInt8]], width: Int = 2, height: Int = 1, seeds: [Int]? = nil)
    -> SampleSet
  {
    SampleSet(
      width: width, height: height, indices: seeds ?? Array(samples.indices),
      pixels: samples.flatMap { $0 })
  }

  @Test func theMeanAndTheDeviationAreOfEachPixel() throws {
    let spread = try #require(SampleSpread(set([[0, 10], [255, 10], [0, 11], [255, 10]])))
    #expect(spread.mean.pixels == [128, 10])  // 127.5 and 10.25
    // Standard deviations 127.5 and 0.433, doubled.
    #expect(spread.deviation.pixels == [255, 1])
    let variance = (127.5 * 127.5 + 0.1875) / 2
    #expect((spread.meanDeviation - variance.squareRoot() / 255).magnitude < 1e-12)
  }

  @Test func alikeSamplesHaveNoDeviation() throws {
    let spread = try #require(SampleSpread(set([[UInt8]](repeating: [7, 200], count: 64))))
    #expect(spread.mean.pixels == [7, 200])
    #expect(spread.deviation.pixels == [0, 0])
    #expect(spread.meanDeviation == 0)
  }

  @Test func whatCouldNotBeReadDoesNotCount() throws {
    let failure = RunWarning(.badImage, "cut")
    let all = SampleSet(
      width: 1, height: 1, indices: [0, 1, 2], pixels: [10, 0, 30], failures: [1: failure])
    let spread = try #require(SampleSpread(all))
    #expect(spread.mean.pixels == [20] && spread.count == 2)
    #expect(spread.deviation.pixels == [20])
    #expect(all.difference(at: 1, from: all) == .failure(.notRead("cut")))
    let whole = SampleSet(width: 1, height: 1, indices: [0, 1, 2], pixels: [10, 0, 30])
    #expect(whole.difference(at: 1, from: all) == .failure(.unreadable))
    let none = SampleSet(
      width: 1, height: 1, indices: [0], pixels: [0], failures: [0: failure])
    #expect(SampleSpread(none) == nil)
  }

  @Test func ofNothingThereIsNoSpread() {
    #expect(SampleSpread(set([])) == nil)
    #expect(SampleSpread(set([[], []], width: 0, height: 0)) == nil)
  }

  @Test func aDifferenceIsSignedAndOfTheSameSeed() throws {
    let (one, other) = (
      set([[10, 250], [0, 0]], seeds: [3, 5]), set([[255, 255], [0, 255]], seeds: [1, 3])
    )
    let difference = try one.difference(at: 0, from: other).get()
    #expect(difference.values == [10, -5])
    #expect(difference.grays.pixels == [133, 125])
    #expect(
      SignedImage(width: 3, height: 1, values: [0, 255, -255]).grays.pixels == [128, 255, 0])
    #expect(one.difference(at: 1, from: other) == .failure(.noSuchSeed(5)))
    #expect(one.difference(at: 0, from: nil) == .failure(.unreadable))
    let wide = set([[1, 2, 3]], width: 3, seeds: [3])
    #expect(one.difference(at: 0, from: wide) == .failure(.otherSize(width: 3, height: 1)))
  }
}
