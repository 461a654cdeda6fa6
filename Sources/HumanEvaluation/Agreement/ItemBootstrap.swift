import ReviewCore

/// Items drawn anew with replacement, again and again: how far a number depends on which items there were.
///
/// The percentile bootstrap (Efron and Tibshirani 1993): from the 2.5th to the 97.5th percentile of the
/// number over the draws. The seed is fixed, so that the same items give the same interval on any machine.
struct ItemBootstrap {
  /// Fewer items say nothing of how others would be.
  static let fewest = 10
  static let usualDraws = 1_000
  /// Of many items fewer draws are made: their intervals are narrow anyway.
  private static let fewestDraws = 200
  private static let mostSteps = 5_000_000
  private static let seed: UInt64 = 2026

  /// Whether intervals are asked for at all.
  private let isWanted: Bool
  /// By draw and kind of item: how often one of it was drawn.
  let draws: [[Int]]

  /// - Parameters:
  ///   - kinds: of each item the kind it is of, 0..<count; items of one kind are alike.
  ///   - isWanted: false leaves all intervals out, and does not say why.
  init(kinds: [Int], count: Int, isWanted: Bool) {
    self.isWanted = isWanted
    guard isWanted, kinds.count >= Self.fewest else {
      draws = []
      return
    }
    let wanted = max(Self.fewestDraws, min(Self.usualDraws, Self.mostSteps / kinds.count))
    var dice = SplitMix64(seed: Self.seed)
    let bound = UInt64(kinds.count)
    draws = (0..<wanted).map { _ in
      var counts = [Int](repeating: 0, count: count)
      for _ in kinds.indices {
        counts[kinds[Int(dice.next().multipliedFullWidth(by: bound).high)]] += 1
      }
      return counts
    }
  }

  /// A number of the items with its interval.
  ///
  /// - Parameters:
  ///   - times: by kind, how many items are of it.
  ///   - whyNone: why the number is not defined, where it is not.
  ///   - number: of so many items of each kind; nil where it is not defined.
  func coefficient(
    of times: [Int], whyNone: String, _ number: ([Int]) -> Double?
  ) -> AgreementCoefficient {
    guard let value = number(times) else { return AgreementCoefficient(nil, remark: whyNone) }
    guard isWanted else { return AgreementCoefficient(value) }
    guard !draws.isEmpty else {
      return AgreementCoefficient(
        value, remark: "no interval: fewer than \(Self.fewest) items")
    }
    let values = draws.compactMap(number).sorted()
    // Where many draws have no number, the others are not the whole story.
    guard values.count * 10 >= draws.count * 9 else {
      return AgreementCoefficient(value, remark: "no interval: nearly all items are of one level")
    }
    // All alike is no proof that others would be, too.
    guard let first = values.first, let last = values.last, first < last else {
      return AgreementCoefficient(
        value, remark: "no interval: every draw of the items says the same")
    }
    return AgreementCoefficient(
      value, interval: quantile(0.025, of: values)...quantile(0.975, of: values))
  }

  /// Linear between neighbours (Hyndman and Fan, type 7).
  private func quantile(_ part: Double, of sorted: [Double]) -> Double {
    let place = part * Double(sorted.count - 1)
    let below = Int(place)
    let low = sorted[below]
    return low + (place - Double(below)) * (sorted[min(below + 1, sorted.count - 1)] - low)
  }
}
