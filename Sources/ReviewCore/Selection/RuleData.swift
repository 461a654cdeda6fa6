/// The data that a rule reads, as text that is the same for the same data.
package enum RuleData {
  /// One line a checkpoint: its place, then every metric and every other term that the rule
  /// names, numbers as shortest decimals.
  package static func text(of evaluator: RuleEvaluator, run: Run) -> String {
    let names = evaluator.rule.metricNames
    let columns = names.map { run.column(named: $0)?.values ?? [] }
    let terms = evaluator.rule.terms
    let isOfSeveral = !run.members.isEmpty || !run.samplingSettings.isEmpty
    var text =
      ([run.axis.rawValue] + (isOfSeveral ? ["run", "setting"] : []) + names + terms.map(\.text))
      .map(PrintableText.escaped)
      .joined(separator: "\t") + "\n"
    for index in run.checkpoints.indices {
      var fields = [NumberText.shortest(run.axisValue(of: index).value)]
      if isOfSeveral {
        let position = run.position(of: index)
        fields += [position.run ?? "-", position.setting ?? "-"].map(PrintableText.escaped)
      }
      for column in columns {
        let value = column.indices.contains(index) ? column[index] : nil
        fields.append(value.map { NumberText.shortest($0) } ?? "-")
      }
      for term in terms {
        switch term {
        case .mark(let condition): fields.append(evaluator.holds(condition, at: index) ? "1" : "0")
        case .number(let number):
          fields.append(evaluator.value(number, at: index).map { NumberText.shortest($0) } ?? "-")
        }
      }
      text += fields.joined(separator: "\t") + "\n"
    }
    return text
  }
}

/// A term of a rule that is no metric and no literal.
enum RuleTerm: Equatable {
  /// `kept`, `rejected`, `tagged(TAG)`.
  case mark(RuleCondition)
  /// `rating`, `share(TAG)`, `epoch`, `step`.
  case number(RuleNumber)

  var text: String {
    switch self {
    case .mark(let condition): return condition.text
    case .number(let number): return number.text
    }
  }
}
