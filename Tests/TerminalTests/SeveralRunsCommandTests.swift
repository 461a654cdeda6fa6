import Foundation
import Testing

/// Runs that are compared and settings that are named, without a terminal.
@Suite struct SeveralRunsCommandTests {
  /// Copies of sample runs in one folder that goes away with the first.
  private func copies(_ names: [String]) throws -> (first: RunCopy, paths: [String]) {
    let first = try RunCopy(names[0])
    let folder = URL(fileURLWithPath: first.path).deletingLastPathComponent()
    for name in names.dropFirst() {
      let copy = folder.appendingPathComponent(name)
      try FileManager.default.copyItem(
        at: RunCopy.project.appendingPathComponent("sample-runs/\(name)"), to: copy)
      try? FileManager.default.removeItem(atPath: copy.path + "/review")
    }
    return (first, names.map { folder.appendingPathComponent($0).path })
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func theTableOfSeveral() throws {
    let (run, paths) = try copies(["vae", "gan"])
    let table = try run.run(["table"] + paths)
    let lines = table.output.split(separator: "\n").map(String.init)
    #expect(table.code == 0 && table.errors == "")
    #expect(lines[0] == "generation_review" && lines.count == 24)
    #expect(lines[1].hasPrefix("run=vae-digits epoch=001 quality="))
    #expect(lines[11].hasPrefix("run=gan-digits epoch=001 quality="))
    #expect(lines.suffix(2) == ["selected_epoch: 30", "selected_run: gan-digits"])
    let csv = try run.run(["table", "--format", "csv"] + paths).output
    #expect(csv.hasPrefix("run,epoch,quality,diversity,") && csv.contains("gan-digits,30,"))
    let answer = try json(run.run(["table", "--format", "json"] + paths).output)
    #expect(answer["selected_run"] as? String == "gan-digits")
    let rows = try #require(answer["checkpoints"] as? [[String: Any]])
    #expect(Set(rows.compactMap { $0["run"] as? String }) == ["vae-digits", "gan-digits"])
    // One run that is named twice is that run.
    let twice = try run.run(["table", paths[1], paths[1] + "/"])
    #expect(twice.output == (try run.run(["table", paths[1]]).output))
    let broken = try run.run(["table", paths[0], paths[0] + "/nowhere"])
    #expect(broken.code == 2 && broken.errors.contains("no such file or folder"))
  }

  @Test func theRuleExplainsOneOfSeveral() throws {
    let (run, paths) = try copies(["vae", "gan"])
    let first = try run.run(["rule"] + paths + ["--explain", "30"])
    #expect(first.output.contains("\nvae-digits, epoch 30: review\n"), "\(first)")
    for name in ["gan-digits", "gan"] {
      let named = try run.run(["rule"] + paths + ["--explain", "30", "--of", name])
      #expect(named.output.contains("\ngan-digits, epoch 30: candidate\n"), "\(named)")
    }
    let wrong = try run.run(["rule"] + paths + ["--explain", "30", "--of", "cvae"])
    #expect(wrong.code == 2 && wrong.errors.contains("vae-digits, gan-digits"))
    let far = try run.run(["rule"] + paths + ["--explain", "33", "--of", "gan"])
    #expect(far.code == 2 && far.errors.contains("30 and 40"), "\(far.errors)")
    #expect(try run.run(["rule", paths[0], "--of", "gan"]).code == 64)
    let answer = try json(
      run.run(["rule"] + paths + ["--explain", "30", "--of", "gan", "--json"]).output)
    #expect(answer["selectedRun"] as? String == "gan-digits")
    #expect((answer["explain"] as? [String: Any])?["run"] as? String == "gan-digits")
  }

  @Test func aRuleOverAllIsTheComparisons() throws {
    let (run, paths) = try copies(["vae", "gan"])
    let by = ["--reviewer", "ann"]
    let set = try run.run(["rule"] + paths + ["--set", "select: max epoch"] + by)
    #expect(set.code == 0, "\(set.errors)")
    #expect(try run.run(["table"] + paths + by).output.contains("selected_epoch: 60"))
    #expect(try run.run(["table", paths[1]] + by).output.hasSuffix("selected_epoch: 30\n"))
    // The order in which they are named is none of its business.
    let turned = try run.run(["table", paths[1], paths[0]] + by)
    #expect(turned.output.contains("selected_epoch: 60"))
  }

  @Test func whatIsSaidOfARunCountsInTheComparison() throws {
    let (run, paths) = try copies(["vae", "gan"])
    let by = ["--reviewer", "ann"]
    for path in paths {
      #expect(try run.run(["keep", path, "--epoch", "10"] + by).code == 0)
      #expect(
        try run.run(["rate", path, "--epoch", "20", path == paths[0] ? "5" : "3"] + by).code == 0)
    }
    #expect(try run.run(["undo", paths[0]] + by).code == 0)
    #expect(try run.run(["redo", paths[0]] + by).code == 0)
    let rule = "select: max rating where not kept"
    let bob = ["--reviewer", "bob"]
    #expect(try run.run(["rule"] + paths + ["--set", rule] + bob).code == 0)
    let table = try run.run(["table"] + paths + bob)
    #expect(table.output.hasSuffix("selected_epoch: 20\nselected_run: vae-digits\n"), "\(table)")
  }

