package import ReviewCore

extension JSONReport {
  /// Every threshold with its interval and its whole line, as reports and `keepoch rule` have them.
  package static func sweeps(_ evaluator: RuleEvaluator, run: Run) -> JSONText {
    func number(_ value: Double?) -> JSONText { value.map { .number($0) } ?? .null }
    func place(_ index: Int?) -> JSONText {
      number(index.map { run.axisValue(of: $0).value })
    }
    func bound(_ bound: ThresholdSweep.Bound, _ selected: Int?) -> JSONText {
      let beyond = bound.value == nil ? selected : bound.beyond
      return .object(
        [
          ("value", number(bound.value)), ("included", .bool(bound.isIncluded)),
          ("beyond", place(beyond)),
        ] + origin("beyond", beyond, in: run))
    }
    return .array(
      evaluator.sweeps().map { sweep in
        .object([
          ("part", .string(sweep.part.rawValue)), ("clause", .string(sweep.clause)),
          ("threshold", .number(sweep.literal.value)), ("swept", .bool(sweep.isSwept)),
          ("lower", bound(sweep.lower, sweep.selected)),
          ("upper", bound(sweep.upper, sweep.selected)),
          (
            "stretches",
            .array(
              sweep.stretches.map { stretch in
                .object(
                  [
                    ("lower", number(stretch.lower)),
                    ("includesLower", .bool(stretch.includesLower)),
                    ("upper", number(stretch.upper)),
                    ("includesUpper", .bool(stretch.includesUpper)),
                    ("selected", place(stretch.winner)),
                  ] + origin("selected", stretch.winner, in: run))
              })
          ),
        ])
      })
  }
}
