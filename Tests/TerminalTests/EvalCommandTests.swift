import Foundation
import Testing

/// Human evaluation without a terminal.
@Suite struct EvalCommandTests {
  private func output(_ run: RunCopy, _ words: [String], code: Int32 = 0) throws -> String {
    let answer = try run.run(["eval"] + words + ["--reviewer", "ann"])
    #expect(answer.code == code, "\(words): \(answer.errors)")
    return answer.output
  }

  @Test func aBlockFromItsListToItsResults() throws {
    let run = try RunCopy("gan")
    let begun = try output(run, ["begin", run.path, "pairwise", "12", "epochs=10,30", "seed=3"])
    #expect(begun.contains("\tann\tblock\t") && begun.contains("12 trials at most"))
    for number in 1...12 {
      let next = try output(run, ["next", run.path])
      #expect(next.hasPrefix("trial \(number) of 12\nWhich is better?\n\nleft\n"))
      for telling in ["epoch", "gan", "real", "seed"] { #expect(!next.contains(telling)) }
      let answer = number == 5 ? "tie" : number == 6 ? "skip" : "left"
      let said = try output(run, ["answer", run.path, answer, "--ms", "900"])
      #expect(said.contains("trial \(number): \(answer)"))
      if number == 3 {
        #expect(try output(run, ["back", run.path]).contains("trial 3: taken back"))
        #expect(try output(run, ["next", run.path]).hasPrefix("trial 3 of 12"))
        _ = try output(run, ["answer", run.path, "right"])
      }
      if number == 12 { #expect(said.contains("\tblock-end\t") && said.contains("complete")) }
    }
    _ = try output(run, ["next", run.path], code: 1)
    _ = try output(run, ["answer", run.path, "left"], code: 2)
    let results = try output(run, [run.path])
    #expect(results.hasPrefix("pairwise\n  n ") && results.contains("12 of 12 answered"))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(output(run, [run.path, "--json"]).utf8))
        as? [String: Any])
    #expect(object["schema"] as? String == "keepoch.eval/1")
    let groups = try #require(object["groups"] as? [[String: Any]])
    #expect(groups.count == 1 && groups[0]["column"] as? String == "human.strength")
    // What people said is a column, and the rule may name it.
    let table = try run.run(["table", run.path])
    #expect(table.output.contains("epoch=030") && table.output.contains("human.strength="))
    let rule = try run.run(["rule", run.path, "--set", "select: max human.strength"])
    #expect(rule.code == 0)
    let report = try run.run(["report", run.path, "-o", "-"])
    #expect(report.output.contains("Pairs: Which is better?"))
    #expect(report.output == (try run.run(["report", run.path, "-o", "-"])).output)
  }

  /// The list follows from the seed, and is on disk before anything is shown.
  @Test func theSameSeedGivesTheSameList() throws {
    func trials(_ seed: String) throws -> String {
      let run = try RunCopy("vae")
      _ = try output(run, ["begin", run.path, "2afc", "20", "seed=\(seed)"])
      let line = run.text("review/ann.jsonl").split(separator: "\n").first { $0.contains("trials") }
      return String(try #require(line?.split(separator: "\"trials\":").last))
    }
    #expect(try trials("7") == trials("7"))
    #expect(try trials("7") != trials("8"))
  }

  /// An answer to pictures that nobody could see is no answer; the trial can be skipped.
  @Test func whatCannotBeShownCannotBeAnswered() throws {
    let run = try RunCopy("vae")
    _ = try output(run, ["begin", run.path, "2afc", "20", "epochs=30,60"])
    try FileManager.default.removeItem(atPath: run.path + "/real_samples.png")
    for command in [["next", run.path], ["answer", run.path, "left"]] {
      let refused = try run.run(["eval"] + command + ["--reviewer", "ann"])
      #expect(refused.code == 2 && refused.errors.contains("cannot be read any more"))
      // Which of the two it is, only what was read at the opening may tell.
      let last = refused.errors.split(separator: "\n").last ?? ""
      #expect(last.contains("cannot show a trial") && !last.contains("real"))
    }
    #expect(try output(run, ["answer", run.path, "skip"]).contains("trial 1: skip"))
  }

  /// A block whose last line was lost is over all the same.
  @Test func aLostEndIsWrittenAgain() throws {
    let run = try RunCopy("gan")
    _ = try output(run, ["begin", run.path, "likert", "3", "checks=0", "repeats=0", "epochs=30"])
    for _ in 1...3 { _ = try output(run, ["answer", run.path, "4"]) }
    let path = run.path + "/review/ann.jsonl"
    let lines = run.text("review/ann.jsonl").split(separator: "\n")
    #expect(lines.last?.contains("block-end") == true)
    try (lines.dropLast().joined(separator: "\n") + "\n").write(
      toFile: path, atomically: true, encoding: .utf8)
    _ = try output(run, [run.path], code: 1)
    #expect(try output(run, ["next", run.path], code: 1).contains("complete"))
    #expect(try output(run, [run.path]).contains("levels 0 0 0 3 0"))
  }

  @Test(arguments: [
    (["begin", "RUN", "2afc", "10", "20"], Int32(64), "given twice"),
    (["begin", "RUN", "3afc"], 64, "2afc, likert, pairwise"),
    (["begin", "RUN", "2afc", "epochs=31"], 2, "there is no epoch 31"),
    (["begin", "RUN", "2afc", "9000"], 2, "too few"),
    (["begin", "RUN", "pairwise", "epochs=30"], 2, "two checkpoints or more"),
    (["answer", "RUN", "left"], 2, "no open block"),
    (["answer", "RUN", "maybe"], 64, "left, right"),
    (["back", "RUN"], 2, "no open block"), (["end", "RUN", "--block", "x"], 2, "no open block x"),
    (["begin", "RUN", "2afc", "--read-only"], 2, "--read-only"),
  ])
  func whatCannotBeDoneIsSaid(_ words: [String], _ code: Int32, _ told: String) throws {
    let run = try RunCopy("gan")
    let answer = try run.run(
      ["eval"] + words.map { $0 == "RUN" ? run.path : $0 } + ["--reviewer", "ann"])
    #expect(answer.code == code && answer.errors.contains(told), "\(answer.errors)")
    // Nothing is left behind by what was not begun.
    #expect(!FileManager.default.fileExists(atPath: run.path + "/review/ann.jsonl"))
  }

  /// Points are one picture a checkpoint: there is one question to ask of it, not forty.
  @Test func onePictureIsNotAskedAboutAgainAndAgain() throws {
    let run = try RunCopy("ring-gan")
    let answer = try run.run(["eval", "begin", run.path, "2afc", "40", "--reviewer", "ann"])
    #expect(answer.code == 2 && answer.errors.contains("too few"))
  }

  @Test func aLineThatCannotBeUsedIsWarnedOf() throws {
    let run = try RunCopy("gan")
    _ = try output(run, ["begin", run.path, "2afc", "10"])
    let path = run.path + "/review/ann.jsonl"
    try run.text("review/ann.jsonl").replacingOccurrences(
      of: "\"columns\":28", with: "\"columns\":-1"
    )
    .write(toFile: path, atomically: true, encoding: .utf8)
    let answer = try run.run(["eval", run.path])
    #expect(answer.code == 1 && answer.errors.contains("line 1, block, is not complete"))
  }
}
