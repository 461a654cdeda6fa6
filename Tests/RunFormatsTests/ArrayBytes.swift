import Foundation

/// Arrays as numpy writes them, made by tests.
enum ArrayBytes {
  /// An `.npy` in C order.
  static func npy(_ shape: [Int], descr: String, _ values: [UInt8], fortran: Bool = false)
    -> [UInt8]
  {
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let header =
      "{'descr': '\(descr)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': (\(sizes)), }"
    let padded = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8) + values
  }

  /// Of 32-bit floats.
  static func floats(_ shape: [Int], _ value: (Int) -> Float = { Float($0 % 97) / 97 }) -> [UInt8] {
    npy(shape, descr: "<f4", little((0..<shape.reduce(1, *)).map { value($0).bitPattern }))
  }

  static func integers(_ shape: [Int], _ value: (Int) -> Int64 = { Int64($0 % 10) }) -> [UInt8] {
    npy(shape, descr: "<i8", little((0..<shape.reduce(1, *)).map { value($0) }))
  }

  /// What numpy writes of objects, a pickle.
  static var pickled: [UInt8] { npy([4, 4], descr: "|O", Array(repeating: 0, count: 64)) }

  static func little<Value: FixedWidthInteger>(_ values: [Value]) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } }
  }

  /// An `.npz` as `numpy.savez` writes it: stored members, one an array.
  static func npz(_ members: [(key: String, npy: [UInt8])]) -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for (key, npy) in members {
      let name = Array("\(key).npy".utf8)
      let offset = UInt32(file.count)
      let crc = crc32(npy)
      let fixed: [UInt8] =
        little([UInt16(20), 0, 0, 0, 0x21]) + little([crc, UInt32(npy.count), UInt32(npy.count)])
        + little([UInt16(name.count), 0])
      file += [0x50, 0x4B, 3, 4] + fixed + name + npy
      directory += [0x50, 0x4B, 1, 2] + little([UInt16(20)]) + fixed
      directory += little([UInt16(0), 0, 0]) + little([UInt32(0), offset]) + name
    }
    let end =
      little([UInt16(0), 0, UInt16(members.count), UInt16(members.count)])
      + little([UInt32(directory.count), UInt32(file.count)]) + little([UInt16(0)])
    return file + directory + [0x50, 0x4B, 5, 6] + end
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc = ~UInt32(0)
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
