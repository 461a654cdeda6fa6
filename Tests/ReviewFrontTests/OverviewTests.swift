import GlyphRendering
import ReviewCore
import TerminalSurface
import Testing

@testable import ReviewFront

/// The overview of one set: groups of near-duplicates, nearest pairs, and what can be done about
/// them.
@Suite struct OverviewTests {
  private func opened(
    width: Int = 80, height: Int = 24, isUTF8: Bool = true, colors: Int = 0
  ) throws -> FrontBench {
    var bench = try FrontBench(width: width, height: height, colors: colors, isUTF8: isUTF8)
    bench.press("GO")
    bench.answerSurveys { _ in .overview(collapsedOverview()) }
    return bench
  }

  @Test func itIsAskedForOnceAndTheNextAfterIt() throws {
    var bench = try FrontBench()
    #expect(bench.surveyed == nil)
    bench.press("gO")
    #expect(bench.surveyed == .overview(checkpoint: 0, nearness: 4))
    #expect(bench.screen.contains { $0.contains("comparing 64 samples") })
    bench.act(.surveying(.overview(checkpoint: 0, nearness: 4), part: 0.42))
    #expect(bench.screen.contains { $0.contains("42%") })
    // Of another set nothing is heard.
    bench.act(.surveying(.overview(checkpoint: 2, nearness: 4), part: 0.9))
    #expect(!bench.screen.contains { $0.contains("90%") })
    // Stepping on asks for the other, and gives this one up.
    bench.press("j")
    #expect(bench.surveyed == .overview(checkpoint: 1, nearness: 4))
    bench.act(.surveyed(.overview(checkpoint: 1, nearness: 4), .overview(collapsedOverview())))
    #expect(bench.surveyed == .overview(checkpoint: 2, nearness: 4))
    bench.press("g")
    for _ in 0..<3 {
      bench.answerSurveys { _ in .overview(collapsedOverview()) }
      bench.press("j")
    }
    // What is known is not asked for again.
    bench.effects = []
    bench.press("kkkjjj<Esc>")
    #expect(!bench.effects.contains { if case .survey = $0 { true } else { false } })
    #expect(bench.surveyed == nil)
  }

  @Test func leavingStopsWhatIsUnderWay() throws {
    var bench = try FrontBench()
    bench.press("O<Esc>")
    #expect(bench.surveyed == nil && bench.effects.contains(.survey(nil)))
    #expect(bench.place.depth == .table && bench.state.mode == .browse)
  }

  @Test(arguments: [(40, 12), (80, 24), (200, 50)], [true, false])
  func groupsStandFirstThenPairs(size: (Int, Int), isUTF8: Bool) throws {
    var bench = try opened(width: size.0, height: size.1, isUTF8: isUTF8)
    let text = bench.screen.joined(separator: "\n")
    #expect(text.contains("32 of 64"))
    #expect(text.contains("64 samples, 32 looks"))
    #expect(text.contains(size.0 < 80 ? "32 of 64 alike" : "32 of 64 look like this one"))
    #expect(isUTF8 || bench.screen.allSatisfy { $0.utf8.allSatisfy { $0 < 128 } })
    // The cursor has a sign of its own, whatever the colours.
    #expect(bench.screen.filter { $0.contains("> 32 of 64") }.count == 1)
    bench.press("l")
    #expect(bench.screen.filter { $0.contains("> 2 of 64") }.count == 1)
    bench.press("l")
    #expect(bench.screen.contains { $0.contains("> 0 and 9") })
    bench.press("$")
    #expect(bench.screen.contains { $0.contains("> 39 and 48") })
    bench.press("l")
    #expect(bench.message == "nothing further that way")
    bench.press("^")
    #expect(bench.screen.contains { $0.contains("> 32 of 64") })
    bench.press("<PgDn><PgUp>")
    #expect(bench.screen.contains { $0.contains("> 32 of 64") })
  }

