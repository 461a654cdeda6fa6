import Testing

@testable import GlyphRendering

@Suite struct BlockSetTests {
  static let sets: [BlockSet] = [.half, .quadrant, .sextant, .octant, .braille]

  @Test(arguments: sets) func everyMaskHasACharacterOfItsOwn(_ blocks: BlockSet) {
    let scalars = (0..<1 << blocks.bits).map(blocks.scalar(of:))
    #expect(Set(scalars).count == scalars.count)
    #expect(scalars[0] == " ")
  }

  @Test func halvesAreBlocksOfTheRightHalf() {
    #expect((0..<4).map(BlockSet.half.scalar(of:)) == [" ", "▀", "▄", "█"])
  }

  @Test func sextantsFollowTheirNames() {
    // U+1FB00 BLOCK SEXTANT-1, U+1FB1E BLOCK SEXTANT-56 from the Unicode names list.
    #expect(BlockSet.sextant.scalar(of: 0b000001).value == 0x1FB00)
    #expect(BlockSet.sextant.scalar(of: 0b110000).value == 0x1FB2D)
    #expect(BlockSet.sextant.scalar(of: 0b111110).value == 0x1FB3B)
    for mask in 1..<63 where mask != 0b010101 && mask != 0b101010 {
      let name = BlockSet.sextant.scalar(of: mask).properties.name
      #expect(name == "BLOCK SEXTANT-" + digits(of: mask, bits: 6))
    }
  }

  @Test func octantsFollowTheirNames() {
    #expect(BlockSet.octant.scalar(of: 0x04).value == 0x1CD00)
    #expect(BlockSet.octant.scalar(of: 0xFE).value == 0x1CDE5)
    for mask in 0..<256 {
      let scalar = BlockSet.octant.scalar(of: mask)
      // The library's own Unicode may be older than octants; then it has no names for them.
      guard scalar.value >= 0x1CD00, scalar.value <= 0x1CDE5 else { continue }
      guard let name = scalar.properties.name else { continue }
      #expect(name == "BLOCK OCTANT-" + digits(of: mask, bits: 8))
    }
  }

  @Test func dotsFollowTheirNames() {
    // Braille numbers its dots 1 2 3 7 down the left and 4 5 6 8 down the right.
    let numbers = [1, 4, 2, 5, 3, 6, 7, 8]
    for mask in 1..<256 {
      let inked: [Int] = numbers.indices.filter { mask >> $0 & 1 == 1 }
      let dots: [Int] = inked.map { numbers[$0] }.sorted()
      let name = "BRAILLE PATTERN DOTS-" + dots.map(String.init).joined()
      #expect(BlockSet.braille.scalar(of: mask).properties.name == name)
    }
  }

  @Test(arguments: sets) func coverageIsTheShareOfTheParts(_ blocks: BlockSet) {
    let alphabet = Alphabet(blocks)
    let full = blocks.isDotted ? 15 * 4 : 15 * 128 / blocks.bits
    for mask in 0..<alphabet.count {
      let ink = alphabet.faces[0][mask * 128..<(mask + 1) * 128].reduce(0) { $0 + Int($1) }
      #expect(ink == full * mask.nonzeroBitCount)
    }
  }

  @Test func eighthsInkWhatTheirNamesSay() {
    let alphabet = Alphabet.quadrantsAndEighths
    #expect(Array(alphabet.scalars.prefix(16)) == BlockSet.quadrants)
    let words = [
      "ONE": 1, "QUARTER": 2, "THREE": 3, "FIVE": 5, "QUARTERS": 6, "SEVEN": 7,
    ]
    for (place, scalar) in alphabet.scalars.enumerated().dropFirst(16) {
      let name = (scalar.properties.name ?? "").split(separator: " ").map(String.init)
      let last = name.count > 2 && name[2].hasPrefix("QUARTER") ? name[2] : name[1]
      let ink = alphabet.faces[0][place * 128..<(place + 1) * 128].reduce(0) { $0 + Int($1) }
      #expect(words[last].map { 15 * 16 * $0 } == ink, "\(name)")
      let upper = alphabet.faces[0][place * 128]
      #expect((name[0] == "LEFT") == (upper == 15), "\(name)")
    }
  }

  private func digits(of mask: Int, bits: Int) -> String {
    var digits = ""
    for bit in 0..<bits where mask >> bit & 1 == 1 { digits += "\(bit + 1)" }
    return digits
  }
}
