import ReviewCore

/// Why a picture could not be decoded.
package struct ImageFailure: Error, Equatable, Sendable {
  package let reason: String

  package init(_ reason: String) { self.reason = reason }
}

/// Pictures of every coding that is read, told apart by their first bytes and never by their names.
package enum ImageFile {
  private static let endings = [".png"]

  /// Enough of a file's beginning to tell its size in most codings.
  static let headSize = 4096

  /// Whether a name is one of a picture.
  static func isPicture(_ path: String) -> Bool {
    let bytes = path.utf8
    return endings.contains { ending in
      bytes.count >= ending.utf8.count
        && zip(bytes.suffix(ending.utf8.count), ending.utf8).allSatisfy {
          $0 == $1 || ($0 | 0x20 == $1 && $1 >= 0x61)
        }
    }
  }

  /// Whether bytes begin like a picture that can be read.
  package static func isPicture(_ bytes: [UInt8]) -> Bool { PNGReader.isPNG(bytes) }

  /// The whole picture.
  ///
  /// What is allocated is bounded by what the bytes can hold.
  package static func decode(_ bytes: [UInt8]) throws(ImageFailure) -> StoredImage {
    if PNGReader.isPNG(bytes) { return try PNGReader.decode(bytes) }
    throw ImageFailure(
      bytes.isEmpty ? "it is empty" : "it is no picture of a kind that is read (PNG)")
  }

  /// Width and height as the beginning of a file tells them; nil where it does not.
  static func size(ofHead bytes: [UInt8]) -> PictureSize? {
    if PNGReader.isPNG(bytes) { return PNGReader.size(ofHead: bytes) }
    return nil
  }
}
