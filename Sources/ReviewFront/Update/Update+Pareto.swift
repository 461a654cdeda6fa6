import ReviewCore
import TerminalSurface

extension FrontState {
  mutating func openChart() {
    guard let columns = run.weighedColumns else { return }
    mode = .pareto(ParetoView(x: columns.x, y: columns.y, rule: rule.rule))
  }

  /// A key while the chart of two metrics is shown.
  mutating func take(_ key: Key, _ view: ParetoView) -> [Effect] {
    message = nil
    if case .click(let column, let row) = key { return click(column, row, view) }
    switch keyMap[key] {
    case .nextCheckpoint, .previousCheckpoint, .tenForward, .tenBack, .firstCheckpoint,
      .lastCheckpoint, .pageForward, .pageBack, .nextUndecided, .previousUndecided, .undo, .redo,
      .nextSetting, .previousSetting, .quit:
      return keyMap[key].map { perform($0) } ?? []
    case .editRule, .trainingLog: return keyMap[key].map { perform($0) } ?? []
    case .winner: return goToWinner()
    case .lessContrast: moveThreshold(view, isUp: false)
    case .moreContrast: moveThreshold(view, isUp: true)
    case .darker: moveToNextWinner(view, isUp: false)
    case .lighter: moveToNextWinner(view, isUp: true)
    case .resetPicture: putBack(view)
    case .sort: turn(view, \.y)
    case .reverseSort: turn(view, \.x)
    case .pareto: switchMap(view)
    case .closer: return view.moved.isEmpty ? lookCloser() : takeRule(view)
    case .back, .backOrQuit: climb(view)
    case .why: explainPoint(view)
    case .help:
      underlay = mode
      mode = .help(top: 0)
    default:
      if key == .backTab || keyMap[key] == .nextPane {
        focusThreshold(view, by: key == .backTab ? -1 : 1)
      } else {
        message = Message(
          .info,
          "\(key.name) means nothing on the chart; \(keyMap.name(of: .help)) shows all keys")
      }
    }
    return []
  }

  /// On a hint, what that says; on the chart, the nearest checkpoint.
  private mutating func click(_ column: Int, _ row: Int, _ view: ParetoView) -> [Effect] {
    if row == height - 1 {
      let hint = hints.first { $0.columns.contains(column) }
      return hint.flatMap { keyMap.keys(of: $0.command).first }.map { take($0, view) } ?? []
    }
    guard let chart, let plot = chart.plot else { return [] }
    let area = paretoLayout(hasThreshold: chart.line != nil).plot
    let (x, y) = (run.columns[view.x].values, run.columns[view.y].values)
    var nearest: (checkpoint: Int, distance: Int)?
    for checkpoint in run.checkpoints.indices {
      guard let first = x[checkpoint], let second = y[checkpoint],
        let cell = plot.cell(x: first, y: second)
      else { continue }
      // A cell is about twice as high as it is wide.
      let distance = abs(area.x + cell.column - column) + 2 * abs(area.y + cell.row - row)
      if distance < nearest?.distance ?? 8 { nearest = (checkpoint, distance) }
    }
    return nearest.map { go(to: $0.checkpoint) } ?? []
  }

  private mutating func show(_ view: ParetoView) { mode = .pareto(view) }

  private mutating func goToWinner() -> [Effect] {
    guard let winner = chart?.table.selected else {
      message = Message(.warning, "the rule selects none")
      return []
    }
    return go(to: winner)
  }

  private mutating func lookCloser() -> [Effect] {
    mode = .browse
    place.depth = .table
    return perform(.closer)
  }

  /// Thresholds first, then the map, then the chart itself.
  private mutating func climb(_ view: ParetoView) {
    var view = view
    if !view.moved.isEmpty {
      putBack(view)
    } else if view.isMap {
      view.isMap = false
      show(view)
    } else {
      mode = .browse
    }
  }

  private mutating func putBack(_ view: ParetoView) {
    guard !view.moved.isEmpty else {
      message = Message(.info, "the rule is as it was")
      return
    }
    var view = view
    view.moved = [:]
    show(view)
    let winner = table.selected.map { run.position(of: $0).words } ?? "none"
    message = Message(.info, "the thresholds are as they were: \(winner)")
  }

  private mutating func takeRule(_ view: ParetoView) -> [Effect] {
    if let reason = readOnly ?? reason(against: .editRule) {
      message = Message(.warning, reason)
      return []
    }
    // Until it is on disk the chart stays as it is: a refusal loses nothing.
    return record(.rule(view.movedRule.text))
  }

