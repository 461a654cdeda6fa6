import ReviewCore

/// What reviewers said on one matter, item by item.
struct JudgedItems {
  let matter: DisputedMatter
  /// By name.
  let reviewers: [String]
  /// By item and reviewer the level, 0..<levels; nil where the reviewer did not judge it.
  private(set) var items: [[Int?]] = []

  init(_ matter: DisputedMatter, reviewers: [String]) {
    self.matter = matter
    self.reviewers = reviewers
  }

  /// Takes an item in that at least two reviewers judged.
  mutating func add(_ levels: [Int?]) {
    if levels.count(where: { $0 != nil }) > 1 { items.append(levels) }
  }

  static func levels(of matter: DisputedMatter) -> Int { matter == .rating ? 5 : 2 }

  /// Whether two judgements count as one: ratings may be one level apart.
  static func agree(_ left: Int, _ right: Int, on matter: DisputedMatter) -> Bool {
    abs(left - right) <= (matter == .rating ? 1 : 0)
  }

  /// The part of the pairs of reviewers that agree on one item; nil for fewer than two.
  static func agreeing(_ levels: [Int?], on matter: DisputedMatter) -> Double? {
    let given = levels.compactMap { $0 }
    guard given.count > 1 else { return nil }
    var agreeing = 0
    for (place, level) in given.enumerated() {
      for other in given[(place + 1)...] where agree(level, other, on: matter) { agreeing += 1 }
    }
    return Double(agreeing) / Double(given.count * (given.count - 1) / 2)
  }

  private static let tooFew = "no coefficient of one item"

  /// How far they agree, in numbers.
  func row(hasIntervals: Bool = true) -> ReviewerAgreement.Row {
    let levels = Self.levels(of: matter)
    var patterns = Patterns(items, matter: matter, levels: levels)
    let raters = reviewers.indices.filter { place in items.contains { $0[place] != nil } }
    let bootstrap = ItemBootstrap(
      kinds: patterns.kinds, count: patterns.all.count, isWanted: hasIntervals)
    let none = "nobody else judged the same"
    let alike = items.isEmpty ? none : "all say the same, which chance alone would bring about"
    func coefficient(_ number: ([Int]) -> Double?) -> AgreementCoefficient {
      // Of one item, what chance would bring about is what is there.
      guard items.count > 1 else { return AgreementCoefficient(nil, remark: Self.tooFew) }
      return bootstrap.coefficient(of: patterns.times, whyNone: alike, number)
    }
    let isComplete =
      !raters.isEmpty && items.allSatisfy { item in raters.allSatisfy { item[$0] != nil } }
    var pairs: [ReviewerAgreement.Pair] = []
    for (place, first) in raters.enumerated() {
      for second in raters[(place + 1)...] {
        patterns.look(at: first, second)
        let common = patterns.commonCount
        guard common > 0 else { continue }
        guard common > 1 else {
          pairs.append(
            ReviewerAgreement.Pair(
              first: reviewers[first], second: reviewers[second], items: common,
              kappa: AgreementCoefficient(nil, remark: Self.tooFew)))
          continue
        }
        // A pair has fewer items than all, and its interval is as wide as these make it.
        let kappa =
          common == items.count || common >= ItemBootstrap.fewest
          ? coefficient { patterns.kappa($0) }
          : AgreementCoefficient(
            patterns.kappa(patterns.times),
            remark: patterns.kappa(patterns.times) == nil
              ? alike : "no interval: fewer than \(ItemBootstrap.fewest) items")
        pairs.append(
          ReviewerAgreement.Pair(
            first: reviewers[first], second: reviewers[second], items: common, kappa: kappa))
      }
    }
    return ReviewerAgreement.Row(
      matter: matter, items: items.count, raters: raters.map { reviewers[$0] },
      observed: bootstrap.coefficient(of: patterns.times, whyNone: none) { patterns.observed($0) },
      pairs: pairs, fleiss: isComplete ? coefficient { patterns.fleiss($0) } : nil,
      alpha: coefficient { patterns.alpha($0) })
  }
}

/// Items that are judged alike, each sort once: what is counted of them does not depend on how many there are.
private struct Patterns {
  let matter: DisputedMatter
  let levels: Int
  /// Each sort of item once, in the order they come.
  let all: [[Int?]]
  /// By item its place in `all`.
  let kinds: [Int]
  /// By sort, how many items are of it.
  let times: [Int]
  private let counts: [[Double]]
  private let coincidences: [[Double]]
  private let agreeing: [Double]
  private let exact: [Double]
  /// By sort, the cell of the table of two reviewers; nil where one of them did not judge it.
  private var cells: [Int?] = []

  init(_ items: [[Int?]], matter: DisputedMatter, levels: Int) {
    self.matter = matter
    self.levels = levels
    var places: [[Int?]: Int] = [:]
    var all: [[Int?]] = []
    var times: [Int] = []
    kinds = items.map { item in
      let place = places[item] ?? all.count
      if place == all.count {
        places[item] = place
        all.append(item)
        times.append(0)
      }
      times[place] += 1
      return place
    }
    self.all = all
    self.times = times
    counts = all.map { item in
      item.reduce(into: [Double](repeating: 0, count: levels)) { counts, level in
        if let level { counts[level] += 1 }
      }
    }
    coincidences = all.map {
      Agreement.coincidences(of: $0.compactMap { $0 }, levels: levels)
    }
    agreeing = all.map { JudgedItems.agreeing($0, on: matter) ?? 0 }
    exact = counts.map { counts in
      let n = counts.reduce(0, +)
      return (counts.reduce(0) { $0 + $1 * $1 } - n) / (n * (n - 1))
    }
  }

  func observed(_ times: [Int]) -> Double? { mean(of: agreeing, times) }

  func fleiss(_ times: [Int]) -> Double? {
    guard let observed = mean(of: exact, times) else { return nil }
    return Agreement.fleiss(observed: observed, totals: sum(of: counts, times, count: levels))
  }

  func alpha(_ times: [Int]) -> Double? {
    Agreement.krippendorff(
      coincidences: sum(of: coincidences, times, count: levels * levels),
      values: Array(1...levels), scale: matter == .rating ? .ordinal : .nominal)
  }

  /// Takes two reviewers for `kappa`.
  mutating func look(at first: Int, _ second: Int) {
    cells = all.map { item in
      item[first].flatMap { a in item[second].map { a * levels + $0 } }
    }
  }

  /// What both of them judged.
  var commonCount: Int { zip(cells, times).reduce(0) { $0 + ($1.0 == nil ? 0 : $1.1) } }

  func kappa(_ times: [Int]) -> Double? {
    var table = [Double](repeating: 0, count: levels * levels)
    for (cell, count) in zip(cells, times) { if let cell { table[cell] += Double(count) } }
    return Agreement.cohen(
      table: table, levels: levels, weights: matter == .rating ? .quadratic : .none)
  }

  private func mean(of values: [Double], _ times: [Int]) -> Double? {
    let all = times.reduce(0, +)
    guard all > 0 else { return nil }
    return zip(values, times).reduce(0.0) { $0 + $1.0 * Double($1.1) } / Double(all)
  }

  private func sum(of tables: [[Double]], _ times: [Int], count: Int) -> [Double] {
    var sum = [Double](repeating: 0, count: count)
    for (table, times) in zip(tables, times) where times > 0 {
      for cell in sum.indices { sum[cell] += table[cell] * Double(times) }
    }
    return sum
  }
}
