/// Reads protobuf's wire format from bytes that somebody else holds.
///
/// Every read is bounded by the end of the message; what does not fit ends the reading.
struct WireReader {
  private let bytes: UnsafeRawBufferPointer
  private(set) var place: Int
  private let end: Int

  /// One field of a message.
  enum Field {
    case number(UInt64)
    /// 32 bits as they are stored.
    case fixed32(UInt32)
    case fixed64(UInt64)
    /// Bytes, a text or a message: where they lie in the buffer.
    case bytes(Range<Int>)
  }

  init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    self.bytes = bytes
    place = range.lowerBound
    end = range.upperBound
  }

  /// The next field and its number; nil at the end, and where the bytes are no message.
  @inline(__always)
  mutating func next() -> (number: Int, field: Field)? {
    guard place < end, let key = varint() else { return nil }
    let number = Int(truncatingIfNeeded: key >> 3)
    switch key & 7 {
    case 0:
      guard let value = varint() else { return nil }
      return (number, .number(value))
    case 1:
      guard end - place >= 8 else { return nil }
      defer { place += 8 }
      return (
        number,
        .fixed64(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
      )
    case 2:
      guard let length = varint(), length <= UInt64(end - place) else { return nil }
      let range = place..<place + Int(length)
      place = range.upperBound
      return (number, .bytes(range))
    case 5:
      guard end - place >= 4 else { return nil }
      defer { place += 4 }
      return (
        number,
        .fixed32(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
      )
    default: return nil
    }
  }

  /// Whether all bytes were read as fields.
  var isAtEnd: Bool { place == end }

  @inline(__always)
  mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while place < end, shift < 64 {
      let byte = bytes[place]
      place += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }
}

extension UnsafeRawBufferPointer {
  /// A text of a message; what is not UTF-8 becomes replacement characters.
  func text(_ range: Range<Int>) -> String {
    String(decoding: UnsafeRawBufferPointer(rebasing: self[range]), as: UTF8.self)
  }
}
