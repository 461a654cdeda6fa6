import Testing

@testable import keepoch_bench

@Suite struct DistributionTests {
  @Test func ranks() {
    let values = Distribution((1...200).map(Double.init))
    #expect(values.percentile(50) == 100)
    #expect(values.percentile(90) == 180)
    #expect(values.percentile(99) == 198)
  }

  @Test func fewValues() {
    #expect(Distribution([]).percentile(50) == nil)
    #expect(Distribution([7]).percentile(99) == 7)
  }

  @Test func decimals() {
    #expect(Decimals.text(1.005, 1) == "1.0")
    #expect(Decimals.text(0.0456, 3) == "0.046")
    #expect(Decimals.text(12.6, 0) == "13")
  }
}
