import Glibc
import ReviewCore
import Testing

/// What the C library prints for a format of one double.
private func printed(_ format: String, _ value: Double) -> String {
  var buffer = [CChar](repeating: 0, count: 512)
  withVaList([value]) { _ = vsnprintf(&buffer, buffer.count, format, $0) }
  return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

@Suite struct NumberTextTests {
  @Test(arguments: [
    0, -0.0, 1.115, 2.675, 0.5, 1.5, 2.5, 0.125, 0.375, 1e-7, 123456789.995, 9.995, 99.995, 1e15,
    9_007_199_254_740_994, 1e22, 1.7976931348623157e308, Double.leastNonzeroMagnitude,
    2.2250738585072014e-308, 0.68,
    -0.005, -1.005, .nan, .infinity, -.infinity,
  ])
  func fixedIsAsInC(_ value: Double) {
    for places in [0, 1, 2, 4, 6, 20] {
      let expected = value.isNaN ? "nan" : printed("%.\(places)f", value)
      #expect(NumberText.fixed(value, places: places) == expected)
    }
  }

  @Test(arguments: [
    0, 1, 12345, 123456, 0.0001, 0.00001234, 0.00012345, 99995, 9999.5, 1e100,
    Double.leastNonzeroMagnitude, 0.1, 2.5, 100,
    1234.5, 12344.5, 1e-5, -3.14159, .infinity,
  ])
  func generalIsAsInC(_ value: Double) {
    for digits in [1, 3, 4, 17] {
      #expect(NumberText.general(value, digits: digits) == printed("%.\(digits)g", value))
    }
  }

  @Test func anyValueIsAsInC() {
    var generator = SplitMix64(seed: 7)
    for _ in 0..<3000 {
      let bits = Double(bitPattern: generator.next())
      let usual = Double(Int64(bitPattern: generator.next()) >> 30) / 1e6
      for value in [bits, usual] where value.isFinite {
        #expect(NumberText.fixed(value, places: 2) == printed("%.2f", value))
        #expect(NumberText.general(value, digits: 4) == printed("%.4g", value))
      }
    }
  }

  @Test func shortestReadsBack() {
    #expect(NumberText.shortest(30) == "30")
    #expect(NumberText.shortest(0.8) == "0.8")
    var generator = SplitMix64(seed: 9)
    for _ in 0..<500 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      #expect(Double(NumberText.shortest(value)) == value)
    }
  }
}
