import FoundationEssentials

/// Stepping through the pictures of one offline W&B run, by Keepoch and by `wandb leet` in turn.
///
/// Both are read without markers, so that a key ends alike: with the last byte before a quiet time.
struct LeetScenario {
  private struct Program {
    let name: String
    let arguments: [String]
    /// Keys that lead to the pictures, at their last step.
    let opening: [String]
    let keys: (back: String, forth: String)
    let quitKeys: String
  }

  private static let quiet = 25.0
  private static let turns = 5

  func measure(_ bench: Bench) throws(Failure) -> [ResultRow] {
    let title = "peer: wandb leet, the same pictures"
    let folder = try bench.workplace.folder("wandb")
    let environment = try bench.workplace.environment(hasColor: true)
    let made = try Command.run(
      [bench.options.python, Recipe.path("wandb_run.py"), folder, bench.options.samples],
      environment: environment)
    let lines = made.output.split(separator: "\n")
    guard made.code == 0, let run = lines.last.map(String.init), let leet = tool(bench) else {
      return [ResultRow(name: title, remark: "skipped: not installed")]
    }
    let programs = [
      Program(
        name: "keepoch, grid", arguments: [bench.options.program, run, "--reviewer", "bench"],
        opening: ["\r", "G"], keys: ("k", "j"), quitKeys: "Q"),
      Program(
        name: "keepoch, film strip",
        arguments: [bench.options.program, run, "--reviewer", "bench"],
        opening: ["f", "G"], keys: ("k", "j"), quitKeys: "Q"),
      // The media pane alone, with the keys on it.
      Program(
        name: "wandb leet", arguments: [leet, "leet", "run", run],
        opening: ["3", "1", "[", "]", "\t"], keys: ("\u{1B}[D", "\u{1B}[C"), quitKeys: "q"),
    ]
    var times: [[Double]] = programs.map { _ in [] }
    var bytes: [[Double]] = programs.map { _ in [] }
    for _ in 0..<bench.count(2, quick: 1) {
      for (place, program) in programs.enumerated() {
        let heard = try steps(of: program, environment)
        times[place] += heard.map(\.time)
        bytes[place] += heard.map(\.bytes)
      }
    }
    let own = Distribution(times[0]).percentile(50)
    return programs.indices.map { place in
      let values = Distribution(times[place])
      let keys = bench.count(2, quick: 1) * 4 * Self.turns
      var remark = values.count < keys ? "\(keys - values.count) of \(keys) keys unanswered" : ""
      if place == programs.count - 1, let own, let theirs = values.percentile(50) {
        let ratio = "\(Decimals.text(theirs / own, 1)) times keepoch's grid"
        remark = remark.isEmpty ? ratio : "\(ratio), \(remark)"
      }
      return ResultRow(
        name: "a W&B run, \(programs[place].name), one key, \(ScreenSize.large)", values: values,
        bytes: Distribution(bytes[place]), remark: remark)
    }
  }

  private func steps(
    of program: Program, _ environment: [String]
  ) throws(Failure) -> [(time: Double, bytes: Double)] {
    let session = try PseudoTerminal(
      program.arguments, environment: environment, size: .large, hasMarkers: false)
    _ = session.listen(quiet: 1000, until: session.start + 10_000)
    for key in program.opening {
      session.send(key)
      _ = session.listen(quiet: 200, until: Stopwatch.now + 2000)
    }
    var result: [(time: Double, bytes: Double)] = []
    for step in 0..<4 * Self.turns {
      let isBack = step / Self.turns % 2 == 0
      let sent = session.send(isBack ? program.keys.back : program.keys.forth)
      let heard = session.listen(quiet: Self.quiet, until: sent + 1000)
      if let last = heard.lastByte { result.append((last - sent, Double(heard.bytes))) }
    }
    session.end(keys: program.quitKeys)
    return result
  }

  /// The program `wandb`, beside the Python that was given.
  private func tool(_ bench: Bench) -> String? {
    let folder = bench.options.python.split(separator: "/", omittingEmptySubsequences: false)
      .dropLast().joined(separator: "/")
    let path = folder.isEmpty ? PeerScenario.find("wandb") : "\(folder)/wandb"
    return path.flatMap { FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil }
  }
}
