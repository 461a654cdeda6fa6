import Testing

@testable import HumanEvaluation

struct SequentialValueTests {
  /// The closed form is the product of what was predicted over one half, whatever the order.
  @Test func evidenceIsTheProductOfPredictions() {
    for outcomes in [
      [true, true, false, true, true, true], [false, true, true, true, true, true],
      [Bool](repeating: true, count: 20), [Bool](repeating: false, count: 9),
    ] {
      var product = 1.0
      var (ones, count) = (0, 0)
      for outcome in outcomes {
        let one = Double(ones + 1) / Double(count + 2)
        product *= (outcome ? one : 1 - one) / 0.5
        if outcome { ones += 1 }
        count += 1
      }
      let evidence = Exponential.value(SequentialTest.logEvidence(ones, of: count))
      #expect(abs(evidence / product - 1) < 1e-12)
    }
    #expect(SequentialTest.logEvidence(0, of: 0) == 0)
  }

  /// Over all outcomes its mean is 1 while the rate is one half: no answer is expected to add to it.
  @Test func evidenceIsAMartingale() {
    for tries in [1, 5, 40] {
      let mean = (0...tries).reduce(0.0) {
        $0
          + Exponential.value(
            SequentialTest.logEvidence($1, of: tries)
              + Binomial.logProbability($1, of: tries, rate: 0.5))
      }
      #expect(abs(mean - 1) < 1e-12)
    }
  }

  /// Printed tables of Student's t, 0.975.
  @Test(arguments: [
    (1, 12.7062047), (2, 4.3026527), (3, 3.1824463), (10, 2.2281389), (29, 2.0452296),
    (60, 2.0002978), (120, 1.9799304), (1000, 1.9623391),
  ])
  func quantilesOfStudent(_ freedom: Int, _ expected: Double) {
    #expect(abs(StudentT.t95(freedom) - expected) < 5e-7)
    #expect(abs(StudentT.outside(StudentT.t95(freedom), freedom) - 0.05) < 1e-11)
  }

  @Test func waysToBeWrongAreCounted() {
    #expect((2...6).map(SequentialTest.waysToBeWrong) == [1, 3, 4, 5, 6])
  }
}
