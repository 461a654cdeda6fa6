import ReviewCore
import TerminalSurface

/// One column of the checkpoint table.
struct TableColumn {
  enum Content {
    case run, axis, setting, metric(Int), status, verdict, rating, failures
  }

  let title: String
  let width: Int
  let content: Content

  /// How many metrics there is no room for, when the rest is shown.
  static func hiddenMetrics(of state: FrontState) -> Int {
    state.run.displayOrder.count - metrics(of: state).count
  }

  private static let narrow = 56
  private static let wide = 110

  /// `0.7/ddim`.
  static func text(of setting: SamplingSetting) -> String {
    setting.parameters.map(\.value).joined(separator: "/")
  }

  /// Those that a run logs, what people judged, and those that the choice goes by; of what was computed beside there is too much
  /// for a table.
  private static func tabled(of state: FrontState) -> [Int] {
    let run = state.run
    let order = run.displayOrder
    guard run.measures != nil else { return order }
    let named = Set(state.rule.rule.metricNames)
    let weighed = run.weighedColumns.map { [$0.x, $0.y] } ?? []
    return order.filter {
      let metric = run.columns[$0].metric
      return metric.origin != .computed || weighed.contains($0) || named.contains(metric.name)
    }
  }

  /// The first ones, and in any case the one that the table is sorted by.
  private static func metrics(of state: FrontState) -> [Int] {
    let all = tabled(of: state)
    let shown = Array(all.prefix(shownMetrics(of: state)))
    guard case .metric(let sorted) = state.sorting.key, !shown.contains(sorted) else {
      return shown
    }
    return (shown.count < shownMetrics(of: state) ? shown : shown.dropLast()) + [sorted]
  }

  // Beside 50 cells for the other columns and a little note.
  private static func shownMetrics(of state: FrontState) -> Int {
    let width =
      state.hasPictures && state.width >= ScreenLayout.wide ? state.width * 45 / 100 : state.width
    return min(state.run.columns.count, max(2, (width - 50) / 10))
  }

  static func columns(of state: FrontState) -> [TableColumn] {
    let run = state.run
    var columns: [TableColumn] = []
    if !run.members.isEmpty {
      let names = run.members.map { state.width < wide ? $0.shortName : $0.name }
      let widest = names.reduce(3) { max($0, TextWidth.of($1)) }
      columns.append(
        TableColumn(title: "run", width: min(widest, state.width < wide ? 10 : 24), content: .run))
    }
    columns.append(
      TableColumn(title: run.axis.rawValue, width: max(5, state.axisWidth), content: .axis))
    if state.hasSettings, state.showsAllSettings {
      let values = run.samplingSettings.map { Self.text(of: $0) }
      let names = run.samplingSettings[0].parameters.map(\.name).joined(separator: "/")
      let title = TextWidth.shortened(names, to: 12)
      let widest = values.reduce(TextWidth.of(title)) { max($0, TextWidth.of($1)) }
      columns.append(TableColumn(title: title, width: min(widest, 20), content: .setting))
    }
    // On a narrow screen the verdict is worth more than the end of a metric's name.
    let (longest, least) = state.width < narrow ? (5, 5) : (12, 7)
    for index in metrics(of: state) {
      let metric = run.columns[index].metric
      // Where there is room for few letters, those that tell one from another.
      let own =
        metric.origin == .judged && JudgedMetric.isOfTrials(metric.name)
        ? String(metric.name.dropFirst(JudgedMetric.family.count + 1)) : metric.name
      let name = PrintableText.singleLine(own)
      let title =
        longest < 10 ? TextWidth.fitted(name, to: longest) : TextWidth.shortened(name, to: longest)
      columns.append(
        TableColumn(title: title, width: max(least, TextWidth.of(title)), content: .metric(index)))
    }
    columns.append(TableColumn(title: "status", width: 9, content: .status))
    columns.append(TableColumn(title: "verdict", width: 7, content: .verdict))
    columns.append(TableColumn(title: "rate", width: 4, content: .rating))
    columns.append(TableColumn(title: "fails", width: 8, content: .failures))
    return columns
  }
}

extension FrontState {
  /// The reviewer's own rating of a checkpoint; else the mean over its samples and all reviewers.
  func ratingText(at checkpoint: Int) -> String {
    if let rating = review.mark(Target(run.position(of: checkpoint))).rating { return "\(rating)" }
    return evaluator.facts.ratings[checkpoint].map { "~" + NumberText.fixed($0, places: 1) } ?? ""
  }

  /// `m3 b1`: letters of the tags with their counts.
  func failureText(at checkpoint: Int) -> String {
    tagCounts(at: checkpoint).map { "\($0.tag.key)\($0.count)" }.joined(separator: " ")
  }
}