  @Test func onlyWhatIsOnTheScreenIsRendered() throws {
    let bench = try opened()
    let layout = bench.state.overviewLayout
    let requests = bench.effects.compactMap { effect -> [PictureRequest]? in
      if case .render(let requests) = effect { requests } else { nil }
    }.joined()
    let cards = requests.filter {
      $0.view == .samples && $0.columns == layout.tile.width && $0.rows == layout.tile.height
    }
    #expect(cards.contains { $0.samples.contains(4) && $0.samples.contains(1) })
    #expect(cards.allSatisfy { $0.samples.count <= 2 * layout.perPage })
    #expect(requests.contains { $0.view == .spread && $0.samples == [0, 1] })
  }

  @Test func enterGoesToTheSampleAndEscapeBackToWhereOneWas() throws {
    var bench = try opened()
    bench.press("l<Enter>")
    #expect(bench.place.depth == .grid && bench.place.sample == 1)
    bench.press("q")
    #expect(bench.place.depth == .table)
    bench.press("<Enter>:sample 9<Enter>O<Esc>")
    #expect(bench.place.depth == .grid && bench.place.sample == 9)
    bench.press("Oll<Enter>")
    #expect(bench.place.sample == 0)
  }

  @Test func aTagIsOnTheWholeGroupAndIsTakenBackAtOnce() throws {
    var bench = try opened()
    bench.press("t")
    #expect(bench.screen.contains { $0.contains("tag 32 samples of epoch 60") })
    bench.press("m")
    let tagged = { bench.state.review.marks.filter { $0.value.tags["mode-collapse"] != nil }.keys }
    #expect(Set(tagged().compactMap(\.sample)) == Set(stride(from: 0, to: 64, by: 2)))
    #expect(bench.message == "saved: mode-collapse on 32 samples of epoch 60")
    // It is the overview still, and says so.
    #expect(bench.screen.contains { $0.contains("tagged: 32 mode-collapse") })
    bench.press("l.")
    #expect(tagged().count == 34)
    bench.press("u")
    #expect(tagged().count == 32)
    bench.press("u")
    #expect(tagged().isEmpty && bench.state.isInOverview)
    // All bear it: it goes off all.
    bench.press("^.t<Esc>.")
    #expect(tagged().isEmpty && bench.state.isInOverview)
    bench.press("<Esc>")
    #expect(bench.place.depth == .table)
  }

  @Test func verdictsAreOfTheCheckpoint() throws {
    var bench = try opened()
    bench.press("p")
    #expect(bench.state.review.mark(Target(Position(.epoch, 60))).verdict == .keep)
    #expect(bench.state.isInOverview)
    bench.press("w")
    #expect(bench.screen.contains { $0.contains("why epoch 60") })
    bench.press("<Esc>")
    #expect(bench.state.isInOverview)
  }

  @Test func howNearIsNearCanBeMoved() throws {
    var bench = try opened()
    bench.press(")")
    #expect(bench.surveyed == .overview(checkpoint: 3, nearness: 8))
    #expect(bench.message.contains("8 of 255"))
    bench.press("(((((((")
    #expect(bench.state.nearness == 1 && bench.message == "as far as it goes")
    #expect(bench.state.settings.contrast == 1)
  }

  @Test func moreThanCanBeToldIsNotTagged() throws {
    var bench = try FrontBench()
    bench.press("GO")
    bench.answerSurveys { _ in
      .overview(
        SetOverview(
          nearness: 4, count: 3000,
          groups: [SetOverview.Group(seeds: Array(0..<2000), representative: 0, reach: 1)]))
    }
    bench.press("t")
    #expect(bench.message.contains("2000 samples are too many"))
    #expect(bench.state.isInOverview && bench.journal.isEmpty)
  }

  @Test func nothingIsTaggedWhereNothingCanBeWritten() throws {
    var bench = try FrontBench(readOnlyReason: "no space")
    bench.press("GO")
    bench.answerSurveys { _ in .overview(collapsedOverview()) }
    bench.press("tm")
    #expect(bench.journal.isEmpty && bench.state.isInOverview)
  }

