import Foundation
import Testing

/// verify, check, disk and presets, as a job on another machine runs them.
@Suite struct ProofTests {
  private func edit(_ run: RunCopy, _ old: String, _ new: String) throws {
    let text = run.text("metrics.csv")
    #expect(text.contains(old))
    try text.replacingOccurrences(of: old, with: new)
      .write(toFile: run.path + "/metrics.csv", atomically: true, encoding: .utf8)
  }

  @Test func verifyAnswersByTheData() throws {
    let run = try RunCopy("gan")
    let report = run.path + "/review/report.json"
    #expect(try run.run(["report", run.path, "--format", "json"]).code == 0)
    var answer = try run.run(["verify", report])
    #expect(answer.code == 0 && answer.output.hasPrefix("same choice: epoch 30\n"))
    #expect(answer.output.contains("the data are those that the report read"))
    // Another value that changes nothing of the choice.
    try edit(run, "60,0.8665,0.1530", "60,0.8665,0.2")
    answer = try run.run(["verify", report])
    #expect(answer.code == 0 && answer.output.contains("the data differ"))
    #expect(answer.output.contains("epoch 60: diversity was 0.153, is 0.2"))
    // One that does.
    try edit(run, "60,0.8665,0.2", "60,0.8665,0.9")
    answer = try run.run(["verify", report])
    #expect(answer.code == 1)
    #expect(answer.output.hasPrefix("another choice: epoch 60, where the report has epoch 30\n"))
    #expect(answer.output.contains("0.155 behind epoch 60"))
    let json = try run.run(["verify", report, "--json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["same"] as? Bool == false && object["selected"] as? Double == 60)
    #expect(object["dataDiffer"] as? Bool == true && json.code == 1)
    // None.
    try FileManager.default.removeItem(atPath: run.path + "/metrics.csv")
    answer = try run.run(["verify", report])
    #expect(answer.code == 2 && answer.output.isEmpty)
    #expect(answer.errors.contains("no checkpoint has a metric"))
  }

  @Test func verifyFindsTheRunFromTheReport() throws {
    let run = try RunCopy("lab")
    let folder = URL(fileURLWithPath: run.path).deletingLastPathComponent().path
    #expect(
      try run.run(["report", run.path, "--format", "json", "-o", folder + "/r.json"]).code == 0)
    #expect(try run.run(["verify", folder + "/r.json"]).code == 0)
    try FileManager.default.moveItem(atPath: run.path, toPath: run.path + "-gone")
    let answer = try run.run(["verify", folder + "/r.json"])
    #expect(answer.code == 2 && answer.errors.contains("lab"))
  }

  @Test(arguments: [
    "", "{", "[]", "{\"schema\": \"other/1\"}", "{\"schema\": \"keepoch.report/2\"}",
    "{\"schema\": \"keepoch.report/1\"}",
    "{\"schema\": \"keepoch.report/1\", \"run\": {\"path\": \".\"}, \"axis\": \"epoch\", "
      + "\"decision\": {}, \"rule\": {\"text\": \"select: most\"}}",
    "{\"schema\": \"keepoch.report/1\", \"run\": {\"path\": \".\"}, \"axis\": \"epoch\", "
      + "\"decision\": {}, \"rule\": {\"text\": \"select: max quality\", \"language\": 2}}",
  ])
  func whatIsNoReportIsRefused(_ text: String) throws {
    let run = try RunCopy("lab")
    let path = run.path + "/broken.json"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let answer = try run.run(["verify", path])
    #expect(answer.code == 2 && answer.output.isEmpty && answer.errors.contains("keepoch: "))
    #expect(try run.run(["verify", run.path]).code == 2)
    #expect(try run.run(["verify", run.path + "/none.json"]).code == 2)
  }

  @Test func aRuleThatReadsReviewersIsRunOnWhatTheySayNow() throws {
    let run = try RunCopy("lab")
    func say(_ words: [String]) throws {
      #expect(try run.run(words + ["--reviewer", "ann"]).code == 0)
    }
    try say(["rule", run.path, "--set", "select: max rating where not rejected"])
    try say(["rate", run.path, "--epoch", "10", "4"])
    try say(["rate", run.path, "--epoch", "30", "2"])
    try say(["report", run.path, "--format", "json"])
    let report = run.path + "/review/report.json"
    #expect(try run.run(["verify", report]).output.hasPrefix("same choice: epoch 10\n"))
    try say(["rate", run.path, "--epoch", "30", "3"])
    let other = try run.run(["verify", report])
    #expect(other.code == 0 && other.output.contains("what reviewers said"))
    try say(["reject", run.path, "--epoch", "10"])
    let rejected = try run.run(["verify", report])
    #expect(rejected.code == 1 && rejected.output.contains("not rejected"))
  }

  @Test func checkIsDoneWhenNothingIsMissing() throws {
    let run = try RunCopy("gan")
    func say(_ words: [String]) throws {
      #expect(try run.run(words + ["--reviewer", "ann"]).code == 0)
    }
    var answer = try run.run(["check", run.path])
    #expect(answer.code == 1 && answer.output.contains("missing  trust rule"))
    #expect(answer.output.contains("evidence: 5 of 10 are there"))
    for about in ["quality", "diversity", "trust", "next-step"] {
      try say(["note", run.path, "--about", about, "words"])
    }
    try say(["tag", run.path, "--epoch", "60", "--sample", "1", "mode-collapse"])
    answer = try run.run(["check", run.path])
    #expect(answer.code == 0 && answer.output.contains("evidence: 10 of 10 are there"))
    #expect(answer.output.contains("Gulrajani"))
    let json = try run.run(["check", run.path, "--json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["schema"] as? String == "keepoch.check/1")
    #expect(object["complete"] as? Bool == true)
  }

  @Test func theDiskPlanDeletesNothingAndItsScriptOnlyWhatItSays() throws {
    let run = try RunCopy("lab")
    let names = ["1", "10", "30", "60"].map { "ckpt_epoch_\($0).pt" }
    for name in names {
      try "state".write(toFile: "\(run.path)/\(name)", atomically: true, encoding: .utf8)
    }
    #expect(try run.run(["keep", run.path, "--epoch", "10", "--reviewer", "o'hara"]).code == 0)
    let reject = ["reject", run.path, "--epoch", "1", "--reviewer", "o'hara"]
    #expect(try run.run(reject).code == 0)
    let plan = try run.run(["disk", run.path])
    #expect(plan.code == 0 && plan.output.contains("could go  epoch 1 "))
    #expect(plan.output.contains("Nothing was deleted"))
    let script = try run.run(["disk", run.path, "--script"])
    #expect(names.allSatisfy { FileManager.default.fileExists(atPath: "\(run.path)/\($0)") })
    let path = run.path + "-plan.sh"
    try script.output.write(toFile: path, atomically: true, encoding: .utf8)
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = [path]
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 0)
    let left = names.filter { FileManager.default.fileExists(atPath: "\(run.path)/\($0)") }
    #expect(left == Array(names.dropFirst()))
  }

  private func sh(_ path: String) throws -> Int32 {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = [path]
    shell.currentDirectoryURL = URL(fileURLWithPath: "/")
    try shell.run()
    shell.waitUntilExit()
    return shell.terminationStatus
  }

  @Test func whatALinkLeadsToIsKept() throws {
    let run = try RunCopy("gan")
    let folder = "\(run.path)/ckpt"
    let files = FileManager.default
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for epoch in ["001", "002", "005", "010", "060"] {
      try epoch.write(toFile: "\(folder)/m_epoch_\(epoch).pt", atomically: true, encoding: .utf8)
    }
    // Another model's, whose number is part of its name.
    for name in ["resnet10.pth", "resnet50.pth", "vgg_10.pth"] {
      try name.write(toFile: "\(run.path)/\(name)", atomically: true, encoding: .utf8)
    }
    try files.createSymbolicLink(
      atPath: "\(folder)/m_epoch_030.pt", withDestinationPath: "m_epoch_010.pt")
    try files.createSymbolicLink(
      atPath: "\(folder)/best.pt", withDestinationPath: "m_epoch_005.pt")
    try files.createSymbolicLink(
      atPath: "\(run.path)/last.ckpt", withDestinationPath: "ckpt/m_epoch_002.pt")
    let script = try run.run(["disk", run.path, "--script"]).output
    try script.write(toFile: run.path + ".sh", atomically: true, encoding: .utf8)
    #expect(try sh(run.path + ".sh") == 0)
    let left = try files.contentsOfDirectory(atPath: folder).sorted()
    #expect(
      left == [
        "best.pt", "m_epoch_002.pt", "m_epoch_005.pt", "m_epoch_010.pt", "m_epoch_030.pt",
        "m_epoch_060.pt",
      ])
    for name in ["resnet10.pth", "resnet50.pth", "vgg_10.pth"] {
      #expect(files.fileExists(atPath: "\(run.path)/\(name)"))
    }
    #expect(files.fileExists(atPath: "\(folder)/best.pt"))
  }

  @Test func presetsAreRulesThatCanBeTaken() throws {
    let run = try RunCopy("gan")
    for (preset, selected) in [
      ("quality-within-diversity", "30"), ("knee", "40"), ("best-rank", "30"),
    ] {
      let answer = try run.run(["rule", run.path, "--preset", preset])
      #expect(answer.code == 0 && answer.output.contains("selected:  epoch \(selected)\n"))
    }
    #expect(try run.run(["rule", run.path, "--preset", "best-rated"]).code == 1)
    let take = ["rule", run.path, "--preset", "knee", "--take", "--reviewer", "ann"]
    #expect(try run.run(take).code == 0)
    let table = try run.run(["table", run.path, "--reviewer", "ann"])
    #expect(table.output.hasSuffix("selected_epoch: 40\n"))
    #expect(try run.run(["rule", run.path, "--take"]).code == 64)
    let none = try RunCopy("vae")
    let knee = try none.run(["rule", none.path, "--preset", "knee"])
    #expect(knee.code == 2 && knee.errors.contains("has no knee"))
  }
}

extension ProofTests {
  @Test func verifyKnowsOfChoicesOfReviewers() throws {
    let run = try RunCopy("gan")
    let report = run.path + "/review/report.json"
    func say(_ words: [String]) throws {
      #expect(try run.run(words + ["--reviewer", "ann"]).code == 0)
    }
    try say(["select", run.path, "--epoch", "25", "--reason", "softer"])
    try say(["report", run.path, "--format", "json"])
    let same = try run.run(["verify", report])
    #expect(same.code == 0 && same.output.hasPrefix("same choice: epoch 25\n"))
    #expect(same.output.contains("the choice of ann; the rule's own selection is epoch 30"))
    try say(["select", run.path, "--epoch", "40", "--reason", "sharper"])
    let moved = try run.run(["verify", report])
    #expect(moved.code == 1)
    #expect(moved.output.hasPrefix("another choice: epoch 40, where the report has epoch 25\n"))
    #expect(moved.output.contains("ann chose epoch 40, not epoch 25"))
    // The rule's own selection may move beneath a choice that stands.
    try say(["select", run.path, "--epoch", "25", "--reason", "softer"])
    try edit(run, "30,0.7117", "30,0.7000")
    let beneath = try run.run(["verify", report])
    #expect(beneath.code == 1)
    #expect(
      beneath.output.hasPrefix(
        "another choice of the rule: epoch 25, where the report has epoch 30\n"))
    try edit(run, "30,0.7000", "30,0.7117")
    try say(["rule", run.path, "--set", "select: max quality"])
    let ruled = try run.run(["verify", report], environment: ["USER": "ann"])
    #expect(ruled.code == 0 && ruled.output.contains("the rule of the run is another now"))
    try say(["select", run.path, "--off"])
    let off = try run.run(["verify", report])
    #expect(off.code == 1 && off.output.contains("ann took back the choice of epoch 25"))
    // Without the journals nobody can have withdrawn anything.
    try FileManager.default.removeItem(atPath: run.path + "/review/ann.jsonl")
    let alone = try run.run(["verify", report])
    #expect(alone.code == 0 && alone.output.hasPrefix("same choice: epoch 25\n"))
    #expect(alone.output.contains("no journal lies beside the data"))
    try edit(run, "25,0.7045,0.7120", "26,0.7045,0.7120")
    try FileManager.default.removeItem(
      atPath: run.path + "/samples/fake_samples_epoch_025.png")
    let gone = try run.run(["verify", report])
    #expect(gone.code == 1 && gone.output.contains("epoch 25, which ann chose, is gone"))
  }

