import ReviewCore

/// Finds the layout of a run's sample grids from as few pictures as will do.
struct LayoutFinder {
  private let root: String
  private let declaration: RunDeclaration
  private(set) var warnings: [RunWarning] = []
  private(set) var reading: [String] = []
  private(set) var reference: SampleSource?
  private var layouts: [PictureSize: GridLayout] = [:]

  private struct Probe {
    let place: PicturePlace
    let image: GrayImage
    let isFigure: Bool
    let isLossy: Bool

    var size: PictureSize { PictureSize(width: image.width, height: image.height) }
  }

  init(root: String, declaration: RunDeclaration) {
    self.root = root
    self.declaration = declaration
  }

  mutating func grids(
    of candidate: SampleCandidate, _ places: [PicturePlace], reference: String?
  ) -> FoundSamples {
    let probes = probe(places)
    let referenceProbe = reference.flatMap { decode(PicturePlace(path: $0)) }
    for size in Set(probes.map(\.size)).sorted(by: { ($0.width, $0.height) < ($1.width, $1.height) }
    ) {
      find(size, among: probes.filter { $0.size == size } + [referenceProbe].compactMap { $0 })
    }
    let usual = probes.first.flatMap { layouts[$0.size] }
    if let referenceProbe { take(referenceProbe) }
    tellOfStretching(probes, usual)
    return FoundSamples(
      candidate, isReadable: !probes.isEmpty,
      sources: places.map { .grid($0, layout: usual) })
  }

  /// One picture a sample: the first, middle and last one tell their size.
  mutating func pictures(
    of candidate: SampleCandidate, _ sets: [[NumberedPicture]], reference: String?
  ) -> FoundSamples {
    let probes = probe(sets.flatMap { $0.map(\.place) })
    let size = probes.first?.size
    if let size {
      reading.append(
        "each picture is one sample of \(size.width)x\(size.height), "
          + "\(sets.map(\.count).max() ?? 0) a checkpoint")
      tellOfGrids(probes, size, candidate)
    }
    if let reference { findReference(reference) }
    return FoundSamples(
      candidate, isReadable: !probes.isEmpty,
      sources: sets.map { .pictures($0, size: size) })
  }

  // A guess below this is not shown as if it were one, and one above it is taken for sure.
  private static let leastCertainty = 0.25
  private static let highCertainty = 0.8

  /// Several grids a checkpoint look like several samples by their names.
  private mutating func tellOfGrids(
    _ probes: [Probe], _ size: PictureSize, _ candidate: SampleCandidate
  ) {
    let fitting = probes.filter { $0.size == size }
    let layout = GridDetector(
      pictures: fitting.map(\.image), isLossy: fitting.contains(where: \.isLossy)
    ).layout()
    guard let layout, layout.count > 1, layout.padding > 0,
      layout.certainty >= Self.highCertainty, let first = probes.first
    else { return }
    warnings.append(
      RunWarning(
        .gridUnsure, path: first.place.path,
        "each picture is taken for one sample, by its name, and looks like a grid of "
          + "\(layout.columns) x \(layout.rows) samples of \(layout.sampleWidth)x"
          + "\(layout.sampleHeight); to review one grid a checkpoint, name it in samples of "
          + "\(KeepochTOML.fileName), with a number in place of {sample} in "
          + TOMLText.quoted(candidate.pattern(by: candidate.axis))))
  }

  /// Takes a picture with real images where the samples are no grids.
  mutating func findReference(_ path: String) {
    if let probe = decode(PicturePlace(path: path)) { take(probe) }
  }

  private mutating func take(_ probe: Probe) {
    let layout = layouts[probe.size] ?? find(probe.size, among: [probe])
    reference = .grid(probe.place, layout: layout)
  }

  /// The first, middle and last picture that decode; all are tried before giving up.
  private mutating func probe(_ places: [PicturePlace]) -> [Probe] {
    let wanted = Set([0, places.count / 2, places.count - 1])
    var probes: [Probe] = []
    for place in wanted.sorted() where places.indices.contains(place) {
      if let probe = decode(places[place]) { probes.append(probe) }
    }
    for place in places.indices where probes.isEmpty && !wanted.contains(place) {
      if let probe = decode(places[place]) { probes.append(probe) }
    }
    return probes
  }

  private mutating func decode(_ place: PicturePlace) -> Probe? {
    do throws(RunWarning) {
      let bytes = try SampleReader.bytes(of: place, root: root)
      do throws(ImageFailure) {
        let image = try ImageFile.decode(bytes).gray
        return Probe(
          place: place, image: image, isFigure: PlotFigure.isFigure(image, file: bytes),
          isLossy: ImageFile.isLossy(bytes))
      } catch {
        throw RunWarning(
          .badImage, path: place.path, offset: place.part?.lowerBound, error.reason)
      }
    } catch {
      warnings.append(error)
    }
    return nil
  }

