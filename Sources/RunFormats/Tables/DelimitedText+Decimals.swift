import ReviewCore

/// Numbers of a table whose decimals may stand behind a comma.
extension DelimitedText {
  private static let rowsLookedAt = 10_000

  /// Whether decimals stand behind a comma: where another sign parts the fields, numbers such as
  /// `0,68` and none such as `0.68`. Separators of thousands are not guessed.
  var hasDecimalCommas: Bool {
    guard separator != 0x2C else { return false }
    let columns = header.enumerated().compactMap {
      ColumnRole(lowered: $1.lowercased()) == .note ? nil : $0
    }
    var hasComma = false
    for row in 0..<min(rowCount, Self.rowsLookedAt) {
      let count = fieldCount(of: row)
      for column in columns {
        guard column < count else { break }
        guard !isEmpty(at: row, column), let field = text(at: row, column) else { continue }
        if field.utf8.contains(0x2E), TableNumber.value(field) != nil { return false }
        hasComma = hasComma || TableNumber.isWithComma(field)
      }
    }
    return hasComma
  }

  func number(at row: Int, _ column: Int, withComma: Bool) -> Double? {
    if let number = number(at: row, column) { return number }
    return withComma ? text(at: row, column).flatMap(TableNumber.valueWithComma) : nil
  }

  /// The epoch or step in a field; nil where there is none, or no finite number.
  func axisValue(at row: Int, _ column: Int?, withComma: Bool) -> AxisValue? {
    guard let column, let number = number(at: row, column, withComma: withComma), number.isFinite
    else { return nil }
    guard number != number.rounded() else { return AxisValue(number) }
    let text = text(at: row, column) ?? ""
    return AxisValue(number, text: withComma ? text.replacing(",", with: ".") : text)
  }
}
