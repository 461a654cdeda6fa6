extension Budget {
  /// Cells a second of the quick pictures without colour.
  static let instantCells = Budget(atLeast: 10_000_000)
  /// The best picture of 14x7 cells.
  static let bestPicture = Budget(p50: 2)
  /// Digits that a classifier reads at 10x5 cells.
  static let digitsRead = Budget(atLeast: 0.92)

  /// The similarity that a class of pictures must reach; nil where none is set.
  ///
  /// - Parameters:
  ///   - kind: the class's name in `recipes/renderers.py`.
  ///   - pictures: `small` or `photo`.
  ///   - cells: the size, such as `14x7`.
  static func fidelity(_ kind: String, _ pictures: String, _ cells: String) -> Budget? {
    guard
      let place = ["14x7 small", "28x14 small", "28x14 photo"].firstIndex(
        of: "\(cells) \(pictures)")
    else { return nil }
    return similarities[kind].map { Budget(atLeast: $0[place]) }
  }

  private static let similarities: [String: [Double]] = [
    "ascii": [0.950, 0.935, 0.70],
    "ink": [0.975, 0.970, 0.80],
    "paper": [0.975, 0.988, 0.975],
    "unicode": [0.955, 0.940, 0.90],
    "unicode-gray": [0.993, 0.996, 0.985],
  ]
}
