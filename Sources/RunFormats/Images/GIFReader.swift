import ReviewCore

/// The first picture of a GIF.
enum GIFReader {
  static func isGIF(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: Array("GIF87a".utf8)) || bytes.starts(with: Array("GIF89a".utf8))
  }

  static func size(ofHead bytes: [UInt8]) -> PictureSize? {
    guard isGIF(bytes), bytes.count >= 10 else { return nil }
    return PictureSize(width: word(bytes, 6), height: word(bytes, 8))
  }

  static func decode(_ bytes: [UInt8]) throws(ImageFailure) -> StoredImage {
    guard isGIF(bytes), bytes.count >= 13 else { throw ImageFailure("its header ends too early") }
    let (width, height) = (word(bytes, 6), word(bytes, 8))
    guard width > 0, height > 0, width * height <= 1 << 26 else {
      throw ImageFailure("its header has a size that no picture has")
    }
    var place = 13
    let common = colours(bytes, &place, flags: bytes[10])
    var transparent: Int?
    while place < bytes.count {
      switch bytes[place] {
      case 0x21:
        if place + 7 < bytes.count, bytes[place + 1] == 0xF9, bytes[place + 3] & 1 == 1 {
          transparent = Int(bytes[place + 6])
        }
        place += 2
        _ = blocks(bytes, &place)
      case 0x2C:
        guard place + 10 < bytes.count else { throw ImageFailure("it ends inside its header") }
        let frame = Frame(
          left: word(bytes, place + 1), top: word(bytes, place + 3),
          width: word(bytes, place + 5), height: word(bytes, place + 7),
          isInterlaced: bytes[place + 9] & 0x40 != 0)
        let flags = bytes[place + 9]
        place += 10
        let palette = colours(bytes, &place, flags: flags) ?? common ?? []
        guard place < bytes.count else { throw ImageFailure("it ends inside its header") }
        let codeSize = Int(bytes[place])
        place += 1
        let data = blocks(bytes, &place)
        // A code of 12 bits stands for at most 4,096 pixels; what a frame leaves free takes no bytes.
        let area = frame.width * frame.height
        guard area <= 4096 + data.count * 8 * 4096 / 12, width * height <= max(1 << 22, 4 * area)
        else {
          throw ImageFailure("the header promises more pixels than the file can hold")
        }
        let pixels = try unpack(data, codeSize: codeSize, count: frame.width * frame.height)
        return image(
          pixels, frame, palette: palette, transparent: transparent, width: width, height: height)
      default: throw ImageFailure("it holds no picture")
      }
    }
    throw ImageFailure("it holds no picture")
  }

  private struct Frame {
    let left: Int
    let top: Int
    let width: Int
    let height: Int
    let isInterlaced: Bool

    /// The row of the picture that a row of the data is.
    func row(_ index: Int) -> Int {
      guard isInterlaced else { return index }
      var index = index
      for (start, step) in [(0, 8), (4, 8), (2, 4), (1, 2)] {
        let rows = height > start ? (height - start + step - 1) / step : 0
        if index < rows { return start + index * step }
        index -= rows
      }
      return height - 1
    }
  }

  private static func word(_ bytes: [UInt8], _ place: Int) -> Int {
    Int(bytes[place]) | Int(bytes[place + 1]) << 8
  }

  /// A table of colours, where the flags say that one follows and it is whole.
  private static func colours(
    _ bytes: [UInt8], _ place: inout Int, flags: UInt8
  ) -> ArraySlice<UInt8>? {
    guard flags & 0x80 != 0 else { return nil }
    let size = 3 << (Int(flags & 7) + 1)
    let end = min(bytes.count, place + size)
    defer { place = end }
    return bytes[min(place, end)..<end]
  }

  /// The data of blocks up to the empty one, or to the end of the file.
  private static func blocks(_ bytes: [UInt8], _ place: inout Int) -> [UInt8] {
    var data: [UInt8] = []
    while place < bytes.count, bytes[place] > 0 {
      let end = min(bytes.count, place + 1 + Int(bytes[place]))
      data += bytes[place + 1..<end]
      place = end
    }
    place += 1
    return data
  }

  /// LZW with codes that grow to 12 bits, as the format has it.
  private static func unpack(
    _ data: [UInt8], codeSize: Int, count: Int
  ) throws(ImageFailure) -> [UInt8] {
    guard (1...11).contains(codeSize) else { throw ImageFailure("its data is damaged") }
    let (clear, end) = (1 << codeSize, 1 << codeSize + 1)
    var prefix = [Int](repeating: -1, count: 4096)
    var suffix = [UInt8](repeating: 0, count: 4096)
    for code in 0..<clear { suffix[code] = UInt8(truncatingIfNeeded: code) }
    var (next, width, last) = (end + 1, codeSize + 1, -1)
    var (bits, bitCount) = (0, 0)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count)
    var stack: [UInt8] = []
    var first: UInt8 = 0
    for byte in data {
      bits |= Int(byte) << bitCount
      bitCount += 8
      while bitCount >= width, pixels.count < count {
        let code = bits & (1 << width - 1)
        bits >>= width
        bitCount -= width
        if code == clear {
          (next, width, last) = (end + 1, codeSize + 1, -1)
          continue
        }
        if code == end { break }
        guard code < next || (code == next && last >= 0) else {
          throw ImageFailure("its data is damaged")
        }
        stack.removeAll(keepingCapacity: true)
        var walked = code
        if code == next {
          stack.append(first)
          walked = last
        }
        while walked >= 0 {
          stack.append(suffix[walked])
          walked = prefix[walked]
        }
        first = stack[stack.count - 1]
        pixels += stack.reversed()
        if last >= 0, next < 4096 {
          prefix[next] = last
          suffix[next] = first
          next += 1
          if next == 1 << width, width < 12 { width += 1 }
        }
        last = code
      }
    }
    guard pixels.count >= count else {
      throw ImageFailure("it ends too early: \(pixels.count) of \(count) pixels are there")
    }
    return Array(pixels.prefix(count))
  }

  private static func image(
    _ pixels: [UInt8], _ frame: Frame, palette: ArraySlice<UInt8>, transparent: Int?, width: Int,
    height: Int
  ) -> StoredImage {
    var values = [UInt8](repeating: 0, count: width * height * 4)
    for index in 0..<frame.height {
      let y = frame.top + frame.row(index)
      guard y < height else { continue }
      for column in 0..<frame.width where frame.left + column < width {
        let colour = Int(pixels[index * frame.width + column])
        let start = palette.startIndex + 3 * colour
        guard colour != transparent, start + 3 <= palette.endIndex else { continue }
        let place = 4 * (y * width + frame.left + column)
        for channel in 0..<3 { values[place + channel] = palette[start + channel] }
        values[place + 3] = 255
      }
    }
    return StoredImage(
      width: width, height: height, channels: 4, bytesPerValue: 1, values: values)
  }
}
