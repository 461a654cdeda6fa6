import GlyphRendering
import HumanEvaluation
import ReviewCore
import TerminalSurface
import Testing

@testable import ReviewFront

/// A block of trials as the front asks it.
@Suite struct TrialTests {
  private static let rendering = TrialRendering(
    PictureSettings(), columns: 28, rows: 14)

  private static let pool = TrialPool(
    members: [1, 10, 30, 60].map { TrialPool.Member(Position(.epoch, $0), seeds: Array(0..<64)) },
    realCount: 64, sharesSeeds: true)

  private func block(
    _ line: String, rendering: TrialRendering = rendering
  ) throws -> EvaluationBlock {
    try EvaluationBlock(
      EvaluationWish(line), Self.pool, rendering: rendering, id: "a1", seed: 5)
  }

  /// A front with a block begun, and its first trial shown.
  private func bench(
    _ line: String, width: Int = 80, height: Int = 24
  ) throws -> FrontBench {
    var bench = try FrontBench(width: width, height: height)
    bench.act(.planned(try block(line)))
    bench.press("<Enter>")
    bench.act(.shown(time: bench.clock))
    return bench
  }

  /// Presses a key half a second after the trial was shown, and shows the next.
  private func answer(_ bench: inout FrontBench, _ key: String) {
    bench.act(.shown(time: bench.clock))
    bench.clock -= 500
    bench.press(key)
    bench.act(.shown(time: bench.clock))
  }

  private func answers(_ bench: FrontBench) -> [Int: TrialAnswer] {
    bench.state.review.blocks.first?.answers.mapValues(\.answer) ?? [:]
  }

