/// How long `keepoch table` takes from start to end on a run, and how long a reference library takes
/// to read the same files.
struct OpeningScenario {
  let name: String
  let run: String
  /// What of `recipes/read_peers.py` reads it, and the library's name.
  let peer: (kind: String, name: String)

  func measure(_ bench: Bench) throws(Failure) -> [ResultRow] {
    var first: [Double] = []
    var again: [Double] = []
    for _ in 0..<bench.count(5, quick: 2) {
      let environment = try bench.workplace.environment(hasColor: false)
      first.append(try open(bench, environment))
      again.append(try open(bench, environment))
    }
    var rows = [
      ResultRow(name: "opening: \(name), the first time", values: Distribution(first)),
      ResultRow(name: "opening: \(name), again", values: Distribution(again)),
    ]
    rows.append(try peer(bench, first: Distribution(first), again: Distribution(again)))
    return rows
  }

  private func open(_ bench: Bench, _ environment: [String]) throws(Failure) -> Double {
    let begin = Stopwatch.now
    let end = try Command.run([bench.options.program, "table", run], environment: environment)
    guard end.code == 0 || end.code == 1 else {
      throw Failure("keepoch table ended with \(end.code)")
    }
    return Stopwatch.now - begin
  }

  private func peer(
    _ bench: Bench, first: Distribution, again: Distribution
  ) throws(Failure) -> ResultRow {
    let title = "peer: \(peer.name) reads \(name)"
    let end = try Command.run(
      [bench.options.python, Recipe.path("read_peers.py"), peer.kind, run],
      environment: try bench.workplace.environment(hasColor: false))
    guard end.code == 0, let word = end.output.split(separator: " ").first, let time = Double(word)
    else { return ResultRow(name: title, remark: "skipped: not installed") }
    func ratio(_ own: Distribution) -> String {
      own.percentile(50).map { Decimals.text(time / $0, 1) } ?? "-"
    }
    return ResultRow(
      name: title, values: Distribution([time]),
      remark: "\(ratio(first)) times as long as the first opening, \(ratio(again)) as the next")
  }
}
