import GlyphRendering
import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

/// Alarms that wait for an answer, numbers that are computed, and the nearest real picture.
@Suite struct AlarmScreenTests {
  /// The design's run with columns that were computed: modes are lost at 30, samples are copies at 60.
  static func measures(_ values: [String: [Double]] = [:]) -> RunMeasures {
    let columns: [(String, Metric.Direction, [Double])] = [
      ("modes", .higher, values["modes"] ?? [8, 8, 2, 8]),
      ("near_copies", .lower, values["near_copies"] ?? [0, 0, 0, 0.5]),
      ("nearest_ratio", .higher, values["nearest_ratio"] ?? [1, 1, 1, 0.4]),
    ]
    return RunMeasures(
      columns: columns.map {
        MeasuredColumn(name: $0.0, direction: $0.1, explanation: "computed: \($0.0)")
      },
      checkpoints: (0..<4).map { index in
        CheckpointMeasures(
          values: columns.map { MeasuredValue(name: $0.0, value: $0.2[index]) },
          evidence: index < 3
            ? []
            : [5, 9, 20].map {
              SampleEvidence(.nearestReal, sample: $0, other: 100 + $0, number: Double($0))
            })
      }, typicalRealDistance: 100)
  }

  static func bench(
    width: Int = 100, height: Int = 30, colors: Int = 0, isUTF8: Bool = true,
    readOnlyReason: String? = nil
  ) throws -> FrontBench {
    var run = frontRun()
    run.take(measures())
    return try FrontBench(
      run, width: width, height: height, colors: colors, isUTF8: isUTF8,
      readOnlyReason: readOnlyReason)
  }

  private func row(_ bench: FrontBench) -> Int? {
    if case .alarms(let row) = bench.state.mode { return row }
    return nil
  }

  /// What was written, but for what was looked at.
  private func acts(_ bench: FrontBench) -> [ReviewAct] {
    bench.journal.map(\.act).filter { $0.name != "seen" }
  }

  private func kinds(_ bench: FrontBench) -> [Alarm.Kind]? {
    bench.state.alarmRecord?.items.map(\.alarm.kind)
  }

