package import ReviewCore

/// The alarms of a run by checkpoint, put into words where they are looked at.
package struct AlarmIndex: Equatable, Sendable {
  private var signs: [Int: [Alarm.Sign]] = [:]
  /// Those that computed numbers tell.
  private var ofMeasures: [Int: [Alarm]] = [:]
  /// Those of the training log, once it has been looked at.
  private var ofLog: [Int: [Alarm]]?
  /// Those with an alarm, ascending.
  package private(set) var checkpoints: [Int] = []

  /// What the metrics alone tell, those that were computed too.
  ///
  /// - Complexity: O(n) in checkpoints.
  init(ofMetricsOf run: Run) {
    signs = Dictionary(grouping: Alarm.signs(in: run), by: \.index)
    ofMeasures = Dictionary(grouping: Alarm.ofMeasures(run), by: \.index)
    checkpoints = Set(signs.keys).union(ofMeasures.keys).sorted()
  }

  /// What the training log tells, too.
  ///
  /// - Complexity: O(m) in points of the log, at the first time.
  mutating func addThoseOfLog(of run: Run) {
    guard ofLog == nil else { return }
    let alarms = Dictionary(grouping: Alarm.ofLog(run), by: \.index)
    ofLog = alarms
    checkpoints = Set(signs.keys).union(ofMeasures.keys).union(alarms.keys).sorted()
  }

  package func has(_ checkpoint: Int) -> Bool {
    signs[checkpoint] != nil || ofMeasures[checkpoint] != nil || ofLog?[checkpoint] != nil
  }

  package func alarms(at checkpoint: Int, in run: Run) -> [Alarm] {
    (signs[checkpoint] ?? []).map { Alarm($0, in: run) } + (ofMeasures[checkpoint] ?? [])
      + (ofLog?[checkpoint] ?? [])
  }

  /// `! possible collapse: ...`, and how many more there are; nil for none.
  func words(at checkpoint: Int, in run: Run) -> String? {
    let all = alarms(at: checkpoint, in: run)
    guard let first = all.first else { return nil }
    return "! \(first.sentence)" + (all.count > 1 ? " (and \(all.count - 1) more)" : "")
  }

  /// `! possible collapse`, where there is little room.
  func shortWords(at checkpoint: Int, in run: Run) -> String? {
    alarms(at: checkpoint, in: run).first.map { "! \($0.title)" }
  }
}
