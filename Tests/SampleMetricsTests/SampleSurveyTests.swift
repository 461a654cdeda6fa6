import ReviewCore
import Testing

@testable import SampleMetrics

/// Groups of near-duplicates, nearest pairs and the numbers that samples are arranged by.
@Suite struct SampleSurveyTests {
  private let effort = Effort(threads: 1)

  /// Groups about the ones with the most near others, pairs by looking at all of them.
  private func naive(
    _ rows: [[UInt8]], _ nearness: Double
  ) -> (groups: [[Int]], pairs: [[Int]]) {
    func squared(_ a: Int, _ b: Int) -> Int {
      zip(rows[a], rows[b]).reduce(0) { sum, pair in
        let difference = Int(pair.0) - Int(pair.1)
        return sum + difference * difference
      }
    }
    func isNear(_ a: Int, _ b: Int) -> Bool {
      (Double(squared(a, b)) / Double(rows[0].count)).squareRoot() <= nearness
    }
    let counts = rows.indices.map { row in rows.indices.count { $0 != row && isNear(row, $0) } }
    var left = Set(rows.indices)
    var groups: [[Int]] = []
    for centre in rows.indices.sorted(by: { (counts[$1], $0) < (counts[$0], $1) })
    where left.contains(centre) {
      let group = left.filter { isNear(centre, $0) }.sorted()
      left.subtract(group)
      if group.count > 1 { groups.append(group) }
    }
    var pairs: Set<[Int]> = []
    for row in rows.indices {
      let others = rows.indices.filter { $0 != row }
      if let nearest = others.min(by: { squared(row, $0) < squared(row, $1) }) {
        pairs.insert([squared(row, nearest), min(row, nearest), max(row, nearest)])
      }
    }
    return (
      groups.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) },
      pairs.sorted { $0.lexicographicallyPrecedes($1) }
    )
  }

  /// Few values, so that many distances are equal.
  private func rows(_ count: Int, width: Int, seed: UInt64) -> [[UInt8]] {
    var dice = Dice(seed)
    let prototypes = (0..<max(1, count / 4)).map { _ in (0..<width).map { _ in dice.below(5) * 9 } }
    return (0..<count).map { _ in
      prototypes[dice.below(prototypes.count)].map { UInt8($0 + (dice.below(6) == 0 ? 3 : 0)) }
    }
  }

  @Test(arguments: [2, 3, 17, 97, 250], [1.0, 4.0])
  func groupsAndPairsAreThoseOfANaiveLoop(count: Int, nearness: Double) throws {
    for width in [1, 9, 64] {
      let rows = rows(count, width: width, seed: UInt64(count * width))
      let seeds = rows.indices.map { 3 * $0 + 1 }
      let found = try SampleSurvey.overview(
        of: .bytes(rows), seeds: seeds, nearness: nearness, effort)
      let wanted = naive(rows, nearness)
      #expect(found.groups.map(\.seeds) == wanted.groups.map { $0.map { seeds[$0] } })
      #expect(found.pairCount == wanted.pairs.count)
      let listed = wanted.pairs.prefix(SampleSurvey.mostPairs)
      #expect(
        found.pairs.map { [$0.first, $0.second] } == listed.map { [seeds[$0[1]], seeds[$0[2]]] })
      #expect(
        zip(found.pairs, listed).allSatisfy { isNear($0.distance, Double($1[0]).squareRoot()) })
      #expect(found.lookCount == count - wanted.groups.reduce(0) { $0 + $1.count - 1 })
    }
  }

  /// In a chain each is near the next, and the ends are not near each other.
  @Test func aChainIsNoGroup() throws {
    let rows: [[UInt8]] = [[0, 0], [4, 4], [8, 8], [200, 200], [12, 12], [203, 200]]
    let found = try SampleSurvey.overview(
      of: .bytes(rows), seeds: [5, 6, 7, 8, 9, 10], nearness: 4, effort)
    // The second and the third have two near ones each: the first of them comes first.
    #expect(found.groups.map(\.seeds) == [[5, 6, 7], [8, 10]])
    #expect(found.groups.map(\.representative) == [6, 8])
    #expect(found.groups[0].reach == 4)
    #expect(isNear(found.groups[1].reach, 4.5.squareRoot()))
    #expect(found.lookCount == 3 && found.duplicateCount == 5 && !found.isCut)
  }

  /// Of very many sets of near-duplicates those that are told of are groups, and it says that there
  /// are more.
  @Test func tooManyGroupsAreCutAndSaySo() throws {
    let rows = (0..<5000).map { row -> [UInt8] in
      let pair = row / 2
      return [UInt8(pair % 125 * 2), UInt8(pair / 125 * 3), UInt8(row % 2)]
    }
    let found = try SampleSurvey.overview(
      of: .bytes(rows), seeds: Array(rows.indices), nearness: 0.58, effort)
    #expect(found.isCut && found.groups.count == 2000)
    #expect(found.groups.allSatisfy { $0.seeds[1] == $0.seeds[0] + 1 && $0.seeds.count == 2 })
    let few = try SampleSurvey.overview(
      of: .bytes(Array(rows.prefix(4000))), seeds: Array(0..<4000), nearness: 0.58, effort)
    #expect(!few.isCut && few.groups.count == 2000 && few.lookCount == 2000)
  }

  /// 4 gray values everywhere are within 4, one more in one pixel is not.
  @Test func theLimitItselfIsNear() throws {
    let base = [UInt8](repeating: 100, count: 49)
    let within = base.map { $0 + 4 }
    var beyond = within
    beyond[20] += 1
    func groups(_ other: [UInt8]) throws -> Int {
      try SampleSurvey.overview(
        of: .bytes([base, other]), seeds: [0, 1], nearness: 4, effort
      ).groups.count
    }
    #expect(try groups(within) == 1)
    #expect(try groups(beyond) == 0)
  }

  @Test func fewerThanTwoHaveNoPairs() throws {
    for rows in [[[UInt8]](), [[1, 2, 3]]] {
      let found = try SampleSurvey.overview(
        of: .bytes(rows), seeds: Array(rows.indices), nearness: 4, effort)
      #expect(found.count == rows.count && found.groups.isEmpty && found.pairs.isEmpty)
      #expect(found.lookCount == rows.count)
      #expect(try SampleSurvey.nearest(of: .bytes(rows), effort).allSatisfy(\.isNaN))
    }
  }

  @Test func equalPicturesAreOnePairEach() throws {
    let rows = [[UInt8]](repeating: [7, 7, 7], count: 5)
    let found = try SampleSurvey.overview(
      of: .bytes(rows), seeds: [0, 1, 2, 3, 4], nearness: 1, effort)
    #expect(found.groups.map(\.seeds) == [[0, 1, 2, 3, 4]] && found.groups[0].reach == 0)
    // Of several as near the lowest: all are paired with the first.
    #expect(found.pairs.map { [$0.first, $0.second] } == [[0, 1], [0, 2], [0, 3], [0, 4]])
    #expect(found.pairs.allSatisfy { $0.distance == 0 })
  }

  /// Pictures whose distances do not fit 32 bits go another way to the same answer.
  @Test func widePicturesAreCompared() throws {
    let width = ByteRows.widest + 1
    let black = [UInt8](repeating: 0, count: width)
    let white = [UInt8](repeating: 255, count: width)
    var nearlyWhite = white
    nearlyWhite[0] = 0
    let found = try SampleSurvey.overview(
      of: .bytes([white, black, nearlyWhite]), seeds: [0, 1, 2], nearness: 4, effort)
    #expect(found.groups.map(\.seeds) == [[0, 2]])
    #expect(found.pairs.map { [$0.first, $0.second] } == [[0, 2], [1, 2]])
    #expect(found.pairs[0].distance == 255)
    #expect(found.pairs[1].distance == (255.0 * 255 * Double(width - 1)).squareRoot())
  }

  @Test func aNearestNumberIsTheDistanceToTheNearestOther() throws {
    let rows = rows(60, width: 30, seed: 9)
    let found = try SampleSurvey.nearest(of: .bytes(rows), effort)
    let wanted = Naive.nearest(.bytes(rows), .bytes(rows), isSame: true)
    #expect(zip(found, wanted).allSatisfy { isNear($0, $1.squared.squareRoot()) })
  }

  @Test func whatIsLimitedSaysSo() throws {
    #expect(SampleSurvey.comparedCount(of: 100_000, size: 784) == 100_000)
    let most = SampleSurvey.comparedCount(of: 100_000, size: 256 * 256)
    #expect(most < 100_000 && most > 500)
  }

  @Test func whatIsCancelledStops() throws {
    let effort = Effort(threads: 1)
    var parts: [Double] = []
    let rows = rows(ByteRows.blockRows * 4, width: 8, seed: 3)
    #expect(throws: MetricFailure.cancelled) {
      try SampleSurvey.overview(
        of: .bytes(rows), seeds: Array(rows.indices), nearness: 4, effort
      ) { part in
        parts.append(part)
        if parts.count == 2 { effort.cancel() }
      }
    }
    #expect(parts.count == 2 && parts[0] < parts[1])
  }
}
