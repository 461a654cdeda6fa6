import ReviewCore

/// What one event of a TensorBoard file says that a review asks for.
enum EventRecord {
  /// The value of a tag.
  enum Value {
    case scalar(Double)
    /// Encoded pictures, where they lie in the buffer.
    case images([Range<Int>])
    case text(String)
    /// The hyperparameters of a session, by name.
    case settings([(name: String, value: EventSetting)])
    /// Histograms, sounds and whatever else nobody reviews.
    case other
  }

  // TensorFlow's numbers of types.
  private static let float = 1
  private static let double = 2
  private static let int32 = 3
  private static let string = 7
  private static let int64 = 9

  /// One value of a summary, its tag as a range of the buffer; nil where the bytes are no value.
  static func value(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> (tag: Range<Int>, value: Value)? {
    var reader = WireReader(bytes, range)
    var tag: Range<Int>?
    var value: Value?
    var tensor: Range<Int>?
    var plugin: (name: String, content: Range<Int>?)?
    while let (number, field) = reader.next() {
      switch (number, field) {
      case (1, .bytes(let range)): tag = range
      case (2, .fixed32(let bits)): value = .scalar(Double(Float(bitPattern: bits)))
      case (4, .bytes(let range)): value = image(bytes, range).map { .images([$0]) }
      case (8, .bytes(let range)): tensor = range
      case (9, .bytes(let range)): plugin = Self.plugin(bytes, range)
      default: break
      }
    }
    guard reader.isAtEnd, let tag else { return nil }
    if let plugin, plugin.name == "hparams" {
      let settings = plugin.content.map { EventSetting.settings(bytes, $0) } ?? []
      return (tag, settings.isEmpty ? .other : .settings(settings))
    }
    if let value { return (tag, value) }
    guard let tensor else { return (tag, .other) }
    return (tag, Self.tensor(bytes, tensor, plugin: plugin?.name))
  }

  /// A tag and a simple value and nothing else, as most records have; nil for anything else.
  @inline(__always)
  static func plainScalar(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> (tag: Range<Int>, value: Double)? {
    // A tag shorter than 128 bytes, then 5 bytes of a float.
    let length = range.count - 7
    let start = range.lowerBound
    guard length >= 0, length < 128, bytes[start] == 0x0A, Int(bytes[start + 1]) == length,
      bytes[start + 2 + length] == 0x15
    else { return nil }
    return (
      start + 2..<start + 2 + length, Double(float32(bytes, start + 3 + length))
    )
  }

  private static func image(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Range<Int>? {
    var reader = WireReader(bytes, range)
    var encoded: Range<Int>?
    while let (number, field) = reader.next() {
      if number == 4, case .bytes(let range) = field { encoded = range }
    }
    return encoded
  }

  private static func plugin(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> (name: String, content: Range<Int>?)? {
    var reader = WireReader(bytes, range)
    while let (number, field) = reader.next() {
      guard number == 1, case .bytes(let range) = field else { continue }
      var data = WireReader(bytes, range)
      var name = ""
      var content: Range<Int>?
      while let (number, field) = data.next() {
        guard case .bytes(let range) = field else { continue }
        if number == 1 { name = bytes.text(range) } else if number == 2 { content = range }
      }
      return (name, content)
    }
    return nil
  }

  /// A tensor of TensorFlow's second way to write: a number, texts, or a list of pictures.
  private static func tensor(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, plugin: String?
  ) -> Value {
    var reader = WireReader(bytes, range)
    var type = 0
    var content: Range<Int>?
    var strings: [Range<Int>] = []
    var number: Double?
    while let (place, field) = reader.next() {
      switch (place, field) {
      case (1, .number(let value)): type = Int(truncatingIfNeeded: value)
      case (4, .bytes(let range)): content = range
      case (5, .fixed32(let bits)): number = Double(Float(bitPattern: bits))
      case (5, .bytes(let range)) where range.count >= 4:
        number = Double(float32(bytes, range.lowerBound))
      case (6, .fixed64(let bits)): number = Double(bitPattern: bits)
      case (6, .bytes(let range)) where range.count >= 8:
        number = Double(
          bitPattern: UInt64(
            littleEndian: bytes.loadUnaligned(
              fromByteOffset: range.lowerBound, as: UInt64.self)))
      case (7, .number(let value)), (10, .number(let value)):
        number = Double(Int64(bitPattern: value))
      case (7, .bytes(let range)), (10, .bytes(let range)):
        var packed = WireReader(bytes, range)
        number = packed.varint().map { Double(Int64(bitPattern: $0)) }
      case (8, .bytes(let range)): strings.append(range)
      default: break
      }
    }
    switch type {
    case string where plugin == "images": return .images(Array(strings.dropFirst(2)))
    case string:
      return strings.isEmpty ? .other : .text(strings.map(bytes.text).joined(separator: "\n"))
    case float, double, int32, int64:
      guard plugin == nil || plugin == "scalars" else { return .other }
      if let content { number = scalar(bytes, content, type) }
      return number.map { .scalar($0) } ?? .other
    default: return .other
    }
  }

  /// The one number that a tensor's raw bytes hold; nil for more of them.
  private static func scalar(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ type: Int
  ) -> Double? {
    switch (type, range.count) {
    case (float, 4): return Double(float32(bytes, range.lowerBound))
    case (double, 8):
      return Double(
        bitPattern: UInt64(
          littleEndian: bytes.loadUnaligned(
            fromByteOffset: range.lowerBound, as: UInt64.self)))
    case (int32, 4):
      return Double(
        Int32(
          littleEndian: bytes.loadUnaligned(
            fromByteOffset: range.lowerBound, as: Int32.self)))
    case (int64, 8):
      return Double(
        Int64(
          littleEndian: bytes.loadUnaligned(
            fromByteOffset: range.lowerBound, as: Int64.self)))
    default: return nil
    }
  }

  private static func float32(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Float {
    Float(
      bitPattern: UInt32(
        littleEndian: bytes.loadUnaligned(
          fromByteOffset: place, as: UInt32.self)))
  }
}

/// The value of a hyperparameter.
enum EventSetting: Equatable, Sendable {
  case number(Double)
  case text(String)
  case bool(Bool)

  /// As a run's configuration has it.
  var value: SettingValue {
    switch self {
    case .number(let number): return .number(number)
    case .text(let text): return .text(text)
    case .bool(let isTrue): return .bool(isTrue)
    }
  }

  /// Those of a session's start, sorted by name as the file has them in no order.
  static func settings(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> [(name: String, value: EventSetting)] {
    var result: [(name: String, value: EventSetting)] = []
    var plugin = WireReader(bytes, range)
    while let (number, field) = plugin.next() {
      guard number == 3, case .bytes(let range) = field else { continue }
      var session = WireReader(bytes, range)
      while let (number, field) = session.next() {
        guard number == 1, case .bytes(let range) = field else { continue }
        var entry = WireReader(bytes, range)
        var name = ""
        var value: EventSetting?
        while let (number, field) = entry.next() {
          guard case .bytes(let range) = field else { continue }
          if number == 1 { name = bytes.text(range) }
          if number == 2 { value = Self.value(bytes, range) }
        }
        if let value { result.append((name, value)) }
      }
    }
    return result.sorted { $0.name < $1.name }
  }

  private static func value(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> EventSetting? {
    var reader = WireReader(bytes, range)
    while let (number, field) = reader.next() {
      switch (number, field) {
      case (2, .fixed64(let bits)): return .number(Double(bitPattern: bits))
      case (3, .bytes(let range)): return .text(bytes.text(range))
      case (4, .number(let value)): return .bool(value != 0)
      default: break
      }
    }
    return nil
  }
}
