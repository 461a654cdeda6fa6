import ReviewCore

/// PBM, PGM and PPM, binary and plain, with any greatest value up to 65,535.
enum PNMReader {
  static func isPNM(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 3 && bytes[0] == UInt8(ascii: "P") && (0x31...0x36).contains(bytes[1])
      && isBlank(bytes[2])
  }

  private struct Header {
    let kind: UInt8
    let width: Int
    let height: Int
    let greatest: Int
    /// Where the values begin.
    let end: Int

    var isPlain: Bool { kind < 0x34 }
    var isBitmap: Bool { kind == 0x31 || kind == 0x34 }
    var channels: Int { kind == 0x33 || kind == 0x36 ? 3 : 1 }
  }

  static func size(ofHead bytes: [UInt8]) -> PictureSize? {
    (try? header(bytes)).map { PictureSize(width: $0.width, height: $0.height) }
  }

  static func decode(_ bytes: [UInt8]) throws(ImageFailure) -> StoredImage {
    let header = try header(bytes)
    let (pixels, isTooLarge) = header.width.multipliedReportingOverflow(by: header.height)
    // A bit a value is the least that any of them takes.
    guard !isTooLarge, pixels <= 1 << 28, pixels / 8 <= bytes.count else {
      throw ImageFailure("the header promises more pixels than the file can hold")
    }
    let count = pixels * header.channels
    if header.kind == 0x34 { return try bits(bytes, header) }
    let values =
      header.isPlain ? try plain(bytes, header, count) : binary(bytes, header, count)
    guard values.count == count else {
      throw endsEarly(values.count, of: count)
    }
    guard values.allSatisfy({ Int($0) <= header.greatest }) else {
      throw tooGreat(header)
    }
    return image(values, header)
  }

  private static func endsEarly(_ there: Int, of count: Int) -> ImageFailure {
    ImageFailure("it ends too early: \(there) of \(count) values are there")
  }

  private static func tooGreat(_ header: Header) -> ImageFailure {
    ImageFailure("a value is greater than \(header.greatest), the greatest it promises")
  }

  private static func image(_ values: [UInt16], _ header: Header) -> StoredImage {
    let isWide = header.greatest > 255
    let full = isWide ? 65_535 : 255
    var stored: [UInt8] = []
    stored.reserveCapacity(values.count * (isWide ? 2 : 1))
    for value in values {
      let level = (2 * Int(value) * full + header.greatest) / (2 * header.greatest)
      stored.append(UInt8(truncatingIfNeeded: level))
      if isWide { stored.append(UInt8(truncatingIfNeeded: level >> 8)) }
    }
    return StoredImage(
      width: header.width, height: header.height, channels: header.channels,
      bytesPerValue: isWide ? 2 : 1, values: stored)
  }

  // MARK: Header

  private static func header(_ bytes: [UInt8]) throws(ImageFailure) -> Header {
    guard isPNM(bytes) else { throw ImageFailure("it is not a PBM, PGM or PPM file") }
    var place = 2
    let isBitmap = bytes[1] == 0x31 || bytes[1] == 0x34
    var numbers: [Int] = []
    for _ in 0..<(isBitmap ? 2 : 3) {
      guard let number = number(bytes, &place) else {
        throw ImageFailure("its header is damaged or ends too early")
      }
      numbers.append(number)
    }
    let greatest = isBitmap ? 1 : numbers[2]
    guard numbers[0] > 0, numbers[1] > 0, (1...65_535).contains(greatest) else {
      throw ImageFailure("its header has a size or a greatest value that no picture has")
    }
    // One blank, and no more, stands before the values.
    return Header(
      kind: bytes[1], width: numbers[0], height: numbers[1], greatest: greatest, end: place + 1)
  }

  /// A number behind blanks and comments; nil where there is none, or too large a one.
  private static func number(_ bytes: [UInt8], _ place: inout Int) -> Int? {
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "#") {
        while place < bytes.count, bytes[place] != 0x0A { place += 1 }
      } else if isBlank(bytes[place]) {
        place += 1
      } else {
        break
      }
    }
    var value = 0
    let start = place
    while place < bytes.count, (0x30...0x39).contains(bytes[place]) {
      guard value < 1 << 40 else { return nil }
      value = value * 10 + Int(bytes[place] - 0x30)
      place += 1
    }
    return place > start ? value : nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  // MARK: Values

  private static func plain(
    _ bytes: [UInt8], _ header: Header, _ count: Int
  ) throws(ImageFailure) -> [UInt16] {
    var values: [UInt16] = []
    var place = header.end
    while values.count < count {
      if header.isBitmap {
        // Bits need no blanks between them; 1 is black.
        while place < bytes.count, bytes[place] != 0x30, bytes[place] != 0x31 { place += 1 }
        guard place < bytes.count else { break }
        values.append(bytes[place] == 0x31 ? 0 : 1)
        place += 1
      } else {
        // A blank stands behind each number, the last one too: without it, a digit may be missing.
        guard let value = number(bytes, &place), place < bytes.count else { break }
        guard let value = UInt16(exactly: value) else { throw tooGreat(header) }
        values.append(value)
      }
    }
    return values
  }

  /// Eight pixels for each byte that holds them as bits; 1 is black.
  private static let pixelsOfBits: [UInt64] = (0..<256).map { byte in
    (0..<8).reduce(0) { $0 | (byte >> (7 - $1) & 1 == 1 ? 0 : UInt64(255) << UInt64(8 * $1)) }
  }

  private static func bits(_ bytes: [UInt8], _ header: Header) throws(ImageFailure) -> StoredImage {
    let stride = (header.width + 7) / 8
    let rows = max(0, bytes.count - header.end) / stride
    guard rows >= header.height else {
      throw endsEarly(rows * header.width, of: header.width * header.height)
    }
    var stored: [UInt8] = []
    stored.reserveCapacity(header.width * header.height)
    bytes.withUnsafeBufferPointer { bytes in
      for row in 0..<header.height {
        let start = header.end + row * stride
        for place in 0..<stride {
          let pixels = pixelsOfBits[Int(bytes[start + place])].littleEndian
          let there = min(8, header.width - 8 * place)
          withUnsafeBytes(of: pixels) { stored.append(contentsOf: $0[..<there]) }
        }
      }
    }
    return StoredImage(
      width: header.width, height: header.height, channels: 1, bytesPerValue: 1, values: stored)
  }

  private static func binary(_ bytes: [UInt8], _ header: Header, _ count: Int) -> [UInt16] {
    let width = header.greatest > 255 ? 2 : 1
    let there = max(0, min(count, (bytes.count - header.end) / width))
    return (0..<there).map { index in
      let place = header.end + index * width
      return width == 1
        ? UInt16(bytes[place]) : UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
    }
  }
}
