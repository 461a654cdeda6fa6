package import ReviewCore

/// The training log on the screen.
package struct LogView: Equatable, Sendable {
  /// The place of the chart that the keys are about: metrics first, then series of the log.
  package var series: Int
  /// Whether that one fills the screen.
  package var isClose: Bool

  package init(series: Int = 0, isClose: Bool = false) {
    self.series = series
    self.isClose = isClose
  }
}

package struct EnvelopeKey: Hashable, Sendable {
  /// The place among the charts of the log.
  package let series: Int
  /// In columns of dots or cells.
  package let columns: Int
}

/// A series cut into columns: the lowest and the highest value of each.
package struct Envelope: Equatable, Sendable {
  /// Nil where a column holds no finite value.
  package let columns: [ClosedRange<Double>?]
  /// Of the finite values of the whole series; nil when there is none.
  package let range: ClosedRange<Double>?
  /// First and last place on the axis.
  package let span: ClosedRange<Double>
  /// How many values are not finite.
  package let gapCount: Int
  /// Columns that hold a value which is not finite: no line goes through them.
  package let breaks: Set<Int>

  // Above it the columns' ends are searched for, and what lies between asked for as a whole.
  private static let fewPoints = 8192

  /// - Complexity: O(n) for some thousand points; else O(columns), times what a series takes to tell
  ///   how far a range of it reaches.
  ///
  /// - Parameter whole: how far the axis reaches, where that is more than from point to point.
  package init(_ series: Series, columns count: Int, whole: ClosedRange<Double>? = nil) {
    let first = series.positions.first ?? 0
    let last = max(first, series.positions.last ?? 0)
    span = whole ?? first...last
    var lows = [Double](repeating: .infinity, count: max(1, count))
    var highs = [Double](repeating: -.infinity, count: max(1, count))
    var gaps = 0
    var breaks: Set<Int> = []
    if series.count > Self.fewPoints {
      var start = 0
      for column in lows.indices {
        let end = Self.end(of: column, from: start, in: series, span, lows.count)
        let extent = series.extent(of: start..<end)
        (lows[column], highs[column]) = (extent.low, extent.high)
        gaps += extent.gapCount
        if extent.gapCount > 0 { breaks.insert(column) }
        start = end
      }
    } else {
      Self.scan(series, span, &lows, &highs, &gaps, &breaks)
    }
    columns = zip(lows, highs).map { $0 <= $1 ? $0...$1 : nil }
    let low = lows.min() ?? .infinity
    let high = highs.max() ?? -.infinity
    range = low <= high ? low...high : nil
    gapCount = gaps
    self.breaks = breaks
  }

  /// Where the points of a column end, which begin at another place.
  private static func end(
    of column: Int, from start: Int, in series: Series, _ span: ClosedRange<Double>, _ count: Int
  ) -> Int {
    // Where the next column begins, but for rounding; the last one ends with the series.
    let share = (Double(column) + 0.5) / Double(max(1, count - 1))
    guard column < count - 1, share < 1 else { return series.count }
    let width = span.upperBound / 2 - span.lowerBound / 2
    var end = series.places(upTo: (span.lowerBound / 2 + share * width) * 2)
    let positions = series.positions
    while end < series.count, Self.column(of: positions[end], in: span, of: count) <= column {
      end += 1
    }
    while end > start, Self.column(of: positions[end - 1], in: span, of: count) > column {
      end -= 1
    }
    return max(start, end)
  }

  private static func scan(
    _ series: Series, _ span: ClosedRange<Double>, _ lows: inout [Double],
    _ highs: inout [Double], _ gaps: inout Int, _ breaks: inout Set<Int>
  ) {
    for (position, value) in zip(series.positions, series.values) {
      guard value.isFinite else {
        gaps += 1
        breaks.insert(Self.column(of: position, in: span, of: lows.count))
        continue
      }
      let column = Self.column(of: position, in: span, of: lows.count)
      lows[column] = min(lows[column], value)
      highs[column] = max(highs[column], value)
    }
  }

  /// The column of a place on the axis; nil outside.
  package func column(of position: Double) -> Int? {
    span.contains(position) ? Self.column(of: position, in: span, of: columns.count) : nil
  }

  private static func column(
    of position: Double, in span: ClosedRange<Double>, of count: Int
  ) -> Int {
    // Halved first: two finite places may lie farther apart than a number can say.
    let width = span.upperBound / 2 - span.lowerBound / 2
    let share = (position / 2 - span.lowerBound / 2) / width
    guard share.isFinite else { return 0 }
    return min(count - 1, max(0, Int(share * Double(count - 1) + 0.5)))
  }
}

package struct SparklineKey: Hashable, Sendable {
  /// The metric's column in the run.
  package let column: Int
  /// In cells.
  package let width: Int
}

/// A metric over all checkpoints in a few cells.
package struct Sparkline: Equatable, Sendable {
  /// One a cell, 0 lowest ... 1 highest; nil where no checkpoint has a finite value.
  package let levels: [Double?]

  /// - Complexity: O(n).
  package init(_ values: [Double?], width: Int) {
    var means = [Double?](repeating: nil, count: max(1, min(width, values.count)))
    var counts = [Double](repeating: 0, count: means.count)
    for (index, value) in values.enumerated() {
      guard let value, value.isFinite else { continue }
      let cell = index * means.count / values.count
      counts[cell] += 1
      // Step by step and by parts: neither a sum nor a difference may be larger than a number.
      let mean = means[cell] ?? 0
      means[cell] = mean - mean / counts[cell] + value / counts[cell]
    }
    let known = means.compactMap { $0 }
    let low = known.min() ?? 0
    let high = known.max() ?? 0
    let span = high / 2 - low / 2
    levels = means.map { mean in
      mean.map { span > 0 ? min(1, max(0, ($0 / 2 - low / 2) / span)) : 0.5 }
    }
  }

  /// The cell that a checkpoint's value went into.
  package func cell(of checkpoint: Int, among count: Int) -> Int {
    count > 0 ? checkpoint * levels.count / count : 0
  }
}
