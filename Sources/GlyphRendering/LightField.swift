import ReviewCore

/// Light sampled over a picture, row by row.
struct LightField {
  let width: Int
  let height: Int
  /// 0...`Light.one` each.
  let light: [Int32]

  /// The light as 8-bit codes.
  var codes: [Int32] { light.map { (Light.code(of: $0) + 8) / 16 } }

  /// The picture stretched to `columns` x `rows` even samples; sizes are at least 1.
  init(_ image: GrayImage, tone: Tone, columns: Int, rows: Int) {
    self.init(
      across: AxisWeights(source: image.width, outputs: columns),
      down: AxisWeights(source: image.height, outputs: rows), ground: 0
    ) { row, line in
      let first = row * image.width
      for column in 0..<image.width {
        line[column] = tone.light[Int(image.pixels[first + column])]
      }
    }
  }

  /// The view of a field of 8 x 16 px a cell: blurred, one sample for 4 x 4 px, and
  /// `CellGeometry.pad` samples more on each side, where it fades into light of `ground`.
  func viewed(ground: Int32) -> LightField {
    LightField(
      across: AxisWeights(viewing: width), down: AxisWeights(viewing: height), ground: ground
    ) { row, line in
      for column in 0..<width { line[column] = light[row * width + column] }
    }
  }

  /// The field mixed with its neighbours, 1 to 3 to 1 along both axes, on a ground of `ground`.
  ///
  /// Choosing by soft shapes counts ink that is nearly in the right place: 0.90 became 0.935.
  func softened(ground: Int32) -> LightField {
    var across = light
    for row in 0..<height {
      var before = ground
      for place in row * width..<(row + 1) * width {
        let after = place + 1 < (row + 1) * width ? light[place + 1] : ground
        across[place] = (before + 3 * light[place] + after + 2) / 5
        before = light[place]
      }
    }
    var soft = across
    for place in light.indices {
      let above = place < width ? ground : across[place - width]
      let below = place + width < light.count ? across[place + width] : ground
      soft[place] = (above + 3 * across[place] + below + 2) / 5
    }
    return LightField(width: width, height: height, light: soft)
  }

  private init(width: Int, height: Int, light: [Int32]) {
    self.width = width
    self.height = height
    self.light = light
  }

  /// - Parameter fill: writes one source row of light.
  private init(
    across: AxisWeights, down: AxisWeights, ground: Int32,
    fill: (Int, UnsafeMutableBufferPointer<Int32>) -> Void
  ) {
    let width = across.count
    var narrow = [Int32](repeating: 0, count: width * down.source)
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: across.source) { line in
      line.initialize(repeating: 0)
      for row in 0..<down.source {
        fill(row, line)
        if ground != 0 { for column in line.indices { line[column] -= ground } }
        across.mix(line, into: &narrow, at: row * width)
      }
    }
    let light = down.mixRows(narrow, width: width).map { min(Light.one, max(0, $0 + ground)) }
    self.init(width: width, height: down.count, light: light)
  }
}
