import ReviewCore
import Testing

/// Sample sets of several settings as the rows of one run.
@Suite struct JoinedSettingsTests {
  private func names(_ run: Run) -> [String] {
    run.checkpoints.indices.map {
      "\(run.axisValue(of: $0).text) \(run.setting(of: $0)?.name ?? "-")"
    }
  }

  @Test func rowsAreOfOneCheckpointAfterTheOther() {
    let run = settingsRun()
    #expect(
      names(run) == [
        "1 temperature=0.5", "1 temperature=0.7", "1 temperature=1", "2 temperature=0.5",
        "2 temperature=0.7", "3 temperature=0.5", "3 temperature=0.7", "3 temperature=1",
      ])
    #expect(run.column(named: "quality")?.values == [0.4, 0.7, 0.1, 0.5, 0.8, 0.6, 0.9, 0.3])
    #expect(run.checkpoints.map(\.isOfUsualSetting).filter { $0 }.count == 2)
    #expect(run.settingsRows(of: 1) == 0..<3 && run.settingsRows(of: 4) == 3..<5)
    #expect(run.settingsRows(of: 7) == 5..<8)
  }

  @Test func aParameterIsAColumnAndNoMetric() throws {
    let run = settingsRun()
    let column = try #require(run.column(named: "temperature"))
    #expect(column.values == [0.5, 0.7, 1, 0.5, 0.7, 0.5, 0.7, 1])
    #expect(column.metric.origin == .parameter && column.metric.direction == nil)
    #expect(run.isParameter("temperature") && !run.isParameter("quality"))
    #expect(run.displayOrder.map { run.columns[$0].metric.name } == ["quality", "diversity"])
    // The rule may ask for it.
    let rule = try evaluator("select: max quality where temperature <= 0.5", run)
    #expect(rule.selected() == 5)
  }

  @Test func wordsAreNoColumn() {
    let parts = ["sampler=ddim", "sampler=ddpm"].map {
      (setting: setting($0), run: oneRun("lab", [1], quality: [0.5]))
    }
    #expect(Run(joining: parts).columns.map(\.metric.name) == ["quality"])
  }

  @Test func aLoggedColumnOfItsNameIsNoMetricEither() {
    let column = MetricColumn(
      metric: Metric(name: "temperature", direction: .higher), values: [0.5])
    let run = Run(joining: [
      (setting: setting("temperature=0.5"), run: oneRun("lab", [1], more: [column])),
      (setting: setting("temperature=1"), run: oneRun("lab", [1])),
    ])
    #expect(run.columns.count == 1 && run.columns[0].metric.origin == .parameter)
    #expect(run.columns[0].metric.direction == nil)
  }

  @Test func arraysStandAtTheirOwnRows() {
    func part(_ text: String, _ epochs: [Double], _ file: String) -> (SamplingSetting, Run) {
      var run = oneRun("lab", epochs)
      run.arrays = [
        GivenArray(
          role: .features, name: "net",
          places: epochs.map { ArrayPlace(path: "\(file)\(Int($0))", member: nil) })
      ]
      return (setting(text), run)
    }
    let parts = [part("eta=0", [1, 2], "a"), part("eta=1", [2, 3], "b")]
    let run = Run(joining: parts.map { (setting: $0.0, run: $0.1) })
    #expect(names(run) == ["1 eta=0", "2 eta=0", "2 eta=1", "3 eta=1"])
    #expect(run.arrays[0].places.map { $0?.path } == ["a1", "a2", "b2", "b3"])
  }

  @Test func aPlaceIsFoundWithItsSettingOrWithout() {
    let run = settingsRun()
    func index(_ value: Double, _ setting: String? = nil) -> Int? {
      run.index(of: Position(.epoch, value, setting: setting))
    }
    // The usual one where none is named, and by its name, too.
    #expect(index(1) == 2 && index(1, "temperature=1") == 2)
    #expect(index(3, "temperature=0.7") == 6)
    // Of a checkpoint that lacks the usual one, the first.
    #expect(index(2) == 3 && index(2, "temperature=1") == nil)
    #expect(index(2, "temperature=9") == nil && index(4) == nil && index(1.5) == nil)
    #expect(run.position(of: 2).setting == nil)
    #expect(run.position(of: 3).setting == "temperature=0.5")
    for row in run.checkpoints.indices {
      #expect(run.index(of: run.position(of: row)) == row)
    }
  }

  @Test func theDeclaredUsualOneCounts() {
    let run = settingsRun(usual: "temperature=0.7")
    #expect(run.index(of: Position(.epoch, 3)) == 6)
    #expect(run.position(of: 6) == Position(.epoch, 3))
    #expect(run.position(of: 7).setting == "temperature=1")
    // One that is not there leaves it to the neutral one.
    #expect(settingsRun(usual: "temperature=2").position(of: 2).setting == nil)
  }

  @Test func theOtherAxisFindsSettingsToo() {
    var parts: [(setting: SamplingSetting, run: Run)] = []
    for text in ["eta=0", "eta=1"] {
      var run = oneRun("lab", [1, 2])
      for row in run.checkpoints.indices { run.checkpoints[row].step = AxisValue(Double(row) * 10) }
      parts.append((setting(text), run))
    }
    let run = Run(joining: parts)
    #expect(run.index(of: Position(.step, 10)) == 2)
    #expect(run.index(of: Position(.step, 10, setting: "eta=1")) == 3)
    #expect(run.index(of: Position(.step, 10, setting: "eta=0")) == 2)
    #expect(run.index(of: Position(.step, 10, setting: "eta=2")) == nil)
  }

  @Test func partsHaveTheirOwnRows() {
    let run = settingsRun()
    #expect(
      run.parts.map { part in part.run.checkpoints.indices.map(part.row) }
        == [[0, 3, 5], [1, 4, 6], [2, 7]])
    #expect(
      run.parts.map { $0.run.column(named: "quality")?.values }
        == [[0.4, 0.5, 0.6], [0.7, 0.8, 0.9], [0.1, 0.3]])
    #expect(run.partsOfLog.map { $0.row(of: 0) } == [2])
    #expect(designRun().parts.count == 1 && designRun().parts[0].row(of: 3) == 3)
  }

  /// Of a checkpoint's settings one is the best in quality and another in diversity: no collapse.
  @Test func alarmsDoNotCrossSettings() {
    func part(_ text: String, _ quality: [Double], _ diversity: [Double])
      -> (SamplingSetting, Run)
    {
      (setting(text), oneRun("lab", [1, 2], quality: quality, diversity: diversity))
    }
    let parts = [part("eta=0", [0.1, 0.2], [0.9, 0.95]), part("eta=1", [0.5, 0.6], [0.1, 0.2])]
    let run = Run(joining: parts.map { (setting: $0.0, run: $0.1) })
    #expect(Alarm.all(of: run).isEmpty)
    let fallen = [
      part("eta=0", [0.1, 0.2], [0.9, 0.95]), part("eta=1", [0.5, 0.6], [0.9, 0.2]),
    ]
    let other = Run(joining: fallen.map { (setting: $0.0, run: $0.1) })
    let alarms = Alarm.all(of: other)
    #expect(alarms.map(\.index) == [3] && alarms.map(\.kind) == [.possibleCollapse])
    #expect(alarms[0].evidence.hasSuffix("since epoch 1 at eta 1"))
  }

  @Test func theDataOfARuleNameTheSetting() throws {
    let rule = "select: max quality"
    let run = settingsRun()
    let text = try RuleData.text(of: evaluator(rule, run), run: run)
    let lines = text.split(separator: "\n")
    #expect(lines[0] == "epoch\trun\tsetting\tquality")
    #expect(lines[1] == "1\t-\ttemperature=0.5\t0.4" && lines[3] == "1\t-\t-\t0.1")
    // As it always was where there is one setting.
    let plain = designRun()
    #expect(try RuleData.text(of: evaluator(rule, plain), run: plain).hasPrefix("epoch\tquality\n"))
    let swapped = settingsRun(usual: "temperature=0.5")
    #expect(try RuleData.text(of: evaluator(rule, swapped), run: swapped) != text)
  }

  /// A new setting that is more usual than those of before leaves checkpoints what they are.
  @Test func aSettingThatComesLaterMovesNoCheckpoint() {
    func run(_ texts: [String]) -> Run {
      Run(joining: texts.map { (setting: setting($0), run: oneRun("lab", [1, 2])) })
    }
    let grown = GrownRun(
      from: run(["temperature=0.5", "temperature=0.7"]),
      to: run(["temperature=0.5", "temperature=0.7", "temperature=1"]), written: [])
    #expect(grown.places == [0, 1, 3, 4] && grown.arrived == [2, 5])
  }
}
