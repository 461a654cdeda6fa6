import ReviewCore
import ReviewReport

/// Records of an event file as TensorBoard writes them, made by tests.
enum EventBytes {
  static func image(_ tag: String, _ step: Int64, _ seed: UInt64) -> [UInt8] {
    let picture = PNGWriter.bytes(
      of: grid(columns: 4, rows: 2, size: 16, padding: 2, seed: seed))
    return event(step, field(1, Array(tag.utf8)) + field(4, field(4, picture)))
  }

  static func scalar(_ tag: String, _ step: Int64, _ value: Float) -> [UInt8] {
    event(step, field(1, Array(tag.utf8)) + [0x15] + little(value.bitPattern))
  }

  private static func event(_ step: Int64, _ value: [UInt8]) -> [UInt8] {
    let data =
      [0x09] + little(1.0.bitPattern) + [0x10] + varint(UInt64(bitPattern: step))
      + field(5, field(1, value))
    let length = little(UInt64(data.count))
    return length + little(checksum(length)) + data + little(checksum(data))
  }

  private static func varint(_ value: UInt64) -> [UInt8] {
    var (rest, result) = (value, [UInt8]())
    repeat {
      result.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
      rest >>= 7
    } while rest > 0
    return result
  }

  private static func field(_ number: Int, _ content: [UInt8]) -> [UInt8] {
    [UInt8(number << 3 | 2)] + varint(UInt64(content.count)) + content
  }

  /// CRC-32C bit by bit, masked.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var crc = ~UInt32(0)
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
    }
    crc = ~crc
    return (crc >> 15 | crc << 17) &+ 0xA282_EAD8
  }

  private static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}
