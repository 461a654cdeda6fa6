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
    var table = [Double](repeating: 0, count: levels * levels)
    for (a, b) in pairs { table[a * levels + b] += 1 }
    return cohen(table: table, levels: levels, weights: weights)
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
    return fleiss(observed: agreement / Double(items.count), totals: totals)
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
      let pairs = Self.coincidences(of: item.map { place[$0] ?? 0 }, levels: count)
      for cell in pairs.indices { coincidences[cell] += pairs[cell] }
    }
    return krippendorff(coincidences: coincidences, values: levels, scale: scale)
  }
}

/// The same of what was counted already.
extension Agreement {
  /// - Parameter table: how often the one rater gave level a where the other gave b, at a * levels + b.
  static func cohen(table: [Double], levels: Int, weights: Weights) -> Double? {
    var first = [Double](repeating: 0, count: levels)
    var second = first
    var (observed, all) = (0.0, 0.0)
    func distance(_ a: Int, _ b: Int) -> Double {
      let apart = Double(abs(a - b))
      switch weights {
      case .none: return apart > 0 ? 1 : 0
      case .linear: return apart
      case .quadratic: return apart * apart
      }
    }
    for a in 0..<levels {
      for b in 0..<levels {
        let count = table[a * levels + b]
        first[a] += count
        second[b] += count
        all += count
        observed += distance(a, b) * count
      }
    }
    guard all > 0 else { return nil }
    var expected = 0.0
    for a in 0..<levels {
      for b in 0..<levels { expected += distance(a, b) * first[a] * second[b] }
    }
    expected /= all
    return expected > 0 ? 1 - observed / expected : nil
  }

  /// - Parameters:
  ///   - observed: the part of the pairs of raters that agree, mean over the items.
  ///   - totals: how often each level was given.
  static func fleiss(observed: Double, totals: [Double]) -> Double? {
    let all = totals.reduce(0, +)
    guard all > 0 else { return nil }
    let expected = totals.reduce(0) { $0 + ($1 / all) * ($1 / all) }
    return expected < 1 ? (observed - expected) / (1 - expected) : nil
  }

  /// What one item adds to the table of coincidences.
  ///
  /// - Parameter ratings: two or more, each 0..<levels.
  static func coincidences(of ratings: [Int], levels: Int) -> [Double] {
    var counts = [Double](repeating: 0, count: levels)
    for rating in ratings { counts[rating] += 1 }
    let weight = 1 / Double(ratings.count - 1)
    var pairs = [Double](repeating: 0, count: levels * levels)
    for a in 0..<levels where counts[a] > 0 {
      for b in 0..<levels {
        pairs[a * levels + b] = weight * counts[a] * (counts[b] - (a == b ? 1 : 0))
      }
    }
    return pairs
  }

  /// - Parameter values: what the levels stand for, ascending.
  static func krippendorff(coincidences: [Double], values: [Int], scale: Scale) -> Double? {
    let count = values.count
    let totals = (0..<count).map { a in (0..<count).reduce(0) { $0 + coincidences[a * count + $1] }
    }
    let all = totals.reduce(0, +)
    func distance(_ a: Int, _ b: Int) -> Double {
      guard a != b else { return 0 }
      switch scale {
      case .nominal: return 1
      case .interval:
        let apart = Double(values[a] - values[b])
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
