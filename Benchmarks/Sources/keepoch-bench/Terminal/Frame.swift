/// One frame that the program drew from its begin to its end marker, and what it left on the screen.
struct Frame: Sendable {
  /// When the read that brought the end marker came back.
  let time: Double
  /// Bytes since the key, up to the end of this frame.
  let bytesSoFar: Int
  /// Where the program says it is: the number after "epoch" on its status line.
  let position: Double?
  /// Whether no sample stands as three dots any more, and the part for samples is not empty.
  let hasPictures: Bool
}
