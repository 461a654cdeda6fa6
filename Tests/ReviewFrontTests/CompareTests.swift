import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

/// Marks, tags for all marked, and side by side.
@Suite struct CompareTests {
  @Test func spaceMarksAndGoesOn() throws {
    var bench = try FrontBench()
    bench.press("<Space><Space>")
    #expect(bench.place.checkpoint == 2 && bench.state.marked.count == 2)
    #expect(bench.screen[3].hasPrefix("  +001") && bench.screen[0].contains("2 marked"))
    bench.press("k<Space>")
    #expect(bench.state.marked.count == 1)
    bench.press(":clear-marks<Enter>")
    #expect(bench.state.marked.isEmpty && bench.journal.isEmpty)
  }

  @Test func theMarkedAreTaggedAndTakenBackAtOnce() throws {
    var bench = try FrontBench()
    bench.press("G<Enter>")
    bench.press("<Space><Space>l<Space>Tm")
    let tagged = { bench.state.review.marks.filter { $0.value.tags["mode-collapse"] != nil }.keys }
    #expect(Set(tagged().compactMap(\.sample)) == [0, 1, 3])
    #expect(bench.message == "saved: mode-collapse on 3 marked")
    #expect(bench.journal.count { $0.act.name == "tag" } == 3)
    bench.press("u")
    #expect(tagged().isEmpty && bench.message == "taken back: 3 acts at once")
    bench.press("<Ctrl-R>")
    #expect(tagged().count == 3)
    // All bear it: it goes off all. A single act in between is undone singly.
    bench.press("Tmtbu")
    #expect(tagged().isEmpty && bench.message.contains("taken back: blurry"))
    bench.press("u")
    #expect(tagged().count == 3)
    #expect(
      Review(reviewer: "ann", events: bench.journal).marks == bench.state.review.marks)
  }

  @Test func aFullDiskInTheMiddleOfManySaysHowFarItCame() throws {
    var bench = try FrontBench()
    bench.press("G<Enter><Space><Space><Space>")
    bench.writesLeft = 2
    bench.press("Tb")
    #expect(bench.message == "only 2 of 3 are saved: no space left")
    #expect(bench.state.review.marks.count == 2)
    bench.writesLeft = nil
    bench.press("u")
    #expect(bench.state.review.marks.isEmpty)
  }

  @Test func theWinnerBesideTheRunnerUp() throws {
    var bench = try FrontBench()
    bench.press("*c")
    let items = bench.state.comparison?.items.map(\.checkpoint)
    #expect(items == [2, 1])
    #expect(bench.screen[1].contains(">*epoch 030 selected"))
    #expect(bench.screen[1].contains("epoch 010 runner-up"))
    bench.press("ll")
    #expect(bench.place.sample == 2)
    bench.press("jp")
    #expect(bench.state.review.mark(Target(Position(.epoch, 10))).verdict == .keep)
    bench.press("<Enter>")
    #expect(bench.place.depth == .sample && bench.state.comparison != nil)
    bench.press("tb<Esc>")
    #expect(bench.place.depth == .grid)
    #expect(
      bench.state.review.mark(Target(Position(.epoch, 10), sample: 2)).sortedTags == ["blurry"])
    bench.press("q")
    #expect(bench.state.comparison == nil && bench.place.depth == .table)
    #expect(bench.place.checkpoint == 1)
  }

  @Test func theMarkedSideBySide() throws {
    var bench = try FrontBench(width: 200, height: 50)
    bench.press("<Space>j<Space><Space>c")
    #expect(bench.state.comparison?.items.map(\.checkpoint) == [0, 2, 3])
    let panels = bench.state.layout.panels
    #expect(panels.count == 3 && Set(panels.map(\.samples)).count == 1)
    // The same seeds in the same places of every column.
    #expect(panels[1].area.x - panels[0].area.x == panels[2].area.x - panels[1].area.x)
    bench.press("G")
    #expect(bench.place.checkpoint == 3)
    bench.press("c")
    #expect(bench.state.comparison == nil)
  }

  @Test func markedSamplesSideBySide() throws {
    var bench = try FrontBench()
    bench.press("<Enter>ll<Space>G<Space>c")
    let items = bench.state.comparison?.items
    #expect(items?.map(\.checkpoint) == [0, 3] && items?.map(\.sample) == [2, 3])
    bench.press("<Left>")
    #expect(bench.place.checkpoint == 0 && bench.place.sample == 2)
    bench.press("4")
    #expect(bench.state.review.mark(Target(Position(.epoch, 1), sample: 2)).rating == 4)
    #expect(bench.place.checkpoint == 3)
  }

  /// An act is never about a sample that stands in no column.
  @Test(arguments: ["^", "$", ":sample 5<Enter>", "4hu", "/nothing<Enter>", "hn"])
  func theCursorIsOnAColumnOrTheComparisonIsOver(_ keys: String) throws {
    var bench = try FrontBench()
    bench.press("<Enter>:sample 3<Enter><Space>:sample 6<Enter>tb<Space>c\(keys)")
    if let comparison = bench.state.comparison {
      let item = comparison.items[comparison.focus]
      #expect(item.sample == bench.place.sample && item.checkpoint == bench.place.checkpoint)
    } else {
      #expect(bench.place.depth == .grid)
    }
  }

  @Test func whatIsComparedCountsAsSeen() throws {
    var bench = try FrontBench()
    bench.press("*cjq")
    bench.act(.leaving(time: 100_000))
    let seen = Review(reviewer: "ann", events: bench.journal).seen
    #expect(seen[Position(.epoch, 30)]?.isEmpty == false)
    #expect(seen[Position(.epoch, 10)]?.isEmpty == false)
  }

  @Test func tooManyColumnsShowThoseAboutTheCursor() throws {
    var bench = try FrontBench(frontRun(count: 20), width: 80, height: 24)
    for _ in 0..<20 { bench.press("<Space>") }
    bench.press("gc")
    #expect(bench.state.layout.panels.count == 4)
    for step in 0..<19 {
      #expect(bench.state.layout.panels.contains { $0.checkpoint == step })
      bench.press("j")
    }
    #expect(bench.screen[0].hasSuffix("20/20"))
  }
}
