/// Bytes of a step with eight samples of 28x14 cells in view.
struct EightSamplesScenario {
  let run: String

  /// Steps with single keys in the grid, its samples made larger twice.
  func measure(_ bench: Bench) throws(Failure) -> [ResultRow] {
    let name = "8 samples of 28x14, no colour, \(ScreenSize.eightSamples)"
    let session = try bench.open(run, .mono, .eightSamples, keys: ["\r", "+", "+"])
    var stepper = Stepper(session)
    _ = stepper.step(2, .single)
    let reactions = stepper.step(bench.count(40, quick: 6), .single)
    let labels = session.screen.sampleLabels
    try bench.quit(session, name)
    return [
      ResultRow(
        name: "\(name): bytes of the frame", measure: .bytes,
        values: Distribution(reactions.map { Double($0.fullBytes) }), budget: .stepBytes,
        remark: "\(labels) samples in view"),
      ResultRow(
        name: "\(name): bytes until settled", measure: .bytes,
        values: Distribution(reactions.map { Double($0.bytes) }), budget: .stepBytes),
      ResultRow(
        name: "\(name): time of the frame",
        values: Distribution(reactions.compactMap(\.full))),
    ]
  }
}

extension ScreenModel {
  /// How many samples have their number over them.
  fileprivate var sampleLabels: Int {
    var count = 0
    for row in 2..<size.rows - 2 {
      let text = text(row)
      guard text.hasPrefix(" ") || text.hasPrefix("[") else { continue }
      let words = text.split(separator: " ").map { $0.filter { $0 != "[" && $0 != "]" } }
      if !words.isEmpty, words.allSatisfy({ Int($0) != nil }) { count += words.count }
    }
    return count
  }
}
