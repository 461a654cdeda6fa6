import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

/// Sorting, filtering, searching, and going on when an item leaves the filter.
@Suite struct OrderTests {
  /// Epochs of the rows on the screen, from the top.
  private func rows(_ bench: FrontBench) -> [Int] {
    (0..<bench.state.order.count).map { row in
      Int(bench.state.run.axisValue(of: bench.state.order[row]).value)
    }
  }

  private var epoch: (FrontBench) -> Double {
    { $0.state.run.axisValue(of: $0.place.checkpoint).value }
  }

  @Test func sGoesThroughTheColumnsAndSTurnsRound() throws {
    var bench = try FrontBench()
    bench.press("s")
    #expect(rows(bench) == [60, 30, 10, 1] && bench.message == "sorted by quality, the best first")
    #expect(bench.screen[1].contains("qualityv"))
    bench.press("S")
    #expect(rows(bench) == [1, 10, 30, 60])
    bench.press("s")
    #expect(rows(bench) == [1, 10, 30, 60] && bench.message.contains("diversity"))
    bench.press(":sort quality<Enter>j")
    #expect(epoch(bench) == 1 && bench.message.contains("last"))
    bench.press("k")
    #expect(epoch(bench) == 10)
    bench.press(":sort epoch<Enter>:sort nonsense<Enter>")
    #expect(rows(bench) == [1, 10, 30, 60] && bench.message.contains("no column"))
  }

  @Test func whatHasNoValueStandsLastEitherWay() throws {
    var run = frontRun()
    run.columns.append(
      MetricColumn(metric: Metric(name: "fid"), values: [12, nil, 3, .nan]))
    var bench = try FrontBench(run)
    bench.press(":sort fid<Enter>")
    #expect(rows(bench) == [30, 1, 10, 60])
    bench.press("S")
    #expect(rows(bench) == [1, 30, 10, 60])
  }

  @Test func aFilterHidesAndNeverEmptiesTheScreen() throws {
    var bench = try FrontBench()
    bench.press("&quality>0.4 -status:candidate<Enter>")
    #expect(rows(bench) == [10, 60] && epoch(bench) == 10)
    #expect(bench.screen[0].contains("&quality>0.4 -status:candidate: 2 of 4"))
    bench.press("&<Ctrl-U>quality>9<Enter>")
    #expect(rows(bench) == [10, 60] && bench.message.contains("no checkpoint matches"))
    // The winner is gone to all the same, and stands there while the cursor is on it.
    bench.press("*")
    #expect(epoch(bench) == 30 && rows(bench) == [10, 30, 60])
    bench.press("j")
    #expect(epoch(bench) == 60 && rows(bench) == [10, 60])
    bench.press("\\")
    #expect(rows(bench) == [1, 10, 30, 60])
  }

  @Test func aWrongFilterStaysToBeMended() throws {
    var bench = try FrontBench()
    bench.press("&qality>0.4<Enter>")
    #expect(bench.message == "column 1: no metric qality; there is quality, diversity")
    bench.press("<Home><Delete>q<Right>")
    #expect(bench.screen.last == "&qality>0.4")
    bench.press("<Esc>")
    #expect(bench.state.filter == nil)
  }

  /// The next neighbour in the old order, never the first, never an empty screen.
  @Test func goingOnKeepsItsPlaceWhenTheItemLeavesTheFilter() throws {
    var bench = try FrontBench(frontRun(count: 8))
    bench.press("&undecided<Enter>jj")
    #expect(epoch(bench) == 3)
    bench.press("x")
    #expect(epoch(bench) == 4 && rows(bench) == [1, 2, 4, 5, 6, 7, 8])
    bench.press("pp")
    #expect(epoch(bench) == 6 && rows(bench) == [1, 2, 6, 7, 8])
    bench.press("G")
    bench.press("x")
    // The last of the list: the one before it.
    #expect(epoch(bench) == 7)
    bench.press("pppp")
    #expect(rows(bench) == [1] && epoch(bench) == 1)
    bench.press("x")
    #expect(bench.message.contains("nothing else matches") && rows(bench) == [1])
    bench.press("u")
    #expect(epoch(bench) == 1 && rows(bench) == [1])
  }

  @Test func goingOnIsTheSameWithoutAFilter() throws {
    var dice = SplitMix64(seed: 9)
    var plain = try FrontBench(frontRun(count: 30))
    var filtered = try FrontBench(frontRun(count: 30))
    filtered.press("&epoch>0<Enter>")
    for _ in 0..<60 {
      let key = ["p", "x", "U", "3", "j", "k", "u"][Int(dice.next(below: 7))]
      plain.press(key)
      filtered.press(key)
      #expect(plain.place == filtered.place)
    }
  }

  @Test func searchFindsNotesTagsAndVerdicts() throws {
    var bench = try FrontBench()
    bench.press("a*;Smooth strokes<Enter>G<Enter>lltb<Esc><Esc>gjx")
    bench.press("g/smooth<Enter>")
    #expect(epoch(bench) == 30)
    bench.press("/blurry<Enter>")
    #expect(epoch(bench) == 60 && bench.place.sample == 2)
    bench.press("/reject<Enter>")
    #expect(epoch(bench) == 10)
    bench.press("/trainer<Enter>")
    #expect(epoch(bench) == 30)
    bench.press("n")
    #expect(epoch(bench) == 60)
    bench.press("n")
    #expect(epoch(bench) == 1 && bench.message.contains("other end"))
    bench.press("N")
    #expect(epoch(bench) == 60)
    bench.press("/nowhere<Enter>")
    #expect(bench.message == "no match for \"nowhere\"" && epoch(bench) == 60)
  }

  @Test func searchGoesFromSampleToSample() throws {
    var bench = try FrontBench()
    bench.press("G<Enter>tb:sample 7<Enter>.:sample 20<Enter>.^/blur<Enter>")
    #expect(bench.place.sample == 7)
    bench.press("n")
    #expect(bench.place.sample == 20)
    bench.press("N")
    #expect(bench.place.sample == 7)
  }

  @Test func aRunWithoutMetricsIsReviewedByRating() throws {
    var run = frontRun()
    run.columns = []
    var bench = try FrontBench(run)
    #expect(bench.screen[0].contains("rule: none"))
    bench.press("2543")
    #expect(bench.screen[0].contains("rule: epoch 10"))
    bench.press("gjx")
    #expect(bench.screen[0].contains("rule: epoch 30"))
    bench.press(":sort rating<Enter>")
    #expect(rows(bench) == [10, 30, 60, 1])
    #expect(
      bench.screen.contains { $0.contains("010") && $0.contains("reject") && $0.contains(" 5") })
  }
}
