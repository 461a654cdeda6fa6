import ReviewCore

/// Sections 9 and 10: the training log, and what people rated.
extension ReportDocument {
  // A log of more series than this is listed by its first ones.
  static let mostSeries = 24
  static let mostCharts = 6
  static let mostAlarms = 20

  mutating func addTraining() {
    guard !isComparison else {
      addTrainingOfRuns()
      return
    }
    let summaries = report.run.series.map(SeriesSummary.init)
    // Of computed metrics the table of those says it.
    let falls = report.largestFalls.filter {
      report.run.column(named: $0.name)?.metric.origin != .computed
    }
    let steps = falls.map { fall -> [Span] in
      let change =
        "\(NumberText.general(fall.before, digits: 4)) to "
        + NumberText.general(fall.after, digits: 4)
      return ["\(fall.name): \(change), from \(words(fall.from)) to \(words(fall.to))"]
    }
    var stability: [ReportBlock] = []
    if !steps.isEmpty {
      stability = [
        .paragraph(["The largest worsening of each metric from one checkpoint to the next:"]),
        .list(steps),
      ]
    }
    let record = report.evidence.alarmRecord
    let alarms = record.items.map(\.alarm)
    if !alarms.isEmpty {
      stability += blocks(of: record)
    } else if !report.run.columns.isEmpty {
      stability.append(.paragraph(["No alarm: diversity never fell while quality rose."]))
    }
    stability += measured
    let course = [courseChart(alarms)].compactMap { $0 }
    guard !summaries.isEmpty else {
      section(
        .training, "Training log and stability",
        course + stability + [.paragraph(["No training log was found."])])
      return
    }
    let rows = report.run.series.prefix(Self.mostSeries).map { series -> [[Span]] in
      Self.cells(of: series, at: report.kept.map { report.run.checkpoints[$0] })
        .map { [.text($0)] }
    }
    var blocks: [ReportBlock] = [
      .table(header: Self.seriesHeader(at: "the choice").map { [.text($0)] }, rows: rows)
    ]
    if summaries.count > Self.mostSeries {
      blocks.append(.paragraph(["\(summaries.count - Self.mostSeries) further series."]))
    }
    for place in report.run.series.indices.prefix(Self.mostCharts) {
      blocks.append(seriesChart(report.run.series[place], place: place))
    }
    section(.training, "Training log and stability", course + stability + blocks)
  }

  static func seriesHeader(at place: String) -> [String] {
    [
      "series", "by", "points", "first", "last", "lowest (at)", "highest (at)", "not finite",
      "at \(place)", "course",
    ]
  }

  /// As many as the header has.
  static func cells(of series: Series, at checkpoint: Checkpoint?) -> [String] {
    let summary = SeriesSummary(series)
    func number(_ value: Double?) -> String {
      value.map { NumberText.general($0, digits: 4) } ?? "-"
    }
    func extreme(_ point: SeriesSummary.Point?) -> String {
      point.map { "\(number($0.value)) (\(NumberText.shortest($0.position)))" } ?? "-"
    }
    let choice = checkpoint.flatMap { series.place(of: $0) }
    return [
      series.name, series.axis.rawValue, String(series.values.count), number(summary.first),
      number(summary.last), extreme(summary.lowest), extreme(summary.highest),
      String(summary.gapCount), number(choice.map { series.values[$0] }),
      SeriesSummary.line(series, columns: 24),
    ]
  }

  /// Every alarm with what reviewers said of it.
  func blocks(of record: AlarmRecord) -> [ReportBlock] {
    var blocks: [ReportBlock] = [
      .paragraph([
        .text(
          "Alarms, by \(isComparison ? "run" : report.run.axis.rawValue). Each is a suggestion that a reviewer "
            + "accepts or refuses; \(record.words).")
      ]),
      .list(
        record.items.prefix(Self.mostAlarms).map { item in
          let answers =
            item.accepted.map { "accepted by \($0)" } + item.refused.map { "refused by \($0)" }
          let words = answers.isEmpty ? "" : " (\(answers.joined(separator: ", ")))"
          return ["\(self.words(item.alarm.index)): \(item.alarm.sentence)\(words)"]
        }),
    ]
    let left = record.items.count - Self.mostAlarms
    if left > 0 { blocks.append(.paragraph(["\(left) further alarms."])) }
    return blocks
  }

