import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

/// A run that is being written while it is reviewed.
@Suite struct FollowTests {
  /// The design's run as it was at an epoch.
  private func run(until epoch: Double, without gone: Double? = nil) -> Run {
    var run = frontRun()
    let kept = run.checkpoints.indices.filter {
      let value = run.checkpoints[$0].epoch?.value ?? 0
      return value <= epoch && value != gone
    }
    run.checkpoints = kept.map { run.checkpoints[$0] }
    run.columns = run.columns.map { column in
      MetricColumn(metric: column.metric, values: kept.map { column.values[$0] })
    }
    return run
  }

  private func grow(_ bench: inout FrontBench, to run: Run, written: Set<String>? = []) {
    bench.act(.grown(GrownRun(from: bench.state.run, to: run, written: written)))
  }

  @Test func whatComesIsToldByABadgeAndTheCursorStays() throws {
    var bench = try FrontBench(run(until: 10), width: 120)
    bench.press("Fj")
    bench.press("<Enter>lll")
    let screen = bench.screen
    grow(&bench, to: run(until: 60))
    #expect(bench.effects.contains(.follow(true)))
    #expect(bench.place == Place(checkpoint: 1, sample: 3, depth: .grid))
    #expect(bench.screen[0].contains("+2 new") && bench.screen[0].contains("4 checkpoints"))
    // The pictures keep their cells.
    #expect(Array(bench.screen[2..<20]) == Array(screen[2..<20]))
    bench.press("j")
    #expect(bench.screen[0].contains("+1 new"))
    bench.press("G")
    #expect(bench.screen[0].contains("following"))
  }

  @Test func aBellAndALineOnlyWhenTheWinnerChanges() throws {
    var bench = try FrontBench(run(until: 10))
    bench.press("F")
    grow(&bench, to: run(until: 30))
    #expect(bench.message == "the rule selects epoch 30 now; before, epoch 10")
    #expect(bench.effects.count { $0 == .bell } == 1)
    bench.press("k")
    let before = bench.message
    grow(&bench, to: run(until: 60))
    #expect(bench.effects.count { $0 == .bell } == 1 && bench.message == before)
    #expect(bench.state.table.selected == 2)
    #expect(bench.state.table.statuses.count == 4)
  }

  @Test func theRowsOfTheTableStayWhereTheyAre() throws {
    var many = frontRun(count: 60)
    many.columns = []
    var few = many
    // One that is missing in the middle comes late.
    few.checkpoints.remove(at: 5)
    var bench = try FrontBench(few)
    bench.press("F")
    for _ in 0..<30 { bench.press("j") }
    let row = bench.screen.firstIndex { $0.hasPrefix(">") }
    let position = bench.state.position
    grow(&bench, to: many)
    #expect(bench.state.position == position && bench.place.checkpoint == 31)
    #expect(bench.screen.firstIndex { $0.hasPrefix(">") } == row)
    bench.press("j")
    #expect(bench.state.position.value == position.value + 1)
  }

  @Test func theSeedStaysWhereTheSetIsNumberedOtherwise() throws {
    var bench = try FrontBench(run(until: 30))
    bench.press("F<Enter>:sample 5<Enter>tb")
    grow(&bench, to: run(until: 60), written: nil)
    #expect(bench.state.seed == 5)
    let mark = bench.state.review.mark(Target(Position(.epoch, 1), sample: 5))
    #expect(mark.sortedTags == ["blurry"])
    bench.press("u")
    #expect(bench.state.review.marks.isEmpty)
  }

  @Test func aCheckpointThatIsGoneLeavesTheCursorOnTheOneBefore() throws {
    var bench = try FrontBench()
    bench.press("Fjj")
    grow(&bench, to: run(until: 60, without: 30))
    #expect(bench.state.position == Position(.epoch, 10))
    #expect(bench.state.run.checkpoints.count == 3)
    bench.press("jjj")
    #expect(bench.state.position == Position(.epoch, 60))
  }

  @Test func theOrderAndTheFilterHoldForWhatComes() throws {
    var bench = try FrontBench(run(until: 30))
    bench.press("F:sort quality<Enter>&quality>0.4<Enter>")
    grow(&bench, to: run(until: 60))
    let order = (0..<bench.state.order.count).map { bench.state.order[$0] }
    #expect(order.filter { $0 != 0 } == [3, 2, 1])
  }

  @Test func whatIsOpenOverTheScreenStaysOpen() throws {
    var bench = try FrontBench(run(until: 10))
    for keys in ["w", "L", "P", "A", "C", "?", ";words", "f"] {
      var one = bench
      one.press("F\(keys)")
      grow(&one, to: run(until: 60))
      grow(&one, to: run(until: 60, without: 10))
      #expect(one.state.run.checkpoints.count == 3)
      _ = one.screen
      one.press("<Esc>j")
    }
    bench.press("Fjc")
    grow(&bench, to: run(until: 60))
    #expect(bench.state.comparison?.items.map(\.checkpoint) == [1, 0])
  }

  @Test func aRuleOfAMetricThatIsGoneGivesWayToTheBuiltIn() throws {
    var bench = try FrontBench()
    bench.press("F")
    var bare = run(until: 60)
    bare.columns.remove(at: 1)
    grow(&bench, to: bare)
    #expect(bench.state.run.columns.map(\.metric.name) == ["quality"])
    #expect(bench.state.table.statuses.count == 4)
    var empty = bare
    empty.checkpoints = []
    empty.columns = []
    grow(&bench, to: empty)
    #expect(bench.state.run.checkpoints.count == 4)
    #expect(bench.message.contains("cannot be judged any more"))
  }

  /// A script that starts anew empties its run, and writes it again.
  @Test func aRunThatWasEmptyMeanwhileComesBack() throws {
    var bench = try FrontBench()
    bench.press("Fjjj")
    var empty = run(until: 60)
    empty.checkpoints = []
    empty.columns = empty.columns.map { MetricColumn(metric: $0.metric, values: []) }
    grow(&bench, to: empty)
    #expect(bench.state.run.checkpoints.count == 4)
    bench.act(.grown(GrownRun(from: empty, to: run(until: 10), written: nil)))
    #expect(bench.state.run.checkpoints.count == 2 && bench.place.checkpoint == 1)
    #expect(bench.screen[0].contains("2 checkpoints"))
  }

  /// A picture that was torn when it was looked at is tried again when it is whole.
  @Test func whatIsWrittenAnewIsReadAnew() throws {
    var bench = try FrontBench()
    bench.press("F<Enter>")
    bench.act(.unreadable(checkpoint: 0, reason: "1.0.png: it ends too early"))
    #expect(bench.screen.contains { $0.contains("ends too early") })
    grow(&bench, to: run(until: 60), written: ["1.0.png"])
    #expect(!bench.screen.contains { $0.contains("ends too early") })
    #expect(bench.state.wanted.isEmpty && bench.screen.contains { $0.contains("##") })
  }

  @Test func followingEnds() throws {
    var bench = try FrontBench()
    bench.press("FF")
    #expect(bench.effects.suffix(4).contains(.follow(false)) && !bench.state.isFollowing)
    #expect(!bench.screen[0].contains("following"))
  }
}
