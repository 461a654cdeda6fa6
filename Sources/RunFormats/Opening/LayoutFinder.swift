import ReviewCore

/// The sample sources of a run, in the order of their names.
struct FoundSamples {
  struct Place {
    let number: AxisValue
    let source: SampleSource
  }

  let axis: Axis
  let places: [Place]
  /// Whether at least one picture could be decoded.
  let isReadable: Bool
}

/// Finds the layout of a run's sample grids from as few pictures as will do.
struct LayoutFinder {
  private let root: String
  private let declaration: RunDeclaration
  private(set) var warnings: [RunWarning] = []
  private(set) var reading: [String] = []
  private(set) var reference: SampleSource?
  private var layouts: [Size: GridLayout] = [:]

  private struct Size: Hashable {
    let width: Int
    let height: Int
  }

  private struct Probe {
    let path: String
    let image: GrayImage

    var size: Size { Size(width: image.width, height: image.height) }
  }

  init(root: String, declaration: RunDeclaration) {
    self.root = root
    self.declaration = declaration
  }

  mutating func sources(of group: NumberedNames, reference: String?) -> FoundSamples {
    let members = group.distinctMembers
    let probes = probe(members.map(\.path))
    let referenceProbe = reference.flatMap { decode($0, isReported: true) }
    for size in Set(probes.map(\.size)).sorted(by: { ($0.width, $0.height) < ($1.width, $1.height) }
    ) {
      find(size, among: probes.filter { $0.size == size } + [referenceProbe].compactMap { $0 })
    }
    let usual = probes.first.flatMap { layouts[$0.size] }
    if let referenceProbe { take(referenceProbe) }
    return FoundSamples(
      axis: group.axis,
      places: members.map {
        FoundSamples.Place(
          number: $0.number, source: .grid(path: $0.path, layout: usual))
      },
      isReadable: !probes.isEmpty)
  }

  /// Takes a picture with real images where the samples are no pictures.
  mutating func findReference(_ path: String) {
    if let probe = decode(path, isReported: true) { take(probe) }
  }

  private mutating func take(_ probe: Probe) {
    let layout = layouts[probe.size] ?? find(probe.size, among: [probe])
    reference = .grid(path: probe.path, layout: layout)
  }

  /// The first, middle and last picture that decode; all are tried before giving up.
  private mutating func probe(_ paths: [String]) -> [Probe] {
    let wanted = Set([0, paths.count / 2, paths.count - 1])
    var probes: [Probe] = []
    for place in wanted.sorted() where paths.indices.contains(place) {
      if let probe = decode(paths[place], isReported: true) { probes.append(probe) }
    }
    for place in paths.indices where probes.isEmpty && !wanted.contains(place) {
      if let probe = decode(paths[place], isReported: true) { probes.append(probe) }
    }
    return probes
  }

  private mutating func decode(_ path: String, isReported: Bool) -> Probe? {
    do {
      return Probe(
        path: path, image: try PNGReader.decode(try FileBytes.read("\(root)/\(path)")).gray)
    } catch let error as FileBytes.Failure {
      warnings.append(RunWarning(.unreadable, path: path, error.reason))
    } catch let error as PNGReader.Failure {
      warnings.append(RunWarning(.badImage, path: path, error.reason))
    } catch {}
    return nil
  }

  @discardableResult
  private mutating func find(_ size: Size, among probes: [Probe]) -> GridLayout? {
    let shape = declaration.sampleShape
    let pictures = probes.filter { $0.size == size }.map(\.image)
    func detect(_ shape: (width: Int, height: Int)?) -> GridLayout? {
      GridDetector(pictures: pictures, declared: declaration.grid, sampleShape: shape).layout()
    }
    var layout = detect(shape)
    if let shape, layout?.sampleWidth != shape.width || layout?.sampleHeight != shape.height {
      warnings.append(
        RunWarning(
          .gridMismatch, path: probes.first?.path,
          "a picture of \(size.width)x\(size.height) cannot be cut into samples of "
            + "\(shape.width)x\(shape.height) as declared; the layout is guessed"))
      layout = detect(nil)
    }
    guard let layout else { return nil }
    layouts[size] = layout
    let sureness = Int((layout.certainty * 100).rounded())
    reading.append(
      "pictures of \(size.width)x\(size.height): \(layout.columns) x \(layout.rows) samples of "
        + "\(layout.sampleWidth)x\(layout.sampleHeight), padding \(layout.padding), "
        + "\(layout.count) filled (\(sureness) % sure, from \(pictures.count) pictures)")
    if layout.certainty < 0.5 {
      warnings.append(
        RunWarning(
          .gridUnsure, path: probes.first?.path,
          "how the samples lie in the picture is a guess: \(layout.columns) x \(layout.rows) of "
            + "\(layout.sampleWidth)x\(layout.sampleHeight); declare [grid] in keepoch.toml"))
    }
    return layout
  }
}