  /// The why-box is of the rule as it is; of a moved one the reason is said in place.
  private mutating func explainPoint(_ view: ParetoView) {
    guard !view.moved.isEmpty, let chart else {
      underlay = mode
      mode = .why(top: 0)
      return
    }
    let found = chart.evaluator.explanation(of: place.checkpoint, in: chart.table)
    message = Message(.info, "what if: \(position.words) \(found.summary(run: run))")
  }

  // MARK: Axes

  private mutating func turn(_ view: ParetoView, _ axis: WritableKeyPath<ParetoView, Int>) {
    guard !view.isMap else {
      message = Message(.info, "the map's axes are the rule's thresholds")
      return
    }
    guard run.columns.count > 2 else {
      message = Message(.info, "this run has no third metric")
      return
    }
    var view = view
    let all = run.displayOrder
    repeat {
      let place = all.firstIndex(of: view[keyPath: axis]) ?? 0
      view[keyPath: axis] = all[(place + 1) % all.count]
    } while view.x == view.y
    show(view)
  }

  private mutating func switchMap(_ view: ParetoView) {
    var view = view
    if !view.isMap, let reason = reasonAgainstMap {
      message = Message(.warning, reason)
      return
    }
    view.isMap.toggle()
    show(view)
  }

  private var reasonAgainstMap: String? {
    guard rule.rule.mappedThresholds == nil else { return nil }
    let count = rule.rule.thresholdGroups.count
    if count < 2 {
      return "a map is of two thresholds; the rule has \(count == 0 ? "none" : "one")"
    }
    return "a map needs a threshold in the where of the rule: nothing else moves the choice"
  }

  // MARK: Thresholds

  private mutating func focusThreshold(_ view: ParetoView, by step: Int) {
    let count = view.rule.thresholdGroups.count
    guard count > 1 else {
      message = Message(
        .info, count == 0 ? "the rule has no threshold" : "the rule has one threshold")
      return
    }
    var view = view
    view.focus = (view.focus + step + count) % count
    show(view)
  }

  private mutating func moveThreshold(_ view: ParetoView, isUp: Bool) {
    guard let chart, chart.focused != nil, let step = chart.step else {
      message = Message(.info, "the rule has no threshold that could be moved")
      return
    }
    let before = chart.value(of: view.focus)
    let value = step.multiple(after: before, isUp: isUp)
    guard value.isFinite, value != before, chart.reach.contains(value) else {
      message = Message(.info, "no checkpoint is farther \(isUp ? "up" : "down")")
      return
    }
    move(view, to: value)
  }

  private mutating func moveToNextWinner(_ view: ParetoView, isUp: Bool) {
    guard let chart, let line = chart.line, let step = chart.step else {
      message = Message(.info, "the rule has no threshold that could be moved")
      return
    }
    let next = chart.here + (isUp ? 1 : -1)
    guard line.stretches.indices.contains(next),
      let value = step.value(in: line.stretches[next], isUp: isUp)
    else {
      message = Message(
        .info,
        line.stretches.count == 1
          ? "the winner is the same wherever this threshold stands"
          : "farther \(isUp ? "up" : "down") the winner stays the same")
      return
    }
    move(view, to: value)
  }

  private mutating func move(_ view: ParetoView, to value: Double) {
    var view = view
    let groups = view.rule.thresholdGroups
    view.moved[view.focus] = groups[view.focus].value == value ? nil : value
    show(view)
  }

  // MARK: What it is drawn from

  /// Works out anew what a key, a rule or a size has changed, and nothing else.
  mutating func prepareChart() {
    guard case .pareto(var view) = shownMode else {
      chart = nil
      return
    }
    if view.rule != rule.rule {
      // Another rule has other thresholds.
      let isMap = view.isMap && rule.rule.mappedThresholds != nil
      let focus = view.focus
      view = ParetoView(x: view.x, y: view.y, rule: rule.rule)
      view.isMap = isMap
      if view.rule.thresholdGroups.indices.contains(focus) { view.focus = focus }
      if underlay == nil { mode = .pareto(view) } else { underlay = .pareto(view) }
    }
    // Taken out of the state while it changes, so that nothing is copied.
    var next = chart
    chart = nil
    if next?.take(view) != true {
      next = ParetoChart(of: run, view, evaluator: evaluator, table: table)
    }
    guard var next else { return }
    let layout = paretoLayout(hasThreshold: next.line != nil)
    let (columns, rows) = (layout.plot.width, layout.plot.height)
    if view.isMap, let pair = view.rule.mappedThresholds {
      next.prepareMap(pair, width: columns, height: rows)
    } else {
      next.map = nil
      if next.plot.map({ ($0.width, $0.height) == (columns, rows) }) != true {
        next.plot = plot(of: next, width: columns, height: rows)
      }
    }
    chart = next
  }
}
