/// How fast the renderer is inside one process, as `keepoch-render-bench` measures it.
struct RenderingSpeedScenario {
  private static let title = "rendering speed, one process"

  func measure(_ bench: Bench) throws(Failure) -> [ResultRow] {
    guard let program = bench.options.renderer else {
      return [ResultRow(name: Self.title, remark: "skipped: no --renderer")]
    }
    let run = "\(bench.options.samples)/.."
    let end = try Command.run(
      [program, "--only", bench.options.isQuick ? "ASCII, no colour" : "14x7", run],
      environment: try bench.workplace.environment(hasColor: false))
    guard end.code == 0 else { throw Failure("\(program) ended with \(end.code)") }
    let rows = Self.rows(of: end.output)
    guard !rows.isEmpty else { throw Failure("\(program) measured nothing") }
    return rows
  }

  /// Rows of lines with a name, microseconds a picture and cells a picture, separated by tabs.
  static func rows(of output: String) -> [ResultRow] {
    output.split(separator: "\n").compactMap { line in
      let words = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard words.count >= 3, let micros = Double(words[1]), let cells = Double(words[2]),
        micros > 0
      else { return nil }
      let name = String(words[0])
      let rate = cells / micros * 1_000_000
      if name.contains("instant") {
        return ResultRow(
          name: "\(title): \(name)", measure: .megacells, values: Distribution([rate]),
          budget: name.hasPrefix("ASCII, no colour") ? .instantCells : nil,
          remark: "\(Decimals.text(micros, 1)) us a picture")
      }
      return ResultRow(
        name: "\(title): \(name)", values: Distribution([micros / 1000]),
        budget: name.contains("14x7") ? .bestPicture : nil,
        remark: "\(Decimals.text(rate / 1_000_000, 3)) Mcells/s")
    }
  }
}
