/// Finds the ends of frames, `ESC[?2026l`, in a stream that comes in pieces.
struct FrameMarker {
  static let end = Array("\u{1B}[?2026l".utf8)
  private var matched = 0

  /// The places in a piece right after the markers that end in it.
  mutating func ends(in piece: UnsafeBufferPointer<UInt8>) -> [Int] {
    var result: [Int] = []
    for (place, byte) in piece.enumerated() {
      if byte == Self.end[matched] {
        matched += 1
      } else {
        // ESC stands only at the marker's start, so nothing else can begin inside of it.
        matched = byte == Self.end[0] ? 1 : 0
      }
      if matched == Self.end.count {
        matched = 0
        result.append(place + 1)
      }
    }
    return result
  }
}
