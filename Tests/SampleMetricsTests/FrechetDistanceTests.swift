import ReviewCore
import Testing

@testable import SampleMetrics

/// The Fréchet distance where its value is known without it.
@Suite struct FrechetDistanceTests {
  private func distance(
    _ samples: NumberTable, _ reference: NumberTable, threads: Int = 1
  ) throws -> MetricAnswer {
    try MetricRegistry.evaluate(
      "frechet", MetricCall(samples: samples, reference: reference), threads: threads)
  }

  /// (m1 - m2)^2 + (s1 - s2)^2.
  @Test(arguments: [2, 3, 100, 5000])
  func oneDimensionByItsMoments(count: Int) throws {
    var dice = Dice(UInt64(count))
    let a = NumberTable.doubles((0..<count).map { _ in [dice.normal()] })
    let b = NumberTable.doubles((0..<count + 7).map { _ in [3 + 0.4 * dice.normal()] })
    let means = (Naive.means(a)[0], Naive.means(b)[0])
    let spreads = (
      Naive.covariance(a)[0][0].squareRoot(), Naive.covariance(b)[0][0].squareRoot()
    )
    let wanted =
      (means.0 - means.1) * (means.0 - means.1) + (spreads.0 - spreads.1) * (spreads.0 - spreads.1)
    let answer = try distance(a, b)
    #expect(isNear(answer.number("distance"), wanted, 1e-11))
    #expect(isNear(answer.number("mean_term"), (means.0 - means.1) * (means.0 - means.1), 1e-12))
  }

  /// Rows of which no two columns vary together: +-1 patterns, stretched column by column.
  private func diagonal(_ scales: [Double], _ shifts: [Double], times: Int = 1) -> [[Double]] {
    // The columns of a Hadamard matrix of 8 without the first are orthogonal and have mean 0.
    let rows = (0..<8).map { row in
      scales.indices.map { column in
        let sign = ((column + 1) & row).nonzeroBitCount % 2 == 0 ? 1.0 : -1.0
        return shifts[column] + sign * scales[column]
      }
    }
    return (0..<times).flatMap { _ in rows }
  }

  /// sum (m1 - m2)^2 + (s1 - s2)^2.
  @Test(arguments: [1, 3])
  func diagonalCovariances(times: Int) throws {
    let (a, b) = ([1, 2, 0.5, 4, 0.25], [3.0, 1, 0.5, 2, 7])
    let (p, q) = ([0, 1, -1, 100, 1e6], [0.5, 1, 3, 98, 1e6 - 2])
    let n = Double(8 * times)
    let stretch = (n / (n - 1)).squareRoot()
    let wanted = a.indices.reduce(0) { sum, column in
      let (m, s) = (p[column] - q[column], stretch * (a[column] - b[column]))
      return sum + m * m + s * s
    }
    let left = NumberTable.doubles(diagonal(a, p, times: times))
    let right = NumberTable.doubles(diagonal(b, q, times: times))
    for threads in [1, 2] {
      #expect(isNear(try distance(left, right, threads: threads).number("distance"), wanted, 1e-11))
    }
  }

  /// Fewer rows than columns: two sets that spread in directions which have nothing to do with each other, and
  /// two that spread in the same.
  @Test func fewerRowsThanColumns() throws {
    let width = 40
    func spread(from first: Int, _ length: Double) -> [[Double]] {
      // 6 rows along 3 axes: +-length.
      (0..<6).map { row in
        (0..<width).map { $0 == first + row / 2 ? (row % 2 == 0 ? length : -length) : 0 }
      }
    }
    let trace: (Double) -> Double = { length in 3 * 2 * length * length / 5 }
    // Orthogonal: the covariances' product is 0.
    var answer = try distance(.doubles(spread(from: 0, 2)), .doubles(spread(from: 20, 5)))
    #expect(isNear(answer.number("distance"), trace(2) + trace(5), 1e-12))
    #expect(answer.remarks.contains { $0.contains("n=6 <= d=40") && $0.contains("rank 5") })
    // The same axes: 3 (s1 - s2)^2.
    answer = try distance(.doubles(spread(from: 7, 2)), .doubles(spread(from: 7, 5)))
    let (s, t) = ((2.0 * 4 / 5).squareRoot(), (2.0 * 25 / 5).squareRoot())
    #expect(isNear(answer.number("distance"), 3 * (s - t) * (s - t), 1e-11))
  }