  mutating func addRatings() {
    let ratings = report.ratings
    let trials = trialBlocks()
    guard !ratings.isEmpty else {
      section(
        .ratings, "Human evaluation",
        trials.isEmpty ? [.paragraph(["Nobody rated a checkpoint or a sample."])] : trials)
      return
    }
    let isOfSeveral = isComparison || !report.run.samplingSettings.isEmpty
    let header = [
      isOfSeveral ? "checkpoint" : report.run.axis.rawValue, "what", "n", "median", "middle half",
      "1", "2", "3", "4", "5",
      "raters",
    ]
    let rows = ratings.map { rating -> [[Span]] in
      func number(_ value: Double) -> String { NumberText.general(value, digits: 3) }
      let cells: [String] =
        [
          isOfSeveral
            ? words(rating.index) : report.run.axisValue(of: rating.index).padded,
          rating.isOfSamples ? "samples" : "checkpoint", String(rating.values.count),
          number(rating.quantile(0.5)),
          "\(number(rating.quantile(0.25))) to \(number(rating.quantile(0.75)))",
        ]
        + (1...5).map { level in String(rating.values.count { $0 == level }) }
        + [rating.raters.joined(separator: ", ")]
      return cells.map { [.text($0)] }
    }
    section(
      .ratings, "Human evaluation",
      trials
        + (trials.isEmpty ? [] : [.heading(["Ratings given while reviewing"])]) + [
          .paragraph([
            .text(
              "Ratings from 1, the worst, to 5, given by key while reviewing: not blind, not in random "
                + "order. They say what the raters thought, not how well the model would do in a trial."
            )
          ]), .table(header: header.map { [.text($0)] }, rows: rows),
        ])
  }
}

/// A series in a few numbers.
struct SeriesSummary {
  struct Point {
    let position: Double
    let value: Double
  }

  let first: Double?
  let last: Double?
  /// Of the finite values, the earliest where several are equal.
  let lowest: Point?
  let highest: Point?
  /// How many values are not finite.
  let gapCount: Int

  /// The series in so many characters, from its lowest mean to its highest; a blank where there is
  /// no finite value.
  ///
  /// - Complexity: O(n).
  static func line(_ series: Series, columns: Int) -> String {
    let count = min(columns, series.values.count)
    guard count > 0 else { return "" }
    var sums = [Double](repeating: 0, count: count)
    var numbers = [Int](repeating: 0, count: count)
    for (index, value) in series.values.enumerated() where value.isFinite {
      let column = index * count / series.values.count
      sums[column] += value
      numbers[column] += 1
    }
    let means = zip(sums, numbers).map { $1 > 0 ? $0 / Double($1) : nil }
    let known = means.compactMap { $0 }.filter(\.isFinite)
    guard let low = known.min(), let high = known.max() else { return "" }
    let span = high - low
    return String(
      means.map { mean -> Character in
        guard let mean, mean.isFinite else { return " " }
        guard span > 0, span.isFinite else { return heights[3] }
        return heights[min(7, Int((mean - low) / span * 8))]
      })
  }

  private static let heights = Array("▁▂▃▄▅▆▇█")

  /// - Complexity: O(n).
  init(_ series: Series) {
    first = series.values.first
    last = series.values.last
    var lowest: Point?
    var highest: Point?
    var gaps = 0
    for (position, value) in zip(series.positions, series.values) {
      guard value.isFinite else {
        gaps += 1
        continue
      }
      let point = Point(position: position, value: value)
      if lowest.map({ value < $0.value }) ?? true { lowest = point }
      if highest.map({ value > $0.value }) ?? true { highest = point }
    }
    self.lowest = lowest
    self.highest = highest
    gapCount = gaps
  }
}