  @discardableResult
  private mutating func find(_ size: PictureSize, among probes: [Probe]) -> GridLayout? {
    let shape = declaration.sampleShape
    let fitting = probes.filter { $0.size == size }
    if declaration.grid == nil, let figure = fitting.first(where: \.isFigure) {
      let layout = SampleReader.whole(figure.image.width, figure.image.height)
      layouts[size] = layout
      warnings.append(
        RunWarning(
          .figure, path: figure.place.path,
          "it is a figure drawn by matplotlib, whose samples were resampled and cannot be cut out; "
            + "each is shown as one picture. Save the grid itself to have its samples"))
      return layout
    }
    let pictures = fitting.map(\.image)
    func detect(_ shape: (width: Int, height: Int)?) -> GridLayout? {
      GridDetector(
        pictures: pictures, declared: declaration.grid, sampleShape: shape,
        isLossy: fitting.contains(where: \.isLossy)
      ).layout()
    }
    var layout = detect(shape)
    if let shape, layout?.sampleWidth != shape.width || layout?.sampleHeight != shape.height {
      warnings.append(
        RunWarning(
          .gridMismatch, path: probes.first?.place.path,
          "a picture of \(size.width)x\(size.height) cannot be cut into samples of "
            + "\(shape.width)x\(shape.height) as declared; the layout is guessed"))
      layout = detect(nil)
    }
    guard var layout else { return nil }
    warnOfDeclaration(layout, size, probes.first?.place.path)
    if layout.certainty < Self.leastCertainty, layout.count > 1, declaration.grid == nil {
      layout = SampleReader.whole(size.width, size.height, certainty: layout.certainty)
      layouts[size] = layout
      warnings.append(
        RunWarning(
          .gridUnsure, path: probes.first?.place.path,
          "nothing in the pixels says that a picture of \(size.width)x\(size.height) holds several "
            + "samples; each is shown as one. Declare [grid] in \(KeepochTOML.fileName) if it does")
      )
      return layout
    }
    layouts[size] = layout
    let sureness = Int((layout.certainty * 100).rounded())
    reading.append(
      "pictures of \(size.width)x\(size.height): \(layout.columns) x \(layout.rows) samples of "
        + "\(layout.sampleWidth)x\(layout.sampleHeight), padding \(layout.padding), "
        + "\(layout.count) filled (\(sureness) % sure, from \(pictures.count) "
        + "picture\(pictures.count == 1 ? "" : "s"))")
    if layout.certainty < 0.5 {
      warnings.append(
        RunWarning(
          .gridUnsure, path: probes.first?.place.path,
          "how the samples lie in the picture is a guess: \(layout.columns) x \(layout.rows) of "
            + "\(layout.sampleWidth)x\(layout.sampleHeight); declare [grid] in keepoch.toml"))
    }
    return layout
  }

  /// A declaration that no picture fits is not passed over.
  private mutating func warnOfDeclaration(
    _ layout: GridLayout, _ size: PictureSize, _ path: String?
  ) {
    guard let grid = declaration.grid else { return }
    let isMet =
      (grid.columns ?? layout.columns) == layout.columns
      && (grid.padding ?? layout.padding) == layout.padding
      && (grid.count ?? layout.count) == layout.count
    guard !isMet else { return }
    let asked = [
      grid.columns.map { "columns = \($0)" }, grid.padding.map { "padding = \($0)" },
      grid.count.map { "count = \($0)" },
    ].compactMap { $0 }.joined(separator: ", ")
    warnings.append(
      RunWarning(
        .gridMismatch, path: path,
        "a picture of \(size.width)x\(size.height) cannot be cut as [grid] declares (\(asked)); "
          + "\(layout.columns) x \(layout.rows) samples of \(layout.sampleWidth)x"
          + "\(layout.sampleHeight), padding \(layout.padding), \(layout.count) filled, are shown"))
  }

  // Strokes that a model draws white are white all over.
  private static let mostEndPixels = 3

  /// Samples that all reach exactly from black to white were hardly drawn so.
  private mutating func tellOfStretching(_ probes: [Probe], _ layout: GridLayout?) {
    guard let layout, probes.count > 1 else { return }
    var sampleCount = 0
    for probe in probes {
      guard let layout = layout.fitted(to: probe.size.width, probe.size.height) else { continue }
      for sample in 0..<layout.count {
        var (black, white) = (0, 0)
        let origin = layout.origin(of: sample)
        for row in origin.y..<origin.y + layout.sampleHeight {
          let start = row * probe.size.width + origin.x
          for pixel in probe.image.pixels[start..<start + layout.sampleWidth] {
            if pixel == 0 { black += 1 } else if pixel == 255 { white += 1 }
          }
        }
        guard (1...Self.mostEndPixels).contains(white), black > 0 else { return }
        sampleCount += 1
      }
    }
    guard sampleCount >= 16 else { return }
    reading.append(
      "every sample reaches exactly from 0 to 255: if each was stretched when it was saved, "
        + "brightness cannot be compared between them")
  }
}
