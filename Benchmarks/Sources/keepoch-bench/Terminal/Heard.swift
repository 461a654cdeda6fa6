/// What came from the program between a key and the moment we stopped listening.
struct Heard: Sendable {
  var frames: [Frame] = []
  var bytes = 0
  /// How often the program asked whether the terminal is through with what it was sent.
  var questions = 0
  /// When the read that brought the last byte came back; nil when nothing came.
  var lastByte: Double?
}
