/// What `recipes/measure_rendering.py` measures of Keepoch's pictures, and of those of its peers.
struct RenderingScenario {
  /// What the recipe is asked for.
  enum Part: String, CaseIterable, Sendable {
    case fidelity
    case programs = "speed of whole programs"
    case legibility

    /// Its name in the recipe.
    var word: String { self == .programs ? "speed" : rawValue }
  }

  let part: Part

  func measure(_ bench: Bench) throws(Failure) -> [ResultRow] {
    var words = [
      bench.options.python, Recipe.path("measure_rendering.py"), "--keepoch",
      bench.options.program, "--what", part.word,
    ]
    if bench.options.isQuick { words.append("--quick") }
    let end = try Command.run(words, environment: try bench.workplace.environment(hasColor: true))
    guard end.code != 3 else {
      return [
        ResultRow(
          name: "rendering \(part.rawValue)",
          remark: "skipped: no numpy, scipy or Pillow in --python, or no DejaVu Sans Mono")
      ]
    }
    guard end.code == 0 else { throw Failure("measure_rendering.py ended with \(end.code)") }
    return Self.rows(of: try RenderingResult.all(in: end.output))
  }

  /// Rows of the table; those of the same pictures, cells and class stand together.
  static func rows(of results: [RenderingResult]) -> [ResultRow] {
    var groups: [(key: String, results: [RenderingResult])] = []
    for result in results {
      if let place = groups.firstIndex(where: { $0.key == result.group }) {
        groups[place].results.append(result)
      } else {
        groups.append((result.group, [result]))
      }
    }
    return groups.flatMap { group in group.results.map { row(of: $0, among: group.results) } }
  }

  private static func row(
    of result: RenderingResult, among group: [RenderingResult]
  ) -> ResultRow {
    guard let value = result.number else {
      return ResultRow(
        name: "\(result.group): \(result.name)",
        remark: result.hasFailed ? "skipped" : "skipped: not installed")
    }
    return ResultRow(
      name: "\(result.group): \(result.name)", measure: result.unit,
      values: Distribution([value]), medianOf: result.n,
      budget: result.isOurs ? result.budget : nil, remark: remark(result, value, group))
  }

  /// What Keepoch's row says of the best peer in the group, and a peer's of Keepoch.
  private static func remark(
    _ result: RenderingResult, _ value: Double, _ group: [RenderingResult]
  ) -> String {
    let words = result.options ?? ""
    guard result.name == "Keepoch", result.unit == .share else { return words }
    let peers = group.filter { !$0.isOurs && $0.isProgram }
    guard let best = peers.max(by: { $0.number ?? 0 < $1.number ?? 0 }), let most = best.number
    else { return words }
    return "best peer: \(best.name), \(Measure.share.text(most))"
  }
}
