import ReviewCore
import Testing

@testable import SampleMetrics

/// Metrics whose value is known beforehand, or by a loop that anybody can read.
@Suite struct MetricValueTests {
  @Test func theKernelDistanceIsThatOfANaiveLoop() throws {
    var dice = Dice(1)
    for (m, n, width) in [(2, 2, 1), (5, 9, 3), (40, 33, 8), (300, 20, 2)] {
      let x = NumberTable.doubles((0..<m).map { _ in dice.normals(width) })
      let y = NumberTable.doubles((0..<n).map { _ in dice.normals(width).map { $0 + 0.5 } })
      for threads in [1, 2] {
        let answer = try MetricRegistry.evaluate(
          "kernel", MetricCall(samples: x, reference: y), threads: threads)
        for (name, isBiased) in [("distance", false), ("biased", true)] {
          let wanted = Naive.kernel(x, y, isBiased: isBiased)
          #expect(isNear(answer.number(name), wanted, 1e-9, absolute: 1e-12))
        }
      }
    }
    let same = NumberTable.doubles((0..<10).map { _ in dice.normals(4) })
    let answer = try MetricRegistry.evaluate(
      "kernel", MetricCall(samples: same, reference: same))
    #expect(isNear(answer.number("biased"), 0, absolute: 1e-12))
    #expect(try #require(answer.number("distance")) < 0)
  }

  @Test func subsetsAreMeansOverThoseThatAreDrawn() throws {
    var dice = Dice(2)
    let x = NumberTable.doubles((0..<30).map { _ in dice.normals(3) })
    let y = NumberTable.doubles((0..<25).map { _ in dice.normals(3).map { $0 * 2 } })
    var options = MetricOptions()
    options.subsetSize = 12
    options.subsetCount = 7
    let answer = try MetricRegistry.evaluate(
      "kernel", MetricCall(samples: x, reference: y, options: options))
    var generator = MersenneTwister(seed: 2020)
    let values = (0..<7).map { _ -> Double in
      let a = x.rows(at: Array(generator.permutation(30).prefix(12)))
      let b = y.rows(at: Array(generator.permutation(25).prefix(12)))
      return Naive.kernel(a, b, isBiased: false)
    }
    let mean = values.reduce(0, +) / 7
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(isNear(answer.number("subsets_mean"), mean, 1e-9))
    #expect(isNear(answer.number("subsets_std"), (squares / 7).squareRoot(), 1e-9))
  }

