import Foundation
import Testing

/// Two people on two machines, and a third who rules: one repository, no conflict.
@Suite struct TwoReviewersTests {
  /// Clones of a run under git, beside it.
  private struct Clones {
    let run: RunCopy
    let folder: String

    init() throws {
      run = try RunCopy("lab")
      folder = URL(fileURLWithPath: run.path).deletingLastPathComponent().path
      try git(["init", "-q", "-b", "main"], in: run.path)
      try git(["add", "."], in: run.path)
      try git(["commit", "-q", "-m", "a run"], in: run.path)
    }

    /// - Returns: its path.
    func clone(_ name: String) throws -> String {
      try git(["clone", "-q", run.path, "\(folder)/\(name)"], in: folder)
      return "\(folder)/\(name)"
    }

    func commit(_ path: String) throws {
      try git(["add", "review"], in: path)
      try git(["commit", "-q", "-m", "a review"], in: path)
    }

    /// Merges without asking anybody; a conflict fails.
    func merge(_ other: String, into path: String) throws {
      try git(["pull", "-q", "--no-rebase", "--no-edit", other, "main"], in: path)
    }

    @discardableResult
    func git(_ arguments: [String], in path: String) throws -> String {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/git")
      process.arguments =
        ["-C", path, "-c", "user.name=tester", "-c", "user.email=tester@example.org"] + arguments
      process.environment = [
        "PATH": "/usr/bin:/bin", "HOME": folder, "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1", "LANG": "C.UTF-8",
      ]
      let output = Pipe()
      process.standardOutput = output
      process.standardError = output
      process.standardInput = FileHandle.nullDevice
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      try #require(process.terminationStatus == 0, "git \(arguments): \(text)")
      return text
    }

    /// Acts of one reviewer, each of which must be written.
    func review(_ path: String, as name: String, _ acts: [[String]]) throws {
      for act in acts {
        let answer = try run.run([act[0], path] + act.dropFirst() + ["--reviewer", name])
        #expect(answer.code == 0 && answer.output != "unchanged\n", "\(act): \(answer.errors)")
      }
    }
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// What two people say of the same run, and where they differ.
  private func reviewed(_ clones: Clones) throws -> (ann: String, bob: String) {
    let (ann, bob) = (try clones.clone("ann"), try clones.clone("bob"))
    try clones.review(
      ann, as: "ann",
      [
        ["keep", "--epoch", "30"], ["keep", "--epoch", "60"], ["reject", "--epoch", "1"],
        ["rate", "--epoch", "60", "5"], ["tag", "--epoch", "10", "blurry"],
        ["note", "--about", "quality", "crisp strokes"],
      ])
    try clones.review(
      bob, as: "bob",
      [
        ["keep", "--epoch", "30"], ["reject", "--epoch", "60"], ["reject", "--epoch", "1"],
        ["rate", "--epoch", "60", "2"], ["tag", "--epoch", "10", "noise"],
        ["note", "--about", "quality", "holes in the eights"],
      ])
    try clones.commit(ann)
    try clones.commit(bob)
    return (ann, bob)
  }

  @Test func twoBranchesMergeIntoOneReportWithBoth() throws {
    let clones = try Clones()
    let (ann, bob) = try reviewed(clones)
    try clones.merge(ann, into: clones.run.path)
    try clones.merge(bob, into: clones.run.path)
    #expect(try clones.git(["status", "--porcelain"], in: clones.run.path) == "")

    let answer = try clones.run.run(
      ["report", clones.run.path, "--format", "json", "-o", "-", "--reviewer", "carol"])
    #expect(answer.code == 0, "\(answer.errors)")
    let report = try object(answer.output)
    #expect(report["reviewers"] as? [String] == ["ann", "bob"])
    let agreement = try #require(report["agreement"] as? [String: Any])
    let matters = try #require(agreement["matters"] as? [[String: Any]])
    #expect(matters.map { $0["matter"] as? String } == ["verdict", "rating", "tag", "tag"])
    #expect(matters.map { $0["items"] as? Int } == [3, 1, 4, 4])
    let observed = try #require(matters[0]["observed"] as? [String: Any])
    #expect(abs((observed["value"] as? Double ?? 0) - 2.0 / 3) < 1e-12)
    let cohen = try #require(matters[0]["cohen"] as? [[String: Any]])
    // Two of three alike, where chance brings 4 of 9.
    #expect(abs((cohen[0]["value"] as? Double ?? 0) - 0.4) < 1e-12)
    let disagreements = try #require(agreement["disagreements"] as? [[String: Any]])
    #expect(disagreements.map { $0["epoch"] as? Double } == [10, 10, 60, 60])
    #expect(
      disagreements.map { $0["said"] as? [String: String] } == [
        ["ann": "on", "bob": "off"], ["ann": "off", "bob": "on"],
        ["ann": "keep", "bob": "reject"], ["ann": "5", "bob": "2"],
      ])
    #expect(disagreements.allSatisfy { $0["ruling"] is NSNull })

    let note = try clones.run.run(
      ["report", clones.run.path, "-o", "-", "--reviewer", "carol"]
    ).output
    for words in [
      "2 reviewers: ann, bob.", "4 disagreements", "epoch 60, verdict: ann keep, bob reject",
      "epoch 10, tag noise: ann off, bob on", "crisp strokes", "holes in the eights",
    ] {
      #expect(note.contains(words), "\(words)")
    }
  }

