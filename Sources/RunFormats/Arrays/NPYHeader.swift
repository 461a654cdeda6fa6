/// What an `.npy` says of itself before its values: versions 1, 2 and 3 of numpy's format.
package struct NPYHeader: Equatable, Sendable {
  package let type: ElementType
  /// Whether the first axis runs fastest.
  package let isFortran: Bool
  package let shape: [Int]
  /// Where the values begin.
  package let dataOffset: Int
  /// How many bytes the values take.
  package let dataSize: Int

  private static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]
  // numpy itself refuses headers over 10,000 bytes unless told to trust them.
  private static let longest = 1 << 16
  private static let mostAxes = 64

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
  package init(_ bytes: [UInt8]) throws(ArrayFailure) {
    dataOffset = try Self.size(bytes)
    guard bytes.count >= dataOffset else { throw ArrayFailure("it ends inside its header") }
    let literal = try PythonLiteralParser.literal(bytes[(bytes[6] == 1 ? 10 : 12)..<dataOffset])
    guard case .dictionary = literal else { throw Self.failure("it is not a dictionary") }
    switch literal["descr"] {
    case .string(let descr)?: type = try ElementType(descr: descr)
    case .sequence?: throw ArrayFailure("its dtype is structured, which is no type of numbers")
    default: throw Self.failure("descr is missing")
    }
    guard case .bool(let isFortran)? = literal["fortran_order"] else {
      throw Self.failure("fortran_order is missing")
    }
    self.isFortran = isFortran
    guard case .sequence(let sizes)? = literal["shape"], sizes.count <= Self.mostAxes else {
      throw Self.failure("shape is missing or not a tuple")
    }
    var shape: [Int] = []
    // Axes are multiplied without zeros first, so that a zero hides no absurd size.
    var bytes = type.size
    for size in sizes {
      guard case .integer(let size) = size, size >= 0 else {
        throw Self.failure("shape has a size that is no whole number from 0")
      }
      let (product, isTooLarge) = bytes.multipliedReportingOverflow(by: max(1, size))
      guard !isTooLarge else { throw Self.failure("shape is larger than any memory") }
      bytes = product
      shape.append(size)
    }
    self.shape = shape
    dataSize = shape.contains(0) ? 0 : bytes
  }

  private static func failure(_ why: String) -> ArrayFailure {
    ArrayFailure("its header cannot be used: \(why)")
  }

  /// `float16 (64,1,28,28)`.
  package var words: String { "\(type.name) \(Self.text(of: shape))" }

  /// `(64,1,28,28)`, and `(784,)` for one axis, as Python writes it.
  static func text(of shape: some Collection<Int>) -> String {
    "(\(shape.map(String.init).joined(separator: ","))\(shape.count == 1 ? "," : ""))"
  }
}
