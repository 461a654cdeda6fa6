import CGlyphKernels
import Testing

@testable import GlyphRendering

/// The vector kernels against their plain twins: the same bits, whatever they are given.
@Suite(.enabled(if: GlyphKernels.hasVectors, "this processor has no vectors to test"))
struct KernelTests {
  /// A footprint with random light, targets and weights, a random stamp and a random pen.
  private final class Setting {
    let light: UnsafeMutablePointer<Int32>
    let wanted: UnsafeMutablePointer<Int16>
    let weights: UnsafeMutablePointer<Int16>
    let stamps: UnsafeMutablePointer<Int16>
    let floats: UnsafeMutablePointer<Float>
    let stride = 13
    static let glyphs = 37

    init(seed: UInt64) {
      var random = Dice(seed)
      light = .allocate(capacity: 13 * 10)
      wanted = .allocate(capacity: 13 * 10)
      weights = .allocate(capacity: 13 * 10)
      stamps = .allocate(capacity: Self.glyphs * 80)
      floats = .allocate(capacity: 64 + 90 + 2 * 13 * 9 + 80 * (Self.glyphs + 3))
      for place in 0..<13 * 10 {
        (light + place).initialize(to: Int32(random.below(8_000)))
        (wanted + place).initialize(to: Int16(random.below(4_081)))
        (weights + place).initialize(
          to: random.below(6) == 0 ? 0 : Int16(1 + random.below(32_767)))
      }
      for place in 0..<Self.glyphs * 80 {
        (stamps + place).initialize(to: Int16(random.below(8_000)))
      }
      for place in 0..<64 + 90 + 2 * 13 * 9 + 80 * (Self.glyphs + 3) {
        (floats + place).initialize(to: Float(random.below(20_001)) / 10_000 - 1)
      }
    }

    deinit {
      light.deallocate()
      wanted.deallocate()
      weights.deallocate()
      stamps.deallocate()
      floats.deallocate()
    }

    var cell: kgk_cell {
      kgk_cell(
        light: light, wanted: wanted, weights: weights, stride: stride, codes: Light.codesFromZero)
    }

    var means: kgk_means {
      kgk_means(
        means: floats + 154, pull: floats + 154 + 13 * 9, stride: 13, across: floats,
        down: floats + 64)
    }

    func pen(_ glyph: Int, _ paper: Int32, _ even: Int32, _ bend: Int32) -> kgk_pen {
      kgk_pen(
        full: stamps, straight: stamps + glyph * 80, curved: stamps + (glyph + 1) * 80,
        paper: paper, even: even, bend: bend)
    }
  }

  private struct Dice {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  @Test(arguments: UInt64(0)..<60) func errorsAreTheSame(_ seed: UInt64) {
    let setting = Setting(seed: seed)
    var cell = setting.cell
    for glyph in 0..<Setting.glyphs - 1 {
      let stamp = UnsafePointer(setting.stamps + glyph * 80)
      let whole = kgk_stamp_error(&cell, stamp, .max)
      for limit in [Int32.max, whole, whole &+ 1, whole / 3] {
        let plain = PlainKernels.error(cell, below: limit) {
          PlainKernels.light(cell, stamp: stamp, $0)
        }
        #expect(kgk_stamp_error(&cell, stamp, limit) == plain)
      }
      var pen = setting.pen(glyph, 3_000, 5_000 - 200 * Int32(glyph), -900)
      let plain = PlainKernels.error(cell, below: .max) { [pen] in
        PlainKernels.light(cell, pen: pen, $0)
      }
      #expect(kgk_pen_error(&cell, &pen, .max) == plain)
      #expect(kgk_pen_error(&cell, &pen, plain / 2) == plain / 2)
    }
  }

