package import ReviewCore

/// Finds how samples lie in pictures of one size, from their pixels.
///
/// A padding is a set of lines that have one value from end to end in every picture. Each gap of
/// such lines says -ln(f) for the layout that asks for it, where f is the share of lines that are
/// uniform anyway (lines of one gap go together, so a wide gap says no more than a narrow one);
/// without padding, the layout is the period that explains the picture's edges best.
package struct GridDetector {
  private let pictures: [GrayImage]
  private let width: Int
  private let height: Int
  private let declared: RunDeclaration.DeclaredGrid?
  private let sampleShape: (width: Int, height: Int)?
  /// How far values of one line may lie apart that was drawn in one colour.
  private var tolerance = 0
  private let isLossy: Bool

  // Ringing of edges at the usual qualities of JPEG, and at low ones.
  private static let lossyTolerances = [40, 90]
  // The evidence, in nats, that makes a layout as likely as not.
  private static let even = 2.0

  /// - Parameters:
  ///   - pictures: all of the same size; the more they differ, the surer the answer.
  ///   - sampleShape: of one sample, where the run declares it.
  ///   - isLossy: the coding of the pictures changes values a little.
  package init(
    pictures: [GrayImage], declared: RunDeclaration.DeclaredGrid? = nil,
    sampleShape: (width: Int, height: Int)? = nil, isLossy: Bool = false
  ) {
    self.isLossy = isLossy
    self.pictures = pictures
    width = pictures.first?.width ?? 0
    height = pictures.first?.height ?? 0
    self.declared = declared
    self.sampleShape = sampleShape
  }

  /// One direction's share of a layout.
  private struct Cut: Hashable {
    let count: Int
    let size: Int
    let padding: Int
    let hasBorder: Bool
    let evidence: Double
  }

  /// The likeliest layout; nil for an empty picture.
  package func layout() -> GridLayout? {
    guard isLossy else { return likeliest() }
    let layouts = Self.lossyTolerances.compactMap { tolerance -> GridLayout? in
      var detector = self
      detector.tolerance = tolerance
      return detector.likeliest()
    }
    // A picture that is one sample is what is left where no gap was seen.
    return layouts.filter { $0.count > 1 }.max { $0.certainty < $1.certainty } ?? layouts.first
  }

  private func likeliest() -> GridLayout? {
    guard width > 0, height > 0 else { return nil }
    let (columnLines, rowLines) = uniformLines()
    var best: (layout: GridLayout, score: Double)?
    for padding in paddings {
      for hasBorder in padding == 0 ? [false] : [true, false] {
        let columnCuts = cuts(
          width, lines: columnLines, padding: padding, hasBorder: hasBorder,
          size: sampleShape?.width, count: declared?.columns)
        let rowCuts = cuts(
          height, lines: rowLines, padding: padding, hasBorder: hasBorder,
          size: sampleShape?.height, count: nil)
        for column in columnCuts {
          for row in rowCuts {
            let evidence = column.evidence + row.evidence
            let score = evidence + prior(column, row)
            if let known = best, known.score >= score { continue }
            best = (made(column, row, evidence: evidence), score)
          }
        }
      }
    }
    return best?.layout
      ?? GridLayout(
        columns: 1, rows: 1, padding: 0, hasBorder: false, sampleWidth: width,
        sampleHeight: height, count: 1, certainty: 0.5)
  }

  private var paddings: [Int] {
    if let padding = declared?.padding { return [padding] }
    return Array(0...8)
  }

  private func made(_ column: Cut, _ row: Cut, evidence: Double) -> GridLayout {
    let isDeclared = sampleShape != nil || declared?.columns != nil
    let certainty =
      isDeclared ? 1 : evidence <= 0 ? 0.1 : min(0.99, evidence / (evidence + Self.even))
    let full = GridLayout(
      columns: column.count, rows: row.count, padding: column.padding,
      hasBorder: column.hasBorder, sampleWidth: column.size, sampleHeight: row.size,
      count: column.count * row.count, certainty: certainty)
    return GridLayout(
      columns: full.columns, rows: full.rows, padding: full.padding, hasBorder: full.hasBorder,
      sampleWidth: full.sampleWidth, sampleHeight: full.sampleHeight,
      count: declared?.count ?? filled(full), certainty: certainty)
  }

  // What scripts write most; only ever decides between layouts that the pixels fit alike.
  private func prior(_ column: Cut, _ row: Cut) -> Double {
    var prior = 0.0
    if column.size == row.size { prior += 6 }
    if column.count == 8 { prior += 1 }
    if column.padding == 2, column.hasBorder { prior += 2 }
    if column.padding > 2 { prior -= Double(column.padding - 2) }
    if [8, 16, 28, 32, 64, 128].contains(column.size) { prior += 2 }
    if column.count == 1, row.count == 1 { prior += 1 }
    return prior
  }

  /// Every way to cut a side so that all lines of the padding are uniform.
  private func cuts(
    _ side: Int, lines: UniformLines, padding: Int, hasBorder: Bool, size: Int?, count: Int?
  ) -> [Cut] {
    var cuts: [Cut] = []
    for number in count.map({ $0...$0 }) ?? 1...max(1, side / 4) {
      let gaps = hasBorder ? number + 1 : number - 1
      let rest = side - gaps * padding
      guard rest > 0, rest % number == 0 else { continue }
      let cell = rest / number
      if let size, size != cell { continue }
      guard cell >= 4 || number == 1 else { continue }
      if padding == 0 {
        let evidence = number == 1 ? 0 : lines.periodicity(of: cell)
        cuts.append(
          Cut(count: number, size: cell, padding: 0, hasBorder: false, evidence: evidence))
        continue
      }
      guard gaps > 0 || size != nil else { continue }
      var isUniform = true
      for gap in 0..<gaps where isUniform {
        let start = hasBorder ? gap * (cell + padding) : cell + gap * (cell + padding)
        for line in start..<start + padding where !lines.isUniform[line] { isUniform = false }
      }
      guard isUniform else { continue }
      cuts.append(
        Cut(
          count: number, size: cell, padding: padding, hasBorder: hasBorder,
          evidence: Double(gaps) * lines.surprise))
    }
    return cuts
  }

  /// Both directions in one walk along the rows, as the pixels lie in memory.
  private func uniformLines() -> (columns: UniformLines, rows: UniformLines) {
    var columns = LineRanges(count: width)
    var rows = LineRanges(count: height)
    for picture in pictures {
      columns.begin()
      rows.begin()
      picture.pixels.withUnsafeBufferPointer { pixels in
        for y in 0..<height {
          let row = UnsafeBufferPointer(rebasing: pixels[y * width..<(y + 1) * width])
          columns.widen(byEach: row)
          columns.addStepsWithin(row)
          rows.widen(y, byAll: row)
          guard y > 0 else { continue }
          let above = UnsafeBufferPointer(rebasing: pixels[(y - 1) * width..<y * width])
          rows.addSteps(y, from: above, to: row)
        }
      }
      columns.end(tolerance)
      rows.end(tolerance)
    }
    return (
      UniformLines(isUniform: columns.isUniform, change: columns.change),
      UniformLines(isUniform: rows.isUniform, change: rows.change)
    )
  }

  /// How many places hold something: blank ones at the end of the last row are filling.
  private func filled(_ layout: GridLayout) -> Int {
    let all = layout.columns * layout.rows
    var count = all
    while count > all - layout.columns + 1 {
      let origin = layout.origin(of: count - 1)
      let isBlank = pictures.allSatisfy { picture in
        let first = picture.pixels[origin.y * width + origin.x]
        let pad = layout.hasBorder ? picture.pixels[0] : first
        func isNear(_ value: UInt8) -> Bool { abs(Int(value) - Int(pad)) <= tolerance }
        return isNear(first)
          && (origin.y..<origin.y + layout.sampleHeight).allSatisfy { y in
            picture.pixels[
              y * width + origin.x..<y * width + origin.x + layout.sampleWidth
            ].allSatisfy(isNear)
          }
      }
      guard isBlank else { break }
      count -= 1
    }
    return count
  }
}

