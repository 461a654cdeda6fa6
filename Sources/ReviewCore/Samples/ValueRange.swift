/// Which stored values are black and white, one for a whole run.
package struct ValueRange: Hashable, Sendable {
  package enum Origin: String, Sendable {
    /// By `keepoch.toml`.
    case declared
    /// From all values of the run.
    case found
    /// From the first, middle and last checkpoint; may change once all are read.
    case estimated
  }

  /// Shown black.
  package let lo: Double
  /// Shown white; greater than `lo`, and finite.
  package let hi: Double
  package let origin: Origin

  package init(lo: Double, hi: Double, origin: Origin) {
    self.lo = lo
    self.hi = hi > lo ? hi : lo + max(1, lo.ulp)
    self.origin = origin
  }

  /// The range of values from `least` to `greatest`: the first usual one that they fit, else they
  /// themselves.
  package init(covering least: Double, _ greatest: Double, origin: Origin) {
    if least >= -0.05, greatest <= 1.05 {
      self.init(lo: 0, hi: 1, origin: origin)
    } else if least >= -1.05, greatest <= 1.05 {
      self.init(lo: -1, hi: 1, origin: origin)
    } else if least >= 0, greatest > 2, greatest <= 255 {
      self.init(lo: 0, hi: 255, origin: origin)
    } else {
      self.init(lo: least, hi: greatest, origin: origin)
    }
  }

  /// The gray of a value: floor(255 (x - lo) / (hi - lo) + 0.5), clamped; NaN is black.
  package func gray(of value: Double) -> UInt8 {
    guard value > lo else { return 0 }
    guard value < hi else { return 255 }
    let span = hi - lo
    // 255 times the difference of two huge numbers may not fit, the ratio of their halves does.
    let level =
      span < 1e300 ? 255 * (value - lo) / span : 255 * ((value / 2 - lo / 2) / (hi / 2 - lo / 2))
    let rounded = (level + 0.5).rounded(.down)
    return rounded > 0 ? UInt8(min(rounded, 255)) : 0
  }

  /// `[-1, 1]`.
  package var text: String { "[\(NumberText.shortest(lo)), \(NumberText.shortest(hi))]" }
}

extension ValueRange? {
  /// Whether samples look the same in both, wherever the ends are known from.
  package func showsTheSame(as other: ValueRange?) -> Bool {
    self?.lo == other?.lo && self?.hi == other?.hi
  }
}
