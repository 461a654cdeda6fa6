extension Run {
  /// One run of what was read setting by setting: of each checkpoint, its sample sets one after the
  /// other.
  ///
  /// - Parameter parts: at least one; alike but for samples and numbers of their settings.
  package init(joining parts: [(setting: SamplingSetting, run: Run)]) {
    let parts = parts.sorted { $0.setting < $1.setting }
    let settings = parts.map(\.setting)
    let declared = parts[0].run.declaration.usualSetting
    let usual =
      declared.flatMap { settings.firstIndex(of: $0) } ?? SamplingSetting.usual(of: settings)
    self = parts[usual].run
    samplingSettings = settings
    axis = parts.allSatisfy { $0.run.axis == .epoch } ? .epoch : parts[usual].run.axis
    let axis = axis
    var rows: [(part: Int, index: Int, value: Double)] = []
    for (part, item) in parts.enumerated() {
      for (index, checkpoint) in item.run.checkpoints.enumerated() {
        guard let value = checkpoint.value(on: axis)?.value else { continue }
        rows.append((part, index, value))
      }
    }
    rows.sort { ($0.value, $0.part) < ($1.value, $1.part) }
    checkpoints = rows.map { row in
      var checkpoint = parts[row.part].run.checkpoints[row.index]
      checkpoint.setting = row.part
      checkpoint.isOfUsualSetting = row.part == usual
      return checkpoint
    }
    columns = Self.joinedColumns(parts.map(\.run), rows.map { ($0.part, $0.index) })
    let names = Set(columns.map(\.metric.name))
    for parameter in Set(settings.flatMap { $0.parameters.map(\.name) }).sorted()
    where !names.contains(parameter) {
      let values = rows.map { settings[$0.part].parameter(parameter)?.number }
      guard values.contains(where: { $0 != nil }) else { continue }
      columns.append(
        MetricColumn(
          metric: Metric(name: parameter, origin: .parameter), values: values))
    }
    for index in columns.indices where isParameter(columns[index].metric.name) {
      columns[index].metric.origin = .parameter
      columns[index].metric.direction = nil
    }
    for index in arrays.indices {
      let (role, name) = (arrays[index].role, arrays[index].name)
      let found = parts.map { part in
        part.run.arrays.first { $0.role == role && $0.name == name }
      }
      arrays[index].places = rows.map { row in
        found[row.part].flatMap {
          $0.places.indices.contains(row.index) ? $0.places[row.index] : nil
        }
      }
    }
    for (setting, run) in parts {
      warnings += run.warnings.filter { !warnings.contains($0) }
      for line in run.reading where !reading.contains(line) { reading.append(line) }
      _ = setting
    }
    measures = nil
  }

  /// Whether a name is that of a parameter that samples were drawn with.
  package func isParameter(_ name: String) -> Bool {
    samplingSettings.contains { $0.parameter(name) != nil }
  }

  /// Columns by name over rows of several runs; nil where a run lacks the metric.
  static func joinedColumns(_ runs: [Run], _ rows: [(run: Int, index: Int)]) -> [MetricColumn] {
    var names: [String] = []
    var known: Set<String> = []
    for run in runs {
      for column in run.columns where known.insert(column.metric.name).inserted {
        names.append(column.metric.name)
      }
    }
    return names.map { name in
      let columns = runs.map { $0.column(named: name) }
      var metric = columns.lazy.compactMap { $0?.metric }.first ?? Metric(name: name)
      metric.direction =
        columns.lazy.compactMap { $0?.metric.direction }.first ?? metric.direction
      return MetricColumn(
        metric: metric, values: rows.map { columns[$0.run]?.values[$0.index] },
        errors: rows.map { columns[$0.run]?.error(at: $0.index) })
    }
  }

  /// The rows of the same checkpoint, under all of its settings, ascending.
  package func settingsRows(of index: Int) -> Range<Int> {
    let member = checkpoints[index].member
    let value = axisValue(of: index).value
    func isSame(_ other: Int) -> Bool {
      checkpoints.indices.contains(other) && checkpoints[other].member == member
        && axisValue(of: other).value == value
    }
    var (low, high) = (index, index)
    while isSame(low - 1) { low -= 1 }
    while isSame(high + 1) { high += 1 }
    return low..<high + 1
  }
}
