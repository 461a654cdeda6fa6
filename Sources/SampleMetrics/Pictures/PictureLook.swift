import CSampleKernels
import ReviewCore

/// What each picture of a set is told by, in whole numbers.
struct PictureLook: Sendable {
  let width: Int
  let height: Int
  let pictures: [csk_picture]

  /// - Parameter table: bytes, width * height a row.
  /// - Complexity: O(n d).
  init(_ table: NumberTable, _ size: PictureSize, _ effort: Effort) throws(MetricFailure) {
    width = size.width
    height = size.height
    let bytes = table.bytes ?? []
    let area = size.width * size.height
    let empty = csk_picture()
    pictures = try [csk_picture].filled(table.rowCount, with: empty) {
      places throws(MetricFailure) in
      try effort.forEachBlock(of: table.rowCount, size: 256) { block in
        bytes.withUnsafeBufferPointer { bytes in
          guard let base = bytes.baseAddress else { return }
          csk_look(
            base + block.lowerBound * area, Int64(block.count), Int64(size.width),
            Int64(size.height), places.pointer(at: block.lowerBound))
        }
      }
    }
  }

  private var area: Double { Double(width * height) }

  /// The variance of the Laplacian, divisor n.
  var sharpness: [Double] {
    pictures.map { Self.variance(sum: $0.laplacian_sum, squares: $0.laplacian_squares, of: area) }
  }

  /// By the sum over the inside.
  var noise: [Double] {
    let factor = (Double.pi / 2).squareRoot() / (6 * Double(width - 2) * Double(height - 2))
    return pictures.map { factor * Double($0.noise_sum) }
  }

  /// The standard deviation over 255.
  var contrast: [Double] {
    pictures.map {
      Self.variance(sum: $0.sum, squares: $0.squares, of: area).squareRoot() / 255
    }
  }

  /// (max - min) / (max + min), 0 for a black picture.
  var michelson: [Double] {
    pictures.map {
      let sum = Double($0.greatest) + Double($0.least)
      return sum > 0 ? (Double($0.greatest) - Double($0.least)) / sum : 0
    }
  }

  /// Mean gray over 255.
  var brightness: [Double] { pictures.map { Double($0.sum) / area / 255 } }

  var isConstant: [Bool] { pictures.map { $0.least == $0.greatest } }

  // The whole numbers are exact; one division rounds.
  private static func variance(sum: Int64, squares: Int64, of count: Double) -> Double {
    let (high, low) = sum.multipliedFullWidth(by: sum)
    let exact = Double(squares) * count - (Double(high) * 0x1p64 + Double(low))
    return max(0, exact / (count * count))
  }
}
