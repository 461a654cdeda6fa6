import ReviewCore

@testable import RunFormats

extension Subject {
  /// Pictures of each coding: a damaged one is refused or the same as the whole one.
  static let pictures: [Subject] = [
    Subject(
      name: "png", fixtures: Fixture.firstOfEach.filter { $0.ending == "png" },
      boundaries: PNGChunks.boundaries, seal: PNGChunks.sealed, check: picture),
    Subject(
      name: "jpeg", fixtures: Fixture.firstOfEach.filter { ["jpg", "jpeg"].contains($0.ending) },
      boundaries: jpegBoundaries, check: picture),
    Subject(
      name: "gif", fixtures: Fixture.firstOfEach.filter { $0.ending == "gif" },
      boundaries: gifBoundaries, check: picture),
    Subject(
      name: "webp", fixtures: Fixture.firstOfEach.filter { $0.ending == "webp" },
      boundaries: { _ in [4, 8, 12, 16, 20, 21, 25, 30] }, check: picture),
    Subject(
      name: "pnm",
      fixtures: Fixture.firstOfEach.filter { ["pbm", "pgm", "ppm"].contains($0.ending) },
      boundaries: lineBoundaries, check: picture),
  ]

  private static func picture(_ fixture: Fixture, _ seat: Seat) -> Check {
    let whole = try? ImageFile.decode(fixture.bytes)
    return { bytes, damage in
      let size = ImageFile.size(ofHead: Array(bytes.prefix(ImageFile.headSize)))
      _ = ImageFile.isLossy(bytes)
      guard let image = try? ImageFile.decode(bytes) else {
        return bytes.count == fixture.bytes.count && damage.isCut ? "it is refused" : nil
      }
      if let size, size.width != image.width || size.height != image.height {
        return "its head says \(size.width)x\(size.height), it is \(image.width)x\(image.height)"
      }
      if damage.isCut {
        return image.width == whole?.width && isSame(image.values, whole?.values ?? [])
          ? nil : "a part of it gives other pixels and no error"
      }
      // All that a reviewer sees of it; slow for a picture that became large.
      guard image.width * image.height <= 1 << 14 else { return nil }
      let gray = image.gray
      _ = PlotFigure.isFigure(gray, file: bytes)
      if case .sealed(let number) = damage, number % 16 != 1 { return nil }
      if case .changed(let number) = damage, number % 16 != 0 { return nil }
      guard let layout = GridDetector(pictures: [gray], isLossy: ImageFile.isLossy(bytes)).layout()
      else { return "no layout" }
      for sample in [0, layout.count - 1] {
        let origin = layout.origin(of: sample)
        _ = image.values(
          x: origin.x, y: origin.y, width: layout.sampleWidth, height: layout.sampleHeight)
      }
      return nil
    }
  }

  static func lineBoundaries(_ bytes: [UInt8]) -> [Int] {
    bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
  }

  private static func jpegBoundaries(_ bytes: [UInt8]) -> [Int] {
    bytes.indices.filter { bytes[$0] == 0xFF }.flatMap { [$0, $0 + 2, $0 + 4] }
  }

  /// Of the header, the colours and the blocks of data.
  private static func gifBoundaries(_ bytes: [UInt8]) -> [Int] {
    guard bytes.count > 13 else { return [] }
    var place = 13 + (bytes[10] & 0x80 != 0 ? 3 << (Int(bytes[10] & 7) + 1) : 0)
    var places = [6, 10, 13, place]
    while place < bytes.count {
      let kind = bytes[place]
      guard kind == 0x21 || kind == 0x2C, place + 10 < bytes.count else { break }
      place += kind == 0x21 ? 2 : 11
      if kind == 0x2C, bytes[place - 2] & 0x80 != 0 {
        place += 3 << (Int(bytes[place - 2] & 7) + 1)
      }
      while place < bytes.count, bytes[place] > 0 {
        place += 1 + Int(bytes[place])
        places.append(place)
      }
      place += 1
      places.append(place)
    }
    return places
  }
}

/// The chunks of a PNG, as its specification has them.
enum PNGChunks {
  private static let signature = 8

  private static func each(_ bytes: [UInt8], _ body: (_ start: Int, _ length: Int) -> Void) {
    var place = signature
    while place + 12 <= bytes.count {
      let length = (0..<4).reduce(0) { $0 << 8 | Int(bytes[place + $1]) }
      guard length <= bytes.count - place - 12 else { return }
      body(place, length)
      place += 12 + length
    }
  }

  static func boundaries(_ bytes: [UInt8]) -> [Int] {
    var places = [signature]
    each(bytes) { start, length in places += [start + 4, start + 8, start + 8 + length] }
    return places
  }

  /// The checksums of all chunks made to fit.
  static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    var sealed = bytes
    each(bytes) { start, length in
      let crc = Inflate.crc32(Array(bytes[start + 4..<start + 8 + length]))
      for offset in 0..<4 {
        sealed[start + 8 + length + offset] = UInt8(
          truncatingIfNeeded: crc >> UInt32(24 - 8 * offset))
      }
    }
    return sealed
  }
}
