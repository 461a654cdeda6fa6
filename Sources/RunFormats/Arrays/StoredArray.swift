import ReviewCore

/// An array with the values its file stores.
package struct StoredArray: Sendable {
  package let header: ArrayHeader
  /// The values begin at `start`; little-endian, the last axis fastest, whatever the file has.
  private let bytes: [UInt8]
  private let start: Int

  /// - Parameter bytes: of a whole `.npy`; what stands behind its values is left out.
  package init(_ bytes: [UInt8]) throws(ArrayFailure) {
    try self.init(NPYHeader.read(bytes), bytes)
  }

  /// - Parameters:
  ///   - header: whose `dataOffset` counts from the first of these bytes.
  ///   - bytes: what stands before and behind the values is left out.
  init(_ header: ArrayHeader, _ bytes: [UInt8]) throws(ArrayFailure) {
    let room = bytes.count - header.dataOffset
    guard header.dataSize <= room else {
      throw ArrayFailure(
        "its header promises \(header.dataSize) bytes of values, \(max(0, room)) are there",
        offset: header.dataOffset)
    }
    self.header = header
    if header.type.isBigEndian || (header.isFortran && header.shape.count > 1) {
      self.bytes = Self.ordered(bytes, header)
      start = 0
    } else {
      self.bytes = bytes
      start = header.dataOffset
    }
  }

  private init(slice index: Int, of whole: StoredArray) throws(ArrayFailure) {
    // In order by now, whatever the file has.
    let ordered = try ArrayHeader(
      type: whole.header.type, shape: whole.header.shape, dataOffset: whole.start)
    guard let header = ordered.slice(index) else {
      throw ArrayFailure(
        "its first axis has \(ordered.shape.first ?? 0) places, and none of number \(index)")
    }
    self.header = header
    bytes = whole.bytes
    start = header.dataOffset
  }

  /// One place on the first axis.
  func slice(_ index: Int) throws(ArrayFailure) -> StoredArray {
    try StoredArray(slice: index, of: self)
  }

  /// How many values there are.
  package var count: Int { header.dataSize / header.type.size }

  /// The values little-endian and in C order.
  private static func ordered(_ bytes: [UInt8], _ header: ArrayHeader) -> [UInt8] {
    let size = header.type.size
    let count = header.dataSize / size
    let shape = header.shape
    // How far apart neighbours along each axis lie in the file, in values.
    var strides = [Int](repeating: 1, count: shape.count)
    let order = header.isFortran ? Array(shape.indices) : shape.indices.reversed()
    var stride = 1
    for axis in order {
      strides[axis] = stride
      stride *= max(1, shape[axis])
    }
    return [UInt8](unsafeUninitializedCapacity: header.dataSize) { output, written in
      bytes.withUnsafeBufferPointer { input in
        var index = [Int](repeating: 0, count: shape.count)
        var source = 0
        for value in 0..<count {
          let from = header.dataOffset + source * size
          for byte in 0..<size {
            output[value * size + byte] =
              input[from + (header.type.isBigEndian ? size - 1 - byte : byte)]
          }
          // Counts up like an odometer, the last axis fastest.
          var axis = shape.count - 1
          while axis >= 0 {
            index[axis] += 1
            source += strides[axis]
            if index[axis] < shape[axis] { break }
            source -= strides[axis] * shape[axis]
            index[axis] = 0
            axis -= 1
          }
        }
      }
      written = header.dataSize
    }
  }

  /// The stored bytes of so many values.
  package func stored(_ values: Range<Int>) -> [UInt8] {
    let size = header.type.size
    return Array(bytes[start + values.lowerBound * size..<start + values.upperBound * size])
  }

  /// All values in the precision they are stored in: bytes, truth values as 0 and 1, and floats of 32
  /// and 64 bits as they stand, floats of 16 bits as such of 32, all others as floats of 64.
  var tableValues: NumberTable.Values {
    let values = start..<start + header.dataSize
    switch (header.type.kind, header.type.size) {
    case (.uint, 1): return .bytes(Array(bytes[values]))
    case (.bool, _): return .bytes(bytes[values].map { $0 == 0 ? 0 : 1 })
    case (.float, 4): return .single(copied(0))
    case (.float, 8): return .double(copied(0))
    case (.float, _): return .single(converted { Float($0) })
    default: return .double(converted { $0 })
    }
  }

  /// The stored bytes as values of their own type, in one piece.
  private func copied<Value: BitwiseCopyable>(_ zero: Value) -> [Value] {
    #if _endian(little)
      return [Value](unsafeUninitializedCapacity: count) { output, written in
        bytes.withUnsafeBytes { bytes in
          UnsafeMutableRawBufferPointer(output).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + header.dataSize]))
        }
        written = count
      }
    #else
      #error("values are stored little-endian")
    #endif
  }

  private func converted<Value>(_ value: (Double) -> Value) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(count)
    forEachChunk { chunk in
      for number in chunk { values.append(value(number)) }
    }
    return values
  }

  /// Its values in pairs.
  var points: [(x: Double, y: Double)] {
    var points: [(x: Double, y: Double)] = []
    points.reserveCapacity(count / 2)
    // A chunk holds an even number of values.
    forEachChunk { chunk in
      for place in stride(from: 0, to: chunk.count - 1, by: 2) {
        points.append((chunk[place], chunk[place + 1]))
      }
    }
    return points
  }

  /// Hands over all values in order, some thousand at a time.
  func forEachChunk(_ body: (UnsafeBufferPointer<Double>) -> Void) {
    let room = 4096
    withUnsafeTemporaryAllocation(of: Double.self, capacity: room) { chunk in
      bytes.withUnsafeBytes { bytes in
        var first = 0
        while first < count {
          let part = first..<min(first + room, count)
          NumberReading.fill(
            chunk, from: bytes, at: start + part.lowerBound * header.type.size, count: part.count,
            type: header.type)
          body(UnsafeBufferPointer(rebasing: chunk[..<part.count]))
          first = part.upperBound
        }
      }
    }
  }

  /// The 8-bit gray, or level of one channel, of every value.
  ///
  /// - Parameter range: for types that ask for one.
  func levels(_ range: ValueRange) -> [UInt8] {
    let type = header.type
    return [UInt8](unsafeUninitializedCapacity: count) { output, written in
      bytes.withUnsafeBufferPointer { bytes in
        switch (type.kind, type.size) {
        case (.bool, _):
          for place in 0..<count { output[place] = bytes[start + place] == 0 ? 0 : 255 }
        case (.uint, 1):
          for place in 0..<count { output[place] = bytes[start + place] }
        case (.uint, 2):
          for place in 0..<count {
            let wide = Int(bytes[start + 2 * place]) + 256 * Int(bytes[start + 2 * place + 1])
            output[place] = UInt8((2 * wide + 257) / 514)
          }
        default:
          var place = 0
          forEachChunk { chunk in
            for value in chunk {
              output[place] = range.gray(of: value)
              place += 1
            }
          }
        }
      }
      written = count
    }
  }
}