  /// S1 = S2 times a square: tr (S1 S2)^(1/2) = c tr S1, whatever the correlations.
  @Test(arguments: [(200, 9), (9, 200), (30, 30)])
  func aStretchedCopy(count: Int, width: Int) throws {
    var dice = Dice(4)
    let rows = (0..<count).map { _ -> [Double] in
      let common = dice.normal()
      return (0..<width).map { _ in common + dice.normal() }
    }
    let stretched = rows.map { $0.map { 1.5 * $0 } }
    let table = NumberTable.doubles(rows)
    let covariance = Naive.covariance(table)
    let trace = (0..<width).reduce(0) { $0 + covariance[$1][$1] }
    let means = Naive.means(table)
    let wanted = means.reduce(0) { $0 + 0.25 * $1 * $1 } + 0.25 * trace
    let answer = try distance(.doubles(stretched), table)
    #expect(isNear(answer.number("distance"), wanted, 1e-10))
  }

  @Test(arguments: [(500, 6), (20, 60), (3000, 3)])
  func equalSetsAreNotApart(count: Int, width: Int) throws {
    var dice = Dice(5)
    let rows = (0..<count).map { _ in dice.normals(width).map { 1000 + $0 } }
    let table = NumberTable.doubles(rows)
    let covariance = Naive.covariance(table)
    let trace = (0..<width).reduce(0) { $0 + covariance[$1][$1] }
    let answer = try distance(table, table)
    #expect(try #require(answer.number("distance")) <= 1e-9 * trace)
    #expect(try #require(answer.number("distance")) >= 0)
    #expect(answer.number("mean_term") == 0)
  }

  @Test(arguments: [(2500, 7), (25, 70)])
  func theOrderOfRowsAndThreadsChangeNothing(count: Int, width: Int) throws {
    var dice = Dice(6)
    let a = (0..<count).map { _ in dice.normals(width) }
    let b = (0..<count).map { _ in dice.normals(width).map { 2 * $0 + 1 } }
    let wanted = try #require(try distance(.doubles(a), .doubles(b)).number("distance"))
    #expect(
      try distance(.doubles(a), .doubles(b)).number("distance") == wanted, "the same each time")
    for threads in [1, 2] {
      let found = try distance(.doubles(a.reversed()), .doubles(b.reversed()), threads: threads)
      #expect(isNear(found.number("distance"), wanted, 1e-12))
    }
    // Symmetric, too.
    #expect(isNear(try distance(.doubles(b), .doubles(a)).number("distance"), wanted, 1e-11))
  }

  /// A number that has no exact double, all over a column.
  @Test(arguments: [3, 10, 4097])
  func constantColumnsAreSaid(count: Int) throws {
    var dice = Dice(7)
    let a = (0..<count).map { _ in [0.1, dice.normal(), 1e6 + 0.7, 1.0 / 3] }
    let b = (0..<count).map { _ in [0.1, dice.normal(), dice.normal(), 1.0 / 3] }
    let answer = try distance(.doubles(a), .doubles(b))
    #expect(answer.remarks.contains("3 of 4 columns of the samples are constant"))
    let left = NumberTable.doubles(a)
    let right = NumberTable.doubles(b)
    let (s, t) = (Naive.covariance(left), Naive.covariance(right))
    let apart = zip(Naive.means(left), Naive.means(right)).reduce(0) {
      $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
    }
    let spread = s[1][1].squareRoot() - t[1][1].squareRoot()
    #expect(isNear(answer.number("distance"), apart + spread * spread + t[2][2], 1e-9))
    let same = try distance(.doubles(a.map { _ in [0.1, 0.2, 0.3, 0.7] }), .doubles(b))
    #expect(same.remarks.contains("all samples are the same: their covariance is 0"))
  }

  /// Pixels count from 0 to 1.
  @Test func pixelsAreScaled() throws {
    var dice = Dice(8)
    let (a, b) = (dice.bytes(60 * 4), dice.bytes(60 * 4))
    func table(_ bytes: [UInt8]) -> NumberTable {
      NumberTable(rowCount: 60, columnCount: 4, values: .bytes(bytes))
    }
    let asPixels = try distance(table(a), table(b))
    let asNumbers = try distance(table(a).scaledToOne, table(b).scaledToOne)
    #expect(
      isNear(asPixels.number("distance"), try #require(asNumbers.number("distance")), 1e-10))
    #expect(throws: MetricFailure.self) { try distance(table(a), table(b).scaledToOne) }
  }

  /// Extrapolated over 1/N: of values that repeat, prefix by prefix, a line through five distances.
  @Test func theInfiniteDistanceIsTheIntercept() throws {
    var dice = Dice(9)
    let rows = (0..<300).map { _ in [dice.normal()] }
    let reference = NumberTable.doubles((0..<400).map { _ in [dice.normal()] })
    let answer = try distance(.doubles(rows), reference)
    let points = [100, 150, 200, 250, 300].map { count -> (Double, Double) in
      let part = NumberTable.doubles(Array(rows.prefix(count)))
      let m = Naive.means(part)[0] - Naive.means(reference)[0]
      let s =
        Naive.covariance(part)[0][0].squareRoot() - Naive.covariance(reference)[0][0].squareRoot()
      return (1 / Double(count), m * m + s * s)
    }
    let x = points.reduce(0) { $0 + $1.0 } / 5
    let y = points.reduce(0) { $0 + $1.1 } / 5
    let slope =
      points.reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
      / points.reduce(0) { $0 + ($1.0 - x) * ($1.0 - x) }
    #expect(isNear(answer.number("infinity"), y - slope * x, 1e-6, absolute: 1e-9))
  }

  @Test func whatIsTooFewOrNoNumberIsRefused() throws {
    let one = NumberTable.doubles([[1, 2]])
    let two = NumberTable.doubles([[1, 2], [3, 5]])
    #expect(throws: MetricFailure.self) { try distance(one, two) }
    #expect(throws: MetricFailure.self) { try distance(two, one) }
    #expect(throws: MetricFailure.self) { try distance(two, .doubles([[1], [2]])) }
    #expect(throws: MetricFailure.unfit("samples: row 1 column 0 is nan")) {
      try distance(.doubles([[1, 2], [.nan, 5]]), two)
    }
    #expect(throws: MetricFailure.unfit("reference: row 0 column 1 is inf")) {
      try distance(two, .doubles([[1, .infinity], [3, 5]]))
    }
    #expect(throws: MetricFailure.self) {
      try distance(.doubles([[1e200, 0], [-1e200, 1]]), two)
    }
  }
}

