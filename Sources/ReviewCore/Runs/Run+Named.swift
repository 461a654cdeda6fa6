extension Run {
  /// The checkpoint that a text names first, as in `epoch 30`; nil when it names none of this run's.
  package func firstNamed(in text: String) -> Int? {
    let words = text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
    for (place, word) in words.enumerated().dropLast() where word == axis.rawValue {
      let number = words[place + 1].drop { $0 == "." }
      let trimmed = number.last == "." ? number.dropLast() : number
      if let value = Double(trimmed), let index = index(of: Position(axis, value)) { return index }
    }
    return nil
  }
}
