/// Turns stored numbers into `Double`, exactly where 53 bits suffice and rounded to even where not.
enum NumberReading {
  /// Reads so many little-endian values; the buffers hold them.
  static func fill(
    _ output: UnsafeMutableBufferPointer<Double>, from bytes: UnsafeRawBufferPointer, at start: Int,
    count: Int, type: ElementType
  ) {
    switch (type.kind, type.size) {
    case (.float, 2): halves(output, bytes, start, count)
    case (.float, 4):
      each(output, bytes, start, count, UInt32.self) { Double(Float(bitPattern: $0)) }
    case (.float, _): each(output, bytes, start, count, UInt64.self) { Double(bitPattern: $0) }
    case (.int, 1): each(output, bytes, start, count, Int8.self) { Double($0) }
    case (.int, 2): each(output, bytes, start, count, Int16.self) { Double($0) }
    case (.int, 4): each(output, bytes, start, count, Int32.self) { Double($0) }
    case (.int, _): each(output, bytes, start, count, Int64.self) { Double($0) }
    case (_, 1): each(output, bytes, start, count, UInt8.self) { Double($0) }
    case (_, 2): each(output, bytes, start, count, UInt16.self) { Double($0) }
    case (_, 4): each(output, bytes, start, count, UInt32.self) { Double($0) }
    default: each(output, bytes, start, count, UInt64.self) { Double($0) }
    }
  }

  @inline(__always)
  private static func each<Stored: FixedWidthInteger>(
    _ output: UnsafeMutableBufferPointer<Double>, _ bytes: UnsafeRawBufferPointer, _ start: Int,
    _ count: Int, _ type: Stored.Type, _ value: (Stored) -> Double
  ) {
    for place in 0..<count {
      let stored = bytes.loadUnaligned(
        fromByteOffset: start + place * MemoryLayout<Stored>.size, as: Stored.self)
      output[place] = value(Stored(littleEndian: stored))
    }
  }

  // Without the processor's own instruction a conversion is a call; this is a shift and a product.
  @inline(__always)
  private static func halves(
    _ output: UnsafeMutableBufferPointer<Double>, _ bytes: UnsafeRawBufferPointer, _ start: Int,
    _ count: Int
  ) {
    each(output, bytes, start, count, UInt16.self) { half in
      let magnitude = UInt32(half & 0x7FFF) << 13
      // 2^112 moves the exponent of a half to that of a float, subnormal ones included.
      var bits = (Float(bitPattern: magnitude) * 0x1p112).bitPattern
      if half & 0x7C00 == 0x7C00 { bits |= 0x7F80_0000 }
      return Double(Float(bitPattern: bits | UInt32(half & 0x8000) << 16))
    }
  }
}
