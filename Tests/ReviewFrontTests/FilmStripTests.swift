import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

/// Seeds down, epochs across.
@Suite struct FilmStripTests {
  private func numbered(_ seeds: [[Int]]) -> Run {
    let checkpoints = seeds.enumerated().map { epoch, seeds in
      Checkpoint(
        epoch: AxisValue(Double(epoch + 1)),
        samples: .pictures(
          seeds.map {
            NumberedPicture(
              index: $0, place: PicturePlace(path: "e\(epoch)/\($0).png", part: nil))
          }, size: PictureSize(width: 28, height: 28)))
    }
    return Run(name: "lab", path: "lab", format: .imageGrids, checkpoints: checkpoints, columns: [])
  }

  @Test func theSameSeedStandsInOneRowAtEveryEpoch() throws {
    var bench = try FrontBench()
    bench.press("jf")
    let panels = bench.state.layout.panels
    #expect(panels.map(\.checkpoint) == [0, 1, 2, 3])
    #expect(Set(panels.map(\.samples)).count == 1)
    #expect(Set(panels.map(\.area.y)).count == 1)
    #expect(bench.screen[2].contains(">010") || bench.screen[2].contains("> 010"))
    #expect(bench.screen[2].contains("*030"))
    #expect(bench.screen[3].hasPrefix(">0"))
    // Every picture is there, and nothing stands in for one.
    #expect(!bench.screen.contains { $0.contains("...") })
  }

  @Test func arrowsGoWhereTheyPointAndLettersKeepTheirMeaning() throws {
    var bench = try FrontBench()
    bench.press("f<Right>")
    #expect(bench.place == Place(checkpoint: 1, sample: 0, depth: .grid))
    bench.press("<Down><Down>")
    #expect(bench.place == Place(checkpoint: 1, sample: 2, depth: .grid))
    bench.press("<Left><Up>")
    #expect(bench.place == Place(checkpoint: 0, sample: 1, depth: .grid))
    bench.press("jl")
    #expect(bench.place == Place(checkpoint: 1, sample: 2, depth: .grid))
    // Elsewhere they mean what they always do.
    bench.press("<Esc><Down>")
    #expect(bench.place.checkpoint == 2 && bench.place.depth == .table)
  }

  @Test func actsAreAboutTheSampleUnderTheCursor() throws {
    var bench = try FrontBench()
    bench.press("f<Right><Right><Down>tm")
    let mark = bench.state.review.mark(Target(Position(.epoch, 30), sample: 1))
    #expect(mark.sortedTags == ["mode-collapse"])
    bench.press("x")
    #expect(bench.state.review.mark(Target(Position(.epoch, 30))).verdict == .reject)
  }

  @Test func enterGoesCloserAndBackComesToTheStrip() throws {
    var bench = try FrontBench()
    bench.press("Gkf<Down><Enter>")
    #expect(bench.place == Place(checkpoint: 2, sample: 1, depth: .sample))
    #expect(bench.state.layout.panels.count == 1)
    bench.press("<Esc>")
    #expect(bench.state.layout.panels.count == 4)
    bench.press("q")
    #expect(bench.state.strip == nil && bench.place.depth == .table && bench.place.checkpoint == 2)
  }

  @Test func itScrollsBothWaysWithTheCursorInSight() throws {
    var bench = try FrontBench(frontRun(count: 40))
    bench.press("f")
    for step in 0..<39 {
      bench.press("<Right>")
      #expect(bench.state.layout.panels.contains { $0.checkpoint == step + 1 })
      #expect(bench.state.layout.panels.count == bench.state.layout.panels.last!.item + 1)
    }
    #expect(bench.screen[2].hasPrefix("<"))
    for sample in 1..<64 {
      bench.press("<Down>")
      #expect(bench.state.layout.shownSamples.contains(sample))
    }
    bench.press("^g")
    #expect(bench.state.layout.panels.first?.checkpoint == 0)
    #expect(bench.state.layout.shownSamples.lowerBound == 0)
    #expect(bench.screen[2].hasSuffix(">"))
  }

  @Test func theColumnsAreAsTheTableIsSortedAndFiltered() throws {
    var bench = try FrontBench()
    bench.press(":sort diversity<Enter>f")
    #expect(bench.state.layout.panels.map(\.checkpoint) == [0, 1, 2, 3])
    bench.press("S")
    #expect(bench.state.layout.panels.map(\.checkpoint) == [3, 2, 1, 0])
    bench.press("&quality>0.5<Enter>")
    #expect(Set(bench.state.layout.panels.map(\.checkpoint)) == [2, 3])
  }

  /// Files have numbers of their own, and not every epoch has every one.
  @Test func aSeedThatAnEpochLacksLeavesItsPlaceEmpty() throws {
    var bench = try FrontBench(numbered([[1, 2, 5], [2, 5, 9], [5]]))
    bench.press("f")
    #expect(bench.screen[3].hasPrefix(">1"))
    #expect(bench.screen[3].contains("no such"))
    bench.press("<Down>")
    #expect(bench.state.seed == 2)
    bench.press("<Right>")
    // The second of the first epoch is the first of this one.
    #expect(bench.state.seed == 2 && bench.place.sample == 0)
    bench.press("tb")
    #expect(
      bench.state.review.mark(Target(Position(.epoch, 2), sample: 2)).sortedTags == ["blurry"])
  }

  @Test func aClickChoosesCheckpointAndSeed() throws {
    var bench = try FrontBench()
    bench.press("f")
    let panel = bench.state.layout.panels[2]
    bench.act(
      .key(
        .click(column: panel.area.x + 2, row: panel.area.y + bench.state.layout.tileHeight + 3),
        time: 9000))
    #expect(bench.place == Place(checkpoint: 2, sample: 1, depth: .grid))
  }

  @Test func aRunWithoutPicturesSaysSo() throws {
    var bench = try FrontBench(frontRun(hasSamples: false))
    bench.press("f")
    #expect(bench.state.strip == nil && bench.message == "this run has no pictures")
  }

  @Test(arguments: [(40, 12), (80, 24), (200, 60)])
  func itFitsEverySizeInPlainASCII(_ size: (width: Int, height: Int)) throws {
    var bench = try FrontBench(
      frontRun(count: 12), width: size.width, height: size.height, isUTF8: false)
    bench.press("jjf")
    #expect(bench.screen.allSatisfy { $0.unicodeScalars.allSatisfy(\.isASCII) })
    #expect(bench.state.layout.panels.allSatisfy { $0.area.x + $0.area.width <= size.width })
    #expect(bench.screen[2].contains("003"))
    #expect(bench.state.layout.panels.count > 1)
  }

  @Test func whatStandsInItCountsAsSeen() throws {
    var bench = try FrontBench()
    bench.press("fjq")
    bench.act(.leaving(time: 100_000))
    let seen = Review(reviewer: "ann", events: bench.journal).seen
    #expect(seen[Position(.epoch, 60)]?.contains(0) == true)
  }
}