  /// numpy 2: `numpy.random.RandomState(s).permutation(n)`, and `MT19937()._legacy_seeding(5489)` with
  /// `random_raw`, whose first and 10,000th value the C++ standard gives for mt19937, too.
  @Test func theMersenneTwisterIsNumpys() {
    var generator = MersenneTwister(seed: 2020)
    #expect(
      (0..<4).map { _ in generator.next() } == [
        4_236_026_720, 639_299_976, 3_751_189_827, 2_669_525_622,
      ])
    generator = MersenneTwister(seed: 5489)
    let values = (0..<10_000).map { _ in generator.next() }
    #expect(values.first == 3_499_211_612 && values.last == 4_123_659_995)
    generator = MersenneTwister(seed: 2020)
    #expect(generator.permutation(5) == [3, 1, 2, 4, 0])
    // From where the last one ended.
    #expect(generator.permutation(10) == [9, 1, 2, 4, 6, 8, 5, 0, 7, 3])
    generator = MersenneTwister(seed: 0)
    #expect(generator.permutation(12) == [6, 11, 4, 10, 2, 8, 1, 7, 9, 3, 0, 5])
    generator = MersenneTwister(seed: 7)
    let long = generator.permutation(700)
    #expect(Array(long.prefix(6)) == [595, 115, 424, 138, 236, 57])
    #expect(Array(long.suffix(3)) == [537, 196, 175])
    #expect(generator.permutation(0) == [] && generator.permutation(1) == [0])
  }

  @Test func clustersAreFoundTheSameEachTime() throws {
    var dice = Dice(3)
    let centres: [[Double]] = [[0, 0], [50, 0], [0, 50], [50, 50]]
    let rows = (0..<200).map { row in zip(centres[row % 4], dice.normals(2)).map { $0 + $1 } }
    let effort = Effort(threads: 2)
    let found = try KMeans.centres(of: .doubles(rows), count: 4, effort)
    #expect(try KMeans.centres(of: .doubles(rows), count: 4, Effort(threads: 1)) == found)
    for (place, _) in centres.enumerated() {
      let own = rows.enumerated().filter { $0.offset % 4 == place }.map(\.element)
      let mean = (0..<2).map { column in own.reduce(0) { $0 + $1[column] } / 50 }
      #expect(
        (0..<4).contains { row in
          zip(Naive.row(found, row), mean).allSatisfy { abs($0 - $1) < 1e-9 }
        })
    }
    // All rows the same: so many centres of one place.
    let same = try KMeans.centres(
      of: .doubles([[Double]](repeating: [1, 2], count: 9)), count: 3, effort)
    #expect((0..<3).allSatisfy { Naive.row(same, $0) == [1, 2] })
    #expect(throws: MetricFailure.self) {
      try KMeans.centres(of: .doubles([[1], [2]]), count: 3, effort)
    }
  }

  /// Of a mean over equal groups the jackknife is the textbook's standard error over the groups.
  @Test func theJackknifeOfAMean() throws {
    var dice = Dice(4)
    let groups = Jackknife.groups
    let values = dice.normals(groups * 5)
    let error = try Jackknife.standardError(rows: values.count) { kept in
      kept.reduce(0) { $0 + values[$1] } / Double(kept.count)
    }
    let means = (0..<groups).map { group in
      stride(from: group, to: values.count, by: groups).reduce(0) { $0 + values[$1] } / 5
    }
    let mean = means.reduce(0, +) / Double(groups)
    let squares = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let wanted = (squares / Double(groups - 1) / Double(groups)).squareRoot()
    #expect(isNear(error, wanted, 1e-12))
    #expect(try Jackknife.standardError(rows: 2 * groups - 1) { _ in 1 } == nil)
    #expect(try Jackknife.standardError(rows: 2 * groups) { _ in 1 } == 0)
    #expect(
      try Jackknife.standardError(rows: 100) { _ throws(MetricFailure) in
        throw .undefined("no value")
      } == nil)
    #expect(throws: MetricFailure.cancelled) {
      try Jackknife.standardError(rows: 100) { _ throws(MetricFailure) in throw .cancelled }
    }
    #expect(isNear(Jackknife.ofMean([1, 2, 3, 4]), (5.0 / 3).squareRoot() / 2, 1e-14))
    #expect(Jackknife.ofMean([1]) == nil && Jackknife.ofShare(0.5, rows: 1) == nil)
    #expect(isNear(Jackknife.ofShare(0.2, rows: 100), 0.04, 1e-14))
  }

  /// k groups of equal rows that stand at right angles count as k.
  @Test(arguments: [1, 2, 5, 8])
  func theVendiScoreOfOrthogonalGroups(groups: Int) throws {
    for (copies, width) in [(1, 9), (4, 9), (6, 100)] {
      let rows = (0..<groups * copies).map { row in
        (0..<width).map { $0 == row % groups ? 3.0 : 0 }
      }
      for order in [1, 0.5, 2, Double.infinity] {
        var options = MetricOptions()
        options.order = order
        let answer = try MetricRegistry.evaluate(
          "vendi", MetricCall(samples: .doubles(rows), options: options))
        #expect(isNear(answer.number("cosine"), Double(groups), 1e-9))
      }
      var options = MetricOptions()
      // So narrow that different rows have nothing in common.
      options.deviation = 0.01
      let answer = try MetricRegistry.evaluate(
        "vendi", MetricCall(samples: .doubles(rows), options: options))
      #expect(isNear(answer.number("rbf"), Double(groups), 1e-9))
    }
  }

  /// Two rows at an angle: eigenvalues (1 +- cos)/2.
  @Test func theVendiScoreOfTwo() throws {
    let answer = try MetricRegistry.evaluate(
      "vendi", MetricCall(samples: .doubles([[1, 0], [3, 4]])))
    let (a, b) = ((1 + 0.6) / 2, (1 - 0.6) / 2)
    // 0.8^-0.8 * 0.2^-0.2
    #expect(isNear(answer.number("cosine"), 1.649384888, 1e-8))
    #expect(isNear(a + b, 1))
  }

  @Test func distinctSamplesAreCounted() throws {
    let rows: [[UInt8]] = [[1, 2], [3, 4], [1, 2], [1, 2], [5, 6]]
    let answer = try MetricRegistry.evaluate("unique", MetricCall(samples: .bytes(rows)))
    #expect(answer.number("ratio") == 0.6 && answer["count"] == .whole(3))
    #expect(answer.number("largest_group") == 0.6 && answer.number("in_group_fraction") == 0.6)
    #expect(answer["collapse_alert"] == .flag(false))
    let same = [[UInt8]](repeating: [9], count: 11)
    let collapsed = try MetricRegistry.evaluate("unique", MetricCall(samples: .bytes(same)))
    #expect(collapsed["collapse_alert"] == .flag(true))
    let points = try MetricRegistry.evaluate(
      "unique", MetricCall(samples: .singles([[0.5, 1], [0.5, 1], [0.5, 2]])))
    #expect(points["count"] == .whole(2))
  }

  private func ring(_ modes: Int) -> [[Double]] {
    // Whole numbers on two axes and their diagonals.
    let eight: [[Double]] = [
      [10, 0], [7, 7], [0, 10], [-7, 7], [-10, 0], [-7, -7], [0, -10], [7, -7],
    ]
    return Array(eight.prefix(modes))
  }

  @Test func modesOfARing() throws {
    let centres = ring(8)
    var options = MetricOptions()
    options.deviation = 0.5
    func answer(_ rows: [[Double]]) throws -> MetricAnswer {
      try MetricRegistry.evaluate(
        "modes", MetricCall(samples: .doubles(rows), second: .doubles(centres), options: options))
    }
    let even = try answer((0..<400).map { centres[$0 % 8].map { $0 + 0.5 } })
    #expect(even["captured"] == .whole(8) && even["captured_min20"] == .whole(8))
    #expect(even.number("high_quality") == 1)
    #expect(even["counts"] == .wholes([Int](repeating: 50, count: 8)))
    // ln 8
    #expect(isNear(even.number("entropy"), 2.0794415416798357))
    #expect(isNear(even.number("kl_to_uniform"), 0, absolute: 1e-12))
    #expect(isNear(even.number("jsd_to_uniform"), 0, absolute: 1e-12))
    // All in one mode, 19 in another, one between.
    let one = try answer(
      [[Double]](repeating: [10, 0.4], count: 80) + [[Double]](repeating: [0, 10], count: 19)
        + [[0, 0]])
    #expect(one["captured"] == .whole(2) && one["captured_min20"] == .whole(1))
    #expect(one.number("high_quality") == 0.99)
    // At exactly three deviations a sample is none of the mode.
    let border = try answer([[11.5, 0], [11.49, 0]])
    #expect(border.number("high_quality") == 0.5)
    let none = try answer([[0, 0]])
    #expect(none["captured"] == .whole(0))
    #expect(none["entropy"] == .undefined("no sample lies within 3 deviations of a mode"))
  }

  @Test func inceptionScoreOfTheExtremes() throws {
    let uniform = [[Double]](repeating: [Double](repeating: 0.1, count: 10), count: 30)
    var answer = try MetricRegistry.evaluate("is", MetricCall(samples: .doubles(uniform)))
    #expect(isNear(answer.number("mean"), 1, 1e-12) && answer.number("std") == 0)
    let hot = (0..<30).map { row in (0..<10).map { $0 == row % 10 ? 1.0 : 0 } }
    var options = MetricOptions()
    options.splits = 3
    answer = try MetricRegistry.evaluate(
      "is", MetricCall(samples: .doubles(hot), options: options))
    #expect(isNear(answer.number("mean"), 10, 1e-12))
    options.seed = 5
    options.splits = 1
    answer = try MetricRegistry.evaluate(
      "is", MetricCall(samples: .doubles(hot), options: options))
    #expect(isNear(answer.number("mean"), 10, 1e-12))
    for rows in [[[0.5, 0.4]], [[1.5, -0.5]], [[.nan, 1]]] {
      #expect(throws: MetricFailure.self) {
        try MetricRegistry.evaluate("is", MetricCall(samples: .doubles(rows)))
      }
    }
    options.splits = 31
    #expect(throws: MetricFailure.self) {
      try MetricRegistry.evaluate("is", MetricCall(samples: .doubles(hot), options: options))
    }
  }

  @Test func classesAgainstLabels() throws {
    let hot = (0..<20).map { row in (0..<4).map { $0 == row % 2 ? 0.7 : 0.1 } }
    let answer = try MetricRegistry.evaluate(
      "classes", MetricCall(samples: .doubles(hot), labels: [0, 1, 2, 3]))
    #expect(answer["classes_present"] == .whole(2) && answer["counts"] == .wholes([10, 10, 0, 0]))
    #expect(isNear(answer.number("tv_to_real"), 0.5))
    // ln 2
    #expect(isNear(answer.number("kl_gen_real"), 0.6931471805599453))
    #expect(isNear(answer.number("mean_confidence"), 0.7))
    let odd = try MetricRegistry.evaluate(
      "classes", MetricCall(samples: .doubles(hot), labels: [0, 0, 3]))
    #expect(odd["kl_gen_real"] == .undefined("class 1 has samples and no reference"))
    #expect(throws: MetricFailure.self) {
      try MetricRegistry.evaluate("classes", MetricCall(samples: .doubles(hot), labels: [4]))
    }
  }

  @Test func binsOfEqualSharesAreNotDifferent() throws {
    let centres = NumberTable.doubles([[0], [10], [20], [30]])
    let real = NumberTable.doubles((0..<400).map { [Double($0 % 4) * 10 + 1] })
    let made = NumberTable.doubles((0..<200).map { [Double($0 % 4) * 10 - 1] })
    var answer = try MetricRegistry.evaluate(
      "ndb", MetricCall(samples: made, reference: real, second: centres))
    #expect(answer["count"] == .whole(0) && answer.number("over_bins") == 0)
    #expect(isNear(answer.number("jsd"), 0, absolute: 1e-12))
    // All in one bin: every bin is another, and the divergence is that of (1,0,0,0) and quarters.
    answer = try MetricRegistry.evaluate(
      "ndb",
      MetricCall(
        samples: .doubles([[Double]](repeating: [0], count: 200)), reference: real,
        second: centres))
    #expect(answer["count"] == .whole(4) && answer.number("over_bins") == 1)
    // H(5/8, 1/8, 1/8, 1/8) - H(quarters) / 2, in nats.
    #expect(isNear(answer.number("jsd"), 1.073542846408523 - 0.6931471805599453, 1e-12))
  }

  /// Swapping the two sides turns the sign but for the correction of the middle.
  @Test func theCopyTestIsNearlyAntisymmetric() throws {
    var dice = Dice(6)
    let own = (0..<60).map { _ in Double(dice.below(30)) }
    let other = (0..<45).map { _ in Double(dice.below(40)) }
    let spread = (60 * 45 * 106.0 / 12).squareRoot()
    #expect(
      isNear(CopyTest.z(own, other) + CopyTest.z(other, own), 1 / spread, 1e-9, absolute: 1e-12))
    var u = 0.0
    for a in own { for b in other { u += a > b ? 1 : a == b ? 0.5 : 0 } }
    #expect(isNear(CopyTest.z(own, other), (u - 60 * 45 / 2 + 0.5) / spread, 1e-12))
    // Copies lie nearer than anything else can.
    let training = NumberTable.doubles((0..<50).map { _ in dice.normals(2) })
    let test = NumberTable.doubles((0..<50).map { _ in dice.normals(2) })
    var answer = try MetricRegistry.evaluate(
      "ct", MetricCall(samples: training, reference: training, test: test))
    #expect(try #require(answer.number("global")) < -5)
    answer = try MetricRegistry.evaluate(
      "ct", MetricCall(samples: test, reference: training, test: test))
    #expect(abs(try #require(answer.number("global"))) < 0.1)
    #expect(throws: MetricFailure.self) {
      try MetricRegistry.evaluate("ct", MetricCall(samples: test, reference: training))
    }
    #expect(throws: MetricFailure.self) {
      try MetricRegistry.evaluate(
        "ct", MetricCall(samples: test, reference: training, test: .doubles([[1, 2, 3]])))
    }
  }

  @Test func copyTestOverCells() throws {
    var dice = Dice(7)
    func around(_ centre: Double, _ count: Int) -> [[Double]] {
      (0..<count).map { _ in [centre + dice.normal()] }
    }
    let training = around(0, 30) + around(100, 30)
    let test = around(0, 10) + around(100, 30)
    let made = around(0, 40) + around(100, 40)
    let answer = try MetricRegistry.evaluate(
      "ct",
      MetricCall(
        samples: .doubles(made), reference: .doubles(training), test: .doubles(test),
        second: .doubles([[0], [100]])))
    func distances(_ rows: ArraySlice<[Double]>, _ cell: ArraySlice<[Double]>) -> [Double] {
      rows.map { row in cell.map { abs($0[0] - row[0]) }.min() ?? .nan }
    }
    let low = CopyTest.z(
      distances(made[..<40], training[..<30]), distances(test[..<10], training[..<30]))
    let high = CopyTest.z(
      distances(made[40...], training[30...]), distances(test[10...], training[30...]))
    #expect(isNear(answer.number("cells"), 0.25 * low + 0.75 * high, 1e-9))
  }

  @Test func auditOfCopies() throws {
    let training = NumberTable.bytes([[0], [10], [20], [40]])
    let made = NumberTable.bytes([[10], [12], [39], [255]])
    let answer = try MetricRegistry.evaluate(
      "audit", MetricCall(samples: made, reference: training))
    // d(t): 10, 10, 10, 20; d(g): 0, 2, 1, 215.
    #expect(answer.number("exact_copy_fraction") == 0.25)
    #expect(answer["nn_index"] == .wholes([1, 1, 3, 3]))
    #expect(answer["nn_distance"] == .numbers([0, 2, 1, 215]))
    #expect(answer.number("nn_ratio_median") == 0.15)
    #expect(answer.number("closer_than_p1") == 0.75 && answer.number("authenticity") == 0.25)
    #expect(answer.number("gen_nn_mean") == 54.5 && answer.number("train_nn_mean") == 12.5)
    let twins = NumberTable.bytes([[0], [0], [5], [5]])
    let undefined = try MetricRegistry.evaluate(
      "audit", MetricCall(samples: made, reference: twins))
    #expect(
      undefined["nn_ratio_median"]
        == .undefined("more than half of the training rows have an exact twin"))
  }

  /// A posterior that is the prior: nothing is active.
  @Test func latentsThatAreThePrior() throws {
    let zeros = NumberTable.doubles([[Double]](repeating: [0, 0, 0], count: 20))
    let answer = try MetricRegistry.evaluate("vae", MetricCall(samples: zeros, second: zeros))
    for name in ["au_burda", "au_kl", "au_ddof1_ge"] { #expect(answer[name] == .whole(0)) }
    #expect(answer.number("kl_total") == 0 && answer.number("mean_posterior_var") == 1)
    #expect(answer["eps_delta_collapsed"] == .whole(3))
    // Mean +-1, variance 1/4 in the first: KL = (1 + 1/4 - 1 + ln 4) / 2.
    let means = NumberTable.doubles((0..<20).map { [$0 % 2 == 0 ? 1 : -1, 0.05] })
    let quarter = -1.3862943611198906
    let logs = NumberTable.doubles([[Double]](repeating: [quarter, 0], count: 20))
    let used = try MetricRegistry.evaluate("vae", MetricCall(samples: means, second: logs))
    #expect(used["au_burda"] == .whole(1) && used.number("au_burda_fraction") == 0.5)
    #expect(used["au_kl"] == .whole(1))
    #expect(isNear(used.number("kl_total"), (0.25 - quarter) / 2 + 0.00125, 1e-12))
    #expect(used["eps_delta_collapsed"] == .whole(1))
    #expect(throws: MetricFailure.self) {
      try MetricRegistry.evaluate(
        "vae", MetricCall(samples: means, second: .doubles([[0, 0], [0, 0]])))
    }
  }

  @Test func pairwiseDistances() throws {
    let points = NumberTable.doubles([[0, 0], [3, 4], [6, 8]])
    let answer = try MetricRegistry.evaluate("diversity", MetricCall(samples: points))
    #expect(isNear(answer.number("mean_l2"), 20.0 / 3))
    #expect(isNear(answer.number("mean_rms"), 20.0 / 3 / 2.0.squareRoot()))
    #expect(isNear(answer.number("mean_l1"), 28.0 / 3))
    // A row of zeros points nowhere.
    guard case .undefined = answer["mean_cosine"] else {
      Issue.record("a row of zeros has a direction: \(answer)")
      return
    }
    var dice = Dice(8)
    for (count, width) in [(2, 1), (150, 4), (100, 785)] {
      let table = NumberTable(
        rowCount: count, columnCount: width, values: .bytes(dice.bytes(count * width)))
      var (l2, l1, pairs) = (0.0, 0.0, 0.0)
      for row in 0..<count {
        for other in 0..<row {
          l2 += Naive.squared(table, row, table, other).squareRoot() / 255
          l1 +=
            zip(Naive.row(table, row), Naive.row(table, other))
            .reduce(0) { $0 + abs($1.0 - $1.1) } / 255
          pairs += 1
        }
      }
      for threads in [1, 2] {
        let answer = try MetricRegistry.evaluate(
          "diversity", MetricCall(samples: table), threads: threads)
        #expect(isNear(answer.number("mean_l2"), l2 / pairs, 1e-12))
        #expect(isNear(answer.number("mean_l1"), l1 / pairs, 1e-12))
      }
    }
    let square = try MetricRegistry.evaluate(
      "diversity", MetricCall(samples: .doubles([[2, 0], [0, 3], [-1, 0]])))
    #expect(isNear(square.number("mean_cosine"), 4.0 / 3))
  }

  @Test func nearDuplicatesAreGroupsThatGrowTogether() throws {
    // A chain: each is within 4 of the next.
    let chain = NumberTable.bytes([[0], [4], [8], [100], [200], [203]])
    var answer = try MetricRegistry.evaluate("neardup", MetricCall(samples: chain))
    #expect(isNear(answer.number("fraction"), 5.0 / 6))
    #expect(isNear(answer.number("unique_ratio"), 3.0 / 6))
    var options = MetricOptions()
    options.threshold = 3
    answer = try MetricRegistry.evaluate("neardup", MetricCall(samples: chain, options: options))
    #expect(isNear(answer.number("fraction"), 2.0 / 6))
    let features = NumberTable.doubles([[1, 0], [2, 0.01], [0, 1], [-1, 0]])
    answer = try MetricRegistry.evaluate("neardup", MetricCall(samples: features))
    #expect(answer.number("fraction") == 0.5 && answer.number("unique_ratio") == 0.75)
    var dice = Dice(9)
    let many = NumberTable(
      rowCount: 2200, columnCount: 2, values: .bytes((0..<4400).map { _ in UInt8(dice.below(200)) })
    )
    answer = try MetricRegistry.evaluate("neardup", MetricCall(samples: many))
    let bytes = try #require(many.bytes)
    let near = (0..<2200).filter { row in
      (0..<2200).contains { other in
        let x = Int(bytes[2 * row]) - Int(bytes[2 * other])
        let y = Int(bytes[2 * row + 1]) - Int(bytes[2 * other + 1])
        return row != other && x * x + y * y <= 32
      }
    }
    #expect(answer.number("fraction") == Double(near.count) / 2200)
  }
}
