import ReviewCore

/// Why a picture could not be decoded.
package struct ImageFailure: Error, Equatable, Sendable {
  package let reason: String

  package init(_ reason: String) { self.reason = reason }
}

/// Pictures of every coding that is read, told apart by their first bytes and never by their names.
package enum ImageFile {
  private static let endings: Set = [
    "png", "jpg", "jpeg", "pgm", "ppm", "pbm", "pnm", "gif", "webp",
  ]
  private static let longestEnding = 4

  /// Enough of a file's beginning to tell its size in most codings.
  static let headSize = 4096

  /// Whether a name is one of a picture.
  static func isPicture(_ path: String) -> Bool {
    let bytes = path.utf8
    guard let dot = bytes.suffix(longestEnding + 1).lastIndex(of: UInt8(ascii: ".")) else {
      return false
    }
    let ending = path[bytes.index(after: dot)...]
    // Nearly all are written in small letters, which need no copy.
    return ending == "png" || endings.contains(ending.lowercased())
  }

  /// Whether bytes begin like a picture that can be read.
  package static func isPicture(_ bytes: [UInt8]) -> Bool { coding(of: bytes) != nil }

  private enum Coding { case png, jpeg, pnm, gif, webp }

  private static func coding(of bytes: [UInt8]) -> Coding? {
    if PNGReader.isPNG(bytes) { return .png }
    if JPEGReader.isJPEG(bytes) { return .jpeg }
    if PNMReader.isPNM(bytes) { return .pnm }
    if GIFReader.isGIF(bytes) { return .gif }
    return WebPReader.isWebP(bytes) ? .webp : nil
  }

  /// The whole picture.
  ///
  /// What is allocated is bounded by what the bytes can hold.
  package static func decode(_ bytes: [UInt8]) throws(ImageFailure) -> StoredImage {
    switch coding(of: bytes) {
    case .png: return try PNGReader.decode(bytes)
    case .jpeg: return try JPEGReader.decode(bytes)
    case .pnm: return try PNMReader.decode(bytes)
    case .gif: return try GIFReader.decode(bytes)
    case .webp: return try WebPReader.decode(bytes)
    case nil:
      throw ImageFailure(
        bytes.isEmpty
          ? "it is empty"
          : "it is no picture of a kind that is read: PNG, JPEG, PGM, PPM, PBM, GIF, WebP")
    }
  }

  /// Whether the coding gives other values than were drawn: an even padding is not quite even then.
  static func isLossy(_ bytes: [UInt8]) -> Bool {
    switch coding(of: bytes) {
    case .jpeg: return true
    case .webp: return bytes.count >= 16 && bytes[12..<16].elementsEqual(Array("VP8 ".utf8))
    default: return false
    }
  }

  /// Width and height as the beginning of a file tells them; nil where it does not.
  static func size(ofHead bytes: [UInt8]) -> PictureSize? {
    switch coding(of: bytes) {
    case .png: return PNGReader.size(ofHead: bytes)
    case .jpeg: return JPEGReader.size(ofHead: bytes)
    case .pnm: return PNMReader.size(ofHead: bytes)
    case .gif: return GIFReader.size(ofHead: bytes)
    case .webp: return WebPReader.size(ofHead: bytes)
    case nil: return nil
    }
  }
}