/// Moments of parts.
@Suite struct MomentsTests {
  @Test(arguments: [1, 2, 2047, 2048, 2049, 5000])
  func blocksJoinToTheWhole(count: Int) throws {
    var dice = Dice(UInt64(count))
    let rows = (0..<count).map { _ in dice.normals(3).map { 1e6 + $0 } }
    let table = NumberTable.doubles(rows)
    let effort = Effort(threads: 1)
    let whole = try Moments(of: table, effort)
    #expect(whole.count == count)
    #expect(zip(whole.mean, Naive.means(table)).allSatisfy { isNear($0, $1, 1e-14) })
    if count > 1 {
      let covariance = Naive.covariance(table)
      for row in 0..<3 {
        for column in 0...row {
          let found = whole.scatter[row * 3 + column] / Double(count - 1)
          #expect(isNear(found, covariance[row][column], 1e-9, absolute: 1e-9))
        }
      }
    }
    // Ragged parts, joined in another order, are the same but for rounding.
    let cut = count / 3
    var parts = try Moments(of: table.rows(cut..<count), effort)
    parts.join(try Moments(of: table.rows(0..<cut), effort))
    #expect(parts.count == count)
    #expect(zip(parts.mean, whole.mean).allSatisfy { isNear($0, $1, 1e-14) })
    for row in 0..<3 {
      for column in 0...row {
        let place = row * 3 + column
        #expect(isNear(parts.scatter[place], whole.scatter[place], 1e-9, absolute: 1e-6))
      }
    }
    // Packed and unpacked again, to the last bit.
    let packed = Moments(wholes: [whole.count], numbers: whole.mean + whole.packedScatter)
    #expect(packed?.mean == whole.mean && packed?.packedScatter == whole.packedScatter)
    #expect(Moments(wholes: [], numbers: [1, 2]) == nil)
    #expect(Moments(wholes: [3], numbers: [1, 2, 3]) == nil)
  }

  /// What a set says along its own axes is what the eigenvectors say: variances fall, axes are of length 1.
  @Test(arguments: [(60, 5), (12, 30)])
  func principalAxesHoldTheSpread(count: Int, width: Int) throws {
    var dice = Dice(3)
    let rows = (0..<count).map { _ -> [Double] in
      let (a, b) = (9 * dice.normal(), 3 * dice.normal())
      return (0..<width).map { $0 % 2 == 0 ? a + 0.01 * dice.normal() : b + 0.01 * dice.normal() }
    }
    let table = NumberTable.doubles(rows)
    let effort = Effort(threads: 1)
    let axes = try PrincipalComponents(of: table, count: 2, effort)
    let projected = try axes.projected(table, effort)
    let spread = Naive.covariance(projected)
    #expect(Naive.means(projected).allSatisfy { abs($0) < 1e-9 })
    #expect(abs(spread[0][1]) < 1e-9 * spread[0][0])
    #expect(spread[0][0] > spread[1][1])
    let whole = Naive.covariance(table)
    let trace = (0..<width).reduce(0) { $0 + whole[$1][$1] }
    // Nearly all of it lies in two directions.
    let held = (spread[0][0] + spread[1][1]) / trace
    #expect(held > 0.999 && held <= 1 + 1e-12)
    #expect(throws: MetricFailure.self) {
      try PrincipalComponents(of: table, count: count, effort)
    }
  }
}