  @Test func theListOpensAtTheCheckpoint() throws {
    var bench = try Self.bench()
    bench.press("GA")
    let kinds = try #require(self.kinds(bench))
    #expect(kinds.contains(.modesLost) && kinds.contains(.memorised))
    let row = try #require(self.row(bench))
    #expect(bench.state.alarmRecord?.items[row].alarm.index == 3)
    #expect(bench.screen.contains { $0.contains("alarms: suggestions, none is applied by itself") })
    #expect(bench.screen.contains { $0.contains("modes lost: 2 modes where epoch 10 reached 8") })
    #expect(bench.screen.contains { $0.contains("nobody has answered an alarm") })
    #expect(
      bench.screen.last?.contains("y accept") == true
        || bench.screen.contains { $0.contains("y accept") })
    bench.press("k")
    #expect(self.row(bench) == row - 1)
    bench.press("g")
    #expect(self.row(bench) == 0)
    bench.press("k")
    #expect(self.row(bench) == 0)
    bench.press("G")
    #expect(self.row(bench) == kinds.count - 1)
    bench.press("j")
    #expect(self.row(bench) == kinds.count - 1)
    bench.press("<Esc>")
    #expect(self.row(bench) == nil && bench.place.checkpoint == 3)
    #expect(acts(bench).isEmpty)
  }

  @Test func withoutAnyAlarmThereIsNoList() throws {
    var run = frontRun()
    run.columns = []
    var bench = try FrontBench(run)
    bench.press("A")
    #expect(row(bench) == nil && bench.message.contains(":measure"))
    run.take(
      Self.measures([
        "modes": [8, 8, 8, 8], "near_copies": [0, 0, 0, 0], "nearest_ratio": [1, 1, 1, 1],
      ]))
    bench = try FrontBench(run)
    bench.press("A")
    #expect(row(bench) == nil && bench.message == "no alarm")
  }

  private func go(_ bench: inout FrontBench, to kind: Alarm.Kind) throws {
    bench.press(row(bench) == nil ? "Ag" : "g")
    let place = try #require(kinds(bench)?.lastIndex(of: kind))
    bench.press(String(repeating: "j", count: place))
  }

  /// Accepted, an alarm writes itself and its tag on each sample that shows it, as one act.
  @Test func yTagsTheSamplesThatShowIt() throws {
    var bench = try Self.bench()
    try go(&bench, to: .memorised)
    #expect(bench.screen.contains { $0.contains("y puts memorised on 3 samples") })
    bench.press("y")
    let position = Position(.epoch, 60)
    #expect(acts(bench).count == 4)
    guard
      case .alarm(position, kind: "memorised", isAccepted: true, let evidence) = acts(bench).first
    else {
      Issue.record("no alarm was written: \(acts(bench))")
      return
    }
    #expect(evidence.contains("50 %"))
    #expect(
      Array(acts(bench).dropFirst())
        == [5, 9, 20].map {
          ReviewAct.tag(Target(position, sample: $0), tag: "memorised", isOn: true, digest: nil)
        })
    #expect(bench.message.contains("memorised on 3 samples of epoch 60"))
    #expect(bench.state.alarmRecord?.answers.accepted == 1)
    #expect(bench.screen.contains { $0.contains("the alarms were right in 1 of 1 answers") })
    // The same again changes nothing.
    let place = try #require(kinds(bench)?.lastIndex(of: .memorised))
    bench.press("g" + String(repeating: "j", count: place) + "y")
    #expect(acts(bench).count == 4)
    // All is taken back at once, while the list is open.
    bench.press("u")
    #expect(bench.state.review.marks.isEmpty && bench.state.review.alarmAnswers.isEmpty)
    #expect(row(bench) != nil)
    #expect(bench.screen.contains { $0.contains("nobody has answered an alarm") })
    #expect(bench.state.alarmRecord?.answers.accepted == 0)
  }

  @Test func yTagsTheCheckpointWhereNoSampleShowsIt() throws {
    var bench = try Self.bench()
    try go(&bench, to: .modesLost)
    #expect(bench.screen.contains { $0.contains("y puts mode-collapse on the checkpoint") })
    bench.press("y")
    #expect(
      acts(bench).map(\.name) == ["alarm", "tag"]
        && acts(bench).last?.target == Target(Position(.epoch, 30)))
    bench.press("u")
    #expect(bench.state.review.marks.isEmpty && bench.state.review.alarmAnswers.isEmpty)
  }

  @Test func nWritesThatItIsWrong() throws {
    var bench = try Self.bench()
    try go(&bench, to: .modesLost)
    bench.press("n")
    #expect(acts(bench).count == 1)
    #expect(
      bench.state.review.alarmAnswers == [AlarmKey(Position(.epoch, 30), "modes-lost"): false])
    #expect(bench.state.review.marks.isEmpty)
    #expect(bench.message.contains("refused"))
    #expect(bench.screen.contains { $0.contains("right in 0 of 1 answers") })
    #expect(bench.screen.contains { $0.contains(" - ") && $0.contains("modes lost") })
    // Another mind.
    try go(&bench, to: .modesLost)
    bench.press("y")
    #expect(
      bench.state.review.alarmAnswers == [AlarmKey(Position(.epoch, 30), "modes-lost"): true])
    bench.press("u")
    #expect(
      bench.state.review.alarmAnswers == [AlarmKey(Position(.epoch, 30), "modes-lost"): false])
  }

  @Test func readOnlyRefuses() throws {
    var bench = try Self.bench(readOnlyReason: "--read-only was given")
    try go(&bench, to: .memorised)
    bench.press("y")
    #expect(bench.message == "nothing can be written: --read-only was given" && acts(bench).isEmpty)
    bench.press("n")
    #expect(bench.message == "nothing can be written: --read-only was given" && acts(bench).isEmpty)
    #expect(row(bench) != nil)
  }

  /// What the disk refuses is not said to be kept.
  @Test func aFullDiskIsSaid() throws {
    var bench = try Self.bench()
    bench.canWrite = false
    try go(&bench, to: .memorised)
    bench.press("y")
    #expect(acts(bench).isEmpty && bench.state.review.alarmAnswers.isEmpty)
    #expect(bench.message.contains("no space left"))
  }

  @Test func enterGoesToWhatShowsIt() throws {
    var bench = try Self.bench()
    try go(&bench, to: .memorised)
    bench.press("<Enter>")
    #expect(bench.place.checkpoint == 3 && bench.place.sample == 5)
    #expect(bench.state.view == .nearest && bench.place.depth == .sample)
    #expect(bench.message.hasPrefix("memorised samples: "))
    #expect(row(bench) == nil)
    #expect(bench.screen.contains { $0.contains("real 105 at 5") })
    bench = try Self.bench()
    try go(&bench, to: .modesLost)
    bench.press("<Enter>")
    #expect(bench.place.checkpoint == 2 && bench.place.depth == .grid)
    #expect(bench.state.view == .samples)
  }

  // MARK: The nearest real picture

  @Test func mSaysWhyNot() throws {
    var bench = try FrontBench()
    bench.press("<Enter>m")
    #expect(bench.state.view == .samples)
    #expect(bench.message.contains("nobody looked for real pictures yet; :measure does"))
    bench = try FrontBench(frontRun(hasSamples: false))
    bench.press("m")
    #expect(bench.message.contains("no pictures"))
  }

  @Test func mTogglesAndAsksForThePair() throws {
    var bench = try Self.bench()
    bench.press("G<Enter>lllll")
    bench.effects = []
    bench.press("m")
    #expect(bench.state.view == .nearest)
    let asked = bench.effects.flatMap { effect -> [PictureRequest] in
      if case .render(let requests) = effect { return requests }
      return []
    }
    #expect(
      asked.contains { $0.view == .nearest && $0.checkpoint == 3 && $0.samples == [10, 11] })
    #expect(bench.screen.contains { $0.contains("nearest real 105") })
    bench.press("l")
    #expect(bench.place.sample == 6)
    #expect(bench.screen.contains { $0.contains("not measured") })
    bench.press("m")
    #expect(bench.state.view == .samples)
  }

  /// The pair is the evidence: it goes with the tag, and both are taken back together.
  @Test func theTagTakesThePairWithIt() throws {
    var bench = try Self.bench()
    try go(&bench, to: .memorised)
    bench.press("<Enter>t")
    let key = try #require(
      FailureTag.all(declared: []).first { $0.name == "memorised" }?.key)
    bench.press(String(key))
    let target = Target(Position(.epoch, 60), sample: 5)
    #expect(
      acts(bench) == [
        .tag(target, tag: "memorised", isOn: true, digest: nil),
        .note(target, about: .general, text: "nearest real 105 at 5, 0.05 of the usual"),
      ])
    bench.press("u")
    #expect(bench.state.review.marks.isEmpty)
  }

  @Test(
    arguments: [(40, 12), (80, 24), (200, 60)], [(0, true), (256, true), (0, false), (256, false)])
  func thePairAndTheListFitAnyScreen(size: (Int, Int), terminal: (colors: Int, isUTF8: Bool)) throws
  {
    var bench = try Self.bench(
      width: size.0, height: size.1, colors: terminal.colors, isUTF8: terminal.isUTF8)
    func isWhole(_ bench: FrontBench) -> Bool {
      bench.screen.count == size.1
        && bench.screen.allSatisfy {
          TextWidth.of($0) <= size.0
            && (terminal.isUTF8 || $0.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
        }
    }
    bench.press("GA")
    #expect(isWhole(bench))
    #expect(bench.screen.contains { $0.contains("alarms: suggestions") })
    let row = try #require(self.row(bench))
    #expect(bench.screen.contains { $0.contains("> ? ") }, "row \(row): \(bench.screen)")
    bench.press("y")
    #expect(isWhole(bench))
    try go(&bench, to: .memorised)
    bench.press("<Enter>")
    #expect(isWhole(bench) && bench.state.view == .nearest)
    // Two tiles, both of them with pictures; a small screen has them side by side or above.
    let layout = bench.state.layout
    #expect(layout.panels.first?.samples == 10..<12)
    #expect(layout.tileWidth > 0 && layout.tileHeight > 0)
    #expect(bench.screen.contains { $0.contains("nearest real") || $0.contains("105") })
  }

  // MARK: Computing

  @Test func measureIsAnEffect() throws {
    var bench = try FrontBench()
    bench.press(":measure<Enter>")
    #expect(bench.effects.last == .measure([]))
    #expect(bench.state.measuring?.done == 0 && bench.state.measuring?.total == 4)
    #expect(bench.screen[0].contains("computing 0/4"))
    bench.act(.measuring(done: 3, total: 4))
    #expect(bench.screen[0].contains("computing 3/4"))
    bench.press(":measure<Enter>")
    #expect(bench.effects.last == .measure(nil))
    #expect(bench.state.measuring == nil && !bench.screen[0].contains("computing"))
    #expect(bench.message.contains("computing stopped"))
    bench.press(":measure frechet sharpness<Enter>")
    #expect(bench.effects.last == .measure(["frechet", "sharpness"]))
    bench.act(.measureFailed("cannot measure lab: no samples"))
    #expect(bench.state.measuring == nil && bench.message == "cannot measure lab: no samples")
    bench = try FrontBench(frontRun(hasSamples: false))
    bench.effects = []
    bench.press(":measure<Enter>")
    #expect(bench.message.contains("no samples to measure"))
    #expect(!bench.effects.contains(.measure([])))
  }

  @Test func numbersComeInUnderTheCursor() throws {
    var run = frontRun()
    run.columns = []
    var bench = try FrontBench(run)
    bench.press("jjl")
    let place = bench.place
    bench.act(.measured(Self.measures(["modes": [1, 2, 3, 1]]), isDone: false))
    #expect(bench.place == place)
    #expect(
      bench.state.run.columns.map(\.metric.name) == ["modes", "near_copies", "nearest_ratio"])
    bench.act(.measured(Self.measures(["modes": [1, 5, 3, 1]]), isDone: true))
    #expect(bench.place == place && bench.state.measuring == nil)
    #expect(bench.message.contains("3 metrics of 4 checkpoints computed"))
    #expect(bench.screen.contains { $0.contains("modes") })
  }

  @Test func theRuleIsJudgedAnew() throws {
    var run = frontRun()
    run.take(Self.measures(["modes": [8, 2, 2, 2]]))
    var bench = try FrontBench(run)
    bench.press("R<Down><Ctrl-U><Ctrl-K>max modes<Enter>")
    #expect(bench.state.table.selected == 0, "\(bench.screen)")
    bench.act(.measured(Self.measures(["modes": [8, 2, 9, 2]]), isDone: true))
    #expect(bench.state.table.selected == 2)
    #expect(bench.message.contains("the rule selects epoch 30 now"))
  }

  /// `:measure frechet` adds to what was computed before.
  @Test func someMetricsDoNotPutOthersAway() throws {
    var bench = try Self.bench()
    let before = bench.state.run.columns.map(\.metric.name)
    let more = RunMeasures(
      columns: [MeasuredColumn(name: "sharpness", direction: .higher, explanation: "s")],
      checkpoints: (0..<4).map {
        CheckpointMeasures(values: [MeasuredValue(name: "sharpness", value: Double($0))])
      })
    bench.act(.measured(more, isDone: true))
    let after = bench.state.run.columns.map(\.metric.name)
    #expect(Set(after) == Set(before + ["sharpness"]))
    #expect(bench.state.run.measures?.typicalRealDistance == 100)
    bench.press("GA")
    #expect(kinds(bench)?.contains(.memorised) == true)
  }

  /// The list that is open is made anew, and keeps to what was there.
  @Test func numbersThatComeWhileTheListIsOpen() throws {
    var bench = try Self.bench()
    bench.press("GA")
    bench.act(.measured(Self.measures(["modes": [8, 8, 8, 8]]), isDone: true))
    #expect(row(bench) != nil)
    #expect(kinds(bench)?.contains(.modesLost) == false)
    #expect(kinds(bench)?.contains(.memorised) == true)
    // A sorted table by a computed column that goes away.
    bench = try Self.bench()
    bench.press("sss")
    bench.act(.measured(RunMeasures(columns: [], checkpoints: [nil, nil, nil, nil]), isDone: true))
    #expect(bench.screen.count == 30)
  }
}
