import CImageCodecs
import ReviewCore

/// WebP, lossy and lossless; of an animation nothing.
enum WebPReader {
  static func isWebP(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 12 && bytes.starts(with: Array("RIFF".utf8))
      && bytes[8..<12].elementsEqual(Array("WEBP".utf8))
  }

  // A picture of one colour takes next to nothing, however large it is.
  private static let mostPixels = 1 << 24

  static func decode(_ bytes: [UInt8]) throws(ImageFailure) -> StoredImage {
    var info = kic_info()
    switch kic_webp_info(bytes, bytes.count, &info) {
    case 0: break
    case -2:
      throw ImageFailure("WebP pictures need the library libwebp, which is not installed")
    default: throw ImageFailure("the WebP's header is damaged")
    }
    let pixels = Int(info.width) * Int(info.height)
    guard pixels <= mostPixels else {
      throw ImageFailure("the header promises more pixels than the file can hold")
    }
    var code: Int32 = -1
    let values = [UInt8](unsafeUninitializedCapacity: 4 * pixels) { buffer, count in
      buffer.initialize(repeating: 0)
      code = kic_webp_decode(bytes, bytes.count, buffer.baseAddress, 4 * pixels, info.width)
      count = 4 * pixels
    }
    guard code == 0 else { throw ImageFailure("the WebP's data is damaged or ends too early") }
    return StoredImage(
      width: Int(info.width), height: Int(info.height), channels: 4, bytesPerValue: 1,
      values: values)
  }

  static func size(ofHead bytes: [UInt8]) -> PictureSize? {
    var info = kic_info()
    guard kic_webp_info(bytes, bytes.count, &info) == 0 else { return nil }
    return PictureSize(width: Int(info.width), height: Int(info.height))
  }
}
