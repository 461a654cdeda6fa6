/// Checkpoints that go by on their own, at a rate, with the seed held.
///
/// Where it should be follows from the time alone: a frame that comes late is left out, and none is
/// ever made up for.
package struct Playback: Equatable, Sendable {
  /// Steps a second.
  package let rate: Double
  /// 1 forwards, -1 back.
  package let direction: Int
  /// Whether it begins anew at the end.
  package let loops: Bool
  /// Checkpoints in turn; nil for those of the table, in its order.
  let cycle: [Int]?
  /// When the first tick came, in milliseconds; nil before it.
  var start: Double?
  /// The place in the order, or in the cycle, that it began at.
  let origin: Int
  /// When the screen last changed.
  var moved = 0.0
  /// When it is to be looked at again.
  var next = 0.0

  package static let rates = 0.2...60.0
  package static let usualRate = 8.0
  static let blinkRate = 2.0

  /// Whether no tick came yet.
  package var isStarting: Bool { start == nil }

  /// Milliseconds that a step takes.
  package var interval: Double { 1000 / rate }

  /// The place among `count` at a time; nil once it is past the end.
  func place(at time: Double, among count: Int) -> Int? {
    guard let start, count > 0 else { return nil }
    let steps = Int((time - start) / interval + 1e-6)
    let place = origin + direction * steps
    if (0..<count).contains(place) { return place }
    guard loops else { return nil }
    return (place % count + count) % count
  }

  /// When the next step is due after a time.
  func due(after time: Double) -> Double {
    guard let start else { return time }
    return start + (((time - start) / interval + 1e-6).rounded(.down) + 1) * interval
  }
}
