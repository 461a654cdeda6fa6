package import ReviewCore

/// What the chart of two metrics is drawn from, worked out when it opens and when a threshold moves.
package struct ParetoChart: Sendable {
  /// What it was worked out for.
  private(set) var view: ParetoView
  package let front: ParetoFront
  /// Checkpoints that have no place on the chart.
  let unplacedCount: Int
  /// From axis to axis; nil where no checkpoint is placed.
  let range: (x: ClosedRange<Double>, y: ClosedRange<Double>)?
  let groups: [ThresholdGroup]
  /// The rule as it stands, and with the thresholds where they were moved to.
  private let evaluatorNow: RuleEvaluator
  private let tableNow: CheckpointTable
  package private(set) var evaluator: RuleEvaluator
  package private(set) var table: CheckpointTable
  private var field: ThresholdField
  /// Of the threshold under the cursor; nil where the rule has none.
  package private(set) var line: ThresholdLine?
  /// Of the threshold under the cursor: what a key moves it by, and how far.
  private(set) var step: DecimalStep?
  private(set) var reach: ClosedRange<Double> = 0...0
  var plot: ParetoPlot?
  var map: ThresholdPlot?

  /// - Complexity: O(n log n).
  init(of run: Run, _ view: ParetoView, evaluator: RuleEvaluator, table: CheckpointTable) {
    self.view = view
    front = ParetoFront(of: run, x: view.x, y: view.y)
    groups = view.rule.thresholdGroups
    evaluatorNow = evaluator
    tableNow = table
    self.evaluator = evaluator
    self.table = table
    field = ThresholdField(evaluator)
    var x = AxisExtent()
    var y = AxisExtent()
    var placed = 0
    let (first, second) = (run.columns[view.x].values, run.columns[view.y].values)
    for index in run.checkpoints.indices {
      guard let a = first[index], let b = second[index], a.isFinite, b.isFinite else { continue }
      placed += 1
      x.add(a)
      y.add(b)
    }
    unplacedCount = run.checkpoints.count - placed
    // Lines that lie beside the points are worth some room; far ones would squeeze these.
    for group in groups {
      if group.other == .metric(run.columns[view.x].metric.name) { x.add(near: group.value) }
      if group.other == .metric(run.columns[view.y].metric.name) { y.add(near: group.value) }
    }
    range = x.padded.flatMap { x in y.padded.map { (x, $0) } }
    judge()
    look()
  }

  /// Takes over what keys changed.
  ///
  /// - Returns: whether it could; another rule or other metrics need a chart of their own.
  mutating func take(_ next: ParetoView) -> Bool {
    guard next.rule == view.rule, next.x == view.x, next.y == view.y else { return false }
    func others(_ view: ParetoView) -> [Int: Double] { view.moved.filter { $0.key != next.focus } }
    let hasMoved = next.moved != view.moved
    // The line of a threshold is the same wherever that one stands.
    let hasOtherLine = next.focus != view.focus || others(next) != others(view)
    view = next
    if hasMoved { judge() }
    if hasOtherLine { look() }
    if hasMoved || hasOtherLine { plot = nil }
    // A map is the same wherever its own two thresholds stand.
    if let map, held(on: map) != map.held { self.map = nil }
    return true
  }

  /// - Complexity: O(n) evaluations of the rule.
  private mutating func judge() {
    // The metrics are those of the rule as it is, which has been judged.
    guard !view.moved.isEmpty,
      let moved = try? RuleEvaluator(view.movedRule, facts: evaluatorNow.facts)
    else {
      (evaluator, table) = (evaluatorNow, tableNow)
      field = field.judged(by: evaluatorNow)
      return
    }
    evaluator = moved
    table = CheckpointTable(judging: moved)
    field = field.judged(by: moved)
  }

  /// - Complexity: O(n log n).
  private mutating func look() {
    guard let group = focused else {
      line = nil
      return
    }
    line = ThresholdLine(group, of: field)
    var extent = AxisExtent()
    for index in 0..<evaluator.facts.count {
      if let value = evaluator.value(group.other, at: index), value.isFinite { extent.add(value) }
    }
    if extent.isEmpty { extent.add(group.value) }
    let own = extent.range ?? 0...0
    let span = own.upperBound / 2 - own.lowerBound / 2
    step =
      DecimalStep(about: span / 25) ?? DecimalStep(about: group.value.magnitude / 50)
      ?? DecimalStep(about: 0.02)
    extent.add(group.value)
    reach = extent.widened(by: 1) ?? own
    if reach.lowerBound == reach.upperBound { reach = extent.padded ?? own }
  }

  var focused: ThresholdGroup? {
    groups.indices.contains(view.focus) ? groups[view.focus] : nil
  }

  /// Where a threshold stands now.
  func value(of place: Int) -> Double { view.moved[place] ?? groups[place].value }

  /// The place of the stretch that the threshold under the cursor stands in.
  var here: Int { line.map { $0.place(of: value(of: view.focus)) } ?? 0 }

  /// The map of two thresholds for a size, the others where they are now.
  mutating func prepareMap(
    _ pair: (x: ThresholdGroup, y: ThresholdGroup), width: Int, height: Int
  ) {
    guard map.map({ ($0.width, $0.height) == (width, height) }) != true, width > 0, height > 0
    else { return }
    var next = ThresholdPlot(
      ThresholdMap(field, x: pair.x, y: pair.y), checkpoints: evaluator.facts.count, width: width,
      height: height)
    next.held = held(on: next)
    map = next
  }

  /// Where thresholds were moved to that are not those of a map.
  private func held(on map: ThresholdPlot) -> [Int: Double] {
    view.moved.filter { groups[$0.key] != map.x && groups[$0.key] != map.y }
  }

  /// `what if diversity >= 0.47: epoch 60 (as it is: epoch 30)`; nil where nothing was moved.
  ///
  /// - Parameter isShort: without the thresholds, which stand above, and the counts.
  func whatIf(in run: Run, isShort: Bool = false) -> String? {
    guard !view.moved.isEmpty else { return nil }
    func words(_ winner: Int?) -> String { winner.map { run.position(of: $0).words } ?? "none" }
    let clauses = view.moved.keys.sorted().map { clause(of: $0) }
    var text = isShort ? "what if: " : "what if \(clauses.joined(separator: ", ")): "
    text +=
      table.selected == tableNow.selected
      ? "still \(words(table.selected))"
      : "\(words(table.selected)) (as it is: \(words(tableNow.selected)))"
    guard !isShort else { return text }
    let counts = (table.candidateCount, tableNow.candidateCount)
    if counts.0 != counts.1 {
      text += ", \(counts.0) candidate\(counts.0 == 1 ? "" : "s") (\(counts.1))"
    }
    return text
  }

  /// `diversity >= 0.47`, with the threshold where it is now.
  func clause(of place: Int) -> String {
    guard let value = view.moved[place] else { return groups[place].clause }
    return "\(groups[place].other.text) \(groups[place].comparison.rawValue) "
      + NumberText.shortest(value)
  }
}