/// What is gathered of the lines of one direction, picture by picture.
private struct LineRanges {
  private(set) var isUniform: [Bool]
  private(set) var change: [Double]
  private var least: [UInt8]
  private var greatest: [UInt8]
  // At most 255 a pixel: no side of a picture that is read overflows it.
  private var steps: [Int]

  init(count: Int) {
    isUniform = [Bool](repeating: true, count: count)
    change = [Double](repeating: 0, count: count)
    least = [UInt8](repeating: .max, count: count)
    greatest = [UInt8](repeating: 0, count: count)
    steps = [Int](repeating: 0, count: count)
  }

  mutating func begin() {
    for line in least.indices { (least[line], greatest[line], steps[line]) = (.max, 0, 0) }
  }

  mutating func end(_ tolerance: Int) {
    for line in least.indices {
      if Int(greatest[line]) - Int(least[line]) > tolerance { isUniform[line] = false }
      change[line] += Double(steps[line])
    }
  }

  /// One pixel of each line.
  mutating func widen(byEach pixels: UnsafeBufferPointer<UInt8>) {
    least.withUnsafeMutableBufferPointer { least in
      for line in 0..<least.count { least[line] = min(least[line], pixels[line]) }
    }
    greatest.withUnsafeMutableBufferPointer { greatest in
      for line in 0..<greatest.count { greatest[line] = max(greatest[line], pixels[line]) }
    }
  }

