import Foundation
import ReviewCore
import ReviewReport
import RunFormats

/// A folder that goes away with the test.
final class Scratch {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "keepoch-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let url = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }
}

/// A folder of the project that tests read.
func projectFolder(_ name: String) -> String {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent(name).path
}

/// A grid of strokes as torchvision lays it out; blank places at the end when `count` is smaller.
func grid(
  columns: Int, rows: Int, size: Int, padding: Int, pad: UInt8 = 0, count: Int? = nil,
  seed: UInt64 = 1, hasBorder: Bool = true
) -> GrayImage {
  var dice = SplitMix64(seed: seed)
  let edge = hasBorder ? padding : 0
  let gaps = hasBorder ? 1 : -1
  let width = columns * size + (columns + gaps) * padding
  let height = rows * size + (rows + gaps) * padding
  var pixels = [UInt8](repeating: pad, count: width * height)
  for sample in 0..<(count ?? columns * rows) {
    let left = edge + sample % columns * (size + padding)
    let top = edge + sample / columns * (size + padding)
    for y in 0..<size {
      for x in 0..<size { pixels[(top + y) * width + left + x] = 0 }
    }
    // A wandering stroke with a margin, as a digit has.
    var (x, y) = (size / 2, size / 2)
    for _ in 0..<size * 3 {
      x = min(max(size / 7, x + Int(dice.next(below: 3)) - 1), size - 1 - size / 7)
      y = min(max(size / 7, y + Int(dice.next(below: 3)) - 1), size - 1 - size / 7)
      pixels[(top + y) * width + left + x] = UInt8(128 + dice.next(below: 128))
    }
  }
  return GrayImage(width: width, height: height, pixels: pixels)
}
