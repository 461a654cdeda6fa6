import ReviewCore
import Testing

@testable import SampleMetrics

/// Exact neighbours and balls, whatever the rows lie like.
@Suite struct NeighbourTests {
  /// Sets of floats by what makes them hard.
  enum Kind: String, CaseIterable {
    case random, duplicates, lattice, farFromZero, huge, tiny, outlier, wide, constant

    func rows(_ count: Int, _ seed: UInt64) -> [[Double]] {
      var dice = Dice(seed)
      switch self {
      case .random: return (0..<count).map { _ in dice.normals(5) }
      case .duplicates:
        let few = (0..<max(2, count / 6)).map { _ in dice.normals(3).map { Double(Float($0)) } }
        return (0..<count).map { _ in few[dice.below(few.count)] }
      case .lattice: return (0..<count).map { _ in (0..<2).map { _ in Double(dice.below(5)) } }
      case .farFromZero:
        return (0..<count).map { _ in (0..<3).map { _ in 1e6 + Double(dice.below(64)) / 16 } }
      case .huge: return (0..<count).map { _ in dice.normals(4).map { $0 * 1e150 } }
      case .tiny: return (0..<count).map { _ in dice.normals(4).map { $0 * 1e-150 } }
      case .outlier:
        // Beside it all others are next to nothing.
        return (0..<count).map { place in
          dice.normals(2).map { place == 0 ? 1e21 : $0 }
        }
      case .wide: return (0..<count).map { _ in dice.normals(130) }
      case .constant: return (0..<count).map { _ in [0.1, 0.2, 0.3] }
      }
    }
  }

