import CGlyphKernels

/// Weights that turn squared error into a stand-in for structural similarity (Wang et al. 2004).
///
/// With windows G of sigma 1.5 samples, 1 - SSIM is close to (G e)^2 / (m^2 + mt^2 + c1) for the
/// means m of what is shown and wanted, plus (G e^2 - (G e)^2) / (v + vt + c2) for their variances:
/// a weight for each squared miss e, and one, mostly negative, for each squared local mean of e.
/// Means are kept at every second sample, which loses nothing of so soft a window.
final class StructureTerms {
  private let field: ViewField
  private let width: Int
  private let height: Int
  private let means: Soft
  private let scale: Float

  private let wantedMean: [Float]
  private let wantedVariance: [Float]
  /// Coarse means of the error and what each counts, `meanStride` a row.
  private let errors: UnsafeMutablePointer<Float>
  private let pull: UnsafeMutablePointer<Float>
  private let meanStride: Int
  private let meanLines: Int

  /// - Parameter scale: how much darker than the picture its target is, 1 or above.
  init(_ field: ViewField, scale: Float) {
    self.field = field
    self.scale = scale
    width = field.columns * CellGeometry.columns
    height = field.rows * CellGeometry.rows
    means = Soft(width: width, height: height)
    meanStride = field.columns + CellGeometry.meanColumns - 1
    meanLines = 2 * field.rows + CellGeometry.meanRows - 2
    errors = .allocate(capacity: meanStride * meanLines)
    pull = .allocate(capacity: meanStride * meanLines)
    errors.initialize(repeating: 0, count: meanStride * meanLines)
    pull.initialize(repeating: 0, count: meanStride * meanLines)
    var wanted: [Float] = []
    wanted.reserveCapacity(width * height)
    for line in 0..<height {
      let start = field.pictureStart(line)
      for column in 0..<width { wanted.append(Float(field.wanted[start + column])) }
    }
    let mean = means.of(wanted)
    wantedMean = mean
    wantedVariance = zip(means.of(wanted.map { $0 * $0 }), mean).map { max(0, $0 - $1 * $1) }
  }

  deinit {
    errors.deallocate()
    pull.deallocate()
  }

  /// Weighs every sample by what is shown now.
  func weigh() {
    let finest = Float(Light.finest) / scale
    let c1 = 1e-4 * finest * finest
    let c2 = 9e-4 * finest * finest
    var shown: [Float] = []
    shown.reserveCapacity(width * height)
    for line in 0..<height {
      let start = field.pictureStart(line)
      for column in 0..<width {
        shown.append(Float(Light.codesFromZero[Int(field.light[start + column])]))
      }
    }
    let mean = means.of(shown)
    let power = means.of(shown.map { $0 * $0 })
    var spread = power
    var tone = mean
    for place in mean.indices {
      let variance = max(0, power[place] - mean[place] * mean[place])
      spread[place] = 1 / (variance + wantedVariance[place] + c2)
      tone[place] = 1 / (mean[place] * mean[place] + wantedMean[place] * wantedMean[place] + c1)
    }
    let counted = means.of(spread)
    let most = counted.max() ?? 1
    for line in 0..<height {
      let start = field.pictureStart(line)
      for column in 0..<width {
        let root = (counted[line * width + column] / most).squareRoot()
        field.weights[start + column] = Int16(max(1, root * Float(ViewField.full)))
      }
    }
    for line in stride(from: 0, to: height, by: 2) {
      let row = (line / 2 + CellGeometry.meanPad) * meanStride + CellGeometry.meanPad
      for column in stride(from: 0, to: width, by: 2) {
        let place = line * width + column
        // Each stands for four samples.
        pull[row + column / 2] = 4 * (tone[place] - spread[place]) / most
      }
    }
    remember()
  }

  /// The coarse means about a cell, for the kernels.
  func about(_ cell: Int) -> kgk_means {
    let first = cell / field.columns * 2 * meanStride + cell % field.columns
    return kgk_means(
      means: errors + first, pull: pull + first, stride: meanStride,
      across: Soft.across.start, down: Soft.down.start)
  }

  /// Adds the errors that a cell's footprint has now, `sign` times over.
  func add(_ cell: Int, sign: Float) {
    let origin = field.origin(of: cell)
    let first = cell / field.columns * 2 * meanStride + cell % field.columns
    let across = Soft.across.start
    let down = Soft.down.start
    withUnsafeTemporaryAllocation(
      of: SIMD8<Float>.self, capacity: CellGeometry.footprintRows
    ) { spread in
      for row in 0..<CellGeometry.footprintRows {
        var sum = SIMD8<Float>()
        for column in 0..<CellGeometry.footprintColumns {
          let miss = miss(at: origin + row * field.stride + column)
          sum += miss * UnsafeRawPointer(across + 8 * column).loadUnaligned(as: SIMD8<Float>.self)
        }
        spread[row] = sum
      }
      for mean in 0..<CellGeometry.meanRows {
        var value = SIMD8<Float>()
        for row in 0..<CellGeometry.footprintRows {
          value += down[mean * CellGeometry.footprintRows + row] * spread[row]
        }
        for lane in 0..<8 { errors[first + mean * meanStride + lane] += sign * value[lane] }
      }
    }
  }

  @inline(__always)
  private func miss(at place: Int) -> Float {
    guard field.weights[place] != 0 else { return 0 }
    return Float(Int32(Light.codesFromZero[Int(field.light[place])]) - Int32(field.wanted[place]))
  }

  /// Works the coarse means out anew.
  private func remember() {
    let pad = CellGeometry.meanPad
    var narrow = [Float](repeating: 0, count: height * meanStride)
    for line in 0..<height {
      let start = field.pictureStart(line)
      for column in 0..<width {
        let miss = miss(at: start + column)
        if miss == 0 { continue }
        // A sample reaches the means whose window holds it.
        for mean in max(0, column / 2 - 2 + pad)...min(meanStride - 1, (column + 5) / 2 + pad) {
          narrow[line * meanStride + mean] += miss * Soft.weight(column - 2 * (mean - pad))
        }
      }
    }
    errors.update(repeating: 0, count: meanStride * meanLines)
    for line in 0..<height {
      for mean in max(0, line / 2 - 2 + pad)...min(meanLines - 1, (line + 5) / 2 + pad) {
        let weight = Soft.weight(line - 2 * (mean - pad))
        for column in 0..<meanStride {
          errors[mean * meanStride + column] += weight * narrow[line * meanStride + column]
        }
      }
    }
  }
}
