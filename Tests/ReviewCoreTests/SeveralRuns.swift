import ReviewCore

/// A run of epochs, or of steps where `axis` says so, with quality and diversity where they are given.
func oneRun(
  _ name: String, _ places: [Double], quality: [Double?] = [], diversity: [Double?] = [],
  axis: Axis = .epoch, more: [MetricColumn] = []
) -> Run {
  var columns: [MetricColumn] = []
  if !quality.isEmpty {
    columns.append(MetricColumn(metric: Metric(name: "quality"), values: quality))
  }
  if !diversity.isEmpty {
    columns.append(MetricColumn(metric: Metric(name: "diversity"), values: diversity))
  }
  return Run(
    name: name, path: "runs/\(name)", format: .table, axis: axis,
    checkpoints: places.map { place in
      axis == .epoch ? Checkpoint(epoch: AxisValue(place)) : Checkpoint(step: AxisValue(place))
    }, columns: columns + more)
}

func setting(_ text: String) -> SamplingSetting {
  guard let setting = SamplingSetting(parsing: text) else {
    preconditionFailure("\(text) is no setting")
  }
  return setting
}

/// Epochs 1, 2 and 3 at the temperatures 0.5, 0.7 and 1, the last one without epoch 2.
func settingsRun(usual: String? = nil) -> Run {
  func part(_ text: String, _ epochs: [Double], _ quality: [Double]) -> (SamplingSetting, Run) {
    var run = oneRun("lab", epochs, quality: quality, diversity: quality.map { 1 - $0 })
    run.declaration.usualSetting = usual.map(setting)
    return (setting(text), run)
  }
  let parts = [
    part("temperature=1", [1, 3], [0.1, 0.3]),
    part("temperature=0.5", [1, 2, 3], [0.4, 0.5, 0.6]),
    part("temperature=0.7", [1, 2, 3], [0.7, 0.8, 0.9]),
  ]
  return Run(joining: parts.map { (setting: $0.0, run: $0.1) })
}
