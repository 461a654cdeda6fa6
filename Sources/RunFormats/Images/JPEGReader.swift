import CImageCodecs
import ReviewCore

/// JPEG in gray and RGB, baseline and progressive, by TurboJPEG as Pillow decodes it.
enum JPEGReader {
  static func isJPEG(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xFF, 0xD8, 0xFF]) }

  // Each block of 64 pixels takes at least a bit.
  private static let mostPixelsPerByte = 512

  static func decode(_ bytes: [UInt8]) throws(ImageFailure) -> StoredImage {
    var info = kic_info()
    var message = [CChar](repeating: 0, count: 200)
    guard kic_jpeg_info(bytes, bytes.count, &info, &message, message.count) == 0 else {
      throw failure(message)
    }
    let pixels = Int(info.width) * Int(info.height)
    guard pixels <= bytes.count * mostPixelsPerByte, pixels <= 1 << 28 else {
      throw ImageFailure("the header promises more pixels than the file can hold")
    }
    let size = pixels * Int(info.channels)
    var code: Int32 = -1
    let values = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      buffer.initialize(repeating: 0)
      code = kic_jpeg_decode(
        bytes, bytes.count, &info, buffer.baseAddress, &message, message.count)
      count = size
    }
    guard code == 0 else { throw failure(message) }
    return StoredImage(
      width: Int(info.width), height: Int(info.height), channels: Int(info.channels),
      bytesPerValue: 1, values: values)
  }

  /// From the frame's marker, where the beginning of a file reaches that far.
  static func size(ofHead bytes: [UInt8]) -> PictureSize? {
    var place = 2
    while place + 9 < bytes.count, bytes[place] == 0xFF {
      let marker = bytes[place + 1]
      let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
      // All frames but those of tables (C4), arithmetic conditions (CC) and extensions (C8).
      if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
        return PictureSize(
          width: Int(bytes[place + 7]) << 8 | Int(bytes[place + 8]),
          height: Int(bytes[place + 5]) << 8 | Int(bytes[place + 6]))
      }
      place += 2 + length
    }
    return nil
  }

  private static func failure(_ message: [CChar]) -> ImageFailure {
    let words = String(
      decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return ImageFailure(words.isEmpty ? "the JPEG cannot be decoded" : words)
  }
}