  @Test(arguments: UInt64(0)..<60, [1, 5, 12, 40]) func shortlistsAreTheSame(
    _ seed: UInt64, _ keep: Int
  ) {
    let setting = Setting(seed: seed)
    var cell = setting.cell
    // Equal glyphs: the first must win on both ways.
    for sample in 0..<80 { setting.stamps[7 * 80 + sample] = setting.stamps[3 * 80 + sample] }
    let middle = kgk_stamp_error(&cell, setting.stamps + 11 * 80, .max)
    for limit in [Int32.max, middle] {
      var vectors = Shortlist(capacity: keep)
      GlyphKernels.bestStamps(
        &cell, stamps: setting.stamps, count: Setting.glyphs, below: limit, into: &vectors)
      var plain = Shortlist(capacity: keep)
      PlainKernels.bestStamps(
        cell, stamps: setting.stamps, count: Setting.glyphs, below: limit, into: &plain)
      #expect(vectors.count == plain.count)
      for place in 0..<min(vectors.count, plain.count) {
        #expect(vectors.errors[place] == plain.errors[place])
        #expect(vectors.glyphs[place] == plain.glyphs[place])
      }
    }
  }

  @Test(arguments: UInt64(0)..<60) func meansAreTheSame(_ seed: UInt64) {
    let setting = Setting(seed: seed)
    var cell = setting.cell
    var means = setting.means
    for glyph in 0..<Setting.glyphs - 1 {
      let stamp = UnsafePointer(setting.stamps + glyph * 80)
      let plain = PlainKernels.means(cell, means) { PlainKernels.light(cell, stamp: stamp, $0) }
      #expect(kgk_stamp_means(&cell, &means, stamp).bitPattern == plain.bitPattern)
      var pen = setting.pen(glyph, 3_000, 5_000, -900)
      let penned = PlainKernels.means(cell, means) { [pen] in
        PlainKernels.light(cell, pen: pen, $0)
      }
      #expect(kgk_pen_means(&cell, &means, &pen).bitPattern == penned.bitPattern)
    }
  }

  @Test(arguments: UInt64(0)..<20) func fitSumsAreTheSame(_ seed: UInt64) {
    let setting = Setting(seed: seed)
    let shapes = UnsafePointer(setting.floats + 154 + 2 * 13 * 9)
    let rest = shapes + 80 * Setting.glyphs
    var vectors = [Float](repeating: 0, count: 3 * Setting.glyphs)
    var plain = vectors
    GlyphKernels.fitSums(
      shapes: shapes, count: Setting.glyphs, weights: rest, missing: rest + 80, full: rest + 160,
      sums: &vectors)
    PlainKernels.fitSums(
      shapes: shapes, count: Setting.glyphs, weights: rest, missing: rest + 80, full: rest + 160,
      sums: &plain)
    #expect(vectors.map(\.bitPattern) == plain.map(\.bitPattern))
  }

  @Test(arguments: UInt64(0)..<40) func nearestShapesAreTheSame(_ seed: UInt64) {
    var random = Dice(seed)
    let groups = 1 + random.below(13)
    // Few values, so that many shapes are equally near.
    let shapes = (0..<groups * 64).map { _ in Int16(random.below(4) * 1_360) }
    var norms = (0..<groups * 8).map { shape in
      (0..<8).reduce(Int32(0)) { sum, tone in
        let value = Int32(shapes[shape / 8 * 64 + tone / 2 * 16 + shape % 8 * 2 + tone % 2])
        return sum + value * value
      }
    }
    norms[norms.count - 1] = .max
    let tones = (0..<8 * 50).map { _ in Int16(random.below(4) * 1_360) }
    var vectors = [Int32](repeating: -1, count: 50)
    var plain = vectors
    GlyphKernels.nearestShapes(
      tones: tones, cells: 50, shapes: shapes, norms: norms, groups: groups, nearest: &vectors)
    PlainKernels.nearestShapes(
      tones: tones, cells: 50, shapes: shapes, norms: norms, groups: groups, nearest: &plain)
    #expect(vectors == plain)
  }
}
