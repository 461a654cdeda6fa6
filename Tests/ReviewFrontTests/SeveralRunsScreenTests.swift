import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

/// Several runs in one table, and side by side at one moment.
@Suite struct SeveralRunsScreenTests {
  private func columns(_ bench: FrontBench) -> [String] {
    (bench.state.comparison?.items ?? []).map { item in
      let position = bench.state.run.position(of: item.checkpoint)
      return "\(position.run?.prefix(3) ?? "") \(NumberText.shortest(position.value))"
    }
  }

  private func rows(_ bench: FrontBench) -> [String] {
    (0..<bench.state.order.count).map { row in
      let position = bench.state.run.position(of: bench.state.order[row])
      return "\(position.run?.prefix(3) ?? "") \(NumberText.shortest(position.value))"
    }
  }

  @Test(arguments: [(80, 24), (140, 34)])
  func runsStandInOneTable(_ width: Int, _ height: Int) throws {
    let bench = try FrontBench(familyRuns(), width: width, height: height)
    #expect(rows(bench).count == 9 && rows(bench)[3] == "gan 2")
    #expect(bench.screen[0].contains("3 runs, 9 checkpoints"))
    #expect(bench.screen[1].contains("run") && bench.screen[1].contains("epoch"))
    let words = width < 110 ? "vae " : "vae-digits"
    #expect(bench.screen.contains { $0.contains(words) && $0.contains("001") })
  }