  private func expectExact(
    _ found: [Double], _ wanted: [Double], _ what: String,
    _ location: SourceLocation = #_sourceLocation
  ) {
    // Sums of the same squares in another order.
    #expect(
      found.count == wanted.count && zip(found, wanted).allSatisfy { isNear($0, $1, 1e-14) },
      "\(what)", sourceLocation: location)
  }

  @Test(arguments: Kind.allCases, [7, 150])
  func radiiAndNearestAreThoseOfANaiveLoop(kind: Kind, count: Int) throws {
    let rows = kind.rows(count, 1)
    let others = kind.rows(count / 2 + 3, 2)
    let (table, other) = (NumberTable.doubles(rows), NumberTable.doubles(others))
    var answers: [[Double]] = []
    for threads in [1, 2] {
      let effort = Effort(threads: threads)
      for k in [1, 3, 6] {
        let radii = try Neighbours.radii(of: table, k: k, effort)
        expectExact(radii, Naive.radii(table, k), "k = \(k)")
        answers.append(radii)
      }
      let nearest = try Neighbours.nearest(of: table, in: other, effort)
      let wanted = Naive.nearest(table, other)
      expectExact(nearest.map(\.squared), wanted.map(\.squared), "nearest")
      let own = try Neighbours.nearestOther(in: table, effort)
      expectExact(
        own.map(\.squared), Naive.nearest(table, table, isSame: true).map(\.squared), "other")
      #expect(own.enumerated().allSatisfy { $0.offset != $0.element.place })
      answers.append(nearest.map(\.squared) + own.map(\.squared))
      answers.append((nearest + own).map { Double($0.place) })
    }
    #expect(Array(answers[..<5]) == Array(answers[5...]))
  }

  /// Whole numbers are exact in any order of their sum: places, too, must be those of the loop.
  @Test(arguments: [Kind.lattice, .duplicates, .farFromZero])
  func tiesGoToTheFirst(kind: Kind) throws {
    let table = NumberTable.doubles(kind.rows(120, 3))
    let other = NumberTable.doubles(kind.rows(90, 4))
    let effort = Effort(threads: 2)
    #expect(
      try Neighbours.nearest(of: table, in: other, effort).map(\.place)
        == Naive.nearest(table, other).map(\.place))
    #expect(
      try Neighbours.nearestOther(in: table, effort).map(\.place)
        == Naive.nearest(table, table, isSame: true).map(\.place))
  }

  @Test(arguments: [1, 2, 3, 784], [2, 97, 200])
  func bytesAreExact(width: Int, count: Int) throws {
    var dice = Dice(UInt64(width * 1000 + count))
    // Few grays, so that many are tied.
    func rows(_ count: Int) -> NumberTable {
      NumberTable(
        rowCount: count, columnCount: width,
        values: .bytes((0..<count * width).map { _ in UInt8(dice.below(4) * 85) }))
    }
    let (table, other) = (rows(count), rows(count / 2 + 1))
    for threads in [1, 2] {
      let effort = Effort(threads: threads)
      for k in Set([1, min(5, count - 1)]) {
        #expect(try Neighbours.radii(of: table, k: k, effort) == Naive.radii(table, k))
      }
      let nearest = try Neighbours.nearest(of: table, in: other, effort)
      let wanted = Naive.nearest(table, other)
      #expect(nearest.map(\.place) == wanted.map(\.place))
      #expect(nearest.map(\.squared) == wanted.map(\.squared))
      #expect(
        try Neighbours.nearestOther(in: table, effort).map(\.place)
          == Naive.nearest(table, table, isSame: true).map(\.place))
    }
  }

  @Test func radiiOfSomeRowsAreThoseOfTheWhole() throws {
    var dice = Dice(8)
    let bytes = NumberTable(rowCount: 230, columnCount: 9, values: .bytes(dice.bytes(230 * 9)))
    let floats = NumberTable.doubles(Kind.random.rows(230, 9))
    for table in [bytes, floats] {
      let effort = Effort(threads: 2)
      let all = try Neighbours.radii(of: table, k: 4, effort)
      let part = try Neighbours.radii(of: table, rows: 192..<230, k: 4, effort)
      #expect(part == Array(all[192...]))
    }
  }

  @Test(arguments: Kind.allCases, [false, true])
  func ballsAreThoseOfANaiveLoop(kind: Kind, countsBorder: Bool) throws {
    let real = NumberTable.doubles(kind.rows(140, 5))
    let made = NumberTable.doubles(kind.rows(110, 6))
    let effort = Effort(threads: 2)
    let (own, other) = (
      try Neighbours.radii(of: real, k: 3, effort), try Neighbours.radii(of: made, k: 3, effort)
    )
    let balls = try Balls.counts(
      real: real, realRadii: own, generated: made, generatedRadii: other,
      countsBorder: countsBorder, effort)
    func isIn(_ squared: Double, _ radius: Double) -> Bool {
      countsBorder ? squared <= radius : squared < radius
    }
    var inside = [Bool](repeating: false, count: 110)
    var recalled = [Bool](repeating: false, count: 140)
    var held = [Int](repeating: 0, count: 140)
    for row in 0..<140 {
      for column in 0..<110 {
        // In the fixed order of the sum, so that ties are ties here as well.
        let squared = NumberTable.squaredDistance(real, row, made, column)
        if isIn(squared, own[row]) {
          inside[column] = true
          held[row] += 1
        }
        if isIn(squared, other[column]) { recalled[row] = true }
      }
    }
    #expect(balls.isInside == inside)
    #expect(balls.isRecalled == recalled)
    #expect(balls.held == held)
  }

  @Test(arguments: [false, true])
  func ballsOfBytesAreThoseOfANaiveLoop(countsBorder: Bool) throws {
    var dice = Dice(12)
    for (m, n) in [(6, 7), (130, 300), (300, 130)] {
      func rows(_ count: Int) -> NumberTable {
        NumberTable(
          rowCount: count, columnCount: 3,
          values: .bytes((0..<count * 3).map { _ in UInt8(dice.below(5) * 60) }))
      }
      let (real, made) = (rows(m), rows(n))
      var options = MetricOptions()
      options.countsBorder = countsBorder
      let call = MetricCall(samples: made, reference: real, options: options)
      let wanted = Naive.prdc(real, made, k: 5, countsBorder: countsBorder)
      for threads in [1, 2] {
        let answer = try MetricRegistry.evaluate("prdc", call, threads: threads)
        #expect(answer.number("precision") == wanted.precision)
        #expect(answer.number("recall") == wanted.recall)
        #expect(answer.number("density") == wanted.density)
        #expect(answer.number("coverage") == wanted.coverage)
      }
    }
  }

  /// Numbers that singles hold exactly: storage and threads change nothing, ties included.
  @Test(arguments: [Kind.lattice, .duplicates])
  func tiesDoNotDependOnStorageOrThreads(kind: Kind) throws {
    let (real, made) = (kind.rows(160, 21), kind.rows(130, 22))
    var answers: [MetricAnswer] = []
    for countsBorder in [false, true] {
      var options = MetricOptions()
      options.countsBorder = countsBorder
      let wanted = Naive.prdc(.doubles(real), .doubles(made), k: 5, countsBorder: countsBorder)
      for threads in [1, 2] {
        for (samples, reference) in [
          (NumberTable.doubles(made), NumberTable.doubles(real)), (.singles(made), .singles(real)),
          (.doubles(made), .singles(real)), (.singles(made), .doubles(real)),
        ] {
          let answer = try MetricRegistry.evaluate(
            "prdc", MetricCall(samples: samples, reference: reference, options: options),
            threads: threads)
          answers.append(answer)
          #expect(answer.number("precision") == wanted.precision)
          #expect(answer.number("recall") == wanted.recall)
          #expect(answer.number("density") == wanted.density)
          #expect(answer.number("coverage") == wanted.coverage)
        }
      }
    }
    // Of so many copies no row of the other set lies on a border.
    #expect(Set(answers.map { "\($0.values)" }).count == (kind == .lattice ? 2 : 1))
  }

  /// Differences that no double holds, and numbers below those that are normal.
  @Test(arguments: [1023, 1022, 600, -600, -1030, -1074])
  func theEndsOfDoublesAreNoTrap(exponent: Int) throws {
    var dice = Dice(30)
    let scale = Double(sign: .plus, exponent: exponent, significand: 1)
    let rows = (0..<40).map { _ in (0..<3).map { _ in (dice.fraction() * 2 - 1) * scale } }
    let table = NumberTable.doubles(rows)
    let effort = Effort(threads: 1)
    let radii = try Neighbours.radii(of: table, k: 5, effort)
    #expect(radii == Naive.radii(table, 5))
    _ = try Neighbours.nearestOther(in: table, effort)
    let answer = try MetricRegistry.evaluate(
      "prdc", MetricCall(samples: table, reference: table))
    #expect(answer.number("precision") != nil)
  }

  /// Rows far smaller than one outlier keep their own neighbours.
  @Test func anOutlierHidesNobody() throws {
    var dice = Dice(33)
    var real = (0..<90).map { _ in dice.normals(2) }
    var made = (0..<80).map { _ in dice.normals(2).map { $0 * 0.7 + 0.4 } }
    for scale in [1e15, 1e19, 1e20, 1e21, 3e21, 1e22, 1e23] {
      real[0] = [scale, 0]
      made[0] = [0, scale]
      let wanted = Naive.prdc(.doubles(real), .doubles(made), k: 5, countsBorder: false)
      let answer = try MetricRegistry.evaluate(
        "prdc", MetricCall(samples: .doubles(made), reference: .doubles(real)))
      #expect(answer.number("density") == wanted.density, "\(scale)")
      #expect(answer.number("recall") == wanted.recall, "\(scale)")
    }
  }
}
