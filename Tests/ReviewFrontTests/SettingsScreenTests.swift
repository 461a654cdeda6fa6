import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

/// The second axis under the hand: checkpoint and seed stay while the setting changes.
@Suite struct SettingsScreenTests {
  private func rows(_ bench: FrontBench) -> [String] {
    (0..<bench.state.order.count).map { row in
      let run = bench.state.run
      let checkpoint = bench.state.order[row]
      return "\(run.axisValue(of: checkpoint).text)@"
        + (run.setting(of: checkpoint)?.parameters[0].value ?? "-")
    }
  }

  private func here(_ bench: FrontBench) -> String {
    let (run, place) = (bench.state.run, bench.place)
    return "\(run.axisValue(of: place.checkpoint).text)@"
      + "\(run.setting(of: place.checkpoint)?.parameters[0].value ?? "-") \(place.sample)"
  }

  /// At epoch 10, the usual setting and seed 3, in the grid.
  private func bench(_ width: Int = 80, _ height: Int = 24) throws -> FrontBench {
    var bench = try FrontBench(temperatureRun(), width: width, height: height)
    bench.press(":10<Enter><Enter>lll")
    return bench
  }

  @Test func theTableBeginsWithOneSetting() throws {
    let bench = try FrontBench(temperatureRun())
    #expect(rows(bench).count == 3)
    #expect(Set(rows(bench).map { $0.split(separator: "@")[1] }).count == 1)
    #expect(bench.screen[0].contains("3 checkpoints"))
  }

  @Test func theSettingStepsAndCheckpointAndSeedStay() throws {
    var bench = try bench()
    #expect(here(bench) == "10@1 3")
    bench.press(">")
    #expect(here(bench) == "10@1 3" && bench.message == "this is the last setting")
    bench.press("<")
    #expect(here(bench) == "10@0.8 3" && bench.message == "temperature 0.8, 2 of 3")
    #expect(rows(bench) == ["1@0.8", "10@0.8", "30@0.8"])
    bench.press("j")
    #expect(here(bench) == "30@0.8 3")
    bench.press("<")
    #expect(here(bench) == "30@0.5 3")
    bench.press("<")
    #expect(bench.message == "this is the first setting" && here(bench) == "30@0.5 3")
    bench.press("kk<Esc>")
    #expect(here(bench) == "1@0.5 3" && bench.place.depth == .table)
    #expect(bench.screen.contains { $0.contains("temperature 0.5, 1 of 3") })
  }

  @Test func aNumberStaysInTheSetting() throws {
    var bench = try bench()
    bench.press("<:30<Enter>")
    #expect(here(bench) == "30@0.8 3" && rows(bench) == ["1@0.8", "10@0.8", "30@0.8"])
  }

  @Test func oneSettingHasNothingToStep() throws {
    var bench = try FrontBench()
    for key in [">", "<", ":settings<Enter>"] {
      bench.press(key)
      #expect(bench.message.contains("one setting alone"), "\(key)")
    }
    #expect(bench.place.checkpoint == 0)
  }