  @Test func whoMergesWhomMakesNoDifference() throws {
    let clones = try Clones()
    let (ann, bob) = try reviewed(clones)
    try clones.merge(ann, into: bob)
    try clones.merge(bob, into: ann)
    let answers = try [ann, bob].map { try clones.run.run(["agree", $0, "--json"]) }
    #expect(answers[0].output == answers[1].output && answers[0].code == 0)
    #expect(try object(answers[0].output)["schema"] as? String == "keepoch.agree/1")
  }

  @Test func aRulingOfAThirdMergesTooAndCounts() throws {
    let clones = try Clones()
    let (ann, bob) = try reviewed(clones)
    try clones.merge(ann, into: clones.run.path)
    try clones.merge(bob, into: clones.run.path)
    let carol = try clones.clone("carol")
    let rule = ["--set", "select: max quality where kept"]
    #expect(try clones.run.run(["rule", carol] + rule + ["--reviewer", "dan"]).code == 0)
    #expect(
      try clones.run.run(["table", carol, "--reviewer", "dan"]).output
        .hasSuffix("selected_epoch: 60\n"))
    try clones.review(
      carol, as: "carol",
      [
        ["adjudicate", "--epoch", "60", "--verdict", "reject", "--reason", "modes are lost"],
        ["adjudicate", "--epoch", "10", "--tag", "noise", "off"],
      ])
    // Meanwhile somebody else goes on.
    try clones.review(ann, as: "ann", [["rate", "--epoch", "30", "4"]])
    try clones.commit(ann)
    try clones.commit(carol)
    try clones.merge(ann, into: clones.run.path)
    try clones.merge(carol, into: clones.run.path)
    let text = try clones.run.run(["agree", clones.run.path]).output
    #expect(text.contains("4 disagreements, 2 of them ruled"))
    #expect(
      text.contains(
        "epoch=60 verdict: ann keep, bob reject [reject counts, carol: modes are lost]"))
    #expect(text.contains("epoch=10 tag noise: ann off, bob on [off counts, carol]"))
    // The rule goes by what was ruled; journals keep what was said.
    let table = try clones.run.run(["table", clones.run.path, "--reviewer", "dan"]).output
    #expect(table.hasSuffix("selected_epoch: 30\n"))
    let log = try clones.run.run(["log", clones.run.path]).output
    #expect(
      log.contains("ann\tverdict\tepoch=60") && log.contains("verdict: reject, modes are lost"))
    let note = try clones.run.run(["report", clones.run.path, "-o", "-"]).output
    #expect(note.contains("epoch 60, verdict: reject, ruled by carol: modes are lost"))
  }

  @Test func oneReviewerIsToldHowThereAreTwo() throws {
    let run = try RunCopy("lab")
    var answer = try run.run(["agree", run.path])
    #expect(answer.code == 1 && answer.output.contains("nobody has looked at this"))
    _ = try run.run(["keep", run.path, "--epoch", "30", "--reviewer", "ann"])
    answer = try run.run(["agree", run.path])
    #expect(answer.code == 1 && answer.output.contains("one reviewer, ann, has looked at this"))
    #expect(answer.output.contains("--reviewer NAME"))
    answer = try run.run(["agree", run.path, "--json"])
    #expect(try object(answer.output)["reviewers"] as? [String] == ["ann"] && answer.code == 1)
    // Nothing in a report of one reviewer speaks of several.
    let report = try run.run(["report", run.path, "--format", "json", "-o", "-"]).output
    #expect(try object(report)["agreement"] == nil)
  }

  @Test func rulingsAreActsThatChangeSomethingOrSayUnchanged() throws {
    let run = try RunCopy("lab")
    let act = ["adjudicate", run.path, "--epoch", "30", "--verdict", "keep"]
    func output(_ words: [String], by name: String) throws -> String {
      try run.run(words + ["--reviewer", name]).output
    }
    #expect(try output(act, by: "ann").hasSuffix("\tann\tadjudicate\tepoch=30\t-\tverdict: keep\n"))
    #expect(try output(act, by: "bob") == "unchanged\n")
    let off = ["adjudicate", run.path, "--epoch", "30", "--off", "verdict"]
    #expect(try output(off, by: "bob").hasSuffix("verdict: taken back\n"))
    #expect(try output(off, by: "ann") == "unchanged\n")
    // What another took back may be ruled again.
    #expect(try output(act, by: "ann").hasSuffix("verdict: keep\n"))
    #expect(try output(["undo", run.path], by: "ann").contains("undo"))
    for (words, code) in [
      (["--epoch", "30", "--rating", "6"], 64), (["--epoch", "30", "--tag", "blurry"], 64),
      (["--epoch", "30"], 64), (["--epoch", "30", "--tag", "nonsense", "on"], 2),
      (["--verdict", "keep"], 2), (["--epoch", "31", "--verdict", "keep"], 2),
      (["--epoch", "30", "--sample", "1", "--verdict", "keep"], 64),
    ] {
      let answer = try run.run(["adjudicate", run.path] + words + ["--reviewer", "ann"])
      #expect(answer.code == code, "\(words): \(answer.errors)")
    }
  }
}
