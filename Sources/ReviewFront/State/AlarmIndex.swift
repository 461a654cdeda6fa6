package import ReviewCore

/// The alarms of a run by checkpoint.
package struct AlarmIndex: Equatable, Sendable {
  private var alarms: [Int: [Alarm]] = [:]
  /// Those with an alarm, ascending.
  package private(set) var checkpoints: [Int] = []
  private var knowsLog = false

  /// What the metrics alone tell.
  ///
  /// - Complexity: O(n) in checkpoints.
  init(ofMetricsOf run: Run) { set(Alarm.ofMetrics(run)) }

  /// What the training log tells, once it has been looked at.
  ///
  /// - Complexity: O(m) in points of the log, at the first time.
  mutating func addThoseOfLog(of run: Run) {
    guard !knowsLog else { return }
    knowsLog = true
    if !run.series.isEmpty { set(Alarm.all(of: run)) }
  }

  private mutating func set(_ all: [Alarm]) {
    alarms = Dictionary(grouping: all, by: \.index)
    checkpoints = alarms.keys.sorted()
  }

  package subscript(checkpoint: Int) -> [Alarm] { alarms[checkpoint] ?? [] }

  /// `! possible collapse: ...`, and how many more there are; nil for none.
  func words(at checkpoint: Int) -> String? {
    let all = self[checkpoint]
    guard let first = all.first else { return nil }
    return "! \(first.sentence)" + (all.count > 1 ? " (and \(all.count - 1) more)" : "")
  }

  /// `! possible collapse`, where there is little room.
  func shortWords(at checkpoint: Int) -> String? {
    self[checkpoint].first.map { "! \($0.title)" }
  }
}
