import ReviewCore
import Testing

/// Several runs as one.
@Suite struct ComparedRunsTests {
  private func compared(_ runs: [Run]) -> Run {
    Run(comparing: runs, name: "runs", path: "runs")
  }

  @Test(arguments: [
    (["vae-digits", "gan-digits"], ["vae-digits", "gan-digits"], ["vae", "gan"]),
    (["digits_vae_64", "digits_gan_64"], ["digits_vae_64", "digits_gan_64"], ["vae", "gan"]),
    (["a", "b"], ["a", "b"], ["a", "b"]),
    (["run", "run-2"], ["run", "run-2"], ["run", "run-2"]),
    (["seed 1", "seed 2", "seed 10"], ["seed 1", "seed 2", "seed 10"], ["1", "2", "10"]),
    (["vae-a-x", "vae-b-x", "vae-x"], ["vae-a-x", "vae-b-x", "vae-x"], ["a-x", "b-x", "x"]),
  ])
  func namesAreShortened(_ given: [String], _ names: [String], _ short: [String]) {
    let run = compared(given.map { oneRun($0, [1]) })
    #expect(run.members.map(\.name) == names)
    #expect(run.members.map(\.shortName) == short)
  }

  @Test func namesAreToldApart() {
    func run(_ name: String, _ path: String) -> Run {
      var run = oneRun(name, [1])
      run.path = path
      return run
    }
    var names = compared([run("gan", "a/one"), run("gan", "a/two"), run("vae", "a/vae")]).members
      .map(\.name)
    #expect(names == ["gan (one)", "gan (two)", "vae"])
    names = compared([run("gan", "a/one"), run("gan", "b/one"), run("gan (one)", "c")]).members
      .map(\.name)
    #expect(Set(names).count == 3)
    names = compared([run("a\u{1B}[2J\nb", "a"), run("c", "b")]).members.map(\.name)
    #expect(names.allSatisfy { $0.utf8.allSatisfy { $0 >= 0x20 } })
  }

  @Test func rowsPointBackToTheirOwnRun() {
    let fid = MetricColumn(metric: Metric(name: "fid"), values: [30, 20])
    let run = compared([
      oneRun("vae", [1, 2, 3], quality: [0.1, 0.2, 0.3]),
      oneRun("gan", [100, 200], axis: .step, more: [fid]), oneRun("ar", [2], quality: [0.5]),
    ])
    #expect(run.checkpoints.map(\.member) == [0, 0, 0, 1, 1, 2])
    #expect(run.members.map(\.rows) == [0..<3, 3..<5, 5..<6])
    #expect(run.columns.map(\.metric.name) == ["quality", "fid"])
    #expect(run.column(named: "quality")?.values == [0.1, 0.2, 0.3, nil, nil, 0.5])
    #expect(run.column(named: "fid")?.values == [nil, nil, nil, 30, 20, nil])
    #expect(run.position(of: 4) == Position(.step, 200, run: "gan"))
    #expect(run.label(of: 4) == "gan step 200" && run.label(of: 1) == "vae epoch 002")
    #expect(run.index(of: Position(.epoch, 2)) == 1)
    #expect(run.index(of: Position(.epoch, 2, run: "ar")) == 5)
    #expect(run.index(of: Position(.step, 100)) == 3)
    #expect(run.index(of: Position(.epoch, 2, run: "nobody")) == nil)
    #expect(run.index(of: Position(.epoch, 9)) == nil)
    for row in run.checkpoints.indices {
      #expect(run.index(of: run.position(of: row)) == row)
      let origin = run.origin(of: row)
      #expect(origin.run.axisValue(of: origin.index) == run.axisValue(of: row))
    }
  }

  @Test func aRunWithoutCheckpointsStandsInNobodysWay() {
    let run = compared([oneRun("none", []), oneRun("gan", [1, 2])])
    #expect(run.members[0].rows.isEmpty && run.index(of: Position(.epoch, 2)) == 1)
    #expect(run.index(of: Position(.epoch, 2, run: "none")) == nil)
  }

  @Test func settingsOfSeveralRunsAreOneScale() {
    var other = oneRun("gan", [1, 2], quality: [0.2, 0.3])
    other.path = "runs/gan"
    let wide = Run(
      joining: ["temperature=0.7", "temperature=2"].map {
        (setting: setting($0), run: oneRun("ar", [1]))
      })
    let run = compared([settingsRun(), other, wide])
    #expect(
      run.samplingSettings.map(\.name) == [
        "temperature=0.5", "temperature=0.7", "temperature=1", "temperature=2",
      ])
    #expect(run.checkpoints.suffix(4).map(\.setting) == [nil, nil, 1, 3])
    #expect(run.position(of: 10) == Position(.epoch, 1, run: "ar"))
    #expect(run.position(of: 11) == Position(.epoch, 1, setting: "temperature=2", run: "ar"))
    for row in run.checkpoints.indices { #expect(run.index(of: run.position(of: row)) == row) }
    #expect(run.settingsRows(of: 0) == 0..<3 && run.settingsRows(of: 8) == 8..<9)
    #expect(run.parts.count == 6)
  }

