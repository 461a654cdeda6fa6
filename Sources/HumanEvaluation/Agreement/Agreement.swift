/// How far several raters agree on the same items, beyond what chance would bring about.
package enum Agreement {
  /// How far two different ratings are apart.
  package enum Weights: String, CaseIterable, Sendable {
    case none, linear, quadratic
  }

  /// What the levels of a scale mean to each other.
  package enum Scale: String, CaseIterable, Sendable {
    case nominal, ordinal, interval
  }

  /// Cohen's kappa (1960, weighted 1968) of two raters; nil without an item, and where both give one level
  /// throughout, as chance then explains everything.
  ///
  /// - Parameters:
  ///   - pairs: both ratings of each item, 0..<levels.
  package static func cohen(
    _ pairs: [(Int, Int)], levels: Int, weights: Weights = .none
  ) -> Double? {
    guard !pairs.isEmpty else { return nil }
    var first = [Double](repeating: 0, count: levels)
    var second = first
    var observed = 0.0
    func distance(_ a: Int, _ b: Int) -> Double {
      let apart = Double(abs(a - b))
      switch weights {
      case .none: return apart > 0 ? 1 : 0
      case .linear: return apart
      case .quadratic: return apart * apart
      }
    }
    for (a, b) in pairs {
      first[a] += 1
      second[b] += 1
      observed += distance(a, b)
    }
    var expected = 0.0
    for a in 0..<levels {
      for b in 0..<levels { expected += distance(a, b) * first[a] * second[b] }
    }
    expected /= Double(pairs.count)
    return expected > 0 ? 1 - observed / expected : nil
  }

  /// Fleiss' kappa (1971) of any number of raters who all rated every item; nil where there are fewer than
  /// two raters, items differ in how many rated them, or all ratings are of one level.
  ///
  /// - Parameter items: by item the ratings, each 0..<levels.
  package static func fleiss(_ items: [[Int]], levels: Int) -> Double? {
    guard let raters = items.first?.count, raters > 1, items.allSatisfy({ $0.count == raters })
    else { return nil }
    var totals = [Double](repeating: 0, count: levels)
    var agreement = 0.0
    let n = Double(raters)
    for item in items {
      var counts = [Double](repeating: 0, count: levels)
      for rating in item { counts[rating] += 1 }
      for level in 0..<levels { totals[level] += counts[level] }
      agreement += (counts.reduce(0) { $0 + $1 * $1 } - n) / (n * (n - 1))
    }
    let observed = agreement / Double(items.count)
    let all = n * Double(items.count)
    let expected = totals.reduce(0) { $0 + ($1 / all) * ($1 / all) }
    return expected < 1 ? (observed - expected) / (1 - expected) : nil
  }

  /// Krippendorff's alpha (2004), which takes missing ratings; items with fewer than two are left out. Nil
  /// where fewer than two different ratings are left.
  ///
  /// - Parameter items: by item the ratings that there are.
  package static func krippendorff(_ items: [[Int]], scale: Scale) -> Double? {
    let paired = items.filter { $0.count > 1 }
    let levels = Set(paired.joined()).sorted()
    guard levels.count > 1 else { return nil }
    let place = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, $0) })
    let count = levels.count
    var coincidences = [Double](repeating: 0, count: count * count)
    for item in paired {
      let weight = 1 / Double(item.count - 1)
      var counts = [Double](repeating: 0, count: count)
      for rating in item { counts[place[rating] ?? 0] += 1 }
      for a in 0..<count where counts[a] > 0 {
        for b in 0..<count {
          coincidences[a * count + b] += weight * counts[a] * (counts[b] - (a == b ? 1 : 0))
        }
      }
    }
    let totals = (0..<count).map { a in (0..<count).reduce(0) { $0 + coincidences[a * count + $1] }
    }
    let all = totals.reduce(0, +)
    func distance(_ a: Int, _ b: Int) -> Double {
      guard a != b else { return 0 }
      switch scale {
      case .nominal: return 1
      case .interval:
        let apart = Double(levels[a] - levels[b])
        return apart * apart
      case .ordinal:
        let (low, high) = (min(a, b), max(a, b))
        let between = totals[low...high].reduce(0, +) - (totals[low] + totals[high]) / 2
        return between * between
      }
    }
    var (observed, expected) = (0.0, 0.0)
    for a in 0..<count {
      for b in 0..<count {
        observed += coincidences[a * count + b] * distance(a, b)
        expected += totals[a] * totals[b] * distance(a, b)
      }
    }
    return expected > 0 ? 1 - (all - 1) * observed / expected : nil
  }
}