  /// From each line's pixel to that of the line behind it.
  mutating func addStepsWithin(_ pixels: UnsafeBufferPointer<UInt8>) {
    steps.withUnsafeMutableBufferPointer { steps in
      for line in 1..<max(1, steps.count) {
        steps[line] &+= abs(Int(pixels[line]) &- Int(pixels[line - 1]))
      }
    }
  }

  mutating func widen(_ line: Int, byAll pixels: UnsafeBufferPointer<UInt8>) {
    var (low, high) = (least[line], greatest[line])
    for pixel in pixels { (low, high) = (min(low, pixel), max(high, pixel)) }
    (least[line], greatest[line]) = (low, high)
  }

  mutating func addSteps(
    _ line: Int, from before: UnsafeBufferPointer<UInt8>, to pixels: UnsafeBufferPointer<UInt8>
  ) {
    var sum = 0
    for place in 0..<pixels.count { sum &+= abs(Int(pixels[place]) &- Int(before[place])) }
    steps[line] &+= sum
  }
}

/// The lines of a set of pictures in one direction.
private struct UniformLines {
  /// Whether a line has one value from end to end in every picture.
  let isUniform: [Bool]
  /// Sum of the absolute steps from the line before.
  let change: [Double]

  /// What one uniform line says for a layout that asks for it, in nats.
  var surprise: Double {
    let share = Double(isUniform.count { $0 }) / Double(isUniform.count)
    // 2(1-f)/(1+f) is -ln(f) to the first order; a blank picture says nothing.
    let smoothed = (share * Double(isUniform.count) + 1) / Double(isUniform.count + 1)
    return 2 * (1 - smoothed) / (1 + smoothed)
  }

  /// How much better a period explains the lines' changes than none, in nats, fewer phases first.
  func periodicity(of period: Int) -> Double {
    let count = change.count - 1
    guard period >= 4, period * 2 <= change.count, count > period + 1 else { return 0 }
    let mean = change.dropFirst().reduce(0, +) / Double(count)
    var total = 0.0
    for line in 1..<change.count { total += (change[line] - mean) * (change[line] - mean) }
    guard total > 0 else { return 0 }
    var sums = [Double](repeating: 0, count: period)
    var counts = [Double](repeating: 0, count: period)
    for line in 1..<change.count {
      sums[line % period] += change[line]
      counts[line % period] += 1
    }
    var inside = 0.0
    for line in 1..<change.count {
      let phase = sums[line % period] / counts[line % period]
      inside += (change[line] - phase) * (change[line] - phase)
    }
    let explained = 1 - (inside / Double(count - period)) / (total / Double(count - 1))
    return explained > 0 ? 8 * explained - 0.02 * Double(period) : 0
  }
}
