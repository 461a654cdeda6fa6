package import ReviewCore

/// The checkpoint table in the formats of `keepoch table`.
package struct TableText {
  private let run: Run
  private let table: CheckpointTable
  private let override: Position?
  /// Places of the metrics, quality and diversity first.
  private let order: [Int]
  /// Metrics that the rule names.
  private let named: Set<String>

  package init(
    run: Run, table: CheckpointTable, override: Position?, named: Set<String> = []
  ) {
    self.named = named
    self.run = run
    self.table = table
    self.override = override
    order = run.displayOrder
  }

  /// One line a checkpoint, then the selection.
  package var text: String {
    var text = "\(OwnOutput.tableTitle)\n"
    // A second reviewer changes nothing that a script reads, unless the rule asks for it.
    let order = self.order.filter {
      let metric = run.columns[$0].metric
      return metric.origin != .judged || metric.name != JudgedMetric.agreement
        || named.contains(metric.name)
    }
    let names = order.map { PrintableText.fieldName(run.columns[$0].metric.name) }
    for index in run.checkpoints.indices {
      text += owner(of: index).map { "\($0)=\(PrintableText.fieldName($1)) " }.joined()
      text += "\(run.axis(of: index).rawValue)=\(run.axisValue(of: index).padded)"
      text += parameters(of: index).map { " \($0)=\(PrintableText.fieldName($1))" }.joined()
      for (name, column) in zip(names, order) {
        text += " \(name)=\(run.metricText(column, at: index))"
      }
      text += " status=\(table.statuses[index].rawValue)\n"
    }
    text += "selected_\(selectedAxis.rawValue): \(selected ?? "none")\n"
    if let index = table.selected {
      for (name, value) in owner(of: index) { text += "selected_\(name): \(value)\n" }
      if let setting = run.setting(of: index) { text += "selected_setting: \(setting.name)\n" }
    }
    if let override {
      text += "override_\(override.axis.rawValue): \(NumberText.shortest(override.value))\n"
      if let member = override.run { text += "override_run: \(member)\n" }
      if let setting = override.setting { text += "override_setting: \(setting)\n" }
    }
    return text
  }

  private var selectedAxis: Axis { table.selected.map { run.axis(of: $0) } ?? run.axis }

  /// What stands before the place on the axis: the run, where several are compared.
  private func owner(of index: Int) -> [(String, String)] {
    run.checkpoints[index].member.map { [("run", run.members[$0].name)] } ?? []
  }

  /// What stands behind it: how the samples were drawn, where the run has several settings.
  private func parameters(of index: Int) -> [(String, String)] {
    run.setting(of: index)?.parameters.map { ($0.name, $0.value) } ?? []
  }

  /// Names of the columns of `owner(of:)` and `parameters(of:)` over all checkpoints.
  private var ownColumns: (before: [String], behind: [String]) {
    (
      run.members.isEmpty ? [] : ["run"],
      Set(run.samplingSettings.flatMap { $0.parameters.map(\.name) }).sorted()
    )
  }

  /// The fields of a row under `ownColumns`, with the place on the axis between them.
  private func ownFields(of index: Int, place: String) -> [String] {
    let (before, behind) = ownColumns
    let own = Dictionary(parameters(of: index)) { first, _ in first }
    return (before.isEmpty ? [] : owner(of: index).map(\.1)) + [place]
      + behind.map { own[$0] ?? "" }
  }

  /// RFC 4180, the values unrounded.
  package var csv: String {
    var text =
      (ownColumns.before + [run.axis.rawValue] + ownColumns.behind
      + order.map { run.columns[$0].metric.name } + OwnOutput.tableColumns)
      .map(CSVText.field).joined(separator: ",") + "\r\n"
    for index in run.checkpoints.indices {
      let values = order.map { column in
        run.columns[column].values[index].map { NumberText.shortest($0) } ?? ""
      }
      let fields =
        ownFields(of: index, place: run.axisValue(of: index).text) + values + [
          table.statuses[index].rawValue, table.selected == index ? "yes" : "",
        ]
      text += fields.map(CSVText.field).joined(separator: ",") + "\r\n"
    }
    return text
  }

  package var markdown: String {
    var text = MarkdownText.row(
      [""] + (ownColumns.before + [run.axis.rawValue] + ownColumns.behind).map(MarkdownText.escaped)
        + order.map { MarkdownText.escaped(run.columns[$0].metric.name) }
        + ["status"])
    text += MarkdownText.row(
      Array(
        repeating: "---",
        count: order.count + 3 + ownColumns.before.count + ownColumns.behind.count))
    for index in run.checkpoints.indices {
      text += MarkdownText.row(
        [table.selected == index ? "selected" : ""]
          + ownFields(of: index, place: run.axisValue(of: index).padded).map(MarkdownText.escaped)
          + order.map { run.metricText($0, at: index) } + [table.statuses[index].rawValue])
    }
    return text
  }

  /// `keepoch.table/1`.
  package var json: String {
    let rows = run.checkpoints.indices.map { index in
      JSONText.object(
        place(of: index) + [
          (
            "metrics",
            .object(
              order.compactMap { column in
                run.columns[column].values[index].map {
                  (run.columns[column].metric.name, .number($0))
                }
              })
          ),
          ("status", .string(table.statuses[index].rawValue)),
          ("selected", .bool(table.selected == index)),
        ])
    }
    var members: [(key: String, value: JSONText)] = [
      ("schema", .string("keepoch.table/1")), ("run", .string(run.name)),
      ("axis", .string(run.axis.rawValue)), ("checkpoints", .array(rows)),
      (
        "selected_\(selectedAxis.rawValue)",
        table.selected.map { .number(run.axisValue(of: $0).value) } ?? .null
      ),
    ]
    if let index = table.selected {
      for (name, value) in owner(of: index) { members.append(("selected_\(name)", .string(value))) }
      if let setting = run.setting(of: index) {
        members.append(("selected_setting", .string(setting.name)))
      }
    }
    if let override {
      members.append(("override_\(override.axis.rawValue)", .number(override.value)))
      if let member = override.run { members.append(("override_run", .string(member))) }
      if let setting = override.setting { members.append(("override_setting", .string(setting))) }
    }
    return JSONText.object(members).indentedText
  }

  private func place(of index: Int) -> [(key: String, value: JSONText)] {
    owner(of: index).map { (key: $0, value: .string($1)) }
      + [(key: run.axis(of: index).rawValue, value: .number(run.axisValue(of: index).value))]
      + (run.setting(of: index).map { [(key: "setting", value: .string($0.name))] } ?? [])
  }

  private var selected: String? { table.selected.map { run.axisValue(of: $0).text } }
}
