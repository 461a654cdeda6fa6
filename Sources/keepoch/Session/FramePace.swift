/// Keeps frames that come on their own from piling up between here and the eyes: behind each one the
/// terminal is asked a question, and its answer says that the frame is through.
struct FramePace {
  /// When the frames were sent that are not answered yet, in milliseconds.
  private var pending: [Double] = []
  /// The shortest time that an answer took.
  private var trip: Double?
  /// Whether the terminal ever answered.
  private var isAnswered: Bool { trip != nil }
  /// Given up on: it does not answer.
  private var isSilent = false

  // A terminal that says nothing for so long never will.
  private static let patience = 1000.0
  // More under way at once would be a queue, however long the way is.
  private static let mostPending = 8

  mutating func sent(at time: Double) {
    if !isSilent { pending.append(time) }
  }

  /// An answer came; it is to the oldest question.
  mutating func answered(at time: Double) {
    isSilent = false
    guard !pending.isEmpty else { return }
    let took = time - pending.removeFirst()
    trip = min(trip ?? took, took)
  }

  /// Waits no longer for what is lost on the way, or was never understood.
  mutating func giveUp(at time: Double) {
    guard let oldest = pending.first, time - oldest > Self.patience else { return }
    pending = []
    isSilent = !isAnswered
  }

  /// Whether another frame may be sent: never more than the way itself holds at this rate, and one.
  func allows(interval: Double) -> Bool {
    let held = Int(((trip ?? 0) / interval).rounded(.up)) + 1
    return pending.count < min(Self.mostPending, held)
  }
}
