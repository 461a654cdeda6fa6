/// The header of an IDX file, as the MNIST data sets are kept: two zeros, a type, the number of
/// axes, their sizes in 32 bits; everything big-endian.
enum IDXHeader {
  /// The longest header: 255 axes.
  static let longest = 4 + 4 * 255

  /// Whether bytes begin like an IDX file of at least one axis.
  static func isIDX(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 4 && bytes[0] == 0 && bytes[1] == 0 && type(bytes[2]) != nil && bytes[3] > 0
  }

  /// Reads the header at the start of a file, which need not be there any further.
  static func read(_ bytes: [UInt8]) throws(ArrayFailure) -> ArrayHeader {
    guard isIDX(bytes), let descr = type(bytes[2]) else {
      throw ArrayFailure("it does not begin as an IDX file does", offset: 0)
    }
    let count = Int(bytes[3])
    let end = 4 + 4 * count
    guard bytes.count >= end else { throw ArrayFailure("it ends inside its header") }
    let shape = (0..<count).map { axis in
      bytes[4 + 4 * axis..<8 + 4 * axis].reduce(0) { $0 << 8 | Int($1) }
    }
    return try ArrayHeader(type: ElementType(descr: descr), shape: shape, dataOffset: end)
  }

  private static func type(_ code: UInt8) -> String? {
    switch code {
    case 0x08: return "|u1"
    case 0x09: return "|i1"
    case 0x0B: return ">i2"
    case 0x0C: return ">i4"
    case 0x0D: return ">f4"
    case 0x0E: return ">f8"
    default: return nil
    }
  }
}
