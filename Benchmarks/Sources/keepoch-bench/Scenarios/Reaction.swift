/// What one key brought.
struct Reaction: Sendable {
  /// From the key to the end of the first frame that shows its effect, samples and all; nil when
  /// none came in time.
  var full: Double?
  /// Bytes up to the end of that frame.
  var fullBytes = 0
  /// Whether a frame came before it in which samples were only announced, by dots.
  var hadDots = false
  /// From the key to the last byte of all.
  var last: Double?
  var bytes = 0
  var frames = 0

  /// - Parameters:
  ///   - sent: when the key was sent.
  ///   - isFull: whether a frame is the whole answer.
  ///   - isDots: whether it is an answer without its samples.
  init(
    _ heard: Heard, sent: Double, isFull: (Frame) -> Bool, isDots: (Frame) -> Bool
  ) {
    let answer = heard.frames.first(where: isFull)
    full = answer.map { $0.time - sent }
    fullBytes = answer?.bytesSoFar ?? 0
    hadDots = heard.frames.contains(where: isDots)
    last = heard.lastByte.map { $0 - sent }
    bytes = heard.bytes
    frames = heard.frames.count
  }
}
