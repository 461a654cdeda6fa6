import CImageCodecs
import ReviewCore

/// PNG in every coding: gray, gray with alpha, RGB, RGBA, palette, 1 to 16 bit, interlaced.
package enum PNGReader {
  package static func isPNG(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
  }

  /// Width and height from the header alone.
  package static func size(_ bytes: [UInt8]) throws(ImageFailure) -> (width: Int, height: Int) {
    let info = try header(bytes)
    return (Int(info.width), Int(info.height))
  }

  // Signature, length and kind of the first chunk, width and height.
  private static let headSize = 24

  static func size(ofHead bytes: [UInt8]) -> PictureSize? {
    guard bytes.count >= headSize else { return nil }
    func number(_ place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    return PictureSize(width: number(16), height: number(20))
  }

  /// The whole picture.
  ///
  /// What is allocated is bounded by what the file can hold: deflate never packs more than 1,032
  /// bytes into one.
  package static func decode(_ bytes: [UInt8]) throws(ImageFailure) -> StoredImage {
    let info = try header(bytes)
    let channels = Int(info.channels)
    let size = Int(info.width) * Int(info.height) * channels * Int(info.bytes)
    // As the file packs them: a palette of 1 bit grows 32-fold when it is spelled out as RGBA.
    let packed = Int(info.width) * Int(info.height) * Int(info.pixel_bits) / 8
    guard packed <= bytes.count * 1032, size <= 1 << 30 else {
      throw ImageFailure("the header promises more pixels than the file can hold")
    }
    var code: Int32 = 0
    let values = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      code = kic_png_decode(bytes, bytes.count, buffer.baseAddress, size)
      count = code == 0 ? size : 0
    }
    guard code == 0 else { throw failure(code) }
    return StoredImage(
      width: Int(info.width), height: Int(info.height), channels: channels,
      bytesPerValue: Int(info.bytes), values: values)
  }

  private static func header(_ bytes: [UInt8]) throws(ImageFailure) -> kic_info {
    guard isPNG(bytes) else { throw ImageFailure("it is not a PNG file") }
    var info = kic_info()
    let code = kic_png_info(bytes, bytes.count, &info)
    guard code == 0 else { throw failure(code) }
    return info
  }

  private static func failure(_ code: Int32) -> ImageFailure {
    ImageFailure(String(cString: kic_png_message(code)))
  }
}
