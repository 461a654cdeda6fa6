import ReviewCore
import TerminalSurface

/// The points of the chart of two metrics in cells, made once for a size and for where thresholds
/// stand; the cursor is drawn over it.
struct ParetoPlot: Sendable {
  struct Mark: Sendable {
    var code: UInt32
    var role: Role
    /// What may not be written over.
    var weight: Int
  }

  let width: Int
  let height: Int
  let xs: AxisScale
  let ys: AxisScale
  private var marks: [Mark?]
  /// Checkpoints with their number beside them.
  private(set) var labelled: Set<Int> = []

  init(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>, width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
    xs = AxisScale(range: x, count: self.width)
    ys = AxisScale(range: y, count: self.height)
    marks = Array(repeating: nil, count: self.width * self.height)
  }

  subscript(column: Int, row: Int) -> Mark? {
    get {
      (0..<width).contains(column) && (0..<height).contains(row)
        ? marks[row * width + column] : nil
    }
    set {
      guard (0..<width).contains(column), (0..<height).contains(row) else { return }
      marks[row * width + column] = newValue
    }
  }

  /// The cell of a point, the upper row first; nil outside.
  func cell(x: Double, y: Double) -> (column: Int, row: Int)? {
    guard let column = xs.place(of: x), let place = ys.place(of: y) else { return nil }
    return (column, height - 1 - place)
  }

  /// Sets a cell unless something weightier stands there.
  mutating func put(_ character: String, _ column: Int, _ row: Int, _ role: Role, weight: Int) {
    guard let code = character.unicodeScalars.first?.value,
      (self[column, row]?.weight ?? 0) <= weight
    else { return }
    self[column, row] = Mark(code: code, role: role, weight: weight)
  }

  /// Writes words where nothing above a weight stands, in the first of some places that has room.
  ///
  /// - Parameter own: the point that they are of.
  /// - Returns: whether there was a place.
  @discardableResult
  mutating func write(
    _ words: String, at places: [(column: Int, row: Int)], _ role: Role, over weight: Int,
    of own: (column: Int, row: Int)? = nil
  ) -> Bool {
    let scalars = Array(words.unicodeScalars)
    for (column, row) in places where column >= 0 && column + scalars.count <= width {
      guard (0..<height).contains(row) else { continue }
      let isFree = scalars.indices.allSatisfy { (self[column + $0, row]?.weight ?? 0) <= weight }
      // Beside another label both would read as one, beside another point as that one's.
      let end = column + scalars.count
      let isAlone = [column - 2, column - 1, end, end + 1].allSatisfy { near in
        own.map { $0 == (near, row) } == true || (self[near, row]?.weight ?? 0) < Weight.label
      }
      guard isFree, isAlone else { continue }
      for (offset, scalar) in scalars.enumerated() {
        self[column + offset, row] = Mark(code: scalar.value, role: role, weight: Weight.label)
      }
      return true
    }
    return false
  }

  mutating func label(_ checkpoint: Int, _ words: String, _ role: Role, at column: Int, _ row: Int)
  {
    let count = words.unicodeScalars.count
    var places = [(column + 2, row), (column - 1 - count, row)]
    for near in [row - 1, row + 1] {
      places += [(column + 1, near), (column - count, near), (column - count / 2, near)]
    }
    let own = (column, row)
    if write(words, at: places, role, over: 0, of: own)
      || write(words, at: places, role, over: Weight.line, of: own)
    {
      labelled.insert(checkpoint)
    }
  }

  /// What is drawn over what.
  enum Weight {
    static let line = 1
    static let label = 4
    static let point = 5
  }
}

extension FrontState {
  // Cells of a plot to every number in it, at least.
  private static let cellsPerLabel = 16

  /// The sign of a checkpoint on the chart, and how it looks.
  func pointSign(of checkpoint: Int, _ table: CheckpointTable) -> (sign: String, role: Role) {
    if checkpoint == table.selected { return ("*", .winner) }
    if checkpoint == table.runnerUp { return ("r", .heading) }
    return table.statuses[checkpoint] == .candidate
      ? (frameCharacter("●", "o"), .candidate) : (frameCharacter("○", "x"), .text)
  }

  func plot(of chart: ParetoChart, width: Int, height: Int) -> ParetoPlot? {
    guard let range = chart.range, width > 1, height > 1 else { return nil }
    var plot = ParetoPlot(range.x, range.y, width: width, height: height)
    drawFront(of: chart, into: &plot)
    drawThresholds(of: chart, into: &plot)
    let (x, y) = (run.columns[chart.front.x].values, run.columns[chart.front.y].values)
    func cell(_ checkpoint: Int) -> (column: Int, row: Int)? {
      guard let x = x[checkpoint], let y = y[checkpoint] else { return nil }
      return plot.cell(x: x, y: y)
    }
    // The one that decides is drawn last, over those that share its cell.
    let first = [chart.table.selected, chart.table.runnerUp, chart.front.knee].compactMap { $0 }
    let candidates = run.checkpoints.indices.filter { chart.table.statuses[$0] == .candidate }
    let rest = run.checkpoints.indices.filter { chart.table.statuses[$0] != .candidate }
    for checkpoint in rest + candidates + chart.front.members.reversed() + first.reversed() {
      guard let (column, row) = cell(checkpoint) else { continue }
      let (sign, role) = pointSign(of: checkpoint, chart.table)
      plot.put(sign, column, row, role, weight: ParetoPlot.Weight.point)
    }
    // Names in the order in which they are missed: who decides, the thresholds, and the rest.
    label(first, of: chart, most: first.count, into: &plot)
    labelThresholds(of: chart, into: &plot)
    label(
      chart.front.members + candidates + rest, of: chart,
      most: max(3, width * height / Self.cellsPerLabel), into: &plot)
    return plot
  }

