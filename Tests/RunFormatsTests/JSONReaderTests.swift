import RunFormats
import Testing

@Suite struct JSONReaderTests {
  private func value(_ text: String) throws -> JSONValue {
    try JSONReader.value(in: Array(text.utf8))
  }

  @Test(arguments: [
    ("0", 0.0), ("-0.5", -0.5), ("1e400", .infinity), ("-1E400", -.infinity),
    ("Infinity", .infinity),
    ("-Infinity", -.infinity), ("0.1", 0.1),
    ("123456789012345678901234567890", 1.2345678901234568e29),
    ("5e-324", Double.leastNonzeroMagnitude), ("1.7976931348623157e308", 1.7976931348623157e308),
    ("1e-400", 0),
    ("0.30000000000000004", 0.30000000000000004), ("9007199254740993", 9_007_199_254_740_992),
    ("2.2250738585072014e-308", Double.leastNormalMagnitude), ("8.5e22", 8.5e22),
  ])
  func numbers(_ text: String, _ number: Double) throws {
    #expect(try value(text).number == number)
  }

  @Test func whatPythonWrites() throws {
    #expect(try value(" NaN ").number?.isNaN == true)
    let object = try value(
      #"{"b": [true, null, -Infinity], "a": {"x": "\u00e9\ud83d\ude00\n"}, "b": 2}"#)
    #expect(object.object?.members.map(\.key) == ["b", "a"])
    #expect(object["b"]?.number == 2)
    #expect(object["a"]?["x"]?.string == "é😀\n")
    #expect(try value(#""\ud800x""#).string == "\u{FFFD}x")
    #expect(try value("[]").array == [] && value("{}").object?.members.isEmpty == true)
  }

  @Test func manyKeysOfWhichOneComesAgain() throws {
    let keys = (0..<1000).map { "\"k\($0)\": \($0)" } + ["\"k7\": -1"]
    let object = try #require(try value("{\(keys.joined(separator: ","))}").object)
    #expect(object.members.count == 1000)
    #expect(object["k7"]?.number == -1 && object.members[7].key == "k7")
  }

  @Test(arguments: [
    ("", true), ("{\"a\": 1", true), ("[1, 2", true), ("\"abc", true), ("tru", true),
    ("{\"a\"", true),
    ("\"\\u00", true), ("{\"a\": 1,}", false), ("[1 2]", false), ("{a: 1}", false), ("nul!", false),
    ("1 2", false), ("\"\\uzzzz\"", false), ("[--1]", false),
  ])
  func errors(_ text: String, _ endsEarly: Bool) {
    let error = #expect(throws: JSONError.self) { try value(text) }
    #expect(error?.endsEarly == endsEarly)
  }

  @Test func anErrorSaysWhere() {
    let error = #expect(throws: JSONError.self) { try value("{\"a\": [1, x]}") }
    #expect(error?.offset == 10)
  }

  @Test func aPartOfTheBytes() throws {
    let bytes = Array("{\"a\":1}\n{\"a\":2}\n".utf8)
    #expect(try JSONReader.value(in: bytes, 8..<15)["a"]?.number == 2)
    #expect(throws: JSONError.self) { try JSONReader.value(in: bytes, 8..<14) }
    #expect(try JSONReader.value(in: bytes, 8..<99)["a"]?.number == 2)
  }

  @Test func depthIsBounded() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError.self) { try value(deep) }
    #expect(throws: JSONError.self) { try value(String(repeating: "{\"a\":", count: 100_000)) }
    let flat = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    #expect(throws: Never.self) { try value(flat) }
  }
}
