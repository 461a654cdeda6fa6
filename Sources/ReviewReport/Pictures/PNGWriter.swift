import CDeflate
package import ReviewCore

/// Writes gray PNGs, the same bytes for the same picture.
package enum PNGWriter {
  /// What tells our own pictures from others.
  package static let software = "Keepoch"

  /// - Parameter source: the report that shows it; printable ASCII, other characters are left out.
  package static func bytes(of image: GrayImage, source: String = "") -> [UInt8] {
    var rows: [UInt8] = []
    rows.reserveCapacity((image.width + 1) * image.height)
    for row in 0..<image.height {
      rows.append(0)
      rows += image.pixels[row * image.width..<(row + 1) * image.width]
    }
    var packed = [UInt8](repeating: 0, count: kdf_bound(rows.count))
    packed.removeLast(packed.count - kdf_compress(rows, rows.count, &packed, packed.count))
    var header = bigEndian(image.width) + bigEndian(image.height)
    header += [8, 0, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
      + chunk("tEXt", Array("Software\0\(software)".utf8))
      + chunk("tEXt", Array("Source\0\(plain(source))".utf8)) + chunk("IDAT", packed)
      + chunk("IEND", [])
  }

  /// The report that a picture of ours belongs to; nil for any other file.
  package static func source(of bytes: [UInt8]) -> String? {
    let mark = Array("Software\0\(software)".utf8)
    let start = 41 + mark.count + 4
    guard bytes.count > start + 8, Array(bytes[41..<41 + mark.count]) == mark else { return nil }
    let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    let label = Array("tEXtSource\0".utf8)
    let text = start + 4 + label.count
    guard Array(bytes[start + 4..<min(text, bytes.count)]) == label,
      length >= 7, start + 8 + length <= bytes.count
    else { return nil }
    return String(decoding: bytes[text..<start + 8 + length], as: UTF8.self)
  }

  private static func plain(_ text: String) -> String {
    String(text.filter { $0.isASCII && $0 >= " " && $0 != "\u{7F}" })
  }

  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    return bigEndian(data.count) + body + bigEndian(Int(kdf_crc32(0, body, body.count)))
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
