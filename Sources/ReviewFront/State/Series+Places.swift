import ReviewCore

extension Series {
  /// By checkpoint the last point at or before it; nil where there is none, or no way to tell.
  ///
  /// - Complexity: O(k log n) on the series' own axis, else O(n + k log k).
  func places(of checkpoints: [Checkpoint]) -> [Int?] {
    guard let epochs, checkpoints.contains(where: { $0.value(on: axis) == nil }) else {
      return checkpoints.map(place)
    }
    var places = checkpoints.map { $0.value(on: axis) == nil ? nil : place(of: $0) }
    var open = checkpoints.indices.compactMap { index -> (index: Int, epoch: Double)? in
      guard checkpoints[index].value(on: axis) == nil else { return nil }
      return checkpoints[index].epoch.map { (index, $0.value) }
    }.sorted { $0.epoch < $1.epoch }
    // From the end on, a point is the last one for all that are not before it and have none yet.
    for (place, epoch) in epochs.enumerated().reversed() {
      while let last = open.last, last.epoch >= epoch {
        places[last.index] = place
        open.removeLast()
      }
      if open.isEmpty { break }
    }
    return places
  }
}
