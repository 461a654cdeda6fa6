import ReviewCore

/// Which labels of marks stand in which row above a plot: alarms first, then from left to right.
struct MarkRows {
  private static let most = 3
  static let rowHeight = 15.0

  private let marks: [Plot.Mark]

  init(_ marks: [Plot.Mark]) { self.marks = marks.filter { $0.x.isFinite } }

  /// What rows and signs take; as much as there may be, before anybody knows the places.
  var height: Double {
    marks.isEmpty ? 0 : 16 + Double(min(Self.most, marks.count)) * Self.rowHeight
  }

  /// By mark: where it stands, its row from below, and the left edge of its label; nil rows have no
  /// room.
  func places(
    _ scale: AxisScale, within area: LabelBox
  ) -> [(mark: Plot.Mark, x: Double, label: (row: Int, left: Double, text: String)?)] {
    let order = marks.indices.sorted {
      (marks[$0].isAlarm ? 0 : 1, marks[$0].x, $0) < (marks[$1].isAlarm ? 0 : 1, marks[$1].x, $1)
    }
    var taken: [[ClosedRange<Double>]] = Array(repeating: [], count: min(Self.most, marks.count))
    return order.compactMap { index in
      let mark = marks[index]
      guard let x = scale.place(mark.x), x >= area.left - 1, x <= area.right + 1 else { return nil }
      let text = LabelWidth.fitted(PrintableText.escapedControls(mark.label), into: 190)
      let width = LabelWidth.of(text) * (mark.isAlarm ? 1.09 : 1)
      let left = min(max(area.left - 20, x - width / 2), SVGCanvas.width - width - 6)
      let span = (left - 5)...(left + width + 5)
      for row in taken.indices where !text.isEmpty {
        if taken[row].contains(where: { $0.overlaps(span) }) { continue }
        taken[row].append(span)
        return (mark, x, (row, left, text))
      }
      return (mark, x, nil)
    }
  }
}
