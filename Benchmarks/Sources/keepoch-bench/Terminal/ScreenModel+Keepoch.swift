extension ScreenModel {
  /// Where the program says it is: the number after "epoch" or "step" on the line under its title, or on the
  /// line above its last one.
  var position: Double? {
    for row in [1, size.rows - 2] {
      let words = text(row).split(separator: " ")
      guard let place = words.firstIndex(where: { $0 == "epoch" || $0 == "step" }),
        place + 1 < words.count
      else { continue }
      if let number = Double(words[place + 1].prefix { $0.isNumber || $0 == "." }) { return number }
    }
    return nil
  }

  /// Whether the part for samples is drawn, and no sample of it stands as three dots any more.
  var hasPictures: Bool { placeholders == 0 && pictureInk >= 40 }

  /// Samples that are on their way: three dots with nothing around them.
  var placeholders: Int {
    var count = 0
    for row in 1..<size.rows - 2 {
      for column in 0..<size.columns - 3 where isPlaceholder(row, column) { count += 1 }
    }
    return count
  }

  private func isPlaceholder(_ row: Int, _ column: Int) -> Bool {
    let dot = UInt32(UInt8(ascii: "."))
    for place in column..<column + 3 where self[row, place].scalar != dot { return false }
    for place in max(0, column - 1)...min(size.columns - 1, column + 3) {
      if place < column || place > column + 2 {
        // The frame beside the first sample is not part of it.
        guard self[row, place].isBlank || self[row, place].scalar == 0x2502 else { return false }
      } else {
        guard self[row - 1, place].isBlank, self[row + 1, place].isBlank else { return false }
      }
    }
    return true
  }

  /// Cells with something in them, right of the table's frame, or below it, or without a table
  /// anywhere but on the lines of text.
  var pictureInk: Int {
    let frame = (0..<size.columns).first { self[size.rows / 3, $0].scalar == 0x2502 }
    let rule = (2..<size.rows - 2).first { self[$0, 0].scalar == 0x2500 }
    var count = 0
    for row in (rule ?? 2) + 1..<size.rows - 2 {
      for column in (frame ?? -1) + 1..<size.columns where !self[row, column].isBlank {
        count += 1
      }
    }
    return count
  }
}
