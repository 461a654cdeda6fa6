import CInflate

/// Deflate, by zlib.
enum Inflate {
  /// The most bytes that one byte of a deflate stream can stand for.
  static let largestRatio = 1032

  /// A raw deflate stream as a whole, which must give so many bytes exactly.
  ///
  /// - Parameter size: bounded by the caller.
  static func whole(_ stream: [UInt8], size: Int) throws(ArrayFailure) -> [UInt8] {
    let (bytes, result) = run(stream, capacity: size)
    switch result {
    case KIN_WHOLE where bytes.count == size: return bytes
    case KIN_WHOLE: throw ArrayFailure("it gives \(bytes.count) bytes, not \(size) as promised")
    case KIN_MORE: throw ArrayFailure("it gives more than the \(size) bytes promised")
    case KIN_CUT: throw ArrayFailure("its compressed bytes end too early")
    case KIN_NO_MEMORY: throw ArrayFailure("there is no memory to decompress it")
    default: throw ArrayFailure("its compressed bytes are damaged")
    }
  }

  /// The first bytes that a raw deflate stream gives, or as many as come before it is damaged.
  static func beginning(_ stream: [UInt8], upTo size: Int) -> [UInt8] {
    run(stream, capacity: size).bytes
  }

  static func crc32(_ bytes: [UInt8]) -> UInt32 { kin_crc32(0, bytes, bytes.count) }

  private static func run(
    _ stream: [UInt8], capacity: Int
  ) -> (bytes: [UInt8], result: kin_result) {
    var result = KIN_BROKEN
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      result = kin_inflate(stream, stream.count, buffer.baseAddress, capacity, &count)
    }
    return (bytes, result)
  }
}