  @Test func theListIsWrittenBeforeTheFirstTrialAndEachAnswerBeforeTheNext() throws {
    var bench = try FrontBench()
    bench.act(.planned(try block("2afc 10")))
    #expect(bench.journal.isEmpty && bench.state.askedTrial == nil)
    bench.press("<Enter>")
    guard case .evaluation(.begin(let written))? = bench.journal.last?.act else {
      Issue.record("no block is written")
      return
    }
    #expect(written == (try block("2afc 10")))
    #expect(bench.state.askedTrial?.number == 1)
    answer(&bench, "<Left>")
    #expect(
      bench.journal.last?.act
        == .evaluation(.answer(block: "a1", trial: 1, .choice(.left), milliseconds: 500)))
    #expect(bench.state.askedTrial?.number == 2)
    // What the disk refuses is asked again, and is not lost silently.
    bench.canWrite = false
    answer(&bench, "<Right>")
    #expect(bench.state.askedTrial?.number == 2)
    #expect(bench.screen.contains { $0.contains("! no space left") })
    bench.canWrite = true
    answer(&bench, "<Right>")
    #expect(bench.state.askedTrial?.number == 3)
    #expect(answers(bench) == [1: .choice(.left), 2: .choice(.right)])
  }

  /// What does not fit is scrolled; any other key goes back, and nothing is written.
  @Test func theProtocolIsReadBeforeItBegins() throws {
    var bench = try FrontBench(width: 40, height: 12)
    bench.act(.planned(try block("2afc 10")))
    let first = bench.screen
    bench.press("jj")
    #expect(bench.screen != first && bench.screen.contains { $0.contains("before it begins") })
    bench.press("<Esc>")
    #expect(bench.message == "nothing begun" && bench.journal.isEmpty)
  }

  @Test func nothingIsAnsweredBeforeItIsSeen() throws {
    var bench = try FrontBench()
    bench.act(.planned(try block("2afc 10")))
    bench.press("<Enter><Left><Right> ")
    #expect(answers(bench).isEmpty)
    bench.act(.shown(time: bench.clock))
    bench.press("<Left>")
    #expect(answers(bench) == [1: .choice(.left)])
  }

  @Test(arguments: [
    ("2afc 10", "<Left>", TrialAnswer.choice(.left)), ("2afc 10", "l", .choice(.right)),
    ("2afc 10", " ", .skipped), ("2afc 10", "=", nil), ("2afc 10", "3", nil),
    ("pairwise 10", "=", .tie), ("pairwise 10", "<Right>", .choice(.right)),
    ("pairwise 10", "5", nil), ("likert 10", "5", .rating(5)), ("likert 10", "0", nil),
    ("likert 10", "6", nil), ("likert 10", "<Left>", nil), ("likert 10", " ", .skipped),
    ("2afc 10", "t", nil), ("2afc 10", "u", nil), ("2afc 10", "p", nil),
  ])
  func keysAnswer(_ line: String, _ key: String, _ expected: TrialAnswer?) throws {
    var bench = try bench(line)
    answer(&bench, key)
    #expect(answers(bench)[1] == expected)
    // No key of the review does anything here.
    let isOfBlock = bench.journal.allSatisfy {
      if case .evaluation = $0.act { true } else { false }
    }
    #expect(isOfBlock)
  }

  @Test func backspaceTakesBackWhatWasAnsweredLast() throws {
    var bench = try bench("2afc 10")
    answer(&bench, "<Left>")
    answer(&bench, "<Left>")
    answer(&bench, "<Backspace>")
    #expect(answers(bench).keys.sorted() == [1] && bench.state.askedTrial?.number == 2)
    answer(&bench, "<Backspace>")
    answer(&bench, "<Backspace>")
    #expect(answers(bench).isEmpty && bench.state.askedTrial?.number == 1)
    #expect(bench.screen.contains { $0.contains("nothing to take back") })
  }

  @Test func pausingAndGoingOn() throws {
    var bench = try bench("2afc 10")
    answer(&bench, "<Left>")
    bench.press("q")
    #expect(bench.message.contains("paused after 1 of 10"))
    #expect(bench.state.askedTrial == nil)
    bench.press("jj:eval 2afc<Enter>")
    #expect(bench.state.askedTrial?.number == 2)
    // And on from the list of blocks.
    bench.press("<Esc>:eval<Enter>")
    #expect(bench.screen.contains { $0.contains("1 of 10 answered  open") })
    bench.press("<Enter>")
    #expect(bench.state.askedTrial?.number == 2)
  }

  @Test func theLastAnswerEndsTheBlock() throws {
    var bench = try bench("2afc 12")
    let all = bench.state.review.blocks[0].trials
    for trial in all { answer(&bench, trial.realSide == .left ? "<Left>" : "<Right>") }
    #expect(bench.state.review.blocks[0].ending == .complete)
    #expect(bench.screen.contains { $0.contains("what people said") })
    #expect(bench.screen.contains { $0.contains("taken for real 0 of") })
    answer(&bench, "<Left>")
    #expect(answers(bench).count == 12)
  }

  @Test func anAdaptivePairIsWrittenBeforeItIsShown() throws {
    var bench = try bench("pairwise 30 adaptive")
    for number in 1...8 {
      guard case .evaluation(.draw(_, let trial))? = bench.journal.last?.act else {
        Issue.record("trial \(number) is not written")
        return
      }
      #expect(trial.number == number && bench.state.askedTrial == trial)
      answer(&bench, number % 2 == 0 ? "<Left>" : "=")
    }
  }

  @Test func picturesGoWhenTheirTimeIsOver() throws {
    var bench = try bench("2afc 10 exposure=500")
    let shown = bench.clock
    #expect(bench.state.nextTick == shown + 500)
    #expect(bench.screen.contains { $0.contains("####") })
    bench.act(.tick(time: shown + 500))
    #expect(!bench.screen.contains { $0.contains("####") })
    #expect(bench.screen.contains { $0.contains("the time is over") })
    #expect(bench.state.nextTick == nil)
    answer(&bench, "<Left>")
    #expect(bench.screen.contains { $0.contains("####") })
  }

  /// What was shown for a time is neither taken back nor shown again after a pause.
  @Test func aTimedTrialIsShownOnce() throws {
    var bench = try bench("2afc 10 exposure=500")
    answer(&bench, "<Left>")
    answer(&bench, "<Backspace>")
    #expect(answers(bench).count == 1)
    #expect(bench.screen.contains { $0.contains("not shown again") })
    bench.press("q")
    #expect(answers(bench) == [1: .choice(.left), 2: .skipped])
    #expect(bench.message.contains("paused after 2 of 10"))
    bench.press(":eval 2afc<Enter>")
    #expect(bench.state.askedTrial?.number == 3)
    // The last one, too, and that ends the block.
    for _ in 3...9 { answer(&bench, "<Left>") }
    bench.act(.shown(time: bench.clock))
    bench.press("q")
    #expect(bench.state.review.blocks[0].ending == .complete)
  }

  /// One side that cannot be read would tell which the other is.
  @Test func neitherSideIsShownWhereOneCannotBeRead() throws {
    var bench = try FrontBench()
    let block = try block("2afc 10")
    bench.act(.planned(block))
    bench.press("<Enter>")
    let first = try #require(bench.state.askedTrial)
    let request = try #require(bench.state.request(for: first.left, of: block))
    bench.act(.lost(request, places: request.samples))
    #expect(!bench.screen.contains { $0.contains("##") })
    #expect(bench.screen.count { $0.contains("a picture cannot be read") } == 1)
    #expect(!bench.state.awaitsShown)
    bench.press("<Left><Right>")
    #expect(answers(bench).isEmpty)
    // Drawing anew tries again what could not be read.
    bench.press("<Ctrl-L>")
    #expect(bench.screen.contains { $0.contains("##") } && bench.state.awaitsShown)
    bench.act(.lost(request, places: request.samples))
    bench.press(" ")
    #expect(answers(bench) == [1: .skipped])
  }

  /// One of the two pictures alone would tell which comes from where.
  @Test func bothSidesComeAtOnce() throws {
    var bench = try FrontBench()
    bench.act(.planned(try block("2afc 10")))
    _ = update(
      &bench.state,
      .recorded(
        ReviewEvent(
          sequence: 1, time: "", reviewer: "ann",
          act: .evaluation(.begin(try block("2afc 10"))))))
    let wanted = bench.state.wanted
    #expect(wanted.count >= 2)
    var surface = bench.surface
    #expect(!surface.lines.contains { $0.contains("##") })
    let grid = GlyphGrid(
      width: 28, height: 14, cells: Array(repeating: GlyphCell(scalar: "#"), count: 28 * 14))
    for (place, request) in wanted.prefix(2).enumerated() {
      #expect(!bench.state.awaitsShown)
      _ = update(
        &bench.state,
        .rendered(
          PictureBatch(
            request: request, grids: request.samples.map { _ in grid }, sampleCount: 64,
            sampleWidth: 28, sampleHeight: 28)))
      surface = bench.surface
      #expect(surface.lines.contains { $0.contains("##") } == (place == 1))
    }
    #expect(bench.state.awaitsShown)
  }

  /// Whatever the trial: no checkpoint, run, metric or answer is on the screen.
  @Test(arguments: ["2afc 40", "pairwise 40", "likert 40", "likert 20 topic=diversity"])
  func theScreenTellsNothing(_ line: String) throws {
    var bench = try bench(line)
    bench.state.message = Message(.info, "epoch 30 came")
    let pause = line.hasPrefix("likert") ? "3" : "<Right>"
    var frames: Set<[String]> = []
    while let trial = bench.state.askedTrial {
      let words = bench.screen.joined(separator: "\n").lowercased()
      for telling in ["epoch", "lab", "quality", "candidate", "checkpoint", "seed", "check"] {
        #expect(!words.contains(telling), "\(telling) in trial \(trial.number)")
      }
      // But for the number of the trial all screens are alike.
      frames.insert(
        Array(bench.screen.dropFirst()).filter { !$0.contains("saved") })
      answer(&bench, pause)
    }
    #expect(frames.count <= 2)
    #expect(bench.state.review.blocks[0].isComplete)
  }

  @Test func anotherLookIsRefused() throws {
    var bench = try FrontBench(width: 60, height: 24)
    bench.act(.planned(try block("2afc 10")))
    bench.press("<Enter>")
    // 28 cells twice and a gap fit 60, not 58.
    #expect(bench.state.canShow(try block("2afc 10")) == nil)
    bench.act(.resized(width: 58, height: 24))
    #expect(bench.screen.contains { $0.contains("make the terminal larger") })
    bench.act(.shown(time: bench.clock))
    bench.press("<Left>")
    #expect(answers(bench).isEmpty)
    bench.act(.resized(width: 60, height: 24))
    answer(&bench, "<Left>")
    #expect(answers(bench).count == 1)

    func reason(_ change: (inout PictureSettings) -> Void) throws -> String? {
      var settings = PictureSettings()
      change(&settings)
      return try bench.state.canShow(
        block("2afc 10", rendering: TrialRendering(settings, columns: 28, rows: 14)))
    }
    #expect(try reason { $0.isLightBackground = true }?.contains("light ground") == true)
    #expect(try reason { $0.color = .palette }?.contains("colours") == true)
    #expect(try reason { $0.gamma = 1.3 } == nil)
  }

  @Test func aCheckpointThatIsGoneCanBeSkipped() throws {
    var bench = try FrontBench()
    let gone = TrialPool(
      members: [TrialPool.Member(Position(.epoch, 77), seeds: [0, 1, 2])], realCount: 3)
    bench.act(
      .planned(
        try EvaluationBlock(
          EvaluationWish("2afc 3 checks=0 repeats=0"), gone, rendering: Self.rendering, id: "b",
          seed: 1)))
    bench.press("<Enter><Left>")
    #expect(bench.state.review.blocks[0].answers.isEmpty)
    #expect(bench.screen.contains { $0.contains("cannot be read") })
    bench.press("   ")
    #expect(bench.state.review.blocks[0].ending == .complete)
  }

  @Test(arguments: [
    (2, 80, 24, 1), (2, 80, 24, 4), (1, 80, 24, 10), (2, 200, 50, 4), (2, 40, 12, 1),
  ])
  func picturesFitTheirSide(_ sides: Int, _ width: Int, _ height: Int, _ count: Int) throws {
    for columns in TileSize.widths {
      guard
        let layout = TrialLayout(
          columns: columns, rows: columns / 2, count: count, sides: sides, width: width,
          height: height)
      else { continue }
      var taken: Set<[Int]> = []
      for side in 0..<sides {
        for picture in 0..<count {
          let (x, y) = layout.place(picture, side: side)
          #expect(x >= 0 && x + columns <= width && y >= 3 && y + columns / 2 <= height - 2)
          for cell in 0..<columns {
            for row in 0..<columns / 2 { #expect(taken.insert([x + cell, y + row]).inserted) }
          }
        }
      }
    }
    #expect(
      TrialLayout(
        columns: 10, rows: 5, count: count, sides: sides, width: width, height: height) != nil
        || (width, height) == (40, 12))
  }

  @Test func readOnlyAsksNobody() throws {
    var bench = try FrontBench(readOnlyReason: "--read-only")
    bench.press(":eval 2afc<Enter>")
    #expect(bench.message == "nothing can be written: --read-only")
    #expect(!bench.effects.contains { if case .plan = $0 { true } else { false } })
  }

  @Test func wrongWordsAreNamed() throws {
    var bench = try FrontBench()
    bench.press(":eval 3afc<Enter>")
    #expect(bench.message.contains("2afc, likert, pairwise"))
    bench.press(":eval<Enter>")
    #expect(bench.message.contains("nobody was asked yet"))
  }
}
