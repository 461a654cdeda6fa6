/// A line that a training script printed, taken apart: where it stands, and its names and numbers.
///
/// `Epoch 3/10 - loss: 0.53 - val_loss: 0.61`, `epoch=3 loss=0.53`,
/// `[Epoch 3/200] [Batch 9/938] [D loss: 0.3]`, `step 100: train loss 1.2, val loss 1.4`.
struct LogLine: Equatable {
  struct Count: Equatable {
    let number: Double
    /// Whether "of so many" stands behind it, as in `3/10`.
    let hasTotal: Bool
  }

  private(set) var epoch: Count?
  private(set) var step: Count?
  private(set) var numbers: [(name: String, value: Double)] = []

  private static let mostNumbers = 64
  private static let epochWords = ["epoch", "ep"]
  private static let stepWords = ["step", "iter", "iteration", "global_step", "steps"]
  private static let placeWords = ["batch", "minibatch"]
  private static let clockWords = [
    "time", "eta", "elapsed", "lr_time", "sec", "speed", "it/s", "fps", "mfu", "dt", "duration",
  ]
  private static let timeUnits = ["s", "ms", "us", "sec", "secs", "min", "mins", "h", "m"]

  static func == (left: LogLine, right: LogLine) -> Bool {
    left.epoch == right.epoch && left.step == right.step
      && left.numbers.elementsEqual(right.numbers) { $0 == $1 }
  }

  /// What kind of line it is: two of a kind have the same counts and the same names.
  var kind: String {
    let counts = (epoch == nil ? "" : "e") + (step == nil ? "" : "s")
    return ([counts] + numbers.map(\.name)).joined(separator: "\n")
  }

  /// A line is read from its first word for an epoch or a step on; what a logger writes before it
  /// (time, level, module) does not count.
  init(_ line: Substring) {
    var scanner = LogScanner(line.utf8)
    var hasPlace = false
    while numbers.count < Self.mostNumbers, let found = scanner.next() {
      var word = found.words.last ?? ""
      let isPlace = Self.epochWords.contains(word) || Self.stepWords.contains(word)
      if !hasPlace {
        if isPlace {
          hasPlace = true
        } else if found.isBracketPair {
          // `[3/200][10/938]`, as the tutorial of DCGAN prints it.
          epoch = Count(number: found.value, hasTotal: true)
          hasPlace = true
          continue
        } else {
          continue
        }
      }
      if isPlace, found.value.isFinite {
        let count = Count(number: found.value, hasTotal: found.hasTotal)
        if Self.epochWords.contains(word) { epoch = epoch ?? count } else { step = step ?? count }
        continue
      }
      guard !found.words.isEmpty, found.words.count <= 4, !found.hasTotal else { continue }
      if Self.placeWords.contains(word) || Self.clockWords.contains(word) { continue }
      if Self.timeUnits.contains(found.unit) { continue }
      word = found.name
      if numbers.contains(where: { $0.name == word }) { continue }
      numbers.append((word, found.value))
    }
  }

  mutating func setNumbers(_ numbers: [(name: String, value: Double)]) { self.numbers = numbers }

  /// The names and numbers of a line that stands below its place, as Keras prints it:
  /// `469/469 - 2s - loss: 0.5`.
  static func numbersAlone(_ line: Substring) -> [(name: String, value: Double)] {
    var scanner = LogScanner(line.utf8)
    var numbers: [(name: String, value: Double)] = []
    guard let first = scanner.next(), first.hasTotal, first.words.isEmpty else { return [] }
    while numbers.count < mostNumbers, let found = scanner.next() {
      guard !found.words.isEmpty, found.words.count <= 4, !found.hasTotal,
        !timeUnits.contains(found.unit), !clockWords.contains(found.words.last ?? ""),
        !numbers.contains(where: { $0.name == found.name })
      else { continue }
      numbers.append((found.name, found.value))
    }
    return numbers
  }
}
