import HumanEvaluation
import ReviewCore
import RunFormats
import SampleMetrics

/// Values of human evaluation by the names that reference values have.
struct HumanReference {
  private let file: JSONValue

  /// - Throws: `RunError` where the answers cannot be read.
  init(_ data: ReferenceData) throws(RunError) { file = try data.json("data/human.json") }

  /// Nil for a name that is none.
  func value(_ name: String) -> MetricNumber? {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    let kind = parts[0]
    let rest = parts.count > 1 ? parts[1] : ""
    if kind.hasPrefix("twoafc"), let place = Int(kind.dropFirst(6)) {
      return proportion(rest, at: place)
    }
    if kind.hasPrefix("likert"), let place = Int(kind.dropFirst(6)) { return likert(at: place) }
    switch (kind, rest) {
    case ("bradley_terry", "log_strength"):
      return (try? BradleyTerry(wins)).map { .numbers($0.strengths) }
    case ("bradley_terry", _) where rest.hasPrefix("alpha"):
      guard let alpha = Double(rest.dropFirst(5)) else { return nil }
      return .numbers(BradleyTerry.regularised(wins, alpha: alpha))
    case ("elo", "k32"): return .numbers(Elo.ratings(pairs, count: itemCount))
    case ("cohen_kappa", _):
      guard let weights = Agreement.Weights(rawValue: rest) else { return nil }
      let ratings = self.ratings("ratings_complete_raters_x_items")
      let both = ratings.compactMap { item in item.count > 1 ? (item[0] - 1, item[1] - 1) : nil }
      return Agreement.cohen(both, levels: 5, weights: weights).map { .number($0) }
    case ("fleiss_kappa", _):
      let items = ratings("ratings_complete_raters_x_items").map { $0.map { $0 - 1 } }
      return Agreement.fleiss(items, levels: 5).map { .number($0) }
    case ("krippendorff", _):
      let names = rest.split(separator: ".").map(String.init)
      guard names.count == 2, let scale = Agreement.Scale(rawValue: names[0]) else { return nil }
      return Agreement.krippendorff(ratings("ratings_\(names[1])_raters_x_items"), scale: scale)
        .map { .number($0) }
    default: return nil
    }
  }

  private func proportion(_ name: String, at place: Int) -> MetricNumber? {
    guard let counts = file["twoafc_correct_of"]?.array, counts.indices.contains(place),
      let two = counts[place].array?.compactMap({ $0.number.map { Int($0) } }), two.count == 2
    else { return nil }
    let found = Proportion(successes: two[0], tries: two[1])
    switch name {
    case "accuracy": return found.rate.map { .number($0) }
    case "wilson95": return found.interval().map { .numbers([$0.lowerBound, $0.upperBound]) }
    case "p_two_sided": return .number(found.pValue())
    default: return nil
    }
  }

  private func likert(at place: Int) -> MetricNumber? {
    guard let all = file["likert"]?.array, all.indices.contains(place),
      let ratings = all[place].array?.compactMap({ $0.number.map { Int($0) } })
    else { return nil }
    let found = LikertSummary(ratings)
    guard let mean = found.mean, let deviation = found.deviation, let median = found.median,
      let share = found.topTwoShare
    else { return nil }
    return .numbers([mean, deviation, median, share])
  }

  private var pairs: [(winner: Int, loser: Int)] {
    (file["pairs_winner_loser"]?.array ?? []).compactMap { pair in
      let two = pair.array?.compactMap { $0.number.map { Int($0) } } ?? []
      return two.count == 2 ? (two[0], two[1]) : nil
    }
  }

  private var itemCount: Int { (pairs.flatMap { [$0.winner, $0.loser] }.max() ?? -1) + 1 }

  private var wins: BradleyTerry.Wins {
    var wins = BradleyTerry.Wins(count: itemCount)
    for pair in pairs { wins.add(winner: pair.winner, loser: pair.loser) }
    return wins
  }

  /// By item the ratings of all raters who gave one.
  private func ratings(_ name: String) -> [[Int]] {
    let raters = (file[name]?.array ?? []).map { $0.array ?? [] }
    let count = raters.map(\.count).max() ?? 0
    return (0..<count).map { item in
      raters.compactMap { $0.indices.contains(item) ? $0[item].number.map { Int($0) } : nil }
    }
  }
}
