import Foundation
import ReviewCore
import ReviewReport
import Testing

@testable import RunFormats

/// Every way in which a script lays down samples of several settings, and what must not become one.
@Suite struct SettingLayoutTests {
  private static func png(_ seed: UInt64) -> [UInt8] {
    PNGWriter.bytes(of: grid(columns: 4, rows: 2, size: 16, padding: 2, seed: seed))
  }

  /// Pictures of these names, each of its own strokes, beside texts.
  private func folder(_ names: [String], _ texts: [String: String] = [:]) throws -> Scratch {
    let scratch = try Scratch()
    for (place, name) in names.enumerated() {
      try scratch.write("run/\(name)", Self.png(UInt64(place + 1)))
    }
    for (name, text) in texts { try scratch.write("run/\(name)", text) }
    return scratch
  }

  private func open(_ names: [String], _ texts: [String: String] = [:]) throws -> Run {
    let scratch = try folder(names, texts)
    let run = try RunOpener.open("\(scratch.path)/run")
    // Whatever is laid down how, each picture is the one that its row names.
    for row in run.checkpoints.indices {
      guard let source = run.checkpoints[row].samples else { continue }
      #expect((try? SampleReader(run: run).samples(source).count) == 8)
    }
    return run
  }

  private func rows(_ run: Run) -> [String] {
    run.checkpoints.indices.map { row in
      "\(run.axisValue(of: row).text) \(run.setting(of: row)?.name ?? "-")"
        + (run.checkpoints[row].samples.map { " \($0.path)" } ?? "")
    }
  }

  // MARK: Layouts

  @Test(arguments: [
    (
      [
        "samples/temperature_0.4/epoch_001.png", "samples/temperature_0.4/epoch_002.png",
        "samples/temperature_1.0/epoch_001.png", "samples/temperature_1.0/epoch_002.png",
      ],
      ["temperature=0.4", "temperature=1"], "temperature=1"
    ),
    (
      [
        "epoch_001_cfg3.0.png", "epoch_001_cfg7.5.png", "epoch_002_cfg3.0.png",
        "epoch_002_cfg7.5.png",
      ], ["guidance=3", "guidance=7.5"], "guidance=3"
    ),
    (
      [
        "samples/ddim/epoch_1.png", "samples/ddim/epoch_2.png", "samples/ddpm/epoch_1.png",
        "samples/ddpm/epoch_2.png",
      ], ["sampler=ddim", "sampler=ddpm"], "sampler=ddim"
    ),
    (
      [
        "epoch_1/samples_t0.7.png", "epoch_1/samples_t1.0.png", "epoch_2/samples_t0.7.png",
        "epoch_2/samples_t1.0.png",
      ], ["temperature=0.7", "temperature=1"], "temperature=1"
    ),
    (
      [
        "step_100_guidance_scale_2.png", "step_100_guidance_scale_4.png",
        "step_200_guidance_scale_2.png", "step_200_guidance_scale_4.png",
      ],
      ["guidance=2", "guidance=4"], "guidance=2"
    ),
    (
      [
        "top_k_40/samples_epoch_1.png", "top_k_40/samples_epoch_2.png",
        "top_k_400/samples_epoch_1.png", "top_k_400/samples_epoch_2.png",
      ],
      ["top_k=40", "top_k=400"], "top_k=40"
    ),
    (
      [
        "ddim_eta_0.0/epoch_1.png", "ddim_eta_0.0/epoch_2.png", "ddim_eta_1.0/epoch_1.png",
        "ddim_eta_1.0/epoch_2.png",
      ], ["eta=0 sampler=ddim", "eta=1 sampler=ddim"],
      "eta=0 sampler=ddim"
    ),
    (
      ["psi=0.5/10.png", "psi=0.5/20.png", "psi=1/10.png", "psi=1/20.png"],
      ["truncation=0.5", "truncation=1"], "truncation=1"
    ),
  ])
  func namesTellTheSetting(_ names: [String], _ settings: [String], _ usual: String) throws {
    let run = try open(names)
    #expect(run.samplingSettings.map(\.name) == settings)
    #expect(run.checkpoints.count == names.count && run.warnings.isEmpty, "\(run.warnings)")
    #expect(Set(rows(run)).count == names.count)
    let first = run.checkpoints.indices.first { run.checkpoints[$0].isOfUsualSetting }
    #expect(first.flatMap { run.setting(of: $0)?.name } == usual)
    // Each row has the file of its own setting.
    for row in run.checkpoints.indices {
      let path = try #require(run.checkpoints[row].samples?.path)
      let own = SamplingSetting(SettingWords().parameters(in: path))
      #expect(own == run.setting(of: row), "\(path)")
    }
    #expect(run.reading[0].hasPrefix("2 sampling settings: "))
  }

