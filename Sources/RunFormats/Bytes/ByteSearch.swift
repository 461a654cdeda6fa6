extension [UInt8] {
  /// Whether a word stands among the first bytes.
  func holds(_ word: StaticString, within count: Int) -> Bool {
    let length = word.utf8CodeUnitCount
    return withUnsafeBufferPointer { bytes in
      let last = Swift.min(bytes.count, count) - length
      guard last >= 0 else { return false }
      for place in 0...last where bytes[place] == word.utf8Start[0] {
        if (1..<length).allSatisfy({ bytes[place + $0] == word.utf8Start[$0] }) { return true }
      }
      return false
    }
  }
}
