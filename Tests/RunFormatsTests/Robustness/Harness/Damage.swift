import ReviewCore

/// One thing that is done to a fixture; its words replay it.
enum Damage: Sendable, CustomStringConvertible {
  case cut(Int)
  /// The seed of a mutation is its number.
  case changed(Int)
  /// As `changed`, then its checksums made to fit, so that the reader looks further.
  case sealed(Int)

  var description: String {
    switch self {
    case .cut(let length): "cut:\(length)"
    case .changed(let number): "changed:\(number)"
    case .sealed(let number): "sealed:\(number)"
    }
  }

  init?(_ words: String) {
    let parts = words.split(separator: ":")
    guard parts.count == 2, let number = Int(parts[1]) else { return nil }
    switch parts[0] {
    case "cut": self = .cut(number)
    case "changed": self = .changed(number)
    case "sealed": self = .sealed(number)
    default: return nil
    }
  }

  /// How much is done to a fixture.
  struct Measure: Sendable {
    /// Every length up to this.
    var everyCut = 4096
    /// Lengths beyond it.
    var furtherCuts = 2_000
    var changes = 1_000

    static let usual = Measure()
  }

  /// The lengths that a file is cut to, ascending.
  static func cuts(of bytes: [UInt8], boundaries: [Int], _ measure: Measure) -> [Int] {
    var lengths = Set(0...min(measure.everyCut, max(0, bytes.count - 1)))
    for boundary in boundaries { lengths.formUnion(boundary - 1...boundary + 1) }
    if bytes.count > measure.everyCut + 1 {
      let beyond = bytes.count - measure.everyCut - 1
      let drawn = SeededOrder.draw(measure.furtherCuts, of: beyond, seed: UInt64(bytes.count))
      lengths.formUnion(drawn.map { $0 + measure.everyCut + 1 })
    }
    return lengths.filter { $0 >= 0 && $0 < bytes.count }.sorted()
  }

  /// The fixture's bytes after it.
  func done(to bytes: [UInt8], donor: [UInt8], seal: ([UInt8]) -> [UInt8]) -> [UInt8] {
    switch self {
    case .cut(let length): return Array(bytes[..<min(length, bytes.count)])
    case .changed(let number):
      var mutator = Mutator(seed: UInt64(number), donor: donor)
      return mutator.changed(bytes)
    case .sealed(let number):
      var mutator = Mutator(seed: UInt64(number), donor: donor)
      return seal(mutator.changed(bytes))
    }
  }

  var isCut: Bool { if case .cut = self { true } else { false } }
  /// Whether what is read may be other than the fixture, as nothing tells the damage.
  var isSealed: Bool { if case .sealed = self { true } else { false } }
}
