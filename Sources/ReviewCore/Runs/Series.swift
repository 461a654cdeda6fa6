/// Where the points of a long series lie; read one by one, when they are asked for.
package protocol SeriesStorage: Sendable {
  var count: Int { get }
  /// Ascending, finite.
  func position(at index: Int) -> Double
  func value(at index: Int) -> Double
  /// How many points lie at or before a place on the axis.
  func places(upTo position: Double) -> Int
  /// How far the values of a range reach.
  func extent(of range: Range<Int>) -> SeriesExtent
}

extension SeriesStorage {
  /// - Complexity: O(log n).
  package func places(upTo position: Double) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self.position(at: middle) <= position { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// - Complexity: O(n).
  package func extent(of range: Range<Int>) -> SeriesExtent {
    var extent = SeriesExtent()
    for index in range { extent.add(value(at: index)) }
    return extent
  }
}

/// How far values reach; `low > high` while none of them is finite.
package struct SeriesExtent: Equatable, Sendable {
  package private(set) var low = Double.infinity
  package private(set) var high = -Double.infinity
  /// How many values are not finite.
  package private(set) var gapCount = 0

  package init() {}

  package init(low: Double, high: Double, gapCount: Int) {
    self.low = low
    self.high = high
    self.gapCount = gapCount
  }

  package mutating func add(_ value: Double) {
    guard value.isFinite else {
      gapCount += 1
      return
    }
    low = min(low, value)
    high = max(high, value)
  }

  package mutating func add(_ other: SeriesExtent) {
    low = min(low, other.low)
    high = max(high, other.high)
    gapCount += other.gapCount
  }
}

/// A scalar of the training log over steps or epochs.
package struct Series: Sendable {
  package let name: String
  package let axis: Axis
  /// Of a series over steps, the epoch of each point where the log says it.
  package let epochs: [Double]?
  private let storage: any SeriesStorage

  /// - Parameter positions: ascending, as many as `values`.
  package init(
    name: String, axis: Axis, positions: [Double], values: [Double], epochs: [Double]? = nil
  ) {
    precondition(positions.count == values.count && (epochs?.count ?? values.count) == values.count)
    self.name = name
    self.axis = axis
    self.epochs = epochs
    storage = SeriesInMemory(positions: positions, values: values)
  }

  package init(name: String, axis: Axis, storage: any SeriesStorage) {
    self.name = name
    self.axis = axis
    self.storage = storage
    epochs = nil
  }

  package var count: Int { storage.count }
  /// Ascending, as many as `values`.
  package var positions: SeriesColumn { SeriesColumn(storage: storage, isPositions: true) }
  package var values: SeriesColumn { SeriesColumn(storage: storage, isPositions: false) }

  /// The last point at or before a checkpoint; nil when there is none, or no way to tell.
  ///
  /// - Complexity: O(log n) on the series' own axis, else O(n).
  package func place(of checkpoint: Checkpoint) -> Int? {
    if let value = checkpoint.value(on: axis)?.value {
      let after = places(upTo: value)
      return after > 0 ? after - 1 : nil
    }
    guard let epoch = checkpoint.epoch?.value, let epochs else { return nil }
    return epochs.lastIndex { $0 <= epoch }
  }

  /// How many points lie at or before a place on the axis.
  ///
  /// - Complexity: O(log n).
  package func places(upTo position: Double) -> Int { storage.places(upTo: position) }

  /// How far the values of some points reach.
  package func extent(of range: Range<Int>) -> SeriesExtent { storage.extent(of: range) }

  /// The last value at exactly a place on the axis; nil where there is no point.
  ///
  /// - Complexity: O(log n).
  package func value(at position: Double) -> Double? {
    let place = places(upTo: position) - 1
    return place >= 0 && storage.position(at: place) == position ? storage.value(at: place) : nil
  }
}

extension Series {
  /// Whether it counts epochs or steps and tells nothing else: of such a name, whole numbers that
  /// never fall.
  ///
  /// - Complexity: O(n) for a series of such a name.
  package var merelyCounts: Bool {
    let last = name.split(separator: "/").last?.lowercased() ?? ""
    guard ["epoch", "step", "global_step"].contains(last) else { return false }
    var before = -Double.infinity
    for value in values {
      guard value >= before, value == value.rounded() else { return false }
      before = value
    }
    return true
  }

  /// Whether it has the same points as another, within what is lost in print.
  ///
  /// - Complexity: O(n) for series of the same name and length.
  package func tellsTheSame(as other: Series) -> Bool {
    name == other.name && axis == other.axis && count == other.count
      && positions.elementsEqual(other.positions)
      && zip(values, other.values).allSatisfy { a, b in
        a == b || (a.isNaN && b.isNaN) || abs(a - b) <= 1e-6 * max(abs(a), abs(b))
      }
  }
}

extension [Series] {
  /// Without those that an earlier one tells alike, as a logger does that writes two files.
  package var withoutRepeats: [Series] {
    var known: [String: [Series]] = [:]
    return filter { series in
      guard known[series.name]?.contains(where: series.tellsTheSame) != true else { return false }
      known[series.name, default: []].append(series)
      return true
    }
  }
}

extension Series: Equatable {
  /// - Complexity: O(n).
  package static func == (left: Series, right: Series) -> Bool {
    left.name == right.name && left.axis == right.axis && left.epochs == right.epochs
      && left.positions.elementsEqual(right.positions) && left.values.elementsEqual(right.values)
  }
}

/// The positions or the values of a series.
package struct SeriesColumn: RandomAccessCollection, Sendable {
  let storage: any SeriesStorage
  let isPositions: Bool

  package var startIndex: Int { 0 }
  package var endIndex: Int { storage.count }

  package subscript(index: Int) -> Double {
    isPositions ? storage.position(at: index) : storage.value(at: index)
  }
}

private struct SeriesInMemory: SeriesStorage {
  let positions: [Double]
  let values: [Double]

  var count: Int { values.count }
  func position(at index: Int) -> Double { positions[index] }
  func value(at index: Int) -> Double { values[index] }
}
