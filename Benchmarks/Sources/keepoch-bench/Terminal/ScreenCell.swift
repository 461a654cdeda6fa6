/// What a cell shows, as far as these measurements care.
struct ScreenCell: Equatable, Sendable {
  var scalar: UInt32 = 0x20
  /// Reverse, or with a background of its own.
  var isPainted = false

  var isBlank: Bool { scalar == 0x20 && !isPainted }
}
