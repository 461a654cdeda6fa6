/// A file with the state of the training at a checkpoint: weights, optimizer. Never opened.
package struct StateFile: Hashable, Sendable {
  /// Relative to the run.
  package let path: String
  /// In bytes.
  package let size: Int
  /// Whether its name says that it is of this checkpoint: it speaks of epochs or steps, or is one of
  /// a series. `resnet18.pth` beside epoch 18 is another model's.
  package let isCertain: Bool

  package init(path: String, size: Int, isCertain: Bool = true) {
    self.path = path
    self.size = size
    self.isCertain = isCertain
  }

  /// `1.2 MB`, in powers of ten.
  package var sizeText: String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var value = Double(size)
    var unit = 0
    while value >= 1000, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return unit == 0 ? "\(size) B" : "\(NumberText.fixed(value, places: 1)) \(units[unit])"
  }
}