  @Test(arguments: [
    ("\"kept\": 30", "\"kept\": 40", 2, "names nobody who chose it"),
    ("\"selected\": 30", "\"selected\": \"30\"", 2, "no selected"),
    ("\"quality\": 0.7117", "\"quality\": 0.99", 0, "the report's table says otherwise"),
    ("max quality where", "max  diversity where", 0, "rule or digest was changed"),
  ])
  func aReportThatWasChangedIsNotBelieved(
    _ old: String, _ new: String, _ code: Int32, _ words: String
  ) throws {
    let run = try RunCopy("gan")
    let path = run.path + "/review/report.json"
    #expect(try run.run(["report", run.path, "--format", "json"]).code == 0)
    let text = run.text("review/report.json")
    let place = try #require(text.range(of: old))
    try text.replacingCharacters(in: place, with: new)
      .write(toFile: path, atomically: true, encoding: .utf8)
    let answer = try run.run(["verify", path])
    #expect(answer.code == code, "\(answer.output)\(answer.errors)")
    #expect((answer.output + answer.errors).contains(words))
  }

  @Test func aRuleOfAHundredThousandTermsIsRefused() throws {
    let run = try RunCopy("gan")
    let path = run.path + "/review/report.json"
    #expect(try run.run(["report", run.path, "--format", "json"]).code == 0)
    let long = "max quality" + String(repeating: " + quality", count: 100_000) + " where"
    try run.text("review/report.json").replacingOccurrences(of: "max quality where", with: long)
      .write(toFile: path, atomically: true, encoding: .utf8)
    let answer = try run.run(["verify", path])
    #expect(answer.code == 2 && answer.errors.contains("at most 2000 words and signs"))
    #expect(answer.errors.utf8.count < 2000)
  }

