import ReviewCore

/// A line through values as the data of a path, thinned to what a picture can show.
enum LineEnvelope {
  /// Through every value while there are few; else, in each column of one pixel, through the first,
  /// the lowest, the highest and the last one, which draws the same picture (Jugel et al. 2014, M4).
  ///
  /// A place that is nil is a gap; in a thinned line, a gap is where a whole column has no value.
  /// - Complexity: O(n).
  static func path(_ places: [(x: Double, y: Double)?], mostPoints: Int = 1_300) -> String {
    places.count <= mostPoints ? plain(places) : thinned(places)
  }

  private static func plain(_ places: [(x: Double, y: Double)?]) -> String {
    var pen = SVGPen()
    for place in places {
      if let place { pen.draw(to: place) } else { pen.lift() }
    }
    return pen.data
  }

  private static func thinned(_ places: [(x: Double, y: Double)?]) -> String {
    var pen = SVGPen()
    var column: Int?
    var kept: [(x: Double, y: Double)] = []
    var sawGap = false
    func flush() {
      guard let first = kept.first, let last = kept.last else { return }
      let low = kept.indices.max { kept[$0].y < kept[$1].y } ?? 0
      let high = kept.indices.min { kept[$0].y < kept[$1].y } ?? 0
      pen.draw(to: first)
      for index in [min(low, high), max(low, high)] { pen.draw(to: kept[index]) }
      pen.draw(to: last)
      kept = []
    }
    for place in places {
      guard let place else {
        sawGap = true
        continue
      }
      let own = Int(place.x.rounded(.down))
      if own != column {
        flush()
        // Two columns apart, with nothing but gaps between.
        if sawGap, let column, own - column > 1 { pen.lift() }
        column = own
        sawGap = false
      }
      kept.append(place)
    }
    flush()
    return pen.data
  }
}
