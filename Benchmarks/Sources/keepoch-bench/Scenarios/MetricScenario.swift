import FoundationEssentials

/// How long metrics take beside the implementations that others use, all of them in turn, with as many
/// threads and on the same data.
struct MetricScenario {
  private static let title = "metrics"

  let comparison: MetricComparison

  func measure(_ bench: Bench) throws(Failure) -> [ResultRow] {
    guard let program = bench.options.meter else {
      return [ResultRow(name: name, remark: "skipped: no --meter")]
    }
    if comparison.isLong, bench.options.isQuick {
      return [ResultRow(name: name, remark: "skipped: not in a quick run")]
    }
    guard let data = try Self.data(bench) else {
      return [ResultRow(name: name, remark: "skipped: no numpy in --python to make the data")]
    }
    let count = "\(comparison.repetitions)"
    let environment = try bench.workplace.environment(hasColor: false)
    let peaks = try MachinePeaks(
      try Self.line([program, data, "peaks", "all", "1"], environment, program))
    let threads = "\(peaks.threads)"
    var ours: MetricTiming?
    var peers: [String: MetricTiming] = [:]
    var reasons: [String: String] = [:]
    let wanted = comparison.peers.filter { !($0.isLong && bench.options.isQuick) }
    // In turn, so that what else the machine does meets all of them.
    for _ in 0..<bench.count(2, quick: 1) {
      for peer in wanted where reasons[peer.word] == nil {
        Self.add(
          try MetricTiming(
            try Self.line(
              [program, data, comparison.word, threads, count], environment, program)), to: &ours)
        let end = try Command.run(
          [
            bench.options.python, Recipe.path("metric_peers.py"), data, comparison.word, peer.word,
            threads, count,
          ], environment: environment)
        if end.code == 0 {
          Self.add(try MetricTiming(end.output), to: &peers[peer.word])
        } else {
          reasons[peer.word] = end.code == 3 ? "not installed" : "it failed"
        }
      }
    }
    guard let ours else { throw Failure("\(comparison.word) was not measured") }
    return Self.rows(
      of: comparison, ours, peers: peers, reasons: reasons, peaks)
  }

  private var name: String { "\(Self.title): \(comparison.title)" }

  private static func add(_ timing: MetricTiming, to all: inout MetricTiming?) {
    guard all != nil else {
      all = timing
      return
    }
    all?.seconds += timing.seconds
    all?.busy += timing.busy
  }

  private static func line(
    _ words: [String], _ environment: [String], _ program: String
  ) throws(Failure) -> String {
    let end = try Command.run(words, environment: environment)
    guard end.code == 0 else { throw Failure("\(program) ended with \(end.code)") }
    return end.output
  }

  /// Where the data are, made if they are not; nil without numpy.
  private static func data(_ bench: Bench) throws(Failure) -> String? {
    let isRoot = FileManager.default.fileExists(atPath: "Benchmarks")
    let folder = isRoot ? ".build/metric-data" : "../.build/metric-data"
    let end = try Command.run(
      [
        bench.options.python, Recipe.path("metric_data.py"), folder,
        isRoot ? "sample-runs" : "../sample-runs",
      ], environment: try bench.workplace.environment(hasColor: false))
    if end.code == 3 { return nil }
    guard end.code == 0 else { throw Failure("metric_data.py ended with \(end.code)") }
    return folder
  }

  // MARK: Rows

  static func rows(
    of comparison: MetricComparison, _ ours: MetricTiming, peers: [String: MetricTiming],
    reasons: [String: String], _ peaks: MachinePeaks
  ) -> [ResultRow] {
    let name = "\(title): \(comparison.title)"
    var rows = [
      ResultRow(
        name: name, values: Distribution(ours.seconds.map { $0 * 1000 }),
        remark: remark(ours, peaks))
    ]
    if let extra = ours.extra, let memory = comparison.memory {
      rows.append(
        ResultRow(
          name: "\(name), memory", measure: .megabytes, values: Distribution([extra]),
          budget: Budget(p50: memory), remark: "beyond the data"))
    }
    for peer in comparison.peers {
      guard let timing = peers[peer.word] else {
        let reason = reasons[peer.word] ?? "not in a quick run"
        rows.append(ResultRow(name: "\(name): \(peer.title)", remark: "skipped: \(reason)"))
        continue
      }
      rows.append(
        ResultRow(
          name: "\(name): \(peer.title)", measure: .times,
          values: Distribution([timing.best / ours.best]), medianOf: timing.seconds.count,
          budget: peer.goal.map { Budget(atLeast: $0) },
          remark: remark(of: timing, beside: ours)))
    }
    return rows
  }

  private static func remark(
    _ ours: MetricTiming, _ peaks: MachinePeaks
  ) -> String {
    var words = [
      "best \(text(ours.best)), \(text(ours.busy.min() ?? 0)) of processors",
      "threads: \(peaks.threads)",
    ]
    if let operations = ours.operations, let kind = ours.kind, let peak = peaks[kind] {
      let rate = operations / ours.best
      words.append("\(Decimals.text(rate / 1e9, 1)) Gop/s")
      if peak.all > 0 {
        words.append(
          "\(Decimals.text(100 * rate / peak.all, 0)) % of the peak (\(peak.words): "
            + "\(Decimals.text(peak.one / 1e9, 0)) with one thread, "
            + "\(Decimals.text(peak.all / 1e9, 0)) with all)")
      }
    }
    if let what = ours.what { words.append(what) }
    return words.joined(separator: ", ")
  }

  private static func remark(of peer: MetricTiming, beside ours: MetricTiming) -> String {
    var words = ["best \(text(peer.best)), \(text(peer.busy.min() ?? 0)) of processors"]
    if let extra = peer.extra {
      words.append("\(Measure.megabytes.text(max(0, extra))) beyond the data")
    }
    if let version = peer.version { words.append("version \(version)") }
    if let what = peer.what { words.append(what) }
    let scale = max(abs(ours.value), abs(peer.value))
    let apart = scale > 0 ? abs(ours.value - peer.value) / scale : 0
    words.append(apart < 1e-9 ? "same value" : "value differs by \(Self.power(apart))")
    return words.joined(separator: ", ")
  }

  private static func text(_ seconds: Double) -> String {
    seconds < 1 ? Measure.milliseconds.text(seconds * 1000) : "\(Decimals.text(seconds, 2)) s"
  }

  /// `1e-7`, of what is at most that.
  private static func power(_ value: Double) -> String {
    var exponent = 0
    var limit = 1.0
    while limit / 10 >= value, exponent > -15 {
      limit /= 10
      exponent -= 1
    }
    return exponent == 0 ? "as much" : "less than 1e\(exponent)"
  }
}
