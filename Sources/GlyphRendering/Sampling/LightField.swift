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
    let source = [Int32](unsafeUninitializedCapacity: image.pixels.count) { light, count in
      image.pixels.withUnsafeBufferPointer { pixels in
        tone.light.withUnsafeBufferPointer { tone in
          for place in pixels.indices { light[place] = tone[Int(pixels[place])] }
        }
      }
      count = image.pixels.count
    }
    self.init(
      source, across: AxisWeights.shared(source: image.width, outputs: columns),
      down: AxisWeights.shared(source: image.height, outputs: rows), ground: 0)
  }

  /// The view of a field of 8 x 16 px a cell: blurred, one sample for 4 x 4 px, and
  /// `CellGeometry.pad` samples more on each side, where it fades into light of `ground`.
  func viewed(ground: Int32) -> LightField {
    LightField(
      ground == 0 ? light : light.map { $0 - ground }, across: AxisWeights.shared(viewing: width),
      down: AxisWeights.shared(viewing: height), ground: ground)
  }

  /// The field mixed with its neighbours, 3 to 10 to 3 along both axes, going on beyond its edges
  /// as it is at them; `tone` of each, eight a cell of 2 x 4, cell by cell.
  ///
  /// Choosing by soft shapes counts ink that is nearly in the right place: 0.90 became 0.935.
  func softTones(tone: ToneFit) -> [Int16] {
    let (width, height) = (self.width, self.height)
    let columns = width / CellGeometry.columns
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: (height + 2) * width) { soft in
      light.withUnsafeBufferPointer { light in
        for row in 0..<height {
          let from = row * width
          let to = from + width
          let last = width - 1
          let next = light[from + min(1, last)]
          soft[to] = (3 &* (light[from] &+ next) &+ 10 &* light[from] &+ 8) >> 4
          if last > 1 {
            for column in 1..<last {
              soft[to &+ column] =
                (3 &* (light[from &+ column &- 1] &+ light[from &+ column &+ 1])
                  &+ 10 &* light[from &+ column] &+ 8) >> 4
            }
          }
          if last > 0 {
            soft[to + last] =
              (3 &* (light[from + last - 1] &+ light[from + last]) &+ 10 &* light[from + last]
                &+ 8) >> 4
          }
        }
      }
      // One row more above and below.
      for place in 0..<width {
        soft[place] = soft[width + place]
        soft[(height + 1) * width + place] = soft[height * width + place]
      }
      return [Int16](unsafeUninitializedCapacity: width * height) { tones, count in
        for row in 0..<height {
          let above = row * width
          var place = row / 4 * columns * 8 + row % 4 * 2
          for column in 0..<columns {
            for part in 0..<2 {
              let at = above &+ 2 &* column &+ part
              let mixed =
                (3 &* (soft[at] &+ soft[at &+ 2 &* width]) &+ 10 &* soft[at &+ width] &+ 8) >> 4
              tones[place &+ part] = Int16(truncatingIfNeeded: tone.tone(of: mixed))
            }
            place &+= 8
          }
        }
        count = width * height
      }
    }
  }

  private init(_ source: [Int32], across: AxisWeights, down: AxisWeights, ground: Int32) {
    width = across.count
    height = down.count
    var light = source
    if !across.isIdentity { light = across.mixColumns(light) }
    if !down.isIdentity { light = down.mixRows(light, width: across.count) }
    // Cubic weights overshoot at edges.
    if ground != 0 || !across.isIdentity || !down.isIdentity {
      for place in light.indices { light[place] = min(Light.one, max(0, light[place] &+ ground)) }
    }
    self.light = light
  }
}