  @Test func allSettingsStandBelowEachOther() throws {
    var bench = try bench()
    bench.press("<Esc>:settings<Enter>")
    #expect(
      rows(bench) == [
        "1@0.5", "1@0.8", "1@1", "10@0.5", "10@0.8", "10@1", "30@0.5", "30@0.8", "30@1",
      ])
    #expect(here(bench).hasPrefix("10@1"))
    #expect(bench.screen[1].contains("temperature") && bench.screen[0].contains("9 checkpoints"))
    bench.press("j")
    #expect(here(bench).hasPrefix("30@0.5"))
    bench.press(">")
    #expect(here(bench).hasPrefix("30@0.8") && rows(bench).count == 9)
    bench.press(":settings<Enter>")
    #expect(rows(bench) == ["1@0.8", "10@0.8", "30@0.8"])
  }

  @Test func theWinnerMayBeOfAnotherSetting() throws {
    var bench = try bench(120, 30)
    bench.press("<Esc>G*")
    #expect(here(bench).hasPrefix("10@0.8"))
    #expect(rows(bench) == ["1@0.8", "10@0.8", "30@0.8"])
    #expect(bench.screen[0].contains("rule: epoch 10 at temperature 0.8"))
  }

  @Test func actsAreAboutTheSettingUnderTheCursor() throws {
    var bench = try bench()
    bench.press("<tb")
    let position = Position(.epoch, 10, setting: "temperature=0.8")
    #expect(
      bench.journal.last?.act
        == .tag(
          Target(position, sample: 3), tag: "blurry", isOn: true, digest: nil))
    bench.press("p")
    #expect(bench.state.review.mark(Target(position)).verdict == .keep)
    #expect(bench.state.review.mark(Target(Position(.epoch, 10))).verdict == .undecided)
    // Under the usual one nothing of it is seen, and its acts name none.
    bench.press(":10<Enter>>")
    #expect(bench.state.run.position(of: bench.place.checkpoint).setting == nil)
    bench.press("x")
    #expect(bench.state.review.mark(Target(Position(.epoch, 10))).verdict == .reject)
    #expect(bench.state.review.mark(Target(position)).verdict == .keep)
    // Undo goes back to the thing undone, with its setting.
    bench.press("uu")
    #expect(here(bench).hasPrefix("10@0.8"))
    #expect(bench.state.review.mark(Target(position)).verdict == .undecided)
  }

  @Test func advancingStaysInTheSetting() throws {
    var bench = try FrontBench(temperatureRun())
    bench.press("g<p")
    #expect(here(bench).hasPrefix("10@0.8"))
    bench.press("pp")
    #expect(here(bench).hasPrefix("30@0.8"))
    bench.press("gJ")
    #expect(here(bench).hasPrefix("1@0.8") && bench.message.contains("no undecided"))
  }

  @Test(arguments: [(80, 24), (200, 50)])
  func theStripIsOfOneSetting(_ width: Int, _ height: Int) throws {
    var bench = try bench(width, height)
    bench.press("<f")
    #expect(bench.state.layout.panels.map(\.checkpoint) == [1, 4, 7])
    bench.press("<Right>")
    #expect(here(bench) == "30@0.8 3")
    bench.press("<")
    #expect(bench.state.layout.panels.map(\.checkpoint) == [0, 3, 6] && here(bench) == "30@0.5 3")
  }

  @Test func aStripOfAllSettingsNamesThem() throws {
    var bench = try bench(200, 50)
    bench.press(":settings<Enter>f")
    #expect(bench.screen[2].contains("010 0.5") && bench.screen[2].contains("010 0.8"))
  }

  @Test func whatIsPlayedStaysInTheSetting() throws {
    var bench = try bench()
    bench.press("<:play 10<Enter>")
    let start = bench.clock
    var seen: Set<Int> = []
    while let next = bench.state.nextTick, max(next, bench.clock) <= start + 900 {
      bench.clock = max(next, bench.clock)
      bench.act(.tick(time: bench.clock))
      seen.insert(bench.place.checkpoint)
    }
    #expect(seen == [1, 4, 7] && bench.place.sample == 3)
  }

  @Test func filtersNameSettings() throws {
    var bench = try FrontBench(temperatureRun())
    bench.press(":settings<Enter>&setting:temperature=0.8<Enter>")
    #expect(rows(bench).filter { $0.hasSuffix("@0.8") }.count == 3)
    bench.press("&<Ctrl-U>setting:temperature=0<Enter>")
    #expect(bench.message.contains("no checkpoint matches"))
    bench.press("&<Ctrl-U>temperature<0.9 quality>0.7<Enter>")
    #expect(Set(rows(bench)).isSuperset(of: ["10@0.5", "30@0.5", "10@0.8"]))
  }

  /// Every screen, under every setting, at every size.
  @Test(arguments: [(40, 12), (80, 24), (140, 34), (200, 60)])
  func noScreenFalls(_ width: Int, _ height: Int) throws {
    for isUTF8 in [true, false] {
      var bench = try FrontBench(temperatureRun(), width: width, height: height, isUTF8: isUTF8)
      for keys in [
        "<", "<", "P", "<", ">", "<Esc>", "L", "<", "<Esc>", "A", "<Esc>", "w", "<Esc>", "<Enter>",
        "c", "<", "<Esc>", "d", ">", "d", "b", "<", "<Esc>", "<Enter>", "<", "<Esc><Esc>",
        ":settings<Enter>", "P", "<Esc>", "L", "<Esc>", "s", "S", "s", "f", ">", "<Esc>", "?",
        "<Esc>", "<Space>", "<Space>", "c", "j", "<Esc>",
      ] {
        bench.press(keys)
        let screen = bench.screen
        #expect(screen.count == height, "\(keys)")
        #expect(
          isUTF8 || screen.allSatisfy { $0.utf8.allSatisfy { $0 < 0x7F } }, "\(keys)")
      }
    }
  }
}
