import ReviewCore
import Testing

@Suite struct TextTests {
  @Test func jsonKeepsOrderAndEscapes() {
    let value = JSONText.object([
      ("b", .number(.nan)), ("a", .string("x\"\\\n\u{1}\u{202E}é")),
      ("c", .array([.number(-.infinity), .integer(3), .null, .bool(true), .number(0.68)])),
    ])
    #expect(
      value.text
        == "{\"b\":\"NaN\",\"a\":\"x\\\"\\\\\\n\\u0001\\u202eé\","
        + "\"c\":[\"-Infinity\",3,null,true,0.68]}")
  }

  @Test func controlCharactersNeverStandAlone() {
    for value in UInt32(0)...0x9F {
      guard let scalar = Unicode.Scalar(value), value < 0x20 || value >= 0x7F else { continue }
      for text in [
        PrintableText.escaped(String(scalar)), PrintableText.singleLine(String(scalar)),
      ] {
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F })
      }
    }
  }

  @Test(arguments: [
    ("010", 10, "10", "010"), ("0.8", 0.8, "0.8", "0.8"), ("000100", 100, "100", "100"),
    ("1e3", 1000, "1000", "1000"), ("7.0", 7, "7", "007"), ("-3", -3, "-3", "-3"),
  ])
  func axisValues(_ text: String, _ value: Double, _ plain: String, _ padded: String) throws {
    let read = try #require(AxisValue(parsing: text))
    #expect(read.value == value)
    #expect(read.text == plain)
    #expect(read.padded == padded)
  }

  @Test(arguments: ["", "x", "1x", "inf", "nan", "0x10", "1 2"])
  func whatIsNoNumber(_ text: String) { #expect(AxisValue(parsing: text) == nil) }

  @Test func drawsAreTheSameEverywhere() {
    // The first numbers of the reference implementation for seed 1234567.
    var generator = SplitMix64(seed: 1_234_567)
    #expect(generator.next() == 6_457_827_717_110_365_317)
    #expect(generator.next() == 3_203_168_211_198_807_973)
    let drawn = SeededOrder.draw(5, of: 64, seed: 2026)
    #expect(drawn == SeededOrder.draw(5, of: 64, seed: 2026))
    #expect(Set(drawn).count == 5 && drawn == drawn.sorted())
    #expect(SeededOrder.draw(10, of: 3, seed: 1) == [0, 1, 2])
    #expect(SeededOrder.draw(3, of: 0, seed: 1).isEmpty)
  }

  @Test func hashesAreThePublishedOnes() {
    // Of the algorithm's own test vectors.
    #expect(StableHash.text("") == "cbf29ce484222325")
    #expect(StableHash.text("a") == "af63dc4c8601ec8c")
    #expect(StableHash.text("foobar") == "85944171f73967e8")
  }

  @Test func everyTagHasAKeyOfItsOwn() {
    let tags = FailureTag.all(declared: ["double-loop", "extra", "blurry", "edge"])
    #expect(Set(tags.map(\.key)).count == tags.count)
    #expect(tags.count == FailureTag.builtIn.count + 3)
    let many = FailureTag.all(declared: (0..<100).map { "t\($0)" })
    #expect(Set(many.map(\.key)).count == many.count)
  }
}
