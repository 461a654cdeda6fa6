/// The header of an `.npy`: versions 1, 2 and 3 of numpy's format.
package enum NPYHeader {
  private static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]
  // numpy itself refuses headers over 10,000 bytes unless told to trust them.
  private static let longest = 1 << 16

  package static func isNPY(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: magic) }

  /// How many bytes it takes to read the header, from its first 12 at most.
  static func size(_ bytes: [UInt8]) throws(ArrayFailure) -> Int {
    guard bytes.count >= 8 else {
      throw ArrayFailure(bytes.isEmpty ? "it is empty" : "it ends inside its header")
    }
    guard isNPY(bytes) else { throw ArrayFailure("it does not begin as an .npy does", offset: 0) }
    let version = bytes[6]
    guard (1...3).contains(version) else {
      throw ArrayFailure("it is of version \(version) of the format; 1 to 3 are known", offset: 6)
    }
    let width = version == 1 ? 2 : 4
    guard bytes.count >= 8 + width else { throw ArrayFailure("it ends inside its header") }
    var length = 0
    for place in (0..<width).reversed() { length = length << 8 | Int(bytes[8 + place]) }
    guard length <= longest else {
      throw ArrayFailure("its header claims to be \(length) bytes long", offset: 8)
    }
    return 8 + width + length
  }

  /// Reads the header at the start of a file, which need not be there any further.
  package static func read(_ bytes: [UInt8]) throws(ArrayFailure) -> ArrayHeader {
    let dataOffset = try size(bytes)
    guard bytes.count >= dataOffset else { throw ArrayFailure("it ends inside its header") }
    let literal = try PythonLiteralParser.literal(bytes[(bytes[6] == 1 ? 10 : 12)..<dataOffset])
    guard case .dictionary = literal else { throw ArrayHeader.failure("it is not a dictionary") }
    let type: ElementType
    switch literal["descr"] {
    case .string(let descr)?: type = try ElementType(descr: descr)
    case .sequence?: throw ArrayFailure("its dtype is structured, which is no type of numbers")
    default: throw ArrayHeader.failure("descr is missing")
    }
    guard case .bool(let isFortran)? = literal["fortran_order"] else {
      throw ArrayHeader.failure("fortran_order is missing")
    }
    guard case .sequence(let sizes)? = literal["shape"] else {
      throw ArrayHeader.failure("shape is missing or not a tuple")
    }
    var shape: [Int] = []
    for size in sizes {
      guard case .integer(let size) = size, size >= 0 else {
        throw ArrayHeader.failure("shape has a size that is no whole number from 0")
      }
      shape.append(size)
    }
    return try ArrayHeader(
      type: type, isFortran: isFortran, shape: shape, dataOffset: dataOffset)
  }
}
