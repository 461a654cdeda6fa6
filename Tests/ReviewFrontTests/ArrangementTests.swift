import ReviewCore
import TerminalSurface
import Testing

@testable import ReviewFront

/// Samples arranged by a number: the seeds stay what they are.
@Suite struct ArrangementTests {
  /// The last seed first: place 63 stands in slot 0.
  private let reversed = SurveyAnswer.order(
    SampleOrder((0..<64).map { Double($0) * 100 }, highestFirst: true))

  private func arranged(_ name: String = "sharpness", _ keys: String = "G<Enter>") throws
    -> FrontBench
  {
    var bench = try FrontBench()
    bench.press("\(keys):arrange \(name)<Enter>")
    bench.answerSurveys { _ in reversed }
    return bench
  }

  private func firstLabel(_ bench: FrontBench) -> String {
    let area = bench.state.layout.samples
    return String(bench.screen[area.y].prefix(bench.state.layout.tileWidth))
  }

  @Test func theGridStandsInTheOrderOfTheNumberAndTheLabelTellsIt() throws {
    var bench = try FrontBench()
    bench.press("G<Enter>:arrange sharpness<Enter>")
    #expect(bench.surveyed == .order(checkpoint: 3, .sharpness))
    #expect(bench.screen[1].contains("being arranged") && firstLabel(bench).contains("[0]"))
    bench.press("lll")
    bench.answerSurveys { _ in reversed }
    #expect(bench.place.sample == 3)
    bench.press("^")
    #expect(bench.place.sample == 63)
    #expect(firstLabel(bench).hasPrefix("[63]") && firstLabel(bench).contains("6300"))
    #expect(bench.screen[1].contains("by sharpness, the sharpest first"))
    bench.press("l<Shift-Down>")
    #expect(bench.place.sample == 62 - bench.state.layout.gridColumns)
    bench.press("$")
    #expect(bench.place.sample == 0)
    bench.press("l")
    #expect(bench.message == "no further sample")
  }

