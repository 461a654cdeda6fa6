/// Strengths of things that were compared in pairs: the odds that i is preferred to j are exp(s_i - s_j)
/// (Bradley and Terry 1952). A tie counts as half a win for each.
package struct BradleyTerry: Equatable, Sendable {
  /// By item, natural logarithms of strengths with mean 0.
  package let strengths: [Double]
  /// By item, of its strength; from the inverse of the Fisher information on the plane of mean 0.
  package let standardErrors: [Double]
  /// Covariances of the strengths, row by row.
  private let covariance: [Double]

  /// Why there are no strengths.
  package enum Failure: Error, Equatable, Sendable {
    /// Fewer than two items, or nothing was compared.
    case nothingCompared
    /// The comparisons fall apart in groups between which nobody chose, so that they have no common scale.
    case unconnected(groups: [[Int]])
    /// Some items never lost against the others, or never won: their strengths have no bound.
    case unbounded(winners: [Int])

    package var words: String {
      switch self {
      case .nothingCompared: return "nothing was compared"
      case .unconnected(let groups):
        return "the comparisons fall apart in \(groups.count) groups that were never compared"
      case .unbounded(let winners):
        return
          "\(winners.count == 1 ? "one was" : "\(winners.count) were") never beaten by the others: "
          + "no strength is large enough"
      }
    }
  }

  /// How often one item was preferred to another, a tie as half.
  package struct Wins: Equatable, Sendable {
    package let count: Int
    private(set) var values: [Double]

    package init(count: Int) {
      self.count = count
      values = [Double](repeating: 0, count: count * count)
    }

    package mutating func add(winner: Int, loser: Int, weight: Double = 1) {
      values[winner * count + loser] += weight
    }

    package mutating func addTie(_ one: Int, _ other: Int) {
      add(winner: one, loser: other, weight: 0.5)
      add(winner: other, loser: one, weight: 0.5)
    }

    subscript(winner: Int, loser: Int) -> Double { values[winner * count + loser] }

    func compared(_ one: Int, _ other: Int) -> Double { self[one, other] + self[other, one] }
  }

  /// The maximum of the likelihood, by Newton's method on log strengths; the objective is concave.
  ///
  /// - Throws: `Failure` where there is no maximum.
  /// - Complexity: O(n^3) for n items, times a handful of steps.
  package init(_ wins: Wins) throws(Failure) {
    let n = wins.count
    guard n > 1, wins.values.contains(where: { $0 > 0 }) else { throw .nothingCompared }
    let groups = Self.components(n) { wins.compared($0, $1) > 0 }
    guard groups.count == 1 else { throw .unconnected(groups: groups) }
    // Ford 1957: bounded when from every item a chain of wins leads to every other.
    let strong = Self.strongComponents(wins)
    guard strong.count == 1 else { throw .unbounded(winners: Self.unbeaten(strong, wins)) }
    var strengths = [Double](repeating: 0, count: n)
    for _ in 0..<Self.mostSteps {
      let (gradient, information) = Self.derivatives(wins, strengths)
      let step = Self.solve(information, gradient, n)
      // Far from the maximum a whole step may overshoot.
      let longest = step.map(abs).max() ?? 0
      let part = min(1, 2 / max(longest, 1e-300))
      for item in 0..<n { strengths[item] += part * step[item] }
      let mean = strengths.reduce(0, +) / Double(n)
      for item in 0..<n { strengths[item] -= mean }
      if longest < 1e-13 { break }
    }
    self.strengths = strengths
    covariance = Self.inverse(Self.derivatives(wins, strengths).information, n)
    let covariance = self.covariance
    standardErrors = (0..<n).map { max(0, covariance[$0 * n + $0]).squareRoot() }
  }

  /// Log strengths with mean 0 where every item is taken to lead to every other a little, so that there
  /// always are some: the stationary distribution of a Markov chain from losers to winners, found again
  /// with its own weights until it stays (Maystre and Grossglauser 2015, iterated Luce spectral ranking).
  ///
  /// - Parameter alpha: what is added to every rate, above 0.
  package static func regularised(_ wins: Wins, alpha: Double) -> [Double] {
    let n = wins.count
    var strengths = [Double](repeating: 0, count: n)
    guard n > 0 else { return strengths }
    for _ in 0..<mostRounds {
      let powers = strengths.map(Exponential.value)
      let scale = Double(n) / powers.reduce(0, +)
      let weights = powers.map { $0 * scale }
      // Rows of balance, one of them replaced by what makes the shares sum to 1.
      var balance = [Double](repeating: 0, count: n * n)
      for one in 0..<n {
        for other in 0..<n where one != other {
          let rate = alpha + wins[other, one] / (weights[one] + weights[other])
          balance[other * n + one] += rate
          balance[one * n + one] -= rate
        }
      }
      for item in 0..<n { balance[(n - 1) * n + item] = 1 }
      var right = [Double](repeating: 0, count: n)
      right[n - 1] = 1
      let shares = LinearSystem.solve(balance, right, n)
      var next = shares.map { Logarithm.natural(max($0, 1e-300)) }
      let mean = next.reduce(0, +) / Double(n)
      for item in 0..<n { next[item] -= mean }
      let change = zip(next, strengths).reduce(0.0) { max($0, abs($1.0 - $1.1)) }
      strengths = next
      if change < 1e-13 { break }
    }
    return strengths
  }

  private static let mostRounds = 500
  private static let mostSteps = 200

  /// The interval of one strength.
  package func interval(of item: Int, z: Double = Normal.z95) -> ClosedRange<Double> {
    let half = z * standardErrors[item]
    return strengths[item] - half...strengths[item] + half
  }

  /// How far one item is above another, and the standard error of that.
  package func difference(_ one: Int, _ other: Int) -> (value: Double, standardError: Double) {
    let n = strengths.count
    let variance =
      covariance[one * n + one] + covariance[other * n + other] - 2 * covariance[one * n + other]
    return (strengths[one] - strengths[other], max(0, variance).squareRoot())
  }

  /// Whether two items are told apart at a level.
  package func isSeparable(_ one: Int, _ other: Int, z: Double = Normal.z95) -> Bool {
    let difference = difference(one, other)
    return abs(difference.value) > z * difference.standardError
  }

  /// The probability that one item is preferred to another.
  package func probability(_ one: Int, over other: Int) -> Double {
    1 / (1 + Exponential.value(strengths[other] - strengths[one]))
  }

  // MARK: Likelihood

  private static func derivatives(
    _ wins: Wins, _ strengths: [Double]
  ) -> (gradient: [Double], information: [Double]) {
    let n = wins.count
    var gradient = [Double](repeating: 0, count: n)
    var information = [Double](repeating: 0, count: n * n)
    for one in 0..<n {
      for other in one + 1..<max(one + 1, n) {
        let count = wins.compared(one, other)
        guard count > 0 else { continue }
        let p = 1 / (1 + Exponential.value(strengths[other] - strengths[one]))
        let surplus = wins[one, other] - count * p
        gradient[one] += surplus
        gradient[other] -= surplus
        let weight = count * p * (1 - p)
        information[one * n + one] += weight
        information[other * n + other] += weight
        information[one * n + other] -= weight
        information[other * n + one] -= weight
      }
    }
    return (gradient, information)
  }

  /// The information is singular along equal shifts of all; a constant there makes it regular and changes
  /// nothing on the plane of mean 0.
  private static func regular(_ information: [Double], _ n: Int) -> [Double] {
    let trace = (0..<n).reduce(0) { $0 + information[$1 * n + $1] } / Double(n)
    return information.map { $0 + max(trace, 1e-300) / Double(n) }
  }

  private static func solve(_ information: [Double], _ right: [Double], _ n: Int) -> [Double] {
    LinearSystem.solve(regular(information, n), right, n)
  }

  private static func inverse(_ information: [Double], _ n: Int) -> [Double] {
    let matrix = regular(information, n)
    let trace = (0..<n).reduce(0) { $0 + information[$1 * n + $1] } / Double(n)
    // What the constant added is taken out again: 1/(n * constant) along equal shifts.
    let along = 1 / (max(trace, 1e-300) * Double(n))
    var inverse = [Double](repeating: 0, count: n * n)
    for column in 0..<n {
      var unit = [Double](repeating: 0, count: n)
      unit[column] = 1
      let solved = LinearSystem.solve(matrix, unit, n)
      for row in 0..<n { inverse[row * n + column] = solved[row] - along }
    }
    return inverse
  }

  // MARK: Connectedness

  private static func components(_ n: Int, _ areJoined: (Int, Int) -> Bool) -> [[Int]] {
    var group = [Int](repeating: -1, count: n)
    var groups: [[Int]] = []
    for start in 0..<n where group[start] < 0 {
      var open = [start]
      group[start] = groups.count
      var members: [Int] = []
      while let item = open.popLast() {
        members.append(item)
        for other in 0..<n where group[other] < 0 && areJoined(item, other) {
          group[other] = groups.count
          open.append(other)
        }
      }
      groups.append(members.sorted())
    }
    return groups
  }

  /// Items from each of which a chain of wins leads to the others.
  private static func strongComponents(_ wins: Wins) -> [[Int]] {
    let n = wins.count
    func reached(from start: Int, _ leads: (Int, Int) -> Bool) -> [Bool] {
      var known = [Bool](repeating: false, count: n)
      var open = [start]
      known[start] = true
      while let item = open.popLast() {
        for other in 0..<n where !known[other] && leads(item, other) {
          known[other] = true
          open.append(other)
        }
      }
      return known
    }
    var left = Set(0..<n)
    var groups: [[Int]] = []
    while let start = left.min() {
      let down = reached(from: start) { wins[$0, $1] > 0 }
      let up = reached(from: start) { wins[$1, $0] > 0 }
      let group = left.filter { down[$0] && up[$0] }.sorted()
      groups.append(group)
      left.subtract(group)
    }
    return groups
  }

  /// The group that nobody outside ever won against.
  private static func unbeaten(_ groups: [[Int]], _ wins: Wins) -> [Int] {
    groups.first { group in
      let inside = Set(group)
      return !(0..<wins.count).contains { other in
        !inside.contains(other) && group.contains { wins[other, $0] > 0 }
      }
    } ?? []
  }
}

/// Systems of linear equations of a handful of unknowns.
enum LinearSystem {
  /// By elimination with the largest pivot; a zero pivot gives zeros.
  static func solve(_ matrix: [Double], _ right: [Double], _ n: Int) -> [Double] {
    var (a, b) = (matrix, right)
    for column in 0..<n {
      let pivot = (column..<n).max { abs(a[$0 * n + column]) < abs(a[$1 * n + column]) } ?? column
      guard a[pivot * n + column] != 0 else { return [Double](repeating: 0, count: n) }
      if pivot != column {
        for place in 0..<n { a.swapAt(pivot * n + place, column * n + place) }
        b.swapAt(pivot, column)
      }
      for row in column + 1..<max(column + 1, n) {
        let factor = a[row * n + column] / a[column * n + column]
        guard factor != 0 else { continue }
        for place in column..<n { a[row * n + place] -= factor * a[column * n + place] }
        b[row] -= factor * b[column]
      }
    }
    for row in (0..<n).reversed() {
      for place in row + 1..<max(row + 1, n) { b[row] -= a[row * n + place] * b[place] }
      b[row] /= a[row * n + row]
    }
    return b
  }
}
