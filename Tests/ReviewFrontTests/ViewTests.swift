import GlyphRendering
import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

@Suite struct ViewTests {
  private func requests(_ bench: FrontBench) -> [PictureRequest] {
    bench.effects.flatMap { effect -> [PictureRequest] in
      if case .render(let requests) = effect { return requests }
      return []
    }
  }

  @Test func aDifferenceIsFromTheWinnerThenFromTheMarked() throws {
    var bench = try FrontBench()
    bench.press("G<Enter>d")
    #expect(bench.state.view == .difference(from: 2))
    #expect(
      bench.screen.contains { $0.contains("epoch 060  less epoch 30: . alike, + * # @ brig") })
    bench.effects = []
    bench.press("k")
    // The reference stays while the epochs go by.
    #expect(bench.state.view == .difference(from: 2))
    bench.press("<Esc>")
    #expect(bench.state.view == .samples && bench.place.depth == .grid)
    bench.press("<Esc>g<Space>Gd")
    #expect(bench.state.view == .difference(from: 0), "the marked one comes first")
    bench.press("d")
    #expect(bench.state.view == .samples)
  }

  @Test func onTheWinnerTheRunnerUpIsTakenAway() throws {
    var bench = try FrontBench()
    bench.press("*d")
    #expect(bench.state.view == .difference(from: bench.state.table.runnerUp ?? -1))
  }

  @Test func picturesOfAViewAreAskedForAsSuch() throws {
    var bench = try FrontBench()
    bench.effects = []
    bench.press("G<Enter>v")
    let wanted = requests(bench).filter { $0.view == .spread }
    #expect(wanted.contains { $0.checkpoint == 3 && $0.samples == [0, 1] })
    bench.act(
      .rendered(
        PictureBatch(
          request: try #require(wanted.last { $0.checkpoint == 3 }), grids: [], sampleCount: 64,
          sampleWidth: 28, sampleHeight: 28, deviation: (0.1234, 63))))
    let words = "mean and deviation 0.123 of 63 of 64 samples (0 alike, 0.5 most)"
    #expect(bench.screen.contains { $0.contains(words) })
    #expect(bench.screen.contains { $0.contains(" mean") && $0.contains(" deviation") })
  }

  @Test func inTheSpreadActsAreOfTheCheckpoint() throws {
    var bench = try FrontBench()
    bench.press("G<Enter>llvtm")
    #expect(
      bench.journal.last?.act
        == ReviewAct.tag(
          Target(Position(.epoch, 60)), tag: "mode-collapse", isOn: true, digest: nil))
  }

  @Test func differencesKeepTheSeedForActs() throws {
    var bench = try FrontBench()
    bench.press("G<Enter>lldtb")
    #expect(
      bench.journal.last?.act
        == ReviewAct.tag(
          Target(Position(.epoch, 60), sample: 2), tag: "blurry", isOn: true, digest: nil))
  }

  @Test func comparedColumnsAreShownLessTheFocusedOne() throws {
    var bench = try FrontBench(width: 120, height: 40)
    bench.press("g<Space><Space><Space>gcd")
    let panels = bench.state.layout.panels
    #expect(panels.map(\.checkpoint) == [0, 1, 2])
    #expect(panels.map(\.view) == [.samples, .difference(from: 0), .difference(from: 0)])
    #expect(bench.screen.contains { $0.contains("as it is") && $0.contains("less epoch 1") })
    bench.press("v")
    #expect(bench.state.layout.panels.allSatisfy { $0.view == .spread && $0.samples == 0..<2 })
  }

  @Test func aSeedThatAnEpochLacksIsSaidToBeMissing() throws {
    var run = frontRun()
    func samples(_ count: Int) -> SampleSource {
      .grid(
        path: "x.png",
        layout: GridLayout(
          columns: 8, rows: 8, padding: 2, hasBorder: true, sampleWidth: 28, sampleHeight: 28,
          count: count, certainty: 1))
    }
    for (index, count) in [16, 4, 1, 9].enumerated() {
      run.checkpoints[index].samples = samples(count)
    }
    var bench = try FrontBench(run)
    bench.press("g<Enter><Enter>llllllll")
    #expect(bench.screen.contains { $0.contains("sample 8") })
    bench.press("j")
    #expect(bench.screen.contains { $0.contains("epoch 10 has no sample 8, only 0 to 3") })
    #expect(!bench.screen.contains { $0.contains("this sample") })
    // Nor is the epoch as a whole meant then.
    for key in ["t", "5", ";"] {
      bench.press(key)
      #expect(bench.message.contains("epoch 10 has no sample 8"))
    }
    #expect(bench.journal.allSatisfy { !$0.act.isUndoable })
    #expect(bench.state.layout.shownSamples.isEmpty)
    bench.press("jj")
    #expect(bench.screen.contains { $0.contains("this sample") })
    #expect(bench.place.sample == 8)
  }

  @Test func keysThatADifferenceHasNoUseForSaySo() throws {
    var bench = try FrontBench(colors: 256)
    bench.press("G<Enter>d}")
    #expect(bench.message.contains("a difference has no gamma"))
    bench.press("i")
    #expect(bench.message.contains("signs stay as they are"))
    bench.press(")")
    #expect(bench.state.settings.contrast > 1)
    bench.press("ri")
    #expect(bench.state.settings.isInverted)
    #expect(bench.screen.contains { $0.contains("middle gray alike, black brighter") })
  }

  @Test func samplesOfOneCheckpointHaveNoDifference() throws {
    var bench = try FrontBench()
    bench.press("G<Enter><Space><Space>cd")
    #expect(bench.message.contains("samples of one checkpoint"))
    #expect(bench.state.view == .samples)
  }

  @Test func oneSampleHasNoDeviation() throws {
    var run = frontRun()
    let layout = GridLayout(
      columns: 1, rows: 1, padding: 0, hasBorder: false, sampleWidth: 28, sampleHeight: 28,
      count: 1, certainty: 1)
    for index in run.checkpoints.indices {
      run.checkpoints[index].samples = .grid(path: "\(index).png", layout: layout)
    }
    var bench = try FrontBench(run)
    bench.press("G<Enter>v")
    #expect(bench.screen.contains { $0.contains("one sample alone has no deviation") })
  }

  @Test func withoutAnotherThereIsNothingToTakeAway() throws {
    var bench = try FrontBench(frontRun(count: 1))
    bench.press("d")
    #expect(bench.state.view == .samples)
    #expect(bench.message == "no other checkpoint has samples to compare with")
    var table = try FrontBench(frontRun(hasSamples: false))
    table.press("v")
    #expect(table.message == "this run has no pictures")
  }

  @Test func theRendererGoesRoundAndByName() throws {
    var bench = try FrontBench(colors: 256)
    bench.press("r")
    #expect(bench.message == "half blocks in gray")
    bench.press(":renderer braille<Enter>")
    #expect(bench.state.settings.glyphs == .braille && bench.state.settings.color == .none)
    bench.press(":renderer octant-gray<Enter>")
    #expect(bench.state.settings.glyphs == .octant)
    #expect(bench.message.contains("few fonts have octants"))
    bench.press(":renderer crayons<Enter>")
    #expect(bench.message.contains("no such renderer: crayons; there is ascii, half-gray"))
    #expect(bench.state.settings.glyphs == .octant)
    bench.press("=")
    #expect(bench.state.settings.glyphs == .ascii)
    var plain = try FrontBench(colors: 0, isUTF8: false)
    plain.press("r")
    #expect(plain.message.contains("need a UTF-8 locale"))
    plain.press(":renderer half-gray<Enter>")
    #expect(plain.state.settings.glyphs == .ascii)
  }

  @Test func picturesAreKeptBySizeAndLook() throws {
    var bench = try FrontBench()
    bench.press("<Enter>")
    bench.effects = []
    bench.press("}")
    #expect(requests(bench).contains { $0.settings.gamma != 1 })
    bench.effects = []
    bench.press("{")
    #expect(requests(bench).isEmpty, "the first look was still there")
    bench.press("~")
    #expect(bench.state.settings.texture == .smooth)
    #expect(requests(bench).contains { $0.settings.texture == .smooth })
  }

  @Test func theNextStepsSettleWhileOneLooks() throws {
    var bench = try FrontBench(frontRun(count: 30))
    bench.press("<Enter>")
    let best = requests(bench).filter { $0.settings.quality == .best }.map(\.checkpoint)
    #expect(best.first == 0)
    #expect(Set(best) == [0, 1, 2])
  }

  @Test func aSquareSampleIsSquareInCellsOfAnyShape() throws {
    for aspect in [0.4, 0.5, 0.6, 1] {
      var preferences = PicturePreferences()
      preferences.cellAspect = aspect
      var state = try FrontState(
        run: frontRun(), review: Review(reviewer: "ann"), rule: RuleInForce(run: frontRun()),
        theme: Theme(name: "plain", isLight: false, styles: [:], colors: 0),
        preferences: preferences, width: 200, height: 60,
        abilities: TerminalAbilities(colors: 0, isUTF8: true), place: Place(depth: .sample))
      _ = update(&state, .resized(width: 200, height: 60))
      let (wide, high) = (Double(state.layout.tileWidth), Double(state.layout.tileHeight))
      #expect((wide * aspect - high).magnitude <= 1, "\(wide) x \(high) at \(aspect)")
    }
  }

  @Test func fewSamplesFillTheScreen() throws {
    func run(_ count: Int, side: Int) -> Run {
      var run = frontRun()
      let layout = GridLayout(
        columns: count, rows: 1, padding: 0, hasBorder: false, sampleWidth: side,
        sampleHeight: side, count: count, certainty: 1)
      for index in run.checkpoints.indices {
        run.checkpoints[index].samples = .grid(path: "\(index).png", layout: layout)
      }
      return run
    }
    func width(_ count: Int, _ keys: String) throws -> Int {
      var bench = try FrontBench(run(count, side: 28), width: 200, height: 50)
      bench.press(keys)
      return bench.state.layout.tileWidth
    }
    #expect(try width(1, "<Enter>") == 90)
    #expect(try width(4, "<Enter>") == 42)
    #expect(try width(16, "<Enter>") == 28)
    #expect(try width(64, "<Enter>") == 14)
    // From what is on the screen one size on, and back to it.
    #expect(try width(16, "<Enter>-") == 20)
    #expect(try width(16, "<Enter>+") == 42)
    #expect(try width(16, "<Enter>+=") == 28)
  }
}
