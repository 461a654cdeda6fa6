import CDeflate
package import ReviewCore

/// Writes gray PNGs, the same bytes for the same picture.
package enum PNGWriter {
  /// What tells our own pictures from others.
  package static let software = "Keepoch"

  package static func bytes(of image: GrayImage) -> [UInt8] {
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
      + chunk("tEXt", Array("Software\0\(software)".utf8)) + chunk("IDAT", packed)
      + chunk("IEND", [])
  }

  /// Whether a file was written by this writer.
  package static func isOurs(_ bytes: [UInt8]) -> Bool {
    let mark = Array("Software\0\(software)".utf8)
    return bytes.count > 60 && Array(bytes[41..<41 + mark.count]) == mark
  }

  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    return bigEndian(data.count) + body + bigEndian(Int(kdf_crc32(0, body, body.count)))
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