  @Test func whatCannotBeComparedHasItsWords() throws {
    func screen(_ answer: SurveyAnswer) throws -> String {
      var bench = try FrontBench()
      bench.press("GO")
      bench.answerSurveys { _ in answer }
      bench.press("ll<PgDn>$t.<Enter>")
      return bench.screen.joined(separator: "\n")
    }
    #expect(try screen(.failure("it is torn")).contains("it is torn"))
    #expect(
      try screen(.overview(SetOverview(nearness: 4, count: 1))).contains("one sample alone"))
    var none = SetOverview(nearness: 4, count: 0)
    none.failureCount = 3
    #expect(try screen(.overview(none)).contains("none of the samples can be read"))
    none.heldOutCount = 8
    #expect(try screen(.overview(none)).contains("held out"))
  }

  @Test func aCheckpointWithoutSamplesIsSteppedOverWithWords() throws {
    var run = frontRun()
    run.checkpoints[2] = Checkpoint(epoch: AxisValue(30.0))
    var bench = try FrontBench(run)
    bench.press("GOk")
    #expect(bench.screen.contains { $0.contains("epoch 30 has no samples") })
    bench.press("lht<Enter>")
    #expect(bench.journal.isEmpty)
    bench.press("<Esc>O")
    #expect(bench.message == "epoch 30 has no samples" && !bench.state.isInOverview)
  }

  @Test func howFarApartIsSaidInPlainNumbers() throws {
    var bench = try FrontBench(width: 120, height: 40)
    bench.press("GO")
    bench.answerSurveys { _ in
      .overview(
        SetOverview(
          nearness: 4, count: 5,
          pairs: [
            SetOverview.Pair(first: 0, second: 3, distance: 0, difference: 0),
            SetOverview.Pair(first: 1, second: 2, distance: 57.718, difference: 2.0613),
            SetOverview.Pair(first: 2, second: 4, distance: 3131.2, difference: 111.83),
          ], pairCount: 3))
    }
    let text = bench.screen.joined(separator: "\n")
    #expect(text.contains("equal, pixel by pixel"))
    #expect(text.contains("distance 57.72, 2.1 of 255 apart"))
    #expect(text.contains("distance 3131, 112 of 255 apart"))
    #expect(text.contains("5 samples, 5 looks  none within 4 of 255; ) is wider"))
  }

  @Test func aClickIsTheCardUnderIt() throws {
    var bench = try opened()
    let card = bench.state.overviewLayout.card(1)
    bench.act(.key(.click(column: card.x + 2, row: card.y + 1), time: 1))
    #expect(bench.screen.contains { $0.contains("> 2 of 64") })
    bench.act(.key(.click(column: card.x + 2, row: card.y + 1), time: 2))
    #expect(bench.place.depth == .grid && bench.place.sample == 1)
  }

  /// Of a run that is being written, what was written anew is compared anew, and the rest is known.
  @Test func whatIsWrittenAnewIsComparedAnew() throws {
    var bench = try opened()
    bench.press("k")
    bench.answerSurveys { _ in .overview(collapsedOverview()) }
    let run = bench.state.run
    bench.act(.grown(GrownRun(from: run, to: run, written: [])))
    #expect(bench.surveyed == nil)
    bench.act(.grown(GrownRun(from: run, to: run, written: ["60.0.png"])))
    bench.press("j")
    #expect(bench.surveyed == .overview(checkpoint: 3, nearness: 4))
  }

  @Test func theValuesOfAnotherRangeAreComparedAnew() throws {
    var bench = try opened()
    bench.act(.ranged(ValueRange(lo: -3, hi: 3, origin: .found), nil, [], sources: [:]))
    #expect(bench.surveyed == .overview(checkpoint: 3, nearness: 4))
  }
}
