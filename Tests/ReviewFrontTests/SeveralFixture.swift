import ReviewCore
import ReviewFront

/// A run with 64 samples at each checkpoint.
func sampledRun(
  _ name: String, _ places: [Double], quality: [Double], diversity: [Double],
  axis: Axis = .epoch, hasSamples: Bool = true
) -> Run {
  let layout = GridLayout(
    columns: 8, rows: 8, padding: 2, hasBorder: true, sampleWidth: 28, sampleHeight: 28, count: 64,
    certainty: 1)
  return Run(
    name: name, path: name, format: .imageGrids, axis: axis,
    checkpoints: places.map { place in
      var checkpoint = Checkpoint(
        samples: hasSamples ? .grid(path: "\(name)/\(place).png", layout: layout) : nil)
      if axis == .epoch {
        checkpoint.epoch = AxisValue(place)
      } else {
        checkpoint.step = AxisValue(place)
      }
      return checkpoint
    },
    columns: [
      MetricColumn(metric: Metric(name: "quality"), values: quality),
      MetricColumn(metric: Metric(name: "diversity"), values: diversity),
    ])
}

/// Epochs 1, 10 and 30 at three temperatures, of which the rule selects epoch 10 at the second.
func temperatureRun() -> Run {
  let parts: [(String, [Double], [Double])] = [
    ("temperature=0.5", [0.7, 0.8, 0.9], [0.2, 0.3, 0.25]),
    ("temperature=0.8", [0.4, 0.75, 0.6], [0.6, 0.7, 0.4]),
    ("temperature=1", [0.1, 0.3, 0.5], [0.9, 0.8, 0.85]),
  ]
  return Run(
    joining: parts.compactMap { text, quality, diversity in
      SamplingSetting(parsing: text).map {
        (
          setting: $0,
          run: sampledRun("ar", [1, 10, 30], quality: quality, diversity: diversity)
        )
      }
    })
}

/// Three families over epochs that they do not share, without seeds that are called alike.
func familyRuns(seeds: [String?] = [nil, nil, nil]) -> Run {
  var runs = [
    sampledRun("vae-digits", [1, 10, 30], quality: [0.3, 0.5, 0.6], diversity: [0.9, 0.8, 0.7]),
    sampledRun(
      "gan-digits", [2, 9, 12, 40], quality: [0.2, 0.55, 0.8, 0.9],
      diversity: [0.8, 0.7, 0.6, 0.2]),
    sampledRun("ddpm-digits", [5, 50], quality: [0.1, 0.95], diversity: [0.95, 0.9]),
  ]
  for (place, family) in [ModelFamily.vae, .gan, .diffusion].enumerated() {
    runs[place].declaration.family = family
    runs[place].declaration.seedsName = seeds[place]
    runs[place].declaration.latentShape = [16]
  }
  return Run(comparing: runs, name: "vae, gan, ddpm", path: "runs")
}
