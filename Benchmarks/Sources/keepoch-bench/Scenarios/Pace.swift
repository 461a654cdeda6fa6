/// When the next key is sent.
enum Pace: Sendable {
  /// After 60 ms of quiet.
  case single
  /// Every 33 ms, as a key that is held down.
  case held
  /// As soon as a full frame shows what the key before did.
  case eager

  static let quiet = 60.0
  static let interval = 33.0
  static let patience = 2000.0
}
