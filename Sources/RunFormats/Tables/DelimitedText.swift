/// A table in text: comma, semicolon or tab between fields, quoting as in RFC 4180.
///
/// Fields stay bytes until they are asked for. Memory: 12 bytes a field beside the text.
package struct DelimitedText: Equatable, Sendable {
  package struct Row: Equatable, Sendable {
    /// From 1, where the row starts.
    package let line: Int
    package let fields: [String]
  }

  /// Where a field stands in the bytes; one in quotes with its quotes.
  private struct Field: Equatable {
    var start: UInt32
    var end: UInt32
    var isQuoted: Bool
  }

  /// The line a row starts in, and where its fields begin.
  private struct Place: Equatable {
    let line: UInt32
    let first: UInt32
  }

  private var bytes: [UInt8]
  private var fields: [Field] = []
  private var places: [Place] = []
  private(set) var separator: UInt8
  /// Whether the last row has no line break and may still be written.
  package private(set) var endsTorn: Bool
  /// The line of a quote that is never closed, or that would swallow whole rows; it and those
  /// behind it are read as characters, so no row is lost.
  package private(set) var openQuoteLine: Int?
  /// Whether that quote is closed, but by one that opens in a later row.
  private(set) var openQuoteSwallows = false

  /// Reads any bytes; what is not UTF-8 becomes replacement characters. Nil for an empty text.
  ///
  /// - Complexity: O(n).
  package init?(_ bytes: [UInt8]) {
    // Places are kept in 32 bits; a file of a run is not that long.
    guard bytes.count < 1 << 31 else { return nil }
    self.init(bytes, openQuote: nil)
  }

  /// The place and line of a quote that is known to be a character.
  private struct Quote {
    var place: Int
    var line: Int
    var swallows = false
  }

  /// - Parameter openQuote: it and all behind it are characters.
  private init?(_ bytes: [UInt8], openQuote: Quote?) {
    self.bytes = bytes
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let separator = Self.separator(of: bytes[start...])
    self.separator = separator
    var quote = Quote(place: 0, line: 0)
    // The first quote of a row that goes on over a line's end, and such a one that swallows rows.
    var (broken, swallower): (Quote?, Quote?)
    var isQuoted = false
    var endsTorn = false
    let lastQuote = openQuote?.place ?? bytes.count
    var (fields, places): ([Field], [Place]) = ([], [])
    bytes.withUnsafeBufferPointer { bytes in
      var (line, rowLine, rowFirst, fieldStart) = (1, 1, 0, start)
      var (wasQuoted, rowStart) = (false, start)
      // Whether nothing but spaces stands in the field so far.
      var isBlank = true
      func endField(_ end: Int) {
        var (first, last) = (fieldStart, end)
        if !wasQuoted {
          while first < last, bytes[first] == 0x20 { first += 1 }
          while first < last, bytes[last - 1] == 0x20 { last -= 1 }
        }
        fields.append(Field(start: UInt32(first), end: UInt32(last), isQuoted: wasQuoted))
        (wasQuoted, isBlank) = (false, true)
      }
      func endRow(_ end: Int) {
        endField(end)
        let only = fields[rowFirst]
        // A line without anything is no row.
        if fields.count == rowFirst + 1, only.end - only.start <= (only.isQuoted ? 2 : 0) {
          fields.removeLast()
        } else {
          places.append(Place(line: UInt32(rowLine), first: UInt32(rowFirst)))
        }
        if let quote = broken, openQuote?.swallows != true, places.count > 1,
          Self.areRows(
            bytes[rowStart..<end], separator, fieldCount: Int(places[1].first - places[0].first))
        {
          swallower = Quote(place: quote.place, line: quote.line, swallows: true)
        }
        broken = nil
        rowFirst = fields.count
      }
      var index = start
      while index < bytes.count, swallower == nil {
        let byte = bytes[index]
        if isQuoted {
          if byte == 0x22 {
            if index + 1 < bytes.count, bytes[index + 1] == 0x22 {
              index += 1
            } else {
              isQuoted = false
            }
          } else if byte == 0x0A {
            broken = broken ?? quote
            line += 1
          }
        } else if byte == separator {
          endField(index)
          fieldStart = index + 1
        } else if byte == 0x0A || byte == 0x0D {
          endRow(index)
          if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
          line += 1
          rowLine = line
          fieldStart = index + 1
          rowStart = fieldStart
        } else if byte == 0x22, isBlank, !wasQuoted, index < lastQuote {
          quote = Quote(place: index, line: line)
          fieldStart = index
          (isQuoted, wasQuoted, isBlank) = (true, true, false)
        } else if byte != 0x20 {
          isBlank = false
        }
        index += 1
      }
      if isQuoted || swallower != nil { return }
      endsTorn = fieldStart < bytes.count || fields.count > rowFirst || wasQuoted
      if endsTorn { endRow(bytes.count) }
    }
    if isQuoted {
      guard let again = DelimitedText(bytes, openQuote: quote) else { return nil }
      self = again
      return
    }
    if let swallower {
      guard let again = DelimitedText(bytes, openQuote: swallower) else { return nil }
      self = again
      return
    }
    guard !places.isEmpty else { return nil }
    self.fields = fields
    self.places = places
    self.endsTorn = endsTorn
    openQuoteLine = openQuote?.line
    openQuoteSwallows = openQuote?.swallows ?? false
  }

  /// Whether each line of what quotes make one row is as good as a row by itself: as many fields as
  /// the header has, and a digit at its start.
  private static func areRows(
    _ row: Slice<UnsafeBufferPointer<UInt8>>, _ separator: UInt8, fieldCount: Int
  ) -> Bool {
    row.split(separator: 0x0A).allSatisfy { line in
      guard let first = line.first, (0x30...0x39).contains(first) else { return false }
      return fieldCount > 1 && line.count { $0 == separator } + 1 == fieldCount
    }
  }

  private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
    let isBreak = { (byte: UInt8) in byte == 0x0A || byte == 0x0D }
    let firstLine = bytes.drop(while: isBreak).prefix { !isBreak($0) }
    var (separator, most) = (UInt8(0x2C), 0)
    for candidate: UInt8 in [0x2C, 0x09, 0x3B] {
      let count = firstLine.count { $0 == candidate }
      if count > most { (separator, most) = (candidate, count) }
    }
    return separator
  }

  // MARK: Rows

  package var header: [String] { texts(of: 0) }

  /// All rows below the header.
  package var rows: [Row] { (0..<rowCount).map { Row(line: line(of: $0), fields: texts(at: $0)) } }

  /// Of the rows below the header, the first being 0.
  var rowCount: Int { places.count - 1 }

  func line(of row: Int) -> Int { Int(places[row + 1].line) }

  func fieldCount(of row: Int) -> Int { range(of: row + 1).count }

  func texts(at row: Int) -> [String] { texts(of: row + 1) }

  /// The text of a field; nil where the row ends before.
  func text(at row: Int, _ column: Int) -> String? {
    field(row, column).map(text)
  }

  /// The number in a field; nil where there is none, or no number.
  func number(at row: Int, _ column: Int) -> Double? {
    guard let field = field(row, column) else { return nil }
    if field.isQuoted { return TableNumber.value(text(field)) }
    return bytes.withUnsafeBufferPointer {
      TableNumber.value(UnsafeBufferPointer(rebasing: $0[Int(field.start)..<Int(field.end)]))
    }
  }

  /// Whether a field holds nothing at all, or is not there.
  func isEmpty(at row: Int, _ column: Int) -> Bool {
    field(row, column).map { $0.end - $0.start <= ($0.isQuoted ? 2 : 0) } ?? true
  }

  private func range(of place: Int) -> Range<Int> {
    let end = place + 1 < places.count ? Int(places[place + 1].first) : fields.count
    return Int(places[place].first)..<end
  }

  private func field(_ row: Int, _ column: Int) -> Field? {
    let range = range(of: row + 1)
    return column < range.count ? fields[range.lowerBound + column] : nil
  }

  private func texts(of place: Int) -> [String] { range(of: place).map { text(fields[$0]) } }

  private func text(_ field: Field) -> String {
    let raw = bytes[Int(field.start)..<Int(field.end)]
    guard field.isQuoted else { return String(decoding: raw, as: UTF8.self) }
    var result: [UInt8] = []
    var isOpen = false
    var index = raw.startIndex
    while index < raw.endIndex {
      let byte = raw[index]
      if isOpen, byte == 0x22 {
        if index + 1 < raw.endIndex, raw[index + 1] == 0x22 {
          result.append(0x22)
          index += 1
        } else {
          isOpen = false
        }
      } else if byte == 0x22, index == raw.startIndex {
        isOpen = true
      } else {
        result.append(byte)
      }
      index += 1
    }
    return String(decoding: result, as: UTF8.self)
  }
}
