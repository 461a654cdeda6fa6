/// The data that a rule reads, as text that is the same for the same data.
package enum RuleData {
  /// One line a checkpoint: its place, then every metric the rule names, as shortest decimals.
  package static func text(_ rule: Rule, run: Run) -> String {
    let names = rule.metricNames
    let columns = names.map { run.column(named: $0)?.values ?? [] }
    var text =
      ([run.axis.rawValue] + names).map(PrintableText.escaped).joined(separator: "\t") + "\n"
    for index in run.checkpoints.indices {
      var fields = [NumberText.shortest(run.axisValue(of: index).value)]
      for column in columns {
        let value = column.indices.contains(index) ? column[index] : nil
        fields.append(value.map { NumberText.shortest($0) } ?? "-")
      }
      text += fields.joined(separator: "\t") + "\n"
    }
    return text
  }
}