  @Test func twoParametersAreOneSetting() throws {
    let names = ["cfg1", "cfg3"].flatMap { cfg in
      ["ddim", "ddpm"].flatMap { sampler in
        [1, 2].map { "samples/\(sampler)_\(cfg)/epoch_\($0).png" }
      }
    }
    let run = try open(names)
    #expect(
      run.samplingSettings.map(\.name) == [
        "guidance=1 sampler=ddim", "guidance=1 sampler=ddpm", "guidance=3 sampler=ddim",
        "guidance=3 sampler=ddpm",
      ])
    #expect(run.checkpoints.count == 8)
    #expect(run.column(named: "guidance")?.values == [1, 1, 3, 3, 1, 1, 3, 3])
  }

  @Test func aPatternNamesParameters() throws {
    let names = ["0.5", "1.0", "2.0"].flatMap { w in
      [1, 2].map { "samples/w_\(w)/epoch_\($0).png" }
    }
    let toml = "samples = \"samples/w_{guidance}/epoch_{epoch}.png\"\n"
    let run = try open(names, ["keepoch.toml": toml])
    #expect(run.samplingSettings.map(\.name) == ["guidance=0.5", "guidance=1", "guidance=2"])
    #expect(
      rows(run).prefix(3) == [
        "1 guidance=0.5 samples/w_0.5/epoch_1.png", "1 guidance=1 samples/w_1.0/epoch_1.png",
        "1 guidance=2 samples/w_2.0/epoch_1.png",
      ])
    #expect(run.declaration.samplesPattern == "samples/w_{guidance}/epoch_{epoch}.png")
    #expect(run.warnings.isEmpty, "\(run.warnings)")
  }

  @Test func aPatternMayBeOfAnyWordAndAxis() throws {
    let names = ["hot", "cold"].flatMap { word in
      [100, 200].map { "out/\(word)-\($0).png" }
    }
    let toml = "samples = \"out/{mood}-{step}.png\"\n[setting]\ndefault = \"mood=hot\"\n"
    let run = try open(names, ["keepoch.toml": toml])
    #expect(run.axis == .step && run.samplingSettings.map(\.name) == ["mood=cold", "mood=hot"])
    #expect(run.position(of: 1) == Position(.step, 100))
    #expect(run.position(of: 0).setting == "mood=cold")
    #expect(run.columns.isEmpty)
  }

  @Test func aValueOfAPatternIsNoOtherSetting() throws {
    let names = ["a=b c", "d,e"].flatMap { word in [1, 2].map { "\(word)/epoch_\($0).png" } }
    let run = try open(names, ["keepoch.toml": "samples = \"{kind}/epoch_{epoch}.png\"\n"])
    #expect(run.samplingSettings.count == 2 && run.checkpoints.count == 4)
    for setting in run.samplingSettings {
      #expect(SamplingSetting(parsing: setting.name) == setting)
    }
  }

  @Test func declaredNamesAreParameters() throws {
    let names = ["w2/epoch_1.png", "w2/epoch_2.png", "w4/epoch_1.png", "w4/epoch_2.png"]
    let toml = "[setting]\nparameters = [\"w\"]\ndefault = \"w=4\"\n"
    let run = try open(names, ["keepoch.toml": toml])
    #expect(run.samplingSettings.map(\.name) == ["w=2", "w=4"])
    #expect(run.index(of: Position(.epoch, 1)) == 1)
  }

  @Test(arguments: [
    ("default = \"hot\"", "setting.default"), ("default = 3", "setting.default"),
    ("parameters = \"w\"", "setting.parameters"), ("parameters = [1]", "setting.parameters"),
    ("colour = 1", "setting.colour"), ("default = \"temperature=9\"", "temperature=9"),
  ])
  func aBadDeclarationIsWarnedOf(_ line: String, _ word: String) throws {
    let names = ["temperature_0.4/epoch_1.png", "temperature_0.8/epoch_1.png"]
    let run = try open(names, ["keepoch.toml": "[setting]\n\(line)\n"])
    #expect(run.samplingSettings.count == 2)
    #expect(run.warnings.map(\.code) == [.badSetting])
    #expect(run.warnings.first?.message.contains(word) == true, "\(run.warnings)")
  }

  @Test func singlePicturesOfEachSetting() throws {
    let names = ["0.5", "1.0"].flatMap { t in
      [1, 2].flatMap { epoch in
        (0..<8).map { "samples/temperature_\(t)/epoch_\(epoch)/\($0).png" }
      }
    }
    let scratch = try Scratch()
    for (place, name) in names.enumerated() {
      try scratch.write(
        "run/\(name)",
        PNGWriter.bytes(
          of: grid(columns: 1, rows: 1, size: 16, padding: 0, seed: UInt64(place))))
    }
    let run = try RunOpener.open("\(scratch.path)/run")
    #expect(run.format == .singleImages && run.checkpoints.count == 4)
    #expect(run.samplingSettings.map(\.name) == ["temperature=0.5", "temperature=1"])
    #expect(run.checkpoints.allSatisfy { $0.samples?.count == 8 })
  }

  @Test func foldersOfArrays() throws {
    let scratch = try Scratch()
    for t in ["0.7", "1.0"] {
      for epoch in [1, 2] {
        try scratch.write(
          "run/temperature_\(t)/epoch_\(epoch).npy",
          ArrayBytes.floats([6, 8, 8]) { Float(($0 + epoch) % 90) / 90 })
      }
    }
    let run = try RunOpener.open("\(scratch.path)/run")
    #expect(run.format == .arrays && run.checkpoints.count == 4)
    #expect(run.samplingSettings.map(\.name) == ["temperature=0.7", "temperature=1"])
    #expect(run.valueRange != nil)
  }

  @Test func membersOfOneFile() throws {
    let scratch = try Scratch()
    for epoch in [1, 2] {
      try scratch.write(
        "run/samples_epoch_\(epoch).npz",
        ArrayBytes.npz([
          ("samples_t0.7", ArrayBytes.floats([6, 8, 8])),
          ("samples_t1.0", ArrayBytes.floats([6, 8, 8]) { Float(($0 * 7) % 50) / 50 }),
        ]))
    }
    let run = try RunOpener.open("\(scratch.path)/run")
    #expect(run.samplingSettings.map(\.name) == ["temperature=0.7", "temperature=1"])
    #expect(run.checkpoints.count == 4)
    let members = run.checkpoints.map { checkpoint -> String? in
      if case .array(let place, _)? = checkpoint.samples { return place.member }
      return nil
    }
    #expect(members == ["samples_t0.7", "samples_t1.0", "samples_t0.7", "samples_t1.0"])
  }

  @Test func tagsOfATensorBoard() throws {
    let scratch = try Scratch()
    var bytes: [UInt8] = []
    for step in 1...3 {
      for (tag, seed) in [("samples/cfg_1.0", 1), ("samples/cfg_3.0", 50)] {
        bytes += EventBytes.image(tag, Int64(step * 10), UInt64(step + seed))
      }
      bytes += EventBytes.scalar("loss", Int64(step * 10), Float(step))
    }
    try scratch.write("run/events.out.tfevents.1767323045.trainer.1.0", bytes)
    let run = try RunOpener.open("\(scratch.path)/run", cacheFolder: "\(scratch.path)/cache")
    #expect(run.samplingSettings.map(\.name) == ["guidance=1", "guidance=3"])
    #expect(run.checkpoints.count == 6 && run.axis == .step)
    #expect(run.series.map(\.name) == ["loss"])
    // Each has its own picture.
    let reader = SampleReader(run: run)
    let sets = try run.checkpoints.map { try reader.samples(#require($0.samples)).pixels }
    #expect(Set(sets).count == 6)
  }

  // MARK: Tables

  @Test func aTableTellsNumbersBySetting() throws {
    let names = ["0.5", "1.0"].flatMap { t in
      [1, 2].map { "samples/temperature_\(t)/epoch_\($0).png" }
    }
    let run = try open(
      names,
      [
        "metrics.csv": """
        epoch,temperature,quality,diversity
        1,0.5,.5,.4
        1,1,.3,.8
        2,0.50,.6,.3
        2,1.0,.4,.7

        """
      ])
    #expect(run.column(named: "quality")?.values == [0.5, 0.3, 0.6, 0.4])
    #expect(run.column(named: "temperature")?.metric.origin == .parameter)
    #expect(run.displayOrder.count == 2)
    #expect(run.warnings.isEmpty, "\(run.warnings)")
  }

  @Test func aTableThatTellsNoSettingIsOfAll() throws {
    let names = ["0.5", "1.0"].flatMap { t in
      [1, 2].map { "samples/temperature_\(t)/epoch_\($0).png" }
    }
    let run = try open(names, ["metrics.csv": "epoch,quality\n1,.5\n2,.6\n"])
    #expect(run.column(named: "quality")?.values == [0.5, 0.5, 0.6, 0.6])
  }

  @Test func aTableAloneTellsSettings() throws {
    let scratch = try Scratch()
    try scratch.write(
      "run/metrics.csv",
      "epoch,guidance,sampler,fid\n1,1,ddim,40\n1,3,ddim,30\n1,3,ddpm,20\n2,1,ddim,15\n"
        + "2,3,ddim,12\n2,3,ddpm,11\n")
    let run = try RunOpener.open("\(scratch.path)/run")
    #expect(
      run.samplingSettings.map(\.name) == [
        "guidance=1 sampler=ddim", "guidance=3 sampler=ddim", "guidance=3 sampler=ddpm",
      ])
    #expect(run.column(named: "fid")?.values == [40, 30, 20, 15, 12, 11])
    // A file that is given by itself is the same run.
    let alone = try RunOpener.open("\(scratch.path)/run/metrics.csv")
    #expect(alone.samplingSettings == run.samplingSettings)
  }

  @Test func samplesOfOneSettingBesideNumbersOfSeveral() throws {
    let run = try open(
      ["epoch_1.png", "epoch_2.png"],
      ["metrics.csv": "epoch,temperature,quality\n1,.5,.1\n1,1,.2\n2,.5,.3\n2,1,.4\n"])
    #expect(run.samplingSettings.count == 2 && run.checkpoints.count == 4)
    #expect(run.column(named: "quality")?.values == [0.1, 0.2, 0.3, 0.4])
  }

  // MARK: What is no setting

  @Test func aTemperatureThatFallsIsNoSetting() throws {
    let annealed = try open(["epoch_10_temp0.9.png", "epoch_20_temp0.8.png"])
    #expect(annealed.samplingSettings.isEmpty)
    #expect(rows(annealed).count == 2)
    let log = (0..<40).map { "\($0),\(1 - Double($0) / 50),\(0.1)" }.joined(separator: "\n")
    let run = try open(
      ["epoch_10.png", "epoch_20.png"],
      [
        "training_log.csv": "step,temperature,loss\n\(log)\n",
        "metrics.csv": "epoch,quality\n10,.5\n20,.6\n",
      ])
    #expect(run.samplingSettings.isEmpty && run.checkpoints.count == 2)
    #expect(run.series.map(\.name).contains("temperature"))
  }

  @Test func wordsAloneAreNoSetting() throws {
    for names in [
      ["temp/epoch_1.png", "temp/epoch_2.png"],
      ["temperature/epoch_1.png", "temperature/epoch_2.png"],
      ["samples/epoch_1.png", "samples/epoch_2.png", "samples/last_temperature.png"],
      ["cfg/1.png", "cfg/2.png"], ["t1/epoch_1.png", "t1/epoch_2.png"],
      ["temperature_0.7/epoch_1.png", "temperature_0.7/epoch_2.png"],
    ] {
      let run = try open(names)
      #expect(run.samplingSettings.isEmpty, "\(names)")
    }
  }

  @Test func samplesBesideOthersOfAnotherName() throws {
    let run = try open([
      "samples/epoch_1.png", "samples/epoch_2.png", "reconstructions/epoch_1.png",
      "reconstructions/epoch_2.png", "real_samples.png",
    ])
    #expect(run.samplingSettings.isEmpty && run.checkpoints.count == 2)
    #expect(run.reference?.path == "real_samples.png")
  }

  // MARK: Folders

  @Test func foldersOfSettingsAreOneRun() throws {
    let scratch = try folder(
      ["0.4", "0.8"].flatMap { t in (1...2).map { "temperature_\(t)/epoch_\($0).png" } })
    #expect(Catalogue.find("\(scratch.path)/run") == nil)
    #expect(try RunOpener.open("\(scratch.path)/run").samplingSettings.count == 2)
  }

  /// Runs that were trained at another value of something are runs, each with numbers of its own.
  @Test(arguments: [
    ["temperature_0.4", "temperature_0.8"], ["vae_temp0.4", "vae_temp0.8"],
    ["ddpm-small", "ddpm-large"], ["ddim", "ddpm"], ["cfg_1.0_lr3", "cfg_2.0_lr3"],
  ])
  func foldersWithNumbersOfTheirOwnAreRuns(_ folders: [String]) throws {
    var texts: [String: String] = [:]
    for name in folders {
      texts["\(name)/metrics.csv"] = "epoch,quality,diversity\n1,.2,.3\n2,.4,.5\n"
    }
    let scratch = try folder(
      folders.flatMap { name in (1...2).map { "\(name)/samples/epoch_\($0).png" } }, texts)
    let catalogue = Catalogue.find("\(scratch.path)/run")
    #expect(catalogue?.entries.map(\.name) == folders.sorted())
  }

  // MARK: Hostile input

  @Test func namesThatAreLongOrOddOpenOrSaySo() throws {
    let long = String(repeating: "temperature_0.5_", count: 15)
    let deep = (0..<5).map { "cfg_\($0)" }.joined(separator: "/")
    for names in [
      ["\(long)epoch_1.png", "\(long)epoch_2.png"], ["\(deep)/epoch_1.png", "\(deep)/epoch_2.png"],
      [
        "temperature_\(String(repeating: "9", count: 200))/epoch_1.png",
        "temperature_1/epoch_1.png",
      ],
      ["temperature_1e999/epoch_1.png", "temperature_1/epoch_1.png"],
      ["temperature_0.5\u{1B}[2J/epoch_1.png", "temperature_0.6\n/epoch_1.png"],
      ["temperature_0.7/epoch_1.png", "temperature_0.70/epoch_1.png"],
    ] {
      let run = try open(names)
      #expect(!run.checkpoints.isEmpty, "\(names)")
      for line in run.reading { #expect(line.utf8.allSatisfy { $0 >= 0x20 }, "\(line)") }
    }
  }

  @Test func aPatternOfManyBracesEnds() throws {
    for pattern in [
      String(repeating: "{a}", count: 100), String(repeating: "{", count: 5000),
      "{a}{b}{c}{d}{e}/epoch_{epoch}.png", "{a}*{b}*{c}*{d}*/{epoch}.png", "{epoch}{a}",
      String(repeating: "*", count: 60) + "{a}", "{}/{epoch}.png", "{a}/{a}/{epoch}.png",
    ] {
      let name = String(repeating: "a", count: 100)
      let scratch = try folder(
        ["\(name)/epoch_1.png", "\(name)/epoch_2.png", "b/epoch_1.png"],
        ["keepoch.toml": "samples = \"\(pattern)\"\n"])
      let start = ContinuousClock.now
      let opened = try? RunOpener.open("\(scratch.path)/run")
      #expect(opened == nil || opened?.checkpoints.isEmpty == false)
      #expect(ContinuousClock.now - start < .seconds(20), "\(pattern.prefix(40))")
    }
  }

  @Test func aTruncatedPictureOfASettingIsAWarning() throws {
    let scratch = try folder(
      ["0.4", "0.8"].flatMap { t in (1...3).map { "temperature_\(t)/epoch_\($0).png" } })
    try scratch.write("run/temperature_0.8/epoch_2.png", Array(Self.png(9).prefix(60)))
    let run = try RunOpener.open("\(scratch.path)/run")
    #expect(run.samplingSettings.count == 2 && run.checkpoints.count == 6)
    // A whole setting that cannot be read leaves the other.
    for epoch in 1...3 { try scratch.write("run/temperature_0.8/epoch_\(epoch).png", "broken") }
    let rest = try RunOpener.open("\(scratch.path)/run")
    let readable = rest.checkpoints.filter { $0.samples != nil }
    #expect(readable.count >= 3 && rest.warnings.contains { $0.path?.contains("0.8") == true })
  }

  /// More settings than a person steps along are not a second axis; nothing is lost unsaid.
  @Test func aHundredSettings() throws {
    var names: [String] = []
    for place in 0..<100 {
      names += [1, 2].map { "temperature_\(place).5/epoch_\($0).png" }
    }
    let run = try open(names)
    #expect(run.samplingSettings.isEmpty)
    #expect(run.checkpoints.count == 2)
    #expect(run.warnings.contains { $0.message.contains("100 sampling settings") })
  }
}