  @Test(arguments: [(80, 24), (140, 34)])
  func cAlignsAllAtOneMoment(_ width: Int, _ height: Int) throws {
    var bench = try FrontBench(familyRuns(), width: width, height: height)
    bench.press("jc")
    #expect(columns(bench) == ["vae 10", "gan 9", "ddp 5"])
    #expect(bench.message.hasPrefix("latest at or before the epoch of vae-digits, epoch 10"))
    #expect(bench.message.contains("seeds are not declared the same"))
    #expect(bench.screen.contains { $0.contains("gan") })
    // The others follow.
    bench.press("j")
    #expect(columns(bench) == ["vae 30", "gan 12", "ddp 5"])
    bench.press("j")
    #expect(bench.message == "this is the last checkpoint" && columns(bench)[0] == "vae 30")
    bench.press("kk")
    #expect(
      columns(bench) == ["vae 1"] && bench.message.contains("nothing yet of gan-digits, ddpm"))
    bench.press("j<Tab>")
    #expect(bench.state.comparison?.focus == 1)
    #expect(bench.state.run.position(of: bench.place.checkpoint).run == "gan-digits")
    bench.press("jj")
    #expect(columns(bench) == ["vae 30", "gan 40", "ddp 5"])
    bench.press("<Tab><Tab>")
    #expect(bench.state.comparison?.focus == 0)
    bench.press("c")
    #expect(bench.state.comparison == nil)
  }

  @Test func actsAreAboutTheColumnUnderTheCursor() throws {
    var bench = try FrontBench(familyRuns(), width: 140, height: 34)
    bench.press("jc<Tab>lltb")
    #expect(
      bench.journal.last?.act
        == .tag(
          Target(Position(.epoch, 9, run: "gan-digits"), sample: 2), tag: "blurry", isOn: true,
          digest: nil))
    bench.press("p")
    #expect(
      bench.state.review.mark(Target(Position(.epoch, 9, run: "gan-digits"))).verdict == .keep)
    #expect(bench.state.comparison != nil)
  }

  @Test func theTimelineIsChosenAndWhatIsNotKnownIsRefused() throws {
    var bench = try FrontBench(familyRuns(), width: 140, height: 34)
    bench.press(":timeline time<Enter>")
    #expect(bench.message == "not all runs tell their training time")
    bench.press(":timeline nonsense<Enter>")
    #expect(bench.message.contains("epoch, step, samples, time, quality"))
    #expect(bench.state.timeline == .epoch)
    bench.press("@")
    #expect(bench.state.timeline == .quality)
    bench.press("jc")
    // As good as the VAE at 0.5, or a little less.
    #expect(columns(bench) == ["vae 10", "gan 2", "ddp 5"])
    #expect(bench.message.hasPrefix("as good as vae-digits, epoch 10, or a little less"))
    bench.press("@")
    #expect(bench.state.timeline == .epoch && columns(bench) == ["vae 10", "gan 9", "ddp 5"])
    var alone = try FrontBench()
    alone.press("@")
    #expect(alone.message.contains("several runs"))
  }

  @Test func runsBySteps() throws {
    let runs = [
      sampledRun("a", [100, 200], quality: [0.1, 0.2], diversity: [0.6, 0.7], axis: .step),
      sampledRun("b", [150, 250], quality: [0.3, 0.4], diversity: [0.6, 0.7], axis: .step),
    ]
    var bench = try FrontBench(Run(comparing: runs, name: "a, b", path: "runs"))
    bench.press("jc")
    #expect(columns(bench) == ["a 200", "b 150"])
    #expect(bench.state.timeline == .step)
  }

  @Test func aRunByStepsBesideOneByEpochs() throws {
    let runs = [
      sampledRun("a", [100, 200], quality: [0.1, 0.2], diversity: [0.6, 0.7], axis: .step),
      sampledRun("b", [1, 2, 3], quality: [0.15, 0.2, 0.4], diversity: [0.6, 0.7, 0.7]),
    ]
    var bench = try FrontBench(Run(comparing: runs, name: "a, b", path: "runs"), width: 140)
    // What both tell is how good they are.
    #expect(bench.state.timeline == .quality)
    bench.press("jc")
    #expect(columns(bench) == ["a 200", "b 2"])
    bench.press("<Esc><Esc>:2<Enter>")
    #expect(bench.state.run.position(of: bench.place.checkpoint).run != nil)
  }

  @Test func runsOfWhichOneBeginsLaterHaveNothingToShowYet() throws {
    let runs = [
      sampledRun("a", [1, 20], quality: [0.1, 0.2], diversity: [0.1, 0.2]),
      sampledRun("b", [10], quality: [0.3], diversity: [0.2]),
    ]
    var bench = try FrontBench(Run(comparing: runs, name: "a, b", path: "runs"))
    bench.press("c")
    #expect(bench.state.comparison == nil && bench.message.hasPrefix("no other run has"))
    bench.press("jc")
    #expect(columns(bench) == ["a 20", "b 10"])
  }

  @Test func runsWithoutACommonMomentAreComparedByMarks() throws {
    let runs = [
      sampledRun("a", [100], quality: [0.1], diversity: [0.6], axis: .step),
      oneWithoutMetrics(),
    ]
    var bench = try FrontBench(Run(comparing: runs, name: "a, b", path: "runs"))
    bench.press("<Space>j<Space>c")
    #expect(columns(bench).count == 2 && bench.state.comparison?.isByTimeline == false)
  }

  private func oneWithoutMetrics() -> Run {
    var run = sampledRun("b", [1, 2], quality: [0, 0], diversity: [0, 0])
    run.columns = []
    return run
  }

  @Test func aNumberIsOfTheRunUnderTheCursor() throws {
    var bench = try FrontBench(familyRuns())
    bench.press("G:5<Enter>")
    #expect(rows(bench)[bench.place.checkpoint] == "ddp 5")
    bench.press(":40<Enter>")
    // What the run lacks may be another's.
    #expect(rows(bench)[bench.place.checkpoint] == "gan 40")
    bench.press(":39<Enter>")
    #expect(bench.message == "no epoch 39; nearest: 12, 40")
  }

  @Test func aDifferenceOfOtherLatentsIsRefused() throws {
    var bench = try FrontBench(familyRuns(), width: 140, height: 34)
    bench.press("jcd")
    #expect(bench.message.contains("not declared the same") && bench.state.view == .samples)
    var same = try FrontBench(
      familyRuns(seeds: ["z", "z", "z"]), width: 140, height: 34)
    same.press("jcd")
    #expect(same.state.view != .samples)
    // Of the first column and the others that share its seeds.
    var two = try FrontBench(familyRuns(seeds: ["z", "z", nil]), width: 140, height: 34)
    two.press("jcd")
    #expect(two.state.view != .samples)
    // In the table, within a run, it is as ever.
    var table = try FrontBench(familyRuns(), width: 140, height: 34)
    table.press("jd")
    #expect(table.state.view == .difference(from: 0))
  }

  @Test func filtersNameRunsAndFamilies() throws {
    var bench = try FrontBench(familyRuns())
    bench.press("&run:gan quality>0.5<Enter>")
    #expect(rows(bench) == ["gan 9", "gan 12", "gan 40"])
    bench.press("&<Ctrl-U>-family:gan -family:vae<Enter>")
    #expect(rows(bench) == ["ddp 5", "ddp 50"])
    bench.press("&<Ctrl-U>family:diff<Enter>")
    #expect(rows(bench) == ["ddp 5", "ddp 50"])
    bench.press("&<Ctrl-U>setting:x<Enter>")
    #expect(bench.message.contains("no checkpoint matches"))
  }

  @Test func runsAreMixedAlongTheTimeline() throws {
    var bench = try FrontBench(familyRuns())
    bench.press("s")
    #expect(
      rows(bench) == [
        "vae 1", "gan 2", "ddp 5", "gan 9", "vae 10", "gan 12", "vae 30", "gan 40", "ddp 50",
      ])
    #expect(bench.message.contains("runs mixed"))
    bench.press(":sort run<Enter>")
    #expect(rows(bench)[0] == "vae 1" && rows(bench)[1] == "vae 10")
    bench.press(":timeline quality<Enter>:sort quality<Enter>")
    #expect(rows(bench)[0] == "ddp 50")
  }

  @Test func marksStandInTheOrderOfTheRuns() throws {
    for _ in 0..<8 {
      let runs = ["a", "b", "c", "d"].map {
        sampledRun($0, [1, 2], quality: [0.1, 0.2], diversity: [0.6, 0.7])
      }
      var bench = try FrontBench(
        Run(comparing: runs, name: "runs", path: "runs"), width: 200, height: 50)
      bench.press("G<Space>kk<Space>kkk<Space>kk<Space>c")
      let items = bench.state.comparison?.items.map(\.checkpoint) ?? []
      #expect(items.count >= 3 && items == items.sorted())
    }
  }

  @Test func settingsStayInAComparison() throws {
    let plain = sampledRun("gan", [2, 20], quality: [0.1, 0.2], diversity: [0.6, 0.7])
    var bench = try FrontBench(
      Run(comparing: [temperatureRun(), plain], name: "ar, gan", path: "runs"), width: 140,
      height: 34)
    func settings() -> [String?] {
      (bench.state.comparison?.items ?? []).map {
        bench.state.run.setting(of: $0.checkpoint)?.name
      }
    }
    bench.press(":10<Enter>")
    bench.press("<")
    bench.press("c")
    let first = settings()
    #expect(first.count == 2 && first[1] == nil)
    bench.press("<")
    #expect(bench.state.comparison != nil && settings().count == 2)
    let stepped = settings()[0]
    #expect(stepped != first[0])
    // The run beside is stepped; this one keeps its setting.
    bench.press("<Tab>j")
    #expect(settings() == [stepped, nil] && columns(bench) == ["ar 10", "gan 20"])
  }

  @Test(arguments: [(40, 12), (80, 24), (140, 34), (200, 60)])
  func noScreenFalls(_ width: Int, _ height: Int) throws {
    let plain = sampledRun(
      "steps", [100, 200], quality: [0.1, .nan], diversity: [0.6, 0.7], axis: .step)
    let bare = sampledRun(
      "lab", [1, 2], quality: [0.2, 0.3], diversity: [0.5, 0.6],
      hasSamples: false)
    for run in [
      familyRuns(), Run(comparing: [temperatureRun(), plain, bare], name: "x", path: "runs"),
    ] {
      for isUTF8 in [true, false] {
        var bench = try FrontBench(run, width: width, height: height, isUTF8: isUTF8)
        for keys in [
          "j", "c", "j", "<Tab>", "j", "@", "k", "d", "b", "<Esc>", "<Enter>", "<Esc>", "<Esc>",
          "P", "j", "<Esc>", "L", "j", "l", "<Enter>", "<Esc>", "<Esc>", "A", "<Esc>", "w", "<Esc>",
          "R", "<Esc>", "G", "<", "c", "<Esc>", "f", "j", "<Esc>", "s", "s", "S", "?", "<Esc>",
          ":sort run<Enter>", "G<Enter>", "v", "<Esc>", "<Esc>", "d", "d", ":warnings<Enter>",
          "<Esc>", ":facts<Enter>", "<Esc>", ":checklist<Enter>", "<Esc>", "o", "<Esc>",
        ] {
          bench.press(keys)
          let screen = bench.screen
          #expect(screen.count == height, "\(keys)")
          #expect(isUTF8 || screen.allSatisfy { $0.utf8.allSatisfy { $0 < 0x7F } }, "\(keys)")
        }
      }
    }
  }

  @Test func whateverNamesACheckpointNamesItsRun() throws {
    var bench = try FrontBench(familyRuns(), width: 140, height: 34)
    bench.press("A")
    #expect(bench.screen.contains { $0.contains("gan 40 possible collapse") })
    bench.press("<Esc>P")
    // The winners along the threshold.
    #expect(bench.screen.contains { $0.contains("[") && $0.contains("ddpm 50") })
    bench.press("<Esc>:1<Enter>f")
    #expect(bench.screen[2].contains("001 vae") && bench.screen[2].contains("002 gan"))
    var settings = try FrontBench(temperatureRun(), width: 140, height: 34)
    settings.press("P")
    #expect(settings.screen.contains { $0.contains("10/0.8") })
  }

  // MARK: The catalogue

  @Test func theCatalogueMarksAndCompares() {
    var state = CatalogueState(
      title: "runs", names: ["a", "b", "c"],
      theme: Theme(name: "plain", isLight: false, styles: [:], colors: 0), keyMap: KeyMap(),
      width: 80, height: 24)
    var surface = Surface(width: 80, height: 24, isASCIIOnly: false)
    #expect(update(&state, .character(" ")).isEmpty && state.marked == [0] && state.cursor == 1)
    draw(state, into: &surface)
    #expect(surface.lines[2].hasPrefix(" +a") && surface.lines[3].hasPrefix("> b"))
    #expect(update(&state, .character("c")).isEmpty && state.message?.contains("two runs") == true)
    _ = update(&state, .character("j"))
    _ = update(&state, .character(" "))
    #expect(update(&state, .character("c")) == [.open([0, 2])])
    // Without marks all that can be opened.
    var all = state
    for row in [0, 2] {
      while all.cursor > row { _ = update(&all, .character("k")) }
      while all.cursor < row { _ = update(&all, .character("j")) }
      _ = update(&all, .character(" "))
    }
    #expect(all.marked.isEmpty)
    all.take(.problem("broken"), at: 1)
    #expect(update(&all, .character("c")) == [.open([0, 2])])
    #expect(update(&all, .enter) == [.open([2])])
  }
}
