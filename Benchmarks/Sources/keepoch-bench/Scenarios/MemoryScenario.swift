/// Resident memory after a run was stepped through from end to end.
struct MemoryScenario {
  var name = ""
  let run: String
  let look: Look

  /// Steps through the whole run in the grid as fast as frames come.
  func measure(_ bench: Bench) throws(Failure) -> [ResultRow] {
    let place = name.isEmpty ? "" : " \(name)"
    let name =
      "memory: 1,000 checkpoints\(place) stepped through, \(look.rawValue), \(ScreenSize.large)"
    let environment = try bench.knownEnvironment(of: run, look)
    let session = try bench.open(
      run, look, .large, keys: ["\r"] + look.keys, environment: environment)
    let opened = session.peakSoFar
    var stepper = Stepper(session)
    let reactions = stepper.step(999, .eager)
    let position = session.screen.position.map { "\(Int($0))" } ?? "?"
    let own = ResidentSize.peak(of: "self") ?? 0
    let peak = session.peakSoFar
    let end = try bench.quit(session, name)
    // A child's ru_maxrss starts from what its parent used when it was started.
    let isOwn = end.peak > own
    let missing = reactions.count { $0.full == nil }
    return [
      ResultRow(
        name: name, measure: .megabytes,
        values: Distribution([Double(isOwn ? end.peak : peak ?? 0) * 1024]), budget: .memory,
        remark: "at \(position), "
          + "\(Measure.megabytes.text(Double(opened ?? 0) * 1024)) after opening"
          + (missing > 0 ? "; \(missing) keys without a full frame" : ""))
    ]
  }
}
