import ReviewCore

/// The map of two thresholds in cells: in each the sign of whom the rule would select there.
struct ThresholdPlot: Sendable {
  /// One who wins somewhere on the map.
  struct Entry: Sendable {
    let letter: Character
    let checkpoint: Int
    /// Whether it wins as a candidate somewhere, and as none elsewhere: as a capital and a small letter.
    var asCandidate = false
    var asOther = false
  }

  let width: Int
  let height: Int
  let x: ThresholdGroup
  let y: ThresholdGroup
  let edgesX: [Double]
  let edgesY: [Double]
  /// By row of cells from below, and column.
  private var winners: [[ThresholdMap.Winner?]] = []
  private(set) var entries: [Entry] = []
  private(set) var hasNone = false
  private(set) var hasMore = false
  /// Whether cells are all as wide, or as high, in value.
  let isEvenX: Bool
  let isEvenY: Bool
  /// Where the other thresholds of the rule were moved to.
  var held: [Int: Double] = [:]

  // So many looks at a checkpoint take a moment at most.
  private static let mostLooks = 20_000_000
  private static let letters = Array("abcdefghijklmnopqrstuvwxyz")

  init(_ map: ThresholdMap, checkpoints: Int, width: Int, height: Int) {
    self.width = max(1, width)
    self.height = max(1, height)
    (x, y) = (map.x, map.y)
    let cells = max(64, Self.mostLooks / max(1, checkpoints))
    let share = min(1, (Double(cells) / Double(self.width * self.height)).squareRoot())
    edgesX = map.edgesOfX(most: max(8, Int(Double(self.width) * share)))
    edgesY = map.edgesOfY(most: max(8, min(self.height, Int(Double(self.height) * share))))
    isEvenX = Self.areEven(edgesX)
    isEvenY = Self.areEven(edgesY)
    func middles(_ edges: [Double]) -> [Double] {
      zip(edges, edges.dropFirst()).map { $0 / 2 + $1 / 2 }
    }
    var counts: [Int: Int] = [:]
    for second in middles(edgesY) {
      winners.append(middles(edgesX).map { map.winner(x: $0, y: second) })
      for winner in winners[winners.count - 1] {
        if let winner { counts[winner.index, default: 0] += 1 } else { hasNone = true }
      }
    }
    // Letters for those with the largest part of the map, in the order of the run.
    let largest = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    hasMore = largest.count > Self.letters.count
    for (letter, checkpoint) in zip(Self.letters, largest.prefix(Self.letters.count).sorted()) {
      entries.append(Entry(letter: letter, checkpoint: checkpoint))
    }
    let places = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.checkpoint, $0) })
    for case .some(let winner) in winners.joined() {
      guard let place = places[winner.index] else { continue }
      if winner.isCandidate {
        entries[place].asCandidate = true
      } else {
        entries[place].asOther = true
      }
    }
  }

  private static func areEven(_ edges: [Double]) -> Bool {
    let lengths = zip(edges, edges.dropFirst()).map { $1 - $0 }
    guard let least = lengths.min(), let most = lengths.max() else { return false }
    return most - least <= most * 1e-6
  }

  var columns: Int { edgesX.count - 1 }
  var rows: Int { edgesY.count - 1 }

  /// Of a place on the screen, the upper row first.
  func winner(_ column: Int, _ row: Int) -> ThresholdMap.Winner? {
    guard columns > 0, rows > 0 else { return nil }
    return winners[self.row(at: row)][self.column(at: column)]
  }

  func sign(of winner: ThresholdMap.Winner?) -> Character {
    guard let winner else { return "." }
    guard let entry = entries.first(where: { $0.checkpoint == winner.index }) else { return "#" }
    return winner.isCandidate ? Character(entry.letter.uppercased()) : entry.letter
  }

  func column(at column: Int) -> Int { min(columns - 1, column * columns / width) }

  func row(at row: Int) -> Int { min(rows - 1, (height - 1 - row) * rows / height) }

  /// The middle of the cell that holds two values; nil beyond the map.
  func place(x first: Double, y second: Double) -> (column: Int, row: Int)? {
    guard let column = cell(first, edgesX, x.comparison),
      let row = cell(second, edgesY, y.comparison)
    else { return nil }
    let left = (column * width + columns - 1) / columns
    let right = ((column + 1) * width + columns - 1) / columns - 1
    let low = (row * height + rows - 1) / rows
    let high = ((row + 1) * height + rows - 1) / rows - 1
    return ((left + right) / 2, height - 1 - (low + high) / 2)
  }

  private func cell(
    _ value: Double, _ edges: [Double], _ comparison: RuleCondition.Comparison
  ) -> Int? {
    guard let low = edges.first, let high = edges.last, (low...high).contains(value) else {
      return nil
    }
    // On an edge, the side on which the same checkpoints pass.
    let isOfUpper = comparison == .above || comparison == .atMost
    let place = edges.lastIndex { isOfUpper ? $0 <= value : $0 < value } ?? 0
    return min(place, edges.count - 2)
  }
}
