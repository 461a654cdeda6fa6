import Foundation
import Testing

/// The built program without a terminal.
@Suite struct SubcommandTests {
  @Test func theTableByteForByte() throws {
    let run = try RunCopy("lab")
    let table = """
      generation_review
      epoch=001 quality=0.20 diversity=0.80 status=review
      epoch=010 quality=0.45 diversity=0.72 status=review
      epoch=030 quality=0.68 diversity=0.60 status=candidate
      epoch=060 quality=0.75 diversity=0.48 status=review

      """
    var answer = try run.run(["table", run.path])
    #expect(answer.output == table + "selected_epoch: 30\n" && answer.code == 0)
    #expect(answer.errors == "")
    let metrics = run.text("metrics.csv")
    try (metrics + "90,0.80,0.30,late\n").write(
      toFile: run.path + "/metrics.csv", atomically: true, encoding: .utf8)
    answer = try run.run(["table", run.path])
    #expect(
      answer.output == table
        + "epoch=090 quality=0.80 diversity=0.30 status=review\nselected_epoch: 30\n")
    try "epoch,quality,diversity\n1,0.9,0.1\n".write(
      toFile: run.path + "/metrics.csv", atomically: true, encoding: .utf8)
    answer = try run.run(["table", run.path])
    #expect(answer.output.hasSuffix("selected_epoch: none\n") && answer.code == 1)
  }

  @Test func everyActIsLoggedOnce() throws {
    let run = try RunCopy("gan")
    let by = ["--reviewer", "ann"]
    func act(_ words: [String]) throws -> [String] {
      let answer = try run.run(words + by)
      #expect(answer.code == 0, "\(words): \(answer.errors)")
      return answer.output.trimmingCharacters(in: .newlines).split(separator: "\t").map(String.init)
    }
    let tag = ["tag", run.path, "--epoch", "60", "--sample", "3", "blurry"]
    #expect(try act(tag).dropFirst(2) == ["ann", "tag", "epoch=60", "sample=3", "blurry"])
    #expect(try act(tag) == ["unchanged"])
    #expect(try act(["undo", run.path]).suffix(4) == ["undo", "-", "-", "1"])
    #expect(try act(["redo", run.path]).suffix(4) == ["undo", "-", "-", "2"])
    #expect(try act(["redo", run.path]) == ["unchanged"])
    #expect(try act(["keep", run.path, "--epoch", "30"]).suffix(3) == ["epoch=30", "-", "keep"])
    #expect(try act(["keep", run.path, "--epoch", "30"]) == ["unchanged"])
    #expect(try act(["undecided", run.path, "--epoch", "30"]).last == "undecided")
    #expect(try act(["rate", run.path, "--epoch", "30", "4"]).last == "4")
    #expect(try act(["rate", run.path, "--epoch", "30", "0"]).last == "0")
    _ = try act(["note", run.path, "--about", "trust", "not\nmuch"])
    _ = try act(["select", run.path, "--epoch", "25", "--reason", "softer"])
    let table = try run.run(["table", run.path] + by)
    #expect(table.output.hasSuffix("selected_epoch: 30\noverride_epoch: 25\n"))
    #expect(try act(["select", run.path, "--off"]).last == "off")
    let log = try run.run(["log", run.path])
    #expect(log.output.split(separator: "\n").count == 10)
    #expect(log.output.contains("trust: not\\nmuch"))
    let json = try run.run(["log", run.path, "--json"])
    #expect(json.output == run.text("review/ann.jsonl"))
  }

  @Test func whatCannotBeDoneIsSaid() throws {
    let run = try RunCopy("gan")
    let cases: [([String], Int32, String)] = [
      (["table", run.path + "/nowhere"], 2, "no such file or folder"),
      (["keep", run.path, "--epoch", "33"], 2, "30 and 40"),
      (["tag", run.path, "--epoch", "30", "--sample", "64", "blurry"], 2, "samples 0 to 63"),
      (["tag", run.path, "--epoch", "30", "fuzzy"], 2, "mode-collapse"),
      (["tag", run.path, "blurry"], 2, "no checkpoint was named"),
      (["rule", run.path, "--set", "select: max qualty"], 2, "column 13"),
      (["rule", run.path, "--set", "select: max quality where"], 2, "column 26"),
      (["show", run.path, "--epoch", "31"], 2, "30 and 40"),
      (["select", run.path, "--epoch", "30"], 64, "--reason"),
      (["tag", run.path, "--sample", "3", "blurry"], 64, "--sample needs"),
      (["keep", run.path, "--epoch", "30", "--sample", "3"], 64, "--sample"),
      (["table", run.path, "--format", "xml"], 64, "xml"),
      (["keep", run.path, "--epoch", "30", "--read-only"], 2, "--read-only"),
      ([run.path], 2, "not a terminal"),
    ]
    for (words, code, part) in cases {
      let answer = try run.run(words)
      #expect(answer.code == code, "\(words): \(answer)")
      #expect(answer.errors.contains(part), "\(words): \(answer.errors)")
      #expect(answer.output.isEmpty)
    }
  }

  @Test func foldersThatHoldNothing() throws {
    let run = try RunCopy("lab")
    let empty = run.path + "/empty"
    try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
    #expect(try run.run(["table", empty]).errors.contains("the folder is empty"))
    for number in 1...3 {
      try "broken".write(toFile: "\(empty)/epoch_\(number).png", atomically: true, encoding: .utf8)
    }
    let broken = try run.run(["inspect", empty])
    #expect(broken.code == 2 && broken.errors.contains("none of its 3 pictures can be decoded"))
  }

  /// Each file counts with what it holds, whatever the first one holds.
  @Test func checkpointsMayHaveMoreOrFewerSamples() throws {
    let run = try RunCopy("lab")
    for (epoch, count) in [("001", 16), ("010", 64)] {
      let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (\(count), 28, 28), }"
      let padded = header + String(repeating: " ", count: 117 - header.count) + "\n"
      var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
      bytes += (0..<count * 784).map { UInt8(truncatingIfNeeded: $0 / 9) }
      try Data(bytes).write(to: URL(fileURLWithPath: run.path + "/samples_epoch_\(epoch).npy"))
    }
    let tag = try run.run(["tag", run.path, "--epoch", "10", "--sample", "50", "blurry"])
    #expect(tag.code == 0, "\(tag.errors)")
    let report = try run.run(["report", run.path, "-o", "-"])
    #expect(report.output.contains("### epoch 10, sample 50: blurry"))
    #expect(report.output.contains("Samples looked at: 0 of 80"))
    let rule = "select: max epoch where share(blurry) == 1 / 64"
    #expect(try run.run(["rule", run.path, "--set", rule]).code == 0)
    let table = try run.run(["table", run.path])
    #expect(table.output.hasSuffix("selected_epoch: 10\n"), "\(table.output)")
  }

  @Test func showPrintsCellsAndNothingElse() throws {
    let run = try RunCopy("gan")
    let one = try run.run(["show", run.path, "--epoch", "30", "--sample", "4", "--cells", "20x10"])
    let lines = one.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(one.code == 0 && lines.count == 11 && lines.last == "")
    #expect(lines.dropLast().allSatisfy { $0.count == 20 })
    #expect(one.output.utf8.allSatisfy { $0 < 0x7F })
    let all = try run.run([
      "show", run.path, "--epoch", "30", "--cells", "6x3", "--quality", "instant",
    ])
    let rows = all.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(rows.count == 8 * 3 + 7)
    #expect(rows.filter { $0.count == 8 * 7 - 1 }.count == 24)
    for glyphs in ["half", "quadrant", "sextant", "octant", "braille", "best"] {
      for color in ["none", "16", "256", "full"] {
        let text = try run.run([
          "show", run.path, "--epoch", "30", "--sample", "0", "--cells", "10x5", "--glyphs", glyphs,
          "--color", color,
        ])
        #expect(text.code == 0 && text.output.split(separator: "\n").count == 5)
        #expect(text.output.contains("\u{1B}[") == (color != "none"))
      }
    }
    let picture = run.path + "/real_samples.png"
    let whole = try run.run(["show", picture, "--cells", "40x20"])
    #expect(whole.code == 0 && whole.output.split(separator: "\n").count == 20)
  }

  @Test func aSampleThatCannotBeReadIsNone() throws {
    let run = try RunCopy("lab")
    let real = try RunCopy("gan")
    let picture = try Data(contentsOf: URL(fileURLWithPath: real.path + "/real_samples.png"))
    for epoch in [1, 10, 30, 60] {
      let folder = run.path + "/samples/epoch_\(epoch)"
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      for sample in 0..<3 {
        let isBroken = epoch == 30 && sample == 1
        try (isBroken ? picture.prefix(400) : picture).write(
          to: URL(fileURLWithPath: folder + "/sample_\(sample).png"))
      }
    }
    func show(_ arguments: String...) throws -> (code: Int32, output: String, errors: String) {
      try run.run(["show", run.path, "--epoch", "30", "--cells", "16x5"] + arguments)
    }
    let good = try show("--sample", "0")
    #expect(good.code == 0)
    let broken = try show("--sample", "1")
    #expect(broken.code == 2 && broken.output.isEmpty)
    #expect(broken.errors.contains("sample 1: cannot be read"))
    let all = try show()
    #expect(all.code == 0 && all.output.contains("cannot be read:"))
    #expect(all.errors.contains("sample_1.png"))
    // The mean of alike samples is each of them, without the one that is none.
    let mean = try show("--mean")
    #expect(mean.output == good.output)
    #expect(mean.errors.contains("of 2 of 3 samples"))
    let other = try show("--difference", "10")
    #expect(other.code == 0 && other.errors.contains("sample 1: cannot be read"))
    #expect(
      try show("--sample", "2", "--difference", "10").output.allSatisfy { ".\n".contains($0) })
    let inspected = try run.run(["inspect", run.path, "--json"])
    #expect(inspected.output.contains("samples/epoch_30/sample_1.png"))
    let report = try run.run(["report", run.path, "-o", "-"])
    #expect(report.output.contains("1 unreadable"))
    #expect(report.output.contains("sample_1.png"))
    let told = try run.run(["inspect", run.path])
    #expect(told.output.contains("epoch 030  3 samples of 242x242, 1 cannot be read"))
  }

  @Test func showTellsDifferencesMeansAndDeviations() throws {
    let run = try RunCopy("gan")
    func show(_ arguments: String...) throws -> (code: Int32, output: String, errors: String) {
      let end = try run.run(["show", run.path, "--cells", "10x5"] + arguments)
      return (end.code, end.output, end.errors)
    }
    let alike = try show("--epoch", "30", "--sample", "2", "--difference", "30")
    #expect(alike.code == 0)
    #expect(alike.output == String(repeating: "..........\n", count: 5))
    let changed = try show("--epoch", "60", "--sample", "2", "--difference", "30")
    #expect(changed.output.contains { "+*#@".contains($0) })
    #expect(changed.output.contains { "-=oO".contains($0) })
    #expect(changed.output.allSatisfy { ".+*#@-=oO\n".contains($0) })
    let gray = try show(
      "--epoch", "30", "--sample", "2", "--difference", "30", "--glyphs", "half", "--color", "full",
      "--background", "gray")
    #expect(gray.output.contains("48;2;128;128;128"))
    let mean = try show("--epoch", "30", "--mean")
    let deviation = try show("--epoch", "30", "--deviation")
    #expect(mean.code == 0 && deviation.code == 0 && mean.output != deviation.output)
    #expect(mean.output.split(separator: "\n").count == 5)
    for wrong in [
      ["--epoch", "30", "--mean", "--deviation"], ["--epoch", "30", "--mean", "--sample", "1"],
      ["--epoch", "30", "--gamma", "0"], ["--epoch", "30", "--contrast", "nan"],
      ["--epoch", "30", "--texture", "rough"],
    ] {
      #expect(try run.run(["show", run.path] + wrong).code == 64)
    }
    let nowhere = try show("--epoch", "30", "--difference", "31")
    #expect(nowhere.code == 2 && nowhere.errors.contains("31"))
    let font = try show("--epoch", "30", "--font", "comic")
    #expect(font.code == 2 && font.errors.contains("no such font: comic"))
  }

  @Test(arguments: ["gan", "vae", "diffusion"])
  func inspectTellsWhatAnotherReaderDecodes(_ name: String) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Digests/sample-runs.json")
    let all = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let expected = try #require(all?[name] as? [String: [String: Any]])
    let run = try RunCopy(name)
    let answer = try run.run(["inspect", run.path, "--json"])
    let top = try #require(
      try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
    #expect(top["schema"] as? String == "keepoch.inspect/1")
    let first = try #require((top["runs"] as? [[String: Any]])?.first)
    #expect(first["axis"] as? String == "epoch" && first["family"] as? String == name)
    let checkpoints = try #require(first["checkpoints"] as? [[String: Any]])
    #expect(checkpoints.count == expected.count)
    for checkpoint in checkpoints {
      let epoch = try #require(checkpoint["epoch"] as? Int)
      let samples = try #require(checkpoint["samples"] as? [String: Any])
      let theirs = try #require(expected["\(epoch)"])
      #expect(samples["count"] as? Int == 64 && samples["width"] as? Int == 28)
      #expect(samples["sha256"] as? [String] == theirs["sha256"] as? [String])
      #expect(samples["sha256All"] as? String == theirs["sha256All"] as? String)
    }
    #expect((first["series"] as? [[String: Any]])?.isEmpty == false)
  }

  @Test func aReportTwiceIsTheSame() throws {
    let run = try RunCopy("gan")
    _ = try run.run([
      "tag", run.path, "--epoch", "60", "--sample", "3", "mode-collapse", "--reviewer", "ann",
    ])
    let first = try run.run(["report", run.path])
    #expect(first.output == run.path + "/review/report.md\n")
    let report = run.text("review/report.md")
    let picture = FileManager.default.contents(
      atPath: run.path + "/review/report-files/same-seeds.png")
    _ = try run.run(["report", run.path])
    #expect(run.text("review/report.md") == report)
    #expect(
      FileManager.default.contents(atPath: run.path + "/review/report-files/same-seeds.png")
        == picture && picture != nil)
    #expect(report.contains("keepoch table ..\n"))
    // A tag taken off takes its picture along.
    let failure = run.path + "/review/report-files/failure-epoch-060-sample-3.png"
    #expect(FileManager.default.fileExists(atPath: failure))
    _ = try run.run(["undo", run.path, "--reviewer", "ann"])
    _ = try run.run(["report", run.path])
    #expect(!FileManager.default.fileExists(atPath: failure))
    // A file of somebody else stays.
    try "mine".write(toFile: run.path + "/mine.md", atomically: true, encoding: .utf8)
    #expect(try run.run(["report", run.path, "-o", run.path + "/mine.md"]).code == 2)
    #expect(run.text("mine.md") == "mine")
    let printed = try run.run(["report", run.path, "-o", "-", "--read-only"])
    #expect(printed.output.hasPrefix("# Review note"))
  }

  @Test func theReportTellsEveryReviewedCheckpoint() throws {
    let run = try RunCopy("gan")
    for (name, words) in [
      ("bob", ["keep", run.path, "--epoch", "5"]),
      ("ann", ["tag", run.path, "--epoch", "2", "noise"]),
      ("bob", ["select", run.path, "--epoch", "25", "--reason", "softer"]),
      ("ann", ["select", run.path, "--epoch", "20", "--reason", "wider"]),
    ] {
      #expect(try run.run(words + ["--reviewer", name]).code == 0)
    }
    let report = try run.run(["report", run.path, "-o", "-"]).output
    #expect(report.contains("| 005 | 0.56 | 0.34 | review | bob: keep |"))
    #expect(report.contains("1 noise"))
    #expect(report.contains("**Keep epoch 25 of gan-digits**, chosen by bob: softer"))
    #expect(report.contains("Reviewers chose differently: ann epoch 20, bob epoch 25."))
    #expect(try run.run(["report", run.path, "-o", "-", "--reviewer", "ann"]).output == report)
    #expect(
      try run.run(["table", run.path, "--reviewer", "eve"]).output.hasSuffix("override_epoch: 25\n")
    )
  }

  @Test func twoReportsInOneFolderKeepTheirPictures() throws {
    let gan = try RunCopy("gan")
    let vae = try RunCopy("vae")
    for (name, run) in [("gan", gan), ("vae", vae), ("gan", gan)] {
      #expect(try gan.run(["report", run.path, "-o", gan.path + "/\(name).md"]).code == 0)
    }
    let pictures = try FileManager.default.contentsOfDirectory(atPath: gan.path + "/report-files")
    #expect(
      pictures.filter { $0.hasSuffix(".png") }.sorted() == [
        "gan-average-epoch-030.png", "gan-same-seeds.png", "vae-average-epoch-050.png",
        "vae-same-seeds.png",
      ])
    #expect(gan.text("gan.md").contains("(report-files/gan-same-seeds.png)"))
    try "mine".write(
      toFile: gan.path + "/report-files/gan-same-seeds.png", atomically: true, encoding: .utf8)
    #expect(try gan.run(["report", gan.path, "-o", gan.path + "/gan.md"]).code == 2)
    #expect(gan.text("report-files/gan-same-seeds.png") == "mine")
    #expect(try gan.run(["report", gan.path, "-o", "/dev/null"]).code == 2)
  }

  @Test func aFullDiskIsAnError() throws {
    let run = try RunCopy("lab")
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "\"$0\" table \"$1\" > /dev/full", PtySession.program, run.path]
    shell.standardError = FileHandle.nullDevice
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 2)
  }

  @Test func aRuleOfTheReviewerOverrulesTheFile() throws {
    let run = try RunCopy("lab")
    _ = try run.run([
      "rule", run.path, "--set", "select: max diversity; tie: latest", "--reviewer", "ann",
    ])
    #expect(try run.run(["table", run.path, "--reviewer", "ann"]).output.hasSuffix("epoch: 1\n"))
    #expect(try run.run(["table", run.path, "--reviewer", "bob"]).output.hasSuffix("epoch: 30\n"))
    let sweep = try run.run(["rule", run.path, "--sweep", "--explain", "60", "--reviewer", "bob"])
    #expect(sweep.output.contains("(0.48, 0.6]"))
    let json = try run.run(["rule", run.path, "--sweep", "--explain", "60", "--json"])
    #expect(
      (try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])?["schema"]
        as? String == "keepoch.rule/1")
    _ = try run.run(["rule", run.path, "--set", "", "--reviewer", "ann"])
    #expect(try run.run(["table", run.path, "--reviewer", "ann"]).output.hasSuffix("epoch: 30\n"))
  }

  @Test func helpAndVersionExistForAll() throws {
    let run = try RunCopy("lab")
    let names = [
      "table", "inspect", "show", "tag", "note", "keep", "reject", "undecided", "rate", "select",
      "undo",
      "redo", "log", "rule", "report", "review",
    ]
    for name in names {
      let help = try run.run([name, "--help"])
      #expect(help.code == 0 && help.output.contains("USAGE: keepoch \(name)"))
    }
    #expect(try run.run(["--version"]).output.hasPrefix("keepoch "))
  }

  @Test func aRunOfOneFile() throws {
    let run = try RunCopy("lab")
    let file = run.path + "/metrics.csv"
    #expect(try run.run(["keep", file, "--epoch", "30", "--reviewer", "ann"]).code == 0)
    #expect(run.text("metrics.csv.review/ann.jsonl").contains("keep"))
    let report = try run.run(["report", file])
    #expect(report.output == file + ".review/report.md\n")
    #expect(run.text("metrics.csv.review/report.md").contains("keepoch table ../metrics.csv"))
  }
}
