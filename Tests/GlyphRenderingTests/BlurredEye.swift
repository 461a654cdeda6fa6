import ReviewCore

@testable import GlyphRendering

/// What an eye sees of a grid and of a picture, worked out anew in real numbers as an oracle.
///
/// Nothing here is shared with the renderer but the coverage of the glyphs.
struct BlurredEye {
  let columns: Int
  let rows: Int
  var width: Int { columns * 8 }
  var height: Int { rows * 16 }

  /// Mean squared error in sRGB signal between a grid and a picture after blur and best gain.
  func error(_ grid: GlyphGrid, _ alphabet: Alphabet, _ image: GrayImage) -> Double {
    let shown = view(raster(grid, alphabet))
    let wanted = view(stretched(image))
    let power = shown.reduce(0) { $0 + $1 * $1 }
    let match = zip(shown, wanted).reduce(0) { $0 + $1.0 * $1.1 }
    let gain = power > 0 ? match / power : 1
    return zip(shown, wanted).reduce(0) { sum, pair in
      sum + (gain * pair.0 - pair.1) * (gain * pair.0 - pair.1)
    } / Double(shown.count)
  }

  /// Structural similarity of a grid and a picture after blur, 1 at best; with the best gain if
  /// `isScaled` (Wang et al. 2004; windows of sigma 1.5 samples, K1 0.01, K2 0.03).
  func similarity(
    _ grid: GlyphGrid, _ alphabet: Alphabet, _ image: GrayImage, isScaled: Bool = true
  ) -> Double {
    var shown = view(raster(grid, alphabet))
    let wanted = view(stretched(image))
    let power = shown.reduce(0) { $0 + $1 * $1 }
    if isScaled, power > 0 {
      let gain = zip(shown, wanted).reduce(0) { $0 + $1.0 * $1.1 } / power
      shown = shown.map { gain * $0 }
    }
    let (m, t) = (windowed(shown), windowed(wanted))
    let (mm, tt) = (windowed(shown.map { $0 * $0 }), windowed(wanted.map { $0 * $0 }))
    let mt = windowed(zip(shown, wanted).map { $0 * $1 })
    var sum = 0.0
    for place in m.indices {
      let (a, b) = (m[place], t[place])
      let both = 2 * (mt[place] - a * b) + 9e-4
      let each = (mm[place] - a * a) + (tt[place] - b * b) + 9e-4
      sum += (2 * a * b + 1e-4) / (a * a + b * b + 1e-4) * both / each
    }
    return sum / Double(m.count)
  }

  /// Local means under a Gaussian of sigma 1.5 samples that is reflected at the edges.
  private func windowed(_ values: [Double]) -> [Double] {
    let (wide, high) = (width / 4, height / 4)
    let kernel = (-5...5).map { RealPower.power(0.80073740291680806, Double($0 * $0)) }
    let total = kernel.reduce(0, +)
    func reflected(_ place: Int, _ count: Int) -> Int {
      var place = place
      while place < 0 || place >= count { place = place < 0 ? -1 - place : 2 * count - 1 - place }
      return place
    }
    let across = (0..<wide * high).map { place -> Double in
      var sum = 0.0
      for offset in -5...5 {
        let column = reflected(place % wide + offset, wide)
        sum += kernel[offset + 5] * values[place / wide * wide + column]
      }
      return sum / total
    }
    return (0..<wide * high).map { place -> Double in
      var sum = 0.0
      for offset in -5...5 {
        let row = reflected(place / wide + offset, high)
        sum += kernel[offset + 5] * across[row * wide + place % wide]
      }
      return sum / total
    }
  }

  /// Linear light of white ink on black, or of the cells' own levels, a value a pixel.
  private func raster(_ grid: GlyphGrid, _ alphabet: Alphabet) -> [Double] {
    (0..<width * height).map { place in
      let x = place % width
      let y = place / width
      let cell = grid[column: x / 8, row: y / 16]
      let glyph = alphabet.scalars.firstIndex(of: cell.scalar) ?? 0
      let cover = Double(alphabet.faces[0][glyph * 128 + y % 16 * 8 + x % 8]) / 15
      let paper = Double(cell.background ?? 0) / 255
      let ink = Double(cell.foreground ?? 255) / 255
      return Light.linear(paper + cover * (ink - paper))
    }
  }

  /// Linear light of a picture stretched bilinearly, a value a pixel.
  private func stretched(_ image: GrayImage) -> [Double] {
    func light(_ x: Int, _ y: Int) -> Double {
      let column = min(max(x, 0), image.width - 1)
      let row = min(max(y, 0), image.height - 1)
      return Light.linear(Double(image.pixels[row * image.width + column]) / 255)
    }
    return (0..<width * height).map { place in
      let x = (Double(place % width) + 0.5) * Double(image.width) / Double(width) - 0.5
      let y = (Double(place / width) + 0.5) * Double(image.height) / Double(height) - 0.5
      let left = Int(x.rounded(.down))
      let top = Int(y.rounded(.down))
      let across = x - Double(left)
      let down = y - Double(top)
      return (light(left, top) * (1 - across) + light(left + 1, top) * across) * (1 - down)
        + (light(left, top + 1) * (1 - across) + light(left + 1, top + 1) * across) * down
    }
  }

  /// sRGB signal at every fourth pixel after a Gaussian blur of sigma 4 px.
  private func view(_ light: [Double]) -> [Double] {
    let kernel = (-12...12).map { RealPower.power(0.96923323447634413, Double($0 * $0)) }
    let total = kernel.reduce(0, +)
    func blurred(_ values: [Double], count: Int, step: Int, _ place: Int, _ at: Int) -> Double {
      var sum = 0.0
      for offset in -12...12 where (0..<count).contains(at + offset) {
        sum += kernel[offset + 12] * values[place + offset * step]
      }
      return sum / total
    }
    let across = (0..<width * height).map {
      blurred(light, count: width, step: 1, $0, $0 % width)
    }
    return stride(from: 2, to: height, by: 4).flatMap { y in
      stride(from: 2, to: width, by: 4).map { x in
        let value = blurred(across, count: height, step: width, y * width + x, y)
        return value <= 0.0031308 ? value * 12.92 : 1.055 * RealPower.power(value, 1 / 2.4) - 0.055
      }
    }
  }
}
