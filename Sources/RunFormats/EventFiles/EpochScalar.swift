import ReviewCore

/// The scalar `epoch` that Lightning logs beside the others: to which epoch a step belongs.
enum EpochScalar {
  private static let name = "epoch"
  private static let mostPoints = 4_000_000

  /// The last step of each epoch; nothing unless there is one such scalar that ascends.
  static func lastSteps(in series: [Series]) -> [Double: Double] {
    let found = series.filter {
      $0.axis == .step && $0.name.split(separator: "/").last.map(String.init) == name
    }
    guard found.count == 1, let scalar = found.first, (2...mostPoints).contains(scalar.count) else {
      return [:]
    }
    var steps: [Double: Double] = [:]
    var last = -Double.infinity
    for (step, epoch) in zip(scalar.positions, scalar.values) {
      guard epoch.isFinite, epoch >= last else { return [:] }
      last = epoch
      steps[epoch] = step
    }
    return steps
  }

  /// Whether pictures were logged by epoch: at the very epochs that the scalar takes, none of which
  /// is a step that scalars were logged at all along.
  static func counts(
    _ places: [Double], lastSteps: [Double: Double], in series: [Series]
  ) -> Bool {
    guard places.count > 1, Set(places) == Set(lastSteps.keys),
      places.contains(where: { lastSteps[$0] != $0 })
    else { return false }
    return !series.contains { series in
      // One number at step 0 is Lightning's hp_metric.
      series.axis == .step && series.count > 1 && places.contains { series.value(at: $0) != nil }
    }
  }
}
