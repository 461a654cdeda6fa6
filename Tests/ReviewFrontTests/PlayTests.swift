import GlyphRendering
import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

/// Checkpoints that go by on their own, and two that blink.
@Suite struct PlayTests {
  /// Ticks as often as the front wants them, until a time.
  private func run(_ bench: inout FrontBench, until end: Double) -> [Int] {
    var seen = [bench.place.checkpoint]
    while let next = bench.state.nextTick, max(next, bench.clock) <= end {
      bench.clock = max(next, bench.clock)
      bench.act(.tick(time: bench.clock))
      if seen.last != bench.place.checkpoint { seen.append(bench.place.checkpoint) }
    }
    return seen
  }

  @Test func itGoesRoundAtItsRateWithTheSeedHeld() throws {
    var bench = try FrontBench()
    bench.press("<Enter>ll:play 10<Enter>")
    let start = bench.clock
    #expect(run(&bench, until: start + 850) == [0, 1, 2, 3, 0, 1, 2, 3, 0])
    #expect(bench.place.sample == 2 && bench.state.seed == 2)
  }

  @Test func backwardsAndOnce() throws {
    var bench = try FrontBench()
    bench.press("G:play 20 back once<Enter>")
    let start = bench.clock
    #expect(run(&bench, until: start + 5000) == [3, 2, 1, 0])
    #expect(bench.state.playing == nil && bench.message == "played to epoch 1")
    // At the end there is nothing to play but all of it.
    bench.press(":play once<Enter>")
    #expect(run(&bench, until: bench.clock + 5000) == [0, 1, 2, 3])
    bench.press(":play once<Enter>")
    let again = bench.clock
    #expect(run(&bench, until: again + 5000) == [3, 0, 1, 2, 3])
  }

  /// What comes late is left out, and none is made up for.
  @Test func lateFramesAreDropped() throws {
    var bench = try FrontBench(frontRun(count: 100))
    bench.press(":play 10<Enter>")
    let start = bench.clock
    bench.act(.tick(time: start))
    bench.act(.tick(time: start + 2050))
    #expect(bench.place.checkpoint == 20)
    bench.act(.tick(time: start + 2051))
    #expect(bench.place.checkpoint == 20 && bench.state.nextTick == start + 2100)
  }

  @Test(arguments: ["<Esc>", "z", "q"])
  func stoppingIsAllThatTheseDo(_ key: String) throws {
    var bench = try FrontBench()
    bench.press("<Enter>z")
    bench.act(.tick(time: bench.clock))
    bench.press(key)
    #expect(bench.state.playing == nil && bench.place.depth == .grid)
    #expect(bench.state.nextTick == nil && bench.message.hasPrefix("stopped at epoch"))
  }

  /// The key that stops it is about what is on the screen.
  @Test func aTagIsForTheCheckpointThatWasSeen() throws {
    var bench = try FrontBench()
    bench.press("<Enter>:play 1<Enter>")
    let start = bench.clock
    bench.act(.tick(time: start))
    bench.act(.tick(time: start + 1000))
    bench.press("tb")
    #expect(bench.state.playing == nil)
    #expect(
      bench.state.review.mark(Target(Position(.epoch, 10), sample: 0)).sortedTags == ["blurry"])
  }

  @Test func whatMovesIsNotSettled() throws {
    var bench = try FrontBench(frontRun(count: 30))
    bench.press("<Enter>:play 10<Enter>")
    let before = bench.effects.count
    _ = run(&bench, until: bench.clock + 1000)
    func qualities(_ effects: ArraySlice<Effect>) -> Set<String> {
      var found: Set<String> = []
      for case .render(let requests) in effects {
        for request in requests { found.insert("\(request.settings.quality)") }
      }
      return found
    }
    #expect(qualities(bench.effects[before...]) == ["instant"])
    bench.press("z")
    #expect(qualities(bench.effects[before...]).contains("best"))
  }

  @Test(arguments: ["fast", "0", "61", "-3", "nan"])
  func aRateThatIsNoneIsRefused(_ word: String) throws {
    var bench = try FrontBench()
    bench.press(":play \(word)<Enter>")
    #expect(bench.state.playing == nil && bench.message.contains("is no rate"))
  }

  @Test func whatStaysLongEnoughCountsAsSeen() throws {
    var bench = try FrontBench()
    bench.press("<Enter>:play 1 once<Enter>")
    _ = run(&bench, until: bench.clock + 10_000)
    bench.act(.leaving(time: bench.clock + 1000))
    let seen = Review(reviewer: "ann", events: bench.journal).seen
    #expect(seen[Position(.epoch, 10)]?.contains(0) == true)
    #expect(seen[Position(.epoch, 30)]?.contains(0) == true)
  }

  // MARK: Blink

  @Test func twoBlinkInTheSameCells() throws {
    var bench = try FrontBench()
    bench.press("<Enter>l")
    let area = bench.state.layout.samples
    bench.press("b")
    #expect(bench.place.checkpoint == 2 && bench.state.layout.samples == area)
    bench.press("b")
    #expect(bench.place.checkpoint == 0 && bench.place.sample == 1)
    #expect(bench.message == "epoch 1, b blinks to epoch 30")
    // Elsewhere another pair is meant.
    bench.press("Gb")
    #expect(bench.place.checkpoint == 2)
    bench.press("b")
    #expect(bench.place.checkpoint == 3)
  }

  @Test func theMarkedOneIsTheOther() throws {
    var bench = try FrontBench()
    bench.press("G<Space>gb")
    #expect(bench.place.checkpoint == 3)
  }

  @Test func aComparisonBlinksItsColumns() throws {
    var bench = try FrontBench()
    bench.press("*cb")
    #expect(bench.state.comparison == nil && bench.place.checkpoint == 1)
    bench.press("b")
    #expect(bench.place.checkpoint == 2)
  }

  @Test func withARateItBlinksOnItsOwn() throws {
    var bench = try FrontBench()
    bench.press("<Enter>:blink 4<Enter>")
    let start = bench.clock
    #expect(run(&bench, until: start + 1050) == [0, 2, 0, 2, 0])
    bench.press("z")
    #expect(bench.state.playing == nil)
  }

  @Test func theOnlyCheckpointHasNothingToBlinkWith() throws {
    var bench = try FrontBench(frontRun(count: 1))
    bench.press("b")
    #expect(bench.message == "no other checkpoint has samples to blink with")
    bench.press("z")
    #expect(bench.state.playing == nil)
  }
}
