package import ReviewCore

/// The checkpoint table in the formats of `keepoch table`.
package struct TableText {
  private let run: Run
  private let table: CheckpointTable
  private let override: Position?
  /// Places of the metrics, quality and diversity first.
  private let order: [Int]

  package init(run: Run, table: CheckpointTable, override: Position?) {
    self.run = run
    self.table = table
    self.override = override
    order = run.displayOrder
  }

  /// One line a checkpoint, then the selection.
  package var text: String {
    var text = "\(OwnOutput.tableTitle)\n"
    let names = order.map { PrintableText.fieldName(run.columns[$0].metric.name) }
    for index in run.checkpoints.indices {
      text += "\(run.axis.rawValue)=\(run.axisValue(of: index).padded)"
      for (name, column) in zip(names, order) {
        text += " \(name)=\(run.metricText(column, at: index))"
      }
      text += " status=\(table.statuses[index].rawValue)\n"
    }
    text += "selected_\(run.axis.rawValue): \(selected ?? "none")\n"
    if let override {
      text += "override_\(override.axis.rawValue): \(NumberText.shortest(override.value))\n"
    }
    return text
  }

  /// RFC 4180, the values unrounded.
  package var csv: String {
    var text =
      ([run.axis.rawValue] + order.map { run.columns[$0].metric.name } + OwnOutput.tableColumns)
      .map(CSVText.field).joined(separator: ",") + "\r\n"
    for index in run.checkpoints.indices {
      let values = order.map { column in
        run.columns[column].values[index].map { NumberText.shortest($0) } ?? ""
      }
      let fields =
        [run.axisValue(of: index).text] + values + [
          table.statuses[index].rawValue, table.selected == index ? "yes" : "",
        ]
      text += fields.map(CSVText.field).joined(separator: ",") + "\r\n"
    }
    return text
  }

  package var markdown: String {
    var text = MarkdownText.row(
      ["", run.axis.rawValue] + order.map { MarkdownText.escaped(run.columns[$0].metric.name) }
        + ["status"])
    text += MarkdownText.row(Array(repeating: "---", count: order.count + 3))
    for index in run.checkpoints.indices {
      text += MarkdownText.row(
        [table.selected == index ? "selected" : "", run.axisValue(of: index).padded]
          + order.map { run.metricText($0, at: index) } + [table.statuses[index].rawValue])
    }
    return text
  }

  /// `keepoch.table/1`.
  package var json: String {
    let rows = run.checkpoints.indices.map { index in
      JSONText.object([
        (run.axis.rawValue, .number(run.axisValue(of: index).value)),
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
        "selected_\(run.axis.rawValue)",
        table.selected.map { .number(run.axisValue(of: $0).value) } ?? .null
      ),
    ]
    if let override {
      members.append(("override_\(override.axis.rawValue)", .number(override.value)))
    }
    return JSONText.object(members).indentedText
  }

  private var selected: String? { table.selected.map { run.axisValue(of: $0).text } }
}