  /// Tags, marks and ratings are of the seed, wherever it stands.
  @Test func whatIsSaidIsOfTheSeed() throws {
    var bench = try arranged()
    bench.press("^tb")
    #expect(
      bench.state.review.mark(Target(Position(.epoch, 60), sample: 63)).sortedTags == ["blurry"])
    bench.press("<Space>")
    #expect(bench.place.sample == 62)
    #expect(bench.state.marked == [Target(Position(.epoch, 60), sample: 63)])
    bench.press("4")
    #expect(bench.state.review.mark(Target(Position(.epoch, 60), sample: 62)).rating == 4)
    #expect(bench.place.sample == 61)
    bench.press(":arrange seed<Enter>")
    #expect(bench.place.sample == 61 && bench.state.slot(ofSampleAt: 61, of: 3) == 61)
  }

  @Test func steppingEpochsKeepsTheSeed() throws {
    var bench = try FrontBench()
    bench.press("<Enter>:arrange nearest<Enter>:sample 7<Enter>")
    bench.answerSurveys { request in
      request.checkpoint == 0
        ? reversed : .order(SampleOrder((0..<64).map { Double(($0 * 37) % 64) }))
    }
    #expect(bench.state.cursorSlot == 56)
    bench.press("j")
    #expect(bench.state.seed == 7 && bench.state.cursorSlot == 7 * 37 % 64)
    // The cursor is on the screen wherever its seed stands.
    let panel = try #require(bench.state.layout.focusedPanel)
    #expect(panel.samples.contains(bench.state.cursorSlot))
    #expect(bench.screen.contains { $0.contains("[7]") })
  }

  @Test func picturesOnTheScreenAreAskedForWhereverTheyLie() throws {
    var bench = try arranged()
    bench.press("^")
    let panel = try #require(bench.state.layout.focusedPanel)
    let places = bench.state.places(in: panel)
    #expect(places == panel.samples.map { 63 - $0 })
    let asked = bench.effects.compactMap { effect -> [PictureRequest]? in
      if case .render(let requests) = effect { requests } else { nil }
    }.joined()
    #expect(asked.contains { $0.checkpoint == 3 && $0.samples == places })
    #expect(!bench.screen.contains { $0.contains("...") })
  }

  @Test func aClickIsTheSampleThatStandsThere() throws {
    var bench = try arranged()
    let layout = bench.state.layout
    let slot = try #require(layout.focusedPanel).samples.lowerBound + 1
    bench.act(
      .key(
        .click(column: layout.samples.x + layout.tileWidth + 2, row: layout.samples.y + 2), time: 1)
    )
    #expect(bench.place.sample == 63 - slot)
  }

  @Test func theTablesSamplesAreArrangedToo() throws {
    let bench = try arranged("sharpness", "G")
    #expect(bench.screen.contains { $0.contains("of 64 by sharpness") })
    #expect(bench.screen.contains { $0.contains("by sharpness") && $0.contains("epoch 60") })
  }

  @Test func theTaggedStandFirstAndATagGivenNowMovesNothing() throws {
    var bench = try FrontBench()
    bench.press("G<Enter>:sample 40<Enter>tb:sample 50<Enter>tb:arrange tag<Enter>")
    #expect(bench.surveyed == nil)
    #expect([0, 1, 2].map { bench.state.samplePlace(inSlot: $0, of: 3) } == [40, 50, 0])
    bench.press(":sample 30<Enter>tb")
    #expect(bench.state.slot(ofSampleAt: 30, of: 3) == 32)
    // When the checkpoint is come to anew.
    bench.press("kj")
    #expect(bench.state.slot(ofSampleAt: 30, of: 3) == 0 && bench.place.sample == 30)
  }

  @Test func theKeyGoesThroughWhatThereIs() throws {
    var bench = try FrontBench()
    bench.press("G<Enter>")
    var names: [SampleNumber] = []
    for _ in 0..<4 {
      bench.press("#")
      names.append(bench.state.arrangement)
    }
    // Nobody looked for real pictures.
    #expect(names == [.sharpness, .nearest, .tag, .seed])
    bench.press(":arrange nearest-real<Enter>")
    #expect(bench.message.contains("nobody looked") && bench.state.arrangement == .seed)
    bench.press(":arrange colour<Enter>")
    #expect(bench.message.contains("there is seed, sharpness, nearest, nearest-real, tag"))
    bench.press(":arrange sh<Tab><Enter>")
    #expect(bench.state.arrangement == .sharpness)
  }

  @Test func aComparisonStandsBySeed() throws {
    var bench = try arranged()
    bench.press("<Esc>c")
    #expect(bench.state.comparison != nil)
    let panels = bench.state.layout.panels
    #expect(panels.allSatisfy { bench.state.places(in: $0) == Array($0.samples) })
    bench.press("#")
    #expect(bench.message.contains("same seeds in the same places"))
  }

  @Test func aFilmStripStandsBySeed() throws {
    var bench = try arranged()
    bench.press("f")
    #expect(bench.state.showsStrip)
    for panel in bench.state.layout.panels {
      #expect(bench.state.places(in: panel) == Array(panel.samples))
    }
    bench.press("#")
    #expect(bench.message.contains("same seeds throughout"))
    #expect(bench.state.arrangement == .sharpness && bench.state.sampleOrder(at: 3) == nil)
  }

  @Test func whatCannotBeArrangedSaysWhy() throws {
    var bench = try FrontBench()
    bench.press("G<Enter>:arrange sharpness<Enter>")
    bench.answerSurveys { _ in .failure("it is torn") }
    #expect(bench.message == "not arranged: it is torn")
    #expect(bench.screen[1].contains("not arranged") && firstLabel(bench).contains("[0]"))
    bench.press("<Ctrl-L>")
    #expect(bench.surveyed == .order(checkpoint: 3, .sharpness))
  }

  /// A set that turns out to have another number of samples stands by seed.
  @Test func anOrderOfAnotherCountIsNotUsed() throws {
    var bench = try FrontBench()
    bench.press("G<Enter>:arrange sharpness<Enter>")
    bench.answerSurveys { _ in .order(SampleOrder([3, 2, 1])) }
    #expect(bench.state.samplePlace(inSlot: 63, of: 3) == 63)
    bench.press("$^ll")
    #expect(bench.place.sample == 2)
  }

  @Test func whatWasLookedAtIsWhatStoodThere() throws {
    var bench = try arranged()
    bench.press("^")
    let places = bench.state.places(in: try #require(bench.state.layout.focusedPanel))
    bench.press("t<Esc>")
    bench.act(.leaving(time: bench.clock + 5000))
    let seen = Review(reviewer: "ann", events: bench.journal).seen[Position(.epoch, 60)] ?? []
    #expect(Set(places).isSubset(of: seen))
  }

  @Test func equalNumbersStandBySeedAndWithoutANumberLast() {
    let order = SampleOrder([2, .nan, 1, 2, 1])
    #expect(order.places == [2, 4, 0, 3, 1] && order.slots == [2, 4, 0, 3, 1])
    #expect(SampleOrder([2, .nan, 1, 2, 1], highestFirst: true).places == [0, 3, 2, 4, 1])
    #expect(SampleOrder([]).places.isEmpty)
  }

  /// Numbers against real pictures are arranged anew when they come; others stay.
  @Test func computedNumbersArrangeAnew() throws {
    let measures = RunMeasures(
      columns: [],
      checkpoints: (0..<4).map { _ in
        CheckpointMeasures(evidence: [SampleEvidence(.nearestReal, sample: 3, other: 9, number: 5)])
      })
    var bench = try FrontBench()
    bench.act(.measured(measures, isDone: true))
    bench.press("G<Enter>:arrange nearest-real<Enter>")
    #expect(bench.surveyed == .order(checkpoint: 3, .nearestReal))
    bench.answerSurveys { _ in reversed }
    bench.act(.measured(measures, isDone: true))
    #expect(bench.surveyed == .order(checkpoint: 3, .nearestReal))
    bench.answerSurveys { _ in reversed }
    bench.press(":arrange sharpness<Enter>")
    bench.answerSurveys { _ in reversed }
    bench.act(.measured(measures, isDone: false))
    #expect(bench.surveyed == nil && bench.state.slot(ofSampleAt: 63, of: 3) == 0)
  }
}