  @Test func aRuleThatAllDeclareCounts() throws {
    func run(_ name: String, _ select: String?) -> Run {
      var run = oneRun(name, [1], quality: [0.5])
      run.declaration.rule = select.map { RuleText(candidate: nil, select: $0, tie: nil) }
      return run
    }
    let same = compared([run("a", "max quality"), run("b", "max quality")])
    #expect(try RuleInForce(run: same).origin == .file)
    for other in ["min quality", nil] {
      let mixed = compared([run("a", "max quality"), run("b", other)])
      #expect(mixed.declaration.rule == nil)
      #expect(mixed.reading.contains { $0.contains("different rules") })
    }
    let none = compared([run("a", nil), run("b", nil)])
    #expect(!none.reading.contains { $0.contains("different rules") })
  }

  @Test func directionsThatDisagreeAreWarnedOf() {
    func run(_ name: String, _ direction: Metric.Direction) -> Run {
      oneRun(
        name, [1],
        more: [MetricColumn(metric: Metric(name: "odd", direction: direction), values: [1])])
    }
    let run = compared([run("a", .higher), run("b", .lower)])
    #expect(run.warnings.map(\.code) == [.conflict])
    #expect(run.column(named: "odd")?.metric.direction == .higher)
  }

  @Test func seedsAreSharedWhereBothSaySo() {
    func run(_ name: String, seeds: String?, latent: [Int]? = [8]) -> Run {
      var run = oneRun(name, [1, 2])
      run.declaration.seedsName = seeds
      run.declaration.latentShape = latent
      return run
    }
    func share(_ left: Run, _ right: Run) -> Bool { compared([left, right]).sharesSeeds(0, 2) }
    #expect(share(run("a", seeds: "z64"), run("b", seeds: "z64")))
    #expect(!share(run("a", seeds: "z64"), run("b", seeds: "z65")))
    #expect(!share(run("a", seeds: nil), run("b", seeds: nil)))
    #expect(!share(run("a", seeds: "z64"), run("b", seeds: "z64", latent: [16])))
    #expect(compared([run("a", seeds: nil), run("b", seeds: nil)]).sharesSeeds(0, 1))
    #expect(designRun().sharesSeeds(0, 3))
  }

  @Test func alarmsDoNotCrossRuns() {
    let first = oneRun("a", [1, 2], quality: [0.1, 0.2], diversity: [0.8, 0.9])
    let second = oneRun("b", [1, 2], quality: [0.5, 0.6], diversity: [0.1, 0.2])
    #expect(Alarm.all(of: compared([first, second])).isEmpty)
    let fallen = oneRun("b", [1, 2, 3], quality: [0.5, 0.6, .nan], diversity: [0.9, 0.2, 0.2])
    let alarms = Alarm.all(of: compared([first, fallen]))
    #expect(alarms.map(\.index) == [3, 4])
    #expect(alarms.map(\.kind) == [.possibleCollapse, .badMetric])
    #expect(alarms[0].evidence.hasSuffix("since epoch 1"))
  }

  @Test func aLogThatBreaksOffIsOfItsOwnRun() {
    var broken = oneRun("b", [1, 2, 3])
    broken.series = [
      Series(name: "loss", axis: .epoch, positions: [1, 2, 3], values: [1, .nan, 1])
    ]
    let run = compared([oneRun("a", [1, 2, 3]), broken])
    #expect(run.series.count == 1)
    #expect(Alarm.ofLog(run).filter { $0.kind == .badSeries }.map(\.index) == [4])
  }

  @Test func theDataOfARuleNameTheRun() throws {
    let run = compared([
      oneRun("a", [1], quality: [0.5]), oneRun("b\tc", [1], quality: [0.6]),
    ])
    let text = try RuleData.text(of: evaluator("select: max quality", run), run: run)
    let lines = text.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
    #expect(lines[0] == ["epoch", "run", "setting", "quality"] && lines[1][1] == "a")
    #expect(lines.allSatisfy { $0.count == 4 })
  }

  @Test func oneOfThemGrows() {
    let (a, b) = (oneRun("a", [1, 2]), oneRun("b", [1, 2]))
    let old = compared([a, b])
    let grown = GrownRun(
      from: old, to: [oneRun("a", [1, 2, 3]), b], written: [[], []])
    #expect(grown.places == [0, 1, 3, 4] && grown.arrived == [2] && grown.rewritten == [2])
    #expect(!grown.keepsPlaces && !grown.isTheSame)
    #expect(grown.moved([3: "b2"]) == [4: "b2"])
    let gone = GrownRun(from: old, to: [oneRun("a", [2]), b], written: [[], []])
    #expect(gone.places == [nil, 0, 1, 2])
    #expect(GrownRun(from: old, to: [a, b], written: [[], []]).isTheSame)
  }
}
