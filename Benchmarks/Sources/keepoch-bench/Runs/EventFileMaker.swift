import FoundationEssentials
import Glibc

/// Writes a TensorBoard event file as torch's writer lays it out: scalars all along, and a grid of
/// samples at every checkpoint.
struct EventFileMaker {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { crc, _ in
      crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1
    }
  }

  private var bytes: [UInt8] = []
  private let file: UnsafeMutablePointer<FILE>

  /// - Parameters:
  ///   - checkpoints: how many grids it has.
  ///   - scalars: how many records with a number stand between.
  ///   - grids: PNG files that are taken in turn.
  static func write(
    _ path: String, checkpoints: Int, scalars: Int, grids: [[UInt8]]
  ) throws(Failure) {
    guard let file = fopen(path, "wb") else { throw Failure("\(path) cannot be written") }
    var maker = EventFileMaker(file: file)
    defer { fclose(file) }
    maker.version()
    var numbers = SeededNumbers(seed: 2026)
    let names = ["loss/generator", "loss/discriminator", "grad/norm", "lr"].map { Array($0.utf8) }
    let tag = Array("samples".utf8)
    let between = scalars / checkpoints
    for checkpoint in 1...checkpoints {
      for place in 0..<between {
        let step = (checkpoint - 1) * between / names.count + place / names.count
        maker.scalar(
          names[place % names.count], step: step,
          value: Float(numbers.next() % 10_000) / 10_000)
      }
      maker.image(tag, step: checkpoint * between / names.count, grids[checkpoint % grids.count])
    }
    maker.flush()
  }

  private init(file: UnsafeMutablePointer<FILE>) { self.file = file }

  private mutating func flush() {
    _ = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    bytes.removeAll(keepingCapacity: true)
  }

  // MARK: Messages

  private static func varint(_ value: Int) -> [UInt8] {
    var (rest, result) = (UInt64(value), [UInt8]())
    repeat {
      result.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
      rest >>= 7
    } while rest > 0
    return result
  }

  private static func field(_ number: Int, _ content: [UInt8]) -> [UInt8] {
    [UInt8(number << 3 | 2)] + varint(content.count) + content
  }

  private static func event(step: Int) -> [UInt8] {
    // A wall time, then the step.
    [0x09] + withUnsafeBytes(of: 1_767_323_045.5) { Array($0) } + [0x10] + varint(step)
  }

  private mutating func version() {
    record(Self.event(step: 0) + Self.field(3, Array("brain.Event:2".utf8)))
  }

  private mutating func scalar(_ tag: [UInt8], step: Int, value: Float) {
    let number = [UInt8(0x15)] + withUnsafeBytes(of: value.bitPattern) { Array($0) }
    let summary = Self.field(1, Self.field(1, tag) + number)
    record(Self.event(step: step) + Self.field(5, summary))
  }

  private mutating func image(_ tag: [UInt8], step: Int, _ encoded: [UInt8]) {
    let image = [UInt8(0x08)] + Self.varint(242) + [0x10] + Self.varint(242) + [0x18, 3]
    let summary = Self.field(1, Self.field(1, tag) + Self.field(4, image + Self.field(4, encoded)))
    record(Self.event(step: step) + Self.field(5, summary))
  }

  // MARK: Records

  private mutating func record(_ data: [UInt8]) {
    let length = withUnsafeBytes(of: UInt64(data.count)) { Array($0) }
    bytes += length
    checksum(length)
    bytes += data
    checksum(data)
    if bytes.count > 1 << 20 { flush() }
  }

  private mutating func checksum(_ data: [UInt8]) {
    var crc = ~UInt32(0)
    for byte in data { crc = crc >> 8 ^ Self.table[Int((crc ^ UInt32(byte)) & 0xFF)] }
    crc = ~crc
    let masked = (crc >> 15 | crc << 17) &+ 0xA282_EAD8
    withUnsafeBytes(of: masked.littleEndian) { bytes += $0 }
  }
}