  @Test func runsOfTwoFoldersAreComparedBesideNeither() throws {
    let (vae, gan) = (try RunCopy("vae"), try RunCopy("gan"))
    let table = try vae.run(["table", vae.path, gan.path, "--read-only"])
    #expect(table.output.hasSuffix("selected_epoch: 30\nselected_run: gan-digits\n"))
    #expect(!FileManager.default.fileExists(atPath: vae.path + "-state"))
    let set = try vae.run(["rule", vae.path, gan.path, "--set", "select: max epoch"])
    #expect(set.code == 0, "\(set.errors)")
    let again = try vae.run(["table", gan.path, vae.path])
    #expect(again.output.contains("selected_epoch: 60"))
    for path in [vae.path, gan.path] {
      #expect(!FileManager.default.fileExists(atPath: path + "/review"))
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      #expect(!FileManager.default.fileExists(atPath: folder + "/review"))
    }
  }

  // MARK: Settings

  @Test func actsNameTheSetting() throws {
    let run = try RunCopy("digits-ar")
    let by = ["--reviewer", "ann"]
    func act(_ words: [String]) throws -> [String] {
      let answer = try run.run(words + by)
      #expect(answer.code == 0, "\(words): \(answer.errors)")
      return answer.output.trimmingCharacters(in: .newlines).split(separator: "\t").map(String.init)
    }
    let hot = ["--epoch", "25", "--setting", "temperature=0.60"]
    #expect(
      try act(["tag", run.path, "--sample", "3", "blurry"] + hot).suffix(4)
        == ["tag", "epoch=25 temperature=0.6", "sample=3", "blurry"])
    #expect(try act(["tag", run.path, "--sample", "3", "blurry"] + hot) == ["unchanged"])
    // The usual one may be named or not, and is the same.
    #expect(
      try act(["keep", run.path, "--epoch", "25", "--setting", "temperature=1"])[4] == "epoch=25")
    #expect(try act(["keep", run.path, "--epoch", "25"]) == ["unchanged"])
    _ = try act(["select", run.path, "--reason", "sharper"] + hot)
    let table = try run.run(["table", run.path] + by)
    #expect(
      table.output.hasSuffix(
        "selected_epoch: 25\nselected_setting: temperature=0.6\noverride_epoch: 25\n"
          + "override_setting: temperature=0.6\n"), "\(table.output.suffix(200))")
    #expect(try act(["select", run.path, "--off"]).last == "off")
    #expect(try act(["undo", run.path]).count > 3)
    for (words, part) in [
      (["--setting", "temperature=9"], "temperature=0.4, temperature=0.6"),
      (["--setting", "guidance=1"], "temperature=0.4"),
    ] {
      let wrong = try run.run(["keep", run.path, "--epoch", "25"] + words)
      #expect(wrong.code == 2 && wrong.errors.contains(part), "\(wrong.errors)")
    }
    #expect(try run.run(["keep", run.path, "--epoch", "25", "--setting", "hot"]).code == 64)
    let gan = try RunCopy("gan")
    let none = try gan.run(["keep", gan.path, "--epoch", "30", "--setting", "temperature=1"])
    #expect(none.code == 2 && none.errors.contains("one sampling setting"))
  }

  @Test func theRuleExplainsASetting() throws {
    let run = try RunCopy("digits-ar")
    let answer = try run.run([
      "rule", run.path, "--explain", "30", "--setting", "temperature=0.6",
    ])
    #expect(answer.output.contains("selected:  epoch 25 at temperature 0.6"))
    #expect(answer.output.contains("\nepoch 30 at temperature 0.6: candidate\n"))
    let parsed = try json(run.run(["rule", run.path, "--json"]).output)
    #expect(parsed["selected"] as? Double == 25)
    #expect(parsed["selectedSetting"] as? String == "temperature=0.6")
  }

  @Test func showShowsTheSamplesOfASetting() throws {
    let run = try RunCopy("digits-ar")
    func show(_ setting: [String]) throws -> String {
      let answer = try run.run(
        ["show", run.path, "--epoch", "25", "--sample", "1", "--quality", "instant"] + setting)
      #expect(answer.code == 0, "\(answer.errors)")
      return answer.output
    }
    let usual = try show([])
    #expect(usual == (try show(["--setting", "temperature=1"])))
    #expect(usual != (try show(["--setting", "temperature=0.4"])))
  }

  /// Several settings stand in `sampleSets`, the usual one also in `samples`.
  @Test func inspectTellsAllSampleSets() throws {
    let run = try RunCopy("digits-ar")
    let answer = try json(run.run(["inspect", run.path, "--json"]).output)
    let runs = try #require(answer["runs"] as? [[String: Any]])
    let checkpoints = try #require(runs[0]["checkpoints"] as? [[String: Any]])
    #expect(checkpoints.count == 10)
    for checkpoint in checkpoints {
      let sets = try #require(checkpoint["sampleSets"] as? [[String: Any]])
      #expect(
        sets.compactMap { $0["setting"] as? String }
          == ["0.4", "0.6", "0.8", "1", "1.3"].map { "temperature=\($0)" })
      #expect(sets.map { $0["usual"] as? Bool } == [false, false, false, true, false])
      let digests = sets.compactMap { ($0["samples"] as? [String: Any])?["sha256All"] as? String }
      #expect(Set(digests).count == 5)
      let samples = try #require(checkpoint["samples"] as? [String: Any])
      #expect(samples["sha256All"] as? String == digests[3])
      #expect(samples["count"] as? Int == 64)
      #expect((sets[0]["metrics"] as? [String: Any])?.keys.sorted() == ["diversity", "quality"])
      #expect(
        (checkpoint["metrics"] as? [String: Double]) == (sets[3]["metrics"] as? [String: Double]))
    }
    let text = try run.run(["inspect", run.path])
    #expect(text.output.contains("digits-ar: image-grids, 10 checkpoints by epoch"))
    #expect(text.output.contains("5 sampling settings: temperature 0.4; temperature 0.6"))
  }

  @Test func aReportOfARunWithSettingsIsVerified() throws {
    let run = try RunCopy("digits-ar")
    let path = run.path + "/review/report.json"
    #expect(try run.run(["report", run.path, "--format", "json"]).code == 0)
    let same = try run.run(["verify", path])
    #expect(same.code == 0, "\(same)")
    #expect(same.output.hasPrefix("same choice: epoch 25 at temperature 0.6\n"))
    #expect(same.output.contains("the data are those that the report read"))
    let parsed = try json(run.run(["verify", path, "--json"]).output)
    #expect(parsed["selectedSetting"] as? String == "temperature=0.6")
    // Another temperature of the same epoch is another choice.
    let metrics = run.text("metrics.csv").split(separator: "\n").map { line -> String in
      line.hasPrefix("25,0.8,") ? "25,0.8,0.99,0.95," : String(line)
    }
    try (metrics.joined(separator: "\n") + "\n").write(
      toFile: run.path + "/metrics.csv", atomically: true, encoding: .utf8)
    let other = try run.run(["verify", path])
    #expect(other.code == 1, "\(other)")
    #expect(other.output.contains("epoch 25 at temperature 0.8"))
    #expect(other.output.contains("the data differ"))
  }
}
