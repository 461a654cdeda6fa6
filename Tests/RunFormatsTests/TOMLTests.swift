import ReviewCore
import RunFormats
import Testing

@Suite struct TOMLTests {
  @Test func everyKindOfValue() throws {
    let table = try TOMLTable(
      string: """
        # a comment
        text = "a \\"b\\" \\u00e9\\t"  # behind
        literal = 'C:\\path'
        "quoted key" = 1
        dotted.inner.key = true
        numbers = [1, -2, 1_000, 0xff, 0o17, 0b101, +3]
        floats = [0.5, -1e3, 6.02e23, 1_0.5]
        mixed = [ [1, 2],
          ["x"], # a comment in a list
        ]
        point = { x = 1, y.z = "2" }
        day = 2026-01-02
        long = \"""
        first
        second \\
            joined\"""
        raw = '''
        it's'''
        [metrics.fid]
        direction = "lower"
        [[runs]]
        name = "a"
        [[runs]]
        name = "b"
        [runs.sub]
        deep = 1
        """)
    #expect(table["text"]?.string == "a \"b\" é\t")
    #expect(table["literal"]?.string == "C:\\path")
    #expect(table["quoted key"]?.int == 1)
    #expect(table["dotted"]?.table?["inner"]?.table?["key"] == .boolean(true))
    #expect(table["numbers"]?.array?.compactMap(\.int) == [1, -2, 1000, 255, 15, 5, 3])
    #expect(table["floats"]?.array?.compactMap(\.double) == [0.5, -1000, 6.02e23, 10.5])
    #expect(table["mixed"]?.array?.count == 2)
    #expect(table["point"]?.table?["y"]?.table?["z"]?.string == "2")
    #expect(table["day"] == .moment("2026-01-02"))
    #expect(table["long"]?.string == "first\nsecond joined")
    #expect(table["raw"]?.string == "it's")
    #expect(table["metrics"]?.table?["fid"]?.table?["direction"]?.string == "lower")
    #expect(table["runs"]?.array?.compactMap { $0.table?["name"]?.string } == ["a", "b"])
    #expect(table["runs"]?.array?.last?.table?["sub"]?.table?["deep"]?.int == 1)
  }

  @Test(arguments: [
    ("a = [28, }28]", 1, 10), ("a = ", 1, 5), ("= 1", 1, 1), ("a = 1\nb = = 2", 2, 5),
    ("a = 1\na = 2", 2, 1), ("[a]\n[a]", 2, 1), ("a = \"x", 1, 5), ("a = 01", 1, 5),
    ("a = yes", 1, 5), ("a = 1 b = 2", 1, 7), ("a.b = 1\na.b.c = 2", 2, 1), ("[a\nb = 1", 1, 3),
    ("a = { x = 1, }", 1, 14), ("a = {}\na.b = 1", 2, 1), ("a = \"\\q\"", 1, 6), ("[*]", 1, 2),
    ("a = \"\\uD800\"", 1, 6), ("a = 1__2", 1, 5), ("a = 9999999999999999999999", 1, 5),
  ])
  func whatIsNoTOMLIsNamedByItsPlace(_ text: String, _ line: Int, _ column: Int) {
    let error = #expect(throws: TOMLError.self) { try TOMLTable(string: text) }
    #expect(error?.line == line)
    #expect(error?.column == column)
  }

  @Test func nestingIsBounded() {
    for open in ["[", "{a=", "a.", "[["] {
      let text = "k = " + String(repeating: open, count: 100_000)
      #expect(throws: TOMLError.self) { try TOMLTable(string: text) }
      #expect(throws: TOMLError.self) {
        try TOMLTable(string: String(repeating: open, count: 100_000))
      }
    }
  }

  @Test func mutationsNeverTrap() throws {
    let whole = Array(try FileBytes.read(projectFolder("sample-runs/gan/keepoch.toml")))
    let signs = Array("[]{}=\"'\\.,#\n-+_0x:".utf8)
    var dice = SplitMix64(seed: 6)
    var refused = 0
    for _ in 0..<3000 {
      var broken = whole
      for _ in 0...dice.next(below: 4) {
        let place = Int(dice.next(below: UInt64(broken.count)))
        switch dice.next(below: 3) {
        case 0: broken[place] = signs[Int(dice.next(below: UInt64(signs.count)))]
        case 1: broken.insert(signs[Int(dice.next(below: UInt64(signs.count)))], at: place)
        default: broken.removeSubrange(place..<min(broken.count, place + 20))
        }
      }
      if (try? TOMLTable(string: String(decoding: broken, as: UTF8.self))) == nil { refused += 1 }
    }
    #expect(refused > 500)
  }
}
