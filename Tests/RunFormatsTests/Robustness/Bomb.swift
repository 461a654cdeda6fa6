import ReviewCore
import ReviewReport

@testable import RunFormats

extension BombTests.Bomb {
  static let all: [BombTests.Bomb] = pictures + arrays + texts + events

  // MARK: Pictures

  private static let pictures: [BombTests.Bomb] = [
    BombTests.Bomb(name: "samples.png", bytes: png(30_000, depth: 8, colour: 6)),
    BombTests.Bomb(name: "bits.png", bytes: png(30_000, depth: 1, colour: 0)),
    // As large as deflate could make its bytes if they were of one bit a pixel.
    BombTests.Bomb(name: "padded.png", bytes: png(9_000, depth: 16, colour: 6, padding: 250_000)),
    BombTests.Bomb(
      name: "samples.gif",
      bytes: Array("GIF89a".utf8) + [0xFF, 0xFF, 0xFF, 0x03, 0, 0, 0, 0x2C]
        + [0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 1, 0, 0x3B] + Array(repeating: 0, count: 30_000)),
    BombTests.Bomb(
      name: "samples.jpg",
      bytes: [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0xFF, 0xDC, 0xFF, 0xDC, 1, 1, 0x11, 0]
        + [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0x3F, 0, 1, 2, 3, 0xFF, 0xD9]),
    // 16384 by 16384 pixels in 28 bits, without loss.
    BombTests.Bomb(
      name: "samples.webp",
      bytes: Array("RIFF".utf8) + number(26, 4) + Array("WEBPVP8L".utf8) + number(14, 4)
        + [0x2F, 0xFF, 0xFF, 0xFF, 0x0F, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    BombTests.Bomb(name: "samples.pgm", bytes: Array("P5\n100000 100000\n255\n0123".utf8)),
    BombTests.Bomb(
      name: "bits.pbm",
      bytes: Array("P4\n4000 4000\n".utf8) + Array(repeating: 0xAA, count: 2_000_000)),
    BombTests.Bomb(name: "samples.ppm", bytes: Array("P3\n99999999999 99999999999 255\n1".utf8)),
  ]

  private static func png(_ side: Int, depth: UInt8, colour: UInt8, padding: Int = 0) -> [UInt8] {
    let image = GrayImage(width: 4, height: 4, pixels: Array(repeating: 9, count: 16))
    var bytes = PNGWriter.bytes(of: image)
    bytes.replaceSubrange(16..<20, with: number(side, 4).reversed())
    bytes.replaceSubrange(20..<24, with: number(side, 4).reversed())
    (bytes[24], bytes[25]) = (depth, colour)
    return PNGChunks.sealed(bytes) + Array(repeating: 0, count: padding)
  }

  // MARK: Arrays

  private static let arrays: [BombTests.Bomb] = [
    BombTests.Bomb(name: "samples.npy", bytes: npy("(64, 1, 8192, 8192)") + [1, 2, 3]),
    BombTests.Bomb(name: "zeros.npy", bytes: npy("(0, 9223372036854775807, 2)")),
    BombTests.Bomb(
      name: "samples.npz", bytes: zip(npy("(64, 1, 4000, 4000)"), claims: 0x3FFF_FFFF)),
    BombTests.Bomb(
      name: "names.npz",
      bytes: zip(npy("(1, 2, 2)"), claims: 0xFFFF_FFFF, storedClaims: 0xFFFF_FFFF)),
    BombTests.Bomb(
      name: "samples.idx",
      bytes: [0, 0, 8, 4] + Array(repeating: 0xFF, count: 16) + [1, 2, 3, 4]),
    BombTests.Bomb(
      name: "samples.idx.gz",
      bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        + stored([0, 0, 8, 3, 0x0F, 0xFF, 0, 0, 0, 0, 0, 64, 0, 0, 0, 64]) + number(0, 8)),
    BombTests.Bomb(
      name: "samples.safetensors", bytes: number(4 << 20, 8) + Array("{\"a\":{}}".utf8)),
    BombTests.Bomb(
      name: "deep.safetensors",
      bytes: number(1 << 20, 8) + [0x7B] + Array(repeating: 0x5B, count: 1 << 20)),
  ]

  private static func npy(_ shape: String) -> [UInt8] {
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }\n"
    return [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0] + number(text.utf8.count, 2) + text.utf8
  }

  /// A block of deflate that is not compressed.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    [1] + number(bytes.count, 2) + number(bytes.count ^ 0xFFFF, 2) + bytes
  }