  private func label(
    _ checkpoints: [Int], of chart: ParetoChart, most: Int, into plot: inout ParetoPlot
  ) {
    let (x, y) = (run.columns[chart.front.x].values, run.columns[chart.front.y].values)
    for checkpoint in checkpoints.prefix(most) where !plot.labelled.contains(checkpoint) {
      guard let x = x[checkpoint], let y = y[checkpoint], let (column, row) = plot.cell(x: x, y: y)
      else { continue }
      let words = pointName(of: checkpoint)
      let isKnee = checkpoint == chart.front.knee
      plot.label(
        checkpoint, isKnee ? "\(words) K" : words,
        checkpoint == chart.table.selected ? .winner : isKnee ? .heading : .dim, at: column, row)
    }
  }

  /// `30`, of one of several settings `30/0.8`, of one of several runs `gan 30`.
  func pointName(of checkpoint: Int) -> String {
    var name = run.axisValue(of: checkpoint).text
    if let setting = run.setting(of: checkpoint) { name += "/\(TableColumn.text(of: setting))" }
    if let member = run.checkpoints[checkpoint].member {
      name = "\(TextWidth.shortened(run.members[member].shortName, to: 10)) \(name)"
    }
    return name
  }

  /// Cells that the widest of those names takes, at most 18.
  var pointNameWidth: Int {
    let runs = run.members.reduce(0) { max($0, min(10, TextWidth.of($1.shortName)) + 1) }
    let settings = run.samplingSettings.reduce(0) {
      max($0, TextWidth.of(TableColumn.text(of: $1)) + 1)
    }
    return min(18, max(5, axisWidth + runs + settings))
  }

  /// The checkpoints that none dominates, joined.
  private func drawFront(of chart: ParetoChart, into plot: inout ParetoPlot) {
    var canvas = DotCanvas(width: plot.width, height: plot.height, isUTF8: abilities.isUTF8)
    let (x, y) = (run.columns[chart.front.x].values, run.columns[chart.front.y].values)
    let xs = AxisScale(range: plot.xs.range, count: canvas.dotColumns)
    let ys = AxisScale(range: plot.ys.range, count: canvas.dotRows)
    var last: (column: Int, row: Int)?
    for member in chart.front.members {
      guard let column = x[member].flatMap(xs.place), let place = y[member].flatMap(ys.place) else {
        continue
      }
      let dot = (column, canvas.dotRows - 1 - place)
      if let last { canvas.line(from: last, to: dot) }
      last = dot
    }
    for row in 0..<plot.height {
      for column in 0..<plot.width {
        let code = canvas.character(column, row)
        if code != 0x20 {
          plot[column, row] = ParetoPlot.Mark(
            code: code, role: .note, weight: ParetoPlot.Weight.line)
        }
      }
    }
  }

  /// Each threshold of one of the two metrics as a line; that under the cursor is the heavier one, and
  /// where it is moved, a thin one stays where it was.
  private func drawThresholds(of chart: ParetoChart, into plot: inout ParetoPlot) {
    let names = (run.columns[chart.front.x].metric.name, run.columns[chart.front.y].metric.name)
    for (place, group) in chart.groups.enumerated() {
      let isFocused = place == chart.view.focus
      let role: Role = isFocused ? .key : .dim
      let now = chart.value(of: place)
      if group.other == .metric(names.0) {
        let thin = frameCharacter("┊", ":")
        if now != group.value, let old = plot.xs.place(of: group.value) {
          vertical(old, thin, .dim, into: &plot)
        }
        if let column = plot.xs.place(of: now) {
          vertical(column, isFocused ? frameCharacter("┋", "|") : thin, role, into: &plot)
        }
      } else if group.other == .metric(names.1) {
        let thin = frameCharacter("┄", "-")
        if now != group.value, let old = plot.ys.place(of: group.value) {
          horizontal(plot.height - 1 - old, thin, .dim, into: &plot)
        }
        if let level = plot.ys.place(of: now) {
          horizontal(
            plot.height - 1 - level, isFocused ? frameCharacter("┅", "=") : thin, role, into: &plot)
        }
      }
    }
  }

  /// Their values beside the lines, that under the cursor in brackets.
  private func labelThresholds(of chart: ParetoChart, into plot: inout ParetoPlot) {
    let names = (run.columns[chart.front.x].metric.name, run.columns[chart.front.y].metric.name)
    for (place, group) in chart.groups.enumerated() {
      let isFocused = place == chart.view.focus
      let now = chart.value(of: place)
      let clause = "\(group.comparison.rawValue) \(NumberText.shortest(now))"
      let words = isFocused ? "[\(clause)]" : clause
      let count = words.utf8.count
      var places: [(column: Int, row: Int)] = []
      if group.other == .metric(names.0), let column = plot.xs.place(of: now) {
        places = (0..<plot.height).flatMap { [(column + 1, $0), (column - count, $0)] }
      } else if group.other == .metric(names.1), let level = plot.ys.place(of: now) {
        let row = plot.height - 1 - level
        places = stride(from: plot.width - count, through: 0, by: -1).flatMap {
          [($0, row - 1), ($0, row + 1)]
        }
      }
      plot.write(words, at: places, isFocused ? .key : .dim, over: 0)
    }
  }

  private func vertical(
    _ column: Int, _ sign: String, _ role: Role, into plot: inout ParetoPlot
  ) {
    for row in 0..<plot.height { plot.put(sign, column, row, role, weight: 2) }
  }

  private func horizontal(_ row: Int, _ sign: String, _ role: Role, into plot: inout ParetoPlot) {
    for column in stride(from: 0, to: plot.width, by: 2) {
      plot.put(sign, column, row, role, weight: 2)
    }
  }
}
