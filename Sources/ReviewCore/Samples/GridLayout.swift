/// How the samples of one checkpoint lie in one picture.
package struct GridLayout: Hashable, Sendable {
  package let columns: Int
  package let rows: Int
  /// Pixels between two samples, and round the whole when `hasBorder`.
  package let padding: Int
  package let hasBorder: Bool
  package let sampleWidth: Int
  package let sampleHeight: Int
  /// How many of the places are filled, from the first on.
  package let count: Int
  /// 0 a guess without evidence, 1 declared or beyond doubt.
  package let certainty: Double

  package init(
    columns: Int, rows: Int, padding: Int, hasBorder: Bool, sampleWidth: Int, sampleHeight: Int,
    count: Int, certainty: Double
  ) {
    self.columns = columns
    self.rows = rows
    self.padding = padding
    self.hasBorder = hasBorder
    self.sampleWidth = sampleWidth
    self.sampleHeight = sampleHeight
    self.count = min(count, columns * rows)
    self.certainty = certainty
  }

  package var pictureWidth: Int {
    columns * sampleWidth + (columns + (hasBorder ? 1 : -1)) * padding
  }

  package var pictureHeight: Int {
    rows * sampleHeight + (rows + (hasBorder ? 1 : -1)) * padding
  }

  /// The upper left pixel of a sample.
  package func origin(of sample: Int) -> (x: Int, y: Int) {
    let border = hasBorder ? padding : 0
    return (
      border + sample % columns * (sampleWidth + padding),
      border + sample / columns * (sampleHeight + padding)
    )
  }
}