  private static func zip(_ data: [UInt8], claims: Int, storedClaims: Int? = nil) -> [UInt8] {
    let name = Array("samples.npy".utf8)
    let packed = stored(data)
    let stored = storedClaims ?? max(packed.count, claims / 1032 + 1)
    let sizes = number(0, 4) + number(stored, 4) + number(claims, 4)
    let local =
      [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0, 0, 0, 0, 0] + sizes + number(name.count, 2)
      + number(0, 2) + name + packed
    let entry =
      [0x50, 0x4B, 1, 2, 20, 0, 20, 0, 0, 0, 8, 0, 0, 0, 0, 0] + sizes + number(name.count, 2)
      + number(0, 16) + name
    return local + entry + [0x50, 0x4B, 5, 6] + number(0, 4) + number(1, 2) + number(1, 2)
      + number(entry.count, 4) + number(local.count, 4) + number(0, 2)
  }

  // MARK: Text

  private static let texts: [BombTests.Bomb] = [
    BombTests.Bomb(
      name: "config.yaml",
      bytes: Array(
        ("a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
          + (1..<12).map { level in
            "a\(level): &a\(level) ["
              + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
          }.joined()).utf8)),
    BombTests.Bomb(name: "config.yml", bytes: Array(repeating: 0x5B, count: 200_000)),
    BombTests.Bomb(name: "config.json", bytes: Array(repeating: 0x5B, count: 4 << 20)),
    BombTests.Bomb(
      name: "config.toml",
      bytes: Array("a = ".utf8) + Array(repeating: 0x5B, count: 60_000)),
    BombTests.Bomb(name: "history.json", bytes: Array(repeating: 0x5B, count: 4 << 20)),
    BombTests.Bomb(
      name: "history.jsonl",
      bytes: Array("{\"epoch\":1,\"a\":".utf8) + Array(repeating: 0x5B, count: 4 << 20)),
    BombTests.Bomb(
      name: "wide.csv",
      bytes: Array("epoch".utf8) + Array(repeating: 0x2C, count: 200_000) + Array("\n1,2\n".utf8)),
  ]

  // MARK: Events

  private static let events: [BombTests.Bomb] = [
    BombTests.Bomb(
      name: "logs/events.out.tfevents.1", bytes: record(length: 1 << 39, data: [1, 2, 3, 4])),
    BombTests.Bomb(
      name: "logs/events.out.tfevents.2",
      bytes: record(length: 4, data: [1, 2, 3, 4]) + number(1 << 39, 8) + number(0, 4)),
    BombTests.Bomb(
      name: "logs/events.out.tfevents.3", bytes: Array(repeating: 0xFF, count: 1 << 20)),
  ]

  static func record(_ data: [UInt8]) -> [UInt8] { record(length: data.count, data: data) }

  static func record(length: Int, data: [UInt8]) -> [UInt8] {
    let head = number(length, 8)
    return head + checksum(head) + data + checksum(data)
  }

  private static func checksum(_ bytes: [UInt8]) -> [UInt8] {
    let crc = Checksum.crc32c(bytes)
    return number(Int((crc >> 15 | crc << 17) &+ 0xA282_EAD8), 4)
  }

  private static func message(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    [number << 3 | 2] + varint(bytes.count) + bytes
  }

  private static func event(_ tag: String, step: Int, _ value: [UInt8]) -> [UInt8] {
    [2 << 3] + varint(step) + message(5, message(1, message(1, Array(tag.utf8)) + value))
  }

  static func scalar(_ tag: String, step: Int) -> [UInt8] {
    event(tag, step: step, [2 << 3 | 5, 0, 0, 0, 0])
  }

  /// Its bytes are no picture.
  static func picture(_ tag: String, step: Int) -> [UInt8] {
    event(tag, step: step, message(4, message(4, [1, 2, 3, 4])))
  }

  /// An event that starts a session with one hyperparameter.
  static func hyperparameter(_ name: String, _ value: UInt64) -> [UInt8] {
    let number = [UInt8(2 << 3 | 1)] + Self.number(Int(Double(value).bitPattern), 8)
    let entry = message(1, Array(name.utf8)) + message(2, number)
    let content = message(3, message(1, entry))
    let data = message(1, Array("hparams".utf8)) + message(2, content)
    let summary = message(1, message(1, Array("t".utf8)) + message(9, message(1, data)))
    return message(5, summary)
  }

  private static func varint(_ number: Int) -> [UInt8] {
    number < 128 ? [UInt8(number)] : [UInt8(number & 127 | 128)] + varint(number >> 7)
  }

  /// Little-endian.
  static func number(_ number: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> (8 * $0)) : 0 }
  }
}
