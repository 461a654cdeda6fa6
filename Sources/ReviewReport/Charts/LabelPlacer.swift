/// Finds room for labels, first come, first served.
struct LabelPlacer {
  let bounds: LabelBox
  private var taken: [LabelBox] = []

  init(bounds: LabelBox) { self.bounds = bounds }

  mutating func occupy(_ box: LabelBox) { taken.append(box) }

  /// The first of several places that is within the bounds and free; it is taken from then on.
  mutating func firstFree(_ places: [LabelBox]) -> LabelBox? {
    for place in places where bounds.holds(place) && !taken.contains(where: { $0.meets(place) }) {
      taken.append(place)
      return place
    }
    return nil
  }

  /// Places round a point: right, left, above, below, then at the corners.
  static func around(
    _ x: Double, _ y: Double, width: Double, height: Double, distance: Double
  ) -> [LabelBox] {
    let near = distance * 0.7
    let corners = [(x + distance, y - height / 2), (x - distance - width, y - height / 2)]
    let edges = [(x - width / 2, y - distance - height), (x - width / 2, y + distance)]
    let diagonals = [
      (x + near, y - near - height), (x + near, y + near), (x - near - width, y - near - height),
      (x - near - width, y + near),
    ]
    return (corners + edges + diagonals).map {
      LabelBox(left: $0.0, top: $0.1, width: width, height: height)
    }
  }
}
