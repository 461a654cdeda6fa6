import ReviewCore

/// The header of a `.safetensors` file: its length in 64 bits, then JSON with type, shape and place
/// of each tensor.
enum SafetensorsHeader {
  // The format's own bound is 100 MB; a file of samples has a few tensors.
  private static let longest = 1 << 22
  private static let types = [
    "BOOL": "|b1", "U8": "|u1", "I8": "|i1", "I16": "<i2", "U16": "<u2", "I32": "<i4",
    "U32": "<u4", "I64": "<i8", "U64": "<u8", "F16": "<f2", "F32": "<f4", "F64": "<f8",
  ]

  static func isSafetensors(_ head: [UInt8]) -> Bool {
    guard head.count >= 10, head[8] == UInt8(ascii: "{") else { return false }
    let length = LittleEndian(head).number(at: 0, bytes: 8)
    return length >= 2 && length <= longest
  }

  /// How many bytes it takes to read the header, from its first 8.
  static func size(_ head: [UInt8]) -> Int { 8 + LittleEndian(head).number(at: 0, bytes: 8) }

  /// The tensors in the order of the file, and those that cannot be read.
  ///
  /// - Parameters:
  ///   - bytes: the whole header.
  ///   - fileSize: of the file, which the tensors lie in.
  static func members(
    _ bytes: [UInt8], fileSize: Int
  ) throws(ArrayFailure) -> (
    members: [ArrayFile.Member], failures: [(name: String, failure: ArrayFailure)]
  ) {
    let end = size(bytes)
    guard bytes.count >= end else { throw ArrayFailure("it ends inside its header") }
    guard let tensors = (try? JSONReader.value(in: bytes, 8..<end))?.object else {
      throw ArrayFailure("its header cannot be read as JSON", offset: 8)
    }
    var members: [ArrayFile.Member] = []
    var failures: [(name: String, failure: ArrayFailure)] = []
    for tensor in tensors.members where tensor.key != "__metadata__" {
      do throws(ArrayFailure) {
        members.append(
          ArrayFile.Member(
            name: tensor.key,
            header: try header(tensor.value, start: end, fileSize: fileSize)))
      } catch {
        failures.append((tensor.key, error))
      }
    }
    return (members, failures)
  }

  private static func header(
    _ value: JSONValue, start: Int, fileSize: Int
  ) throws(ArrayFailure) -> ArrayHeader {
    func numbers(_ key: String) -> [Int]? {
      guard let values = value[key]?.array else { return nil }
      let numbers = values.compactMap { $0.number.flatMap { Int(exactly: $0) } }
      return numbers.count == values.count ? numbers : nil
    }
    guard let type = value["dtype"]?.string, let shape = numbers("shape"),
      let range = numbers("data_offsets"), range.count == 2
    else { throw ArrayFailure("its type, shape or place is missing") }
    guard let descr = types[type] else {
      throw ArrayFailure("its dtype is \(PrintableText.escaped(type)); save it as float32")
    }
    let (from, to) = (range[0], range[1])
    guard from >= 0, to >= from, to <= fileSize - start else {
      throw ArrayFailure("its values lie outside of the file, which may not be whole yet")
    }
    let header = try ArrayHeader(
      type: ElementType(descr: descr), shape: shape, dataOffset: start + from)
    guard header.dataSize == to - from else {
      throw ArrayFailure("its shape does not fit the \(to - from) bytes of its values")
    }
    return header
  }
}
