import ReviewCore

/// A run of so many epochs with computed columns of its own making.
func measuredRun(
  _ columns: [(name: String, values: [Double?])], logged: [(name: String, values: [Double?])] = [],
  errors: [String: [Double?]] = [:], evidence: [Int: [SampleEvidence]] = [:],
  latentShape: [Int]? = nil, typicalRealDistance: Double? = nil
) -> Run {
  let count = columns.first?.values.count ?? logged.first?.values.count ?? 0
  var declaration = RunDeclaration()
  declaration.latentShape = latentShape
  var run = Run(
    name: "lab", path: "lab", format: .table, declaration: declaration,
    checkpoints: (1...max(1, count)).map { Checkpoint(epoch: AxisValue(Double($0 * 10))) },
    columns: logged.map { MetricColumn(metric: Metric(name: $0.name), values: $0.values) })
  run.take(
    measures(columns, errors: errors, evidence: evidence, typicalRealDistance: typicalRealDistance))
  return run
}

func measures(
  _ columns: [(name: String, values: [Double?])], errors: [String: [Double?]] = [:],
  evidence: [Int: [SampleEvidence]] = [:], typicalRealDistance: Double? = nil
) -> RunMeasures {
  let count = columns.first?.values.count ?? 0
  let lower: Set = ["frechet", "near_copies", "copies", "blank", "noise_level", "ssim"]
  return RunMeasures(
    columns: columns.map { column in
      MeasuredColumn(
        name: column.name,
        direction: lower.contains(String(column.name.prefix { $0 != "[" })) ? .lower : .higher,
        explanation: "computed: \(column.name)")
    },
    checkpoints: (0..<count).map { index in
      CheckpointMeasures(
        values: columns.compactMap { column in
          column.values[index].map {
            MeasuredValue(
              name: column.name, value: $0, standardError: errors[column.name]?[index])
          }
        }, evidence: evidence[index] ?? [])
    }, typicalRealDistance: typicalRealDistance)
}

/// So many points an epoch, of epochs 1 to 10 times the checkpoints.
func series(_ name: String, _ values: [Double]) -> Series {
  Series(
    name: name, axis: .epoch, positions: values.indices.map { Double($0 + 1) }, values: values)
}
