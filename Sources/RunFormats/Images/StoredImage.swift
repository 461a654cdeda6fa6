package import ReviewCore

/// A decoded picture with the values its file stores.
package struct StoredImage: Equatable, Sendable {
  package let width: Int
  package let height: Int
  /// 1 gray, 2 gray and alpha, 3 RGB, 4 RGBA.
  package let channels: Int
  /// 1 or 2; two bytes are little-endian.
  package let bytesPerValue: Int
  /// `height * width * channels * bytesPerValue`, row by row.
  package let values: [UInt8]

  package init(width: Int, height: Int, channels: Int, bytesPerValue: Int, values: [UInt8]) {
    precondition(values.count == width * height * channels * bytesPerValue)
    self.width = width
    self.height = height
    self.channels = channels
    self.bytesPerValue = bytesPerValue
    self.values = values
  }

  /// What a reviewer sees: 16 bit as round(v / 257), RGB by the weights of ITU-R BT.601 in 16-bit
  /// fixed point, then alpha over black.
  package var gray: GrayImage {
    if channels == 1, bytesPerValue == 1 {
      return GrayImage(width: width, height: height, pixels: values)
    }
    let count = width * height
    let channels = self.channels
    let bytesPerValue = self.bytesPerValue
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
      values.withUnsafeBufferPointer { input in
        for pixel in 0..<count {
          func value(_ channel: Int) -> Int {
            let place = (pixel * channels + channel) * bytesPerValue
            if bytesPerValue == 1 { return Int(input[place]) }
            let wide = Int(input[place]) + 256 * Int(input[place + 1])
            return (2 * wide + 257) / 514
          }
          var gray = value(0)
          if channels >= 3 {
            gray = (19595 * gray + 38470 * value(1) + 7471 * value(2) + 32768) >> 16
          }
          if channels == 2 || channels == 4 { gray = (gray * value(channels - 1) + 127) / 255 }
          output[pixel] = UInt8(gray)
        }
      }
      initialized = count
    }
    return GrayImage(width: width, height: height, pixels: pixels)
  }

  /// The values of a rectangle that lies inside the picture, in C order.
  package func values(x: Int, y: Int, width: Int, height: Int) -> [UInt8] {
    let stride = channels * bytesPerValue
    var result: [UInt8] = []
    result.reserveCapacity(width * height * stride)
    for row in y..<y + height {
      let start = (row * self.width + x) * stride
      result += values[start..<start + width * stride]
    }
    return result
  }

  /// The type and shape of a rectangle's values as digests are taken over it, in numpy's words.
  package func header(width: Int, height: Int) -> String {
    let type = bytesPerValue == 1 ? "|u1" : "<u2"
    return channels == 1
      ? "\(type)(\(height),\(width))" : "\(type)(\(height),\(width),\(channels))"
  }
}
