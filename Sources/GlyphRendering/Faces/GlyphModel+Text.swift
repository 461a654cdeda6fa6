extension GlyphModel {
  /// Why a text is no model.
  package struct Failure: Error {
    /// From 1 on; 0 is the whole text.
    package let line: Int
    package let reason: String
  }

  /// A model that somebody measured, as `docs/fonts/measure_glyphs.py` writes it.
  ///
  /// The first line is `keepoch-glyphs 1`; `#` begins a comment. Each of the 95 glyphs has a line: its
  /// number in hex and 128 hex digits, coverage in fifteenths of 8 x 16 px, row by row.
  package init(name: String, text: String) throws(Failure) {
    var coverage = [UInt8](repeating: 0, count: GlyphFace.codes.count * GlyphFace.pixels)
    var known = Set<UInt32>()
    var hasHead = false
    // As characters a carriage return and its line feed are one.
    var scalars = text.unicodeScalars[...]
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    let lines = scalars.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
      guard let first = words.first, first.first != "#" else { continue }
      guard hasHead else {
        guard words.map(String.init) == ["keepoch-glyphs", "1"] else {
          throw Failure(line: number + 1, reason: "the first line must be \"keepoch-glyphs 1\"")
        }
        hasHead = true
        continue
      }
      guard words.count == 2, let code = UInt32(String(first), radix: 16),
        GlyphFace.codes.contains(code)
      else {
        throw Failure(
          line: number + 1, reason: "a line must be a number from 20 to 7E and 128 hex digits")
      }
      let digits = words[1].compactMap { scalar in
        UInt8(exactly: scalar.value).flatMap(GlyphFace.value(of:))
      }
      guard digits.count == words[1].count else {
        throw Failure(
          line: number + 1,
          reason: "\(words[1].count - digits.count) of its characters are no hex digits")
      }
      guard digits.count == GlyphFace.pixels else {
        throw Failure(
          line: number + 1, reason: "a glyph has 128 hex digits, this one \(digits.count)")
      }
      guard known.insert(code).inserted else {
        throw Failure(line: number + 1, reason: "the glyph \(String(first)) is there twice")
      }
      let start = Int(code - GlyphFace.codes.lowerBound) * GlyphFace.pixels
      coverage.replaceSubrange(start..<start + GlyphFace.pixels, with: digits)
    }
    guard hasHead, known.count == GlyphFace.codes.count else {
      throw Failure(
        line: 0, reason: "it has \(known.count) glyphs of \(GlyphFace.codes.count)")
    }
    guard coverage.contains(where: { $0 > 7 }) else {
      throw Failure(line: 0, reason: "none of its glyphs inks anything")
    }
    guard coverage[..<GlyphFace.pixels].allSatisfy({ $0 < 8 }) else {
      throw Failure(line: 0, reason: "its space, the glyph 20, is not blank")
    }
    self.init(name, GlyphFace(coverage: coverage))
  }
}
