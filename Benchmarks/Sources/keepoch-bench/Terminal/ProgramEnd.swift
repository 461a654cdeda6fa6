/// How a program ended.
struct ProgramEnd: Sendable {
  /// The exit code; negative is the signal that ended it.
  let code: Int
  /// The largest resident size over its life as `wait4` tells it, in KB.
  let peak: Int
}