  @Test func aTableThatWasExportedIntoTheRunIsNoData() throws {
    let run = try RunCopy("gan")
    let before = try run.run(["table", run.path, "--format", "csv"]).output
    for name in ["report.csv", "again.csv"] {
      #expect(
        try run.run(["report", run.path, "--format", "csv", "-o", run.path + "/" + name]).code == 0)
    }
    try before.write(toFile: run.path + "/table.csv", atomically: true, encoding: .utf8)
    let after = try run.run(["table", run.path, "--format", "csv"])
    #expect(after.output == before && !after.errors.contains("conflict"))
    #expect(run.text("report.csv") == run.text("again.csv"))
    #expect(try run.run(["inspect", run.path]).output.contains("written by Keepoch"))
  }

  @Test func aRuleThatIsTheSameIsUnchanged() throws {
    let run = try RunCopy("lab")
    let set = ["--reviewer", "ann", "--set"]
    #expect(try run.run(["rule", run.path] + set + ["select: max (quality)"]).code == 0)
    let printed = try run.run(["rule", run.path, "--reviewer", "ann"]).output
    let text = printed.components(separatedBy: "\nfrom:")[0]
    #expect(try run.run(["rule", run.path] + set + [text]).output == "unchanged\n")
    #expect(run.text("review/ann.jsonl").split(separator: "\n").count == 1)
  }
}
