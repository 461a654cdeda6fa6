package import ReviewCore

/// Seeds down, checkpoints across: each seed at every epoch in one look.
package struct FilmStrip: Equatable, Sendable {
  /// Where the cursor was before.
  package let origin: Place
  /// The place in the order of the first checkpoint on the screen.
  package internal(set) var left = 0
  /// The first row of seeds on the screen.
  package internal(set) var top = 0
  /// The seeds that any checkpoint has, ascending; nil where they are numbered from 0 without a gap.
  private var seeds: [Int]?

  /// - Complexity: O(1) for grids and arrays, O(n log n) for n pictures with numbers of their own.
  package init(of run: Run, origin: Place) {
    self.origin = origin
    seeds = Self.seeds(of: run)
  }

  /// Takes in the seeds that came since.
  mutating func renew(of run: Run) { seeds = Self.seeds(of: run) }

  private static func seeds(of run: Run) -> [Int]? {
    var found: Set<Int> = []
    var numbered = 0
    for checkpoint in run.checkpoints {
      switch checkpoint.samples {
      case .pictures(let pictures, _): found.formUnion(pictures.lazy.map(\.index))
      case .grid, .array: numbered = max(numbered, checkpoint.samples?.count ?? 0)
      case nil: break
      }
    }
    let isWithoutGap = found.isEmpty || (found.min() == 0 && found.max() == found.count - 1)
    return isWithoutGap ? nil : found.union(0..<numbered).sorted()
  }

  /// How many rows there are.
  ///
  /// - Parameter mostSamples: that any checkpoint is known to have.
  func rowCount(mostSamples: Int) -> Int { seeds?.count ?? mostSamples }

  /// The seed of a row, which must be one of 0..<`rowCount`.
  func seed(ofRow row: Int) -> Int { seeds.map { $0[row] } ?? row }

  /// The row of a seed; the next one where no checkpoint has it.
  func row(ofSeed seed: Int) -> Int {
    guard let seeds else { return seed }
    var (low, high) = (0, seeds.count)
    while low < high {
      let middle = (low + high) / 2
      if seeds[middle] < seed { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
