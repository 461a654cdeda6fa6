import ReviewCore

/// What `keepoch measure` prints.
struct MeasureAnswer {
  /// With the numbers taken in.
  let run: Run
  let measures: RunMeasures
  /// What they were worked out by.
  let engine: String

  private var columns: [MetricColumn] { run.columns.filter { $0.metric.origin == .computed } }

  /// Every weakness once.
  var remarkLines: [String] {
    let all = measures.checkpoints.count { $0 != nil }
    return measures.remarks.map { text, count in
      count == all ? text : "\(text) (\(count) of \(all) checkpoints)"
    }
  }

  /// One line a checkpoint, `name=value` with its standard error behind `+-`; then how steady each is, and
  /// which neighbours in the order of each cannot be told apart.
  var text: String {
    var lines = ["generation_measures"]
    for index in run.checkpoints.indices where measures.checkpoints[index] != nil {
      var fields = ["\(run.axis.rawValue)=\(run.axisValue(of: index).padded)"]
      for column in columns {
        guard let value = column.values[index] else { continue }
        let error = column.error(at: index).map { "+-\(NumberText.general($0, digits: 2))" } ?? ""
        fields.append(
          "\(PrintableText.fieldName(column.metric.name))=\(NumberText.general(value, digits: 4))\(error)"
        )
      }
      lines.append(fields.joined(separator: " "))
    }
    lines += stabilityLines
    for alarm in Alarm.all(of: run) {
      lines.append("alarm \(run.position(of: alarm.index).label) \(alarm.sentence)")
    }
    return lines.map { PrintableText.escaped($0) + "\n" }.joined()
  }

  private var stabilityLines: [String] {
    columns.compactMap { column in
      let known = column.values.indices.filter { column.values[$0]?.isFinite == true }
      let values = known.compactMap { column.values[$0] }
      guard values.count > 2, let direction = column.metric.direction,
        let stability = SeriesStability(values, higherIsBetter: direction == .higher)
      else { return nil }
      let worst = run.position(of: known[stability.maxDrawdownAt]).label
      let trend = stability.trend.map { " trend=\(NumberText.general($0.spearman, digits: 2))" }
      let step = run.position(of: known[stability.worstStepAt]).label
      let turns = stability.oscillation.map {
        " oscillation=\(NumberText.general($0, digits: 3))"
      }
      return "stability \(PrintableText.fieldName(column.metric.name)) "
        + "variation=\(NumberText.general(stability.totalVariation, digits: 3))\(turns ?? "") "
        + "drawdown=\(NumberText.general(stability.maxDrawdown, digits: 3)) at \(worst) "
        + "worst_step=\(NumberText.general(stability.worstStep, digits: 3)) at \(step)\(trend ?? "")"
    }
  }

  private func stability(_ column: MetricColumn) -> JSONText? {
    let known = column.values.indices.filter { column.values[$0]?.isFinite == true }
    guard let direction = column.metric.direction,
      let found = SeriesStability(
        known.compactMap { column.values[$0] }, higherIsBetter: direction == .higher)
    else { return nil }
    func place(_ index: Int) -> JSONText { .number(run.axisValue(of: known[index]).value) }
    func number(_ value: Double?) -> JSONText { value.map { .number($0) } ?? .null }
    return .object([
      ("name", .string(column.metric.name)), ("totalVariation", .number(found.totalVariation)),
      ("oscillation", number(found.oscillation)), ("maxDrawdown", .number(found.maxDrawdown)),
      ("maxDrawdownAt", place(found.maxDrawdownAt)), ("worstStep", .number(found.worstStep)),
      ("worstStepAt", place(found.worstStepAt)),
      ("worstStepRobustZ", number(found.worstStepRobustZ)),
      ("bestAt", place(found.bestAt)), ("spearman", number(found.trend?.spearman)),
      ("kendallTauB", number(found.trend?.kendallTauB)),
      ("mannKendallZ", number(found.trend?.mannKendallZ)),
      ("senSlope", number(found.trend?.senSlope)),
    ])
  }

  var json: String {
    func number(_ value: Double?) -> JSONText { value.map { .number($0) } ?? .null }
    return JSONText.object([
      ("schema", .string("keepoch.measure/1")), ("run", .string(run.name)),
      ("axis", .string(run.axis.rawValue)), ("engine", .string(engine)),
      (
        "columns",
        .array(
          columns.map {
            .object([
              ("name", .string($0.metric.name)),
              ("direction", $0.metric.direction.map { .string($0.rawValue) } ?? .null),
              ("explanation", .string($0.metric.explanation ?? "")),
            ])
          })
      ),
      (
        "checkpoints",
        .array(
          run.checkpoints.indices.compactMap { index -> JSONText? in
            guard let measures = measures.checkpoints[index] else { return nil }
            let known = columns.filter { $0.values[index] != nil }
            return .object([
              (run.axis.rawValue, .number(run.axisValue(of: index).value)),
              (
                "values",
                .object(known.map { (key: $0.metric.name, value: number($0.values[index])) })
              ),
              (
                "standardErrors",
                .object(
                  known.filter { $0.error(at: index) != nil }.map {
                    (key: $0.metric.name, value: number($0.error(at: index)))
                  })
              ), ("remarks", .array(measures.remarks.map { .string($0) })),
              (
                "profiles",
                .object(
                  measures.profiles.map {
                    (key: $0.name, value: .array($0.values.map { .number($0) }))
                  })
              ),
            ])
          })
      ), ("stability", .array(columns.compactMap(stability))),
      (
        "alarms",
        .array(
          Alarm.all(of: run).map { alarm in
            .object([
              (run.axis.rawValue, .number(run.axisValue(of: alarm.index).value)),
              ("kind", .string(alarm.kind.rawValue)), ("evidence", .string(alarm.evidence)),
            ])
          })
      ),
    ]).indentedText
  }
}
