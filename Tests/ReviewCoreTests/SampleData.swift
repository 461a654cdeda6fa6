import ReviewCore

/// The run of the design: epochs 1, 10, 30 and 60.
func designRun(extra: [(Double, Double, Double)] = []) -> Run {
  let rows: [(Double, Double, Double)] =
    [(1, 0.20, 0.80), (10, 0.45, 0.72), (30, 0.68, 0.60), (60, 0.75, 0.48)] + extra
  return run(epochs: rows.map(\.0), quality: rows.map(\.1), diversity: rows.map(\.2))
}

func run(epochs: [Double], quality: [Double?], diversity: [Double?]) -> Run {
  Run(
    name: "lab", path: "lab", format: .table,
    checkpoints: epochs.map { Checkpoint(epoch: AxisValue($0)) },
    columns: [
      MetricColumn(metric: Metric(name: "quality"), values: quality),
      MetricColumn(metric: Metric(name: "diversity"), values: diversity),
    ])
}

func evaluator(_ text: String, _ run: Run, _ reviews: [Review] = []) throws -> RuleEvaluator {
  try RuleEvaluator(
    RuleParser.rule(RuleText(text)), facts: RuleFacts(run: run, reviews: reviews))
}
