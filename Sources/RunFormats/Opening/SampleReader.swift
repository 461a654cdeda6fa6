package import ReviewCore

/// Decodes the samples of one checkpoint, and takes digests of their stored values.
package struct SampleReader: Sendable {
  let root: String
  /// Which stored values are black and white; nil while nobody knows.
  package let range: ValueRange?
  let sampleShape: (width: Int, height: Int)?

  /// - Parameter run: gives the folder that sample paths are relative to, and the range of values.
  package init(run: Run) {
    self.init(root: run.path, range: run.valueRange, sampleShape: run.declaration.sampleShape)
  }

  init(root: String, range: ValueRange?, sampleShape: (width: Int, height: Int)?) {
    self.root = root
    self.range = range
    self.sampleShape = sampleShape
  }

  /// The same reader with another range, as when the true one of the run becomes known.
  package func replacing(range: ValueRange?) -> SampleReader {
    SampleReader(root: root, range: range, sampleShape: sampleShape)
  }

  /// How many samples a source has, from its header where nothing else tells; nil when unknown.
  package func count(of source: SampleSource) -> Int? {
    guard case .array(let path, let member, _) = source else { return source.count }
    return try? header(path: path, member: member).layout.count
  }

  /// The gray pixels of all samples of a source.
  ///
  /// - Throws: `RunWarning` that says why the file cannot be shown.
  package func samples(_ source: SampleSource) throws(RunWarning) -> SampleSet {
    switch source {
    case .grid(let path, let layout): return try gridSamples(path: path, layout: layout)
    case .array(let path, let member, _): return try arraySamples(path: path, member: member)
    }
  }

  private func gridSamples(path: String, layout: GridLayout?) throws(RunWarning) -> SampleSet {
    let (image, layout) = try decode(path: path, layout: layout)
    let gray = image.gray
    let (width, height) = (layout.sampleWidth, layout.sampleHeight)
    let size = width * height
    let pixels = [UInt8](unsafeUninitializedCapacity: layout.count * size) { output, count in
      gray.pixels.withUnsafeBufferPointer { input in
        for sample in 0..<layout.count {
          let origin = layout.origin(of: sample)
          for row in 0..<height {
            let start = (origin.y + row) * gray.width + origin.x
            for column in 0..<width {
              output[sample * size + row * width + column] = input[start + column]
            }
          }
        }
      }
      count = layout.count * size
    }
    return SampleSet(
      width: width, height: height, indices: Array(0..<layout.count), pixels: pixels)
  }

  /// SHA-256 over type, shape and stored values of each sample asked for; nil for an index that
  /// the source does not have, or without a digest library.
  package func digests(
    of samples: [Int], in source: SampleSource
  ) throws(RunWarning) -> [String?] {
    switch source {
    case .grid(let path, let layout):
      return try gridDigests(of: samples, path: path, layout: layout)
    case .array(let path, let member, _):
      return try arrayDigests(of: samples, path: path, member: member)
    }
  }

  private func gridDigests(
    of samples: [Int], path: String, layout: GridLayout?
  ) throws(RunWarning) -> [String?] {
    let (image, layout) = try decode(path: path, layout: layout)
    return samples.map { sample in
      guard sample >= 0, sample < layout.count else { return nil }
      let origin = layout.origin(of: sample)
      let values = image.values(
        x: origin.x, y: origin.y, width: layout.sampleWidth, height: layout.sampleHeight)
      return Digest.sha256(
        header: image.header(width: layout.sampleWidth, height: layout.sampleHeight), values)
    }
  }

  private func decode(
    path: String, layout: GridLayout?
  ) throws(RunWarning) -> (StoredImage, GridLayout) {
    let image = try Self.image(at: "\(root)/\(path)", named: path)
    guard let layout else { return (image, Self.whole(image)) }
    // A checkpoint with more or fewer rows than the others keeps their cells.
    guard let fitted = layout.fitted(to: image.width, image.height) else {
      throw RunWarning(
        .gridMismatch, path: path,
        "it is \(image.width)x\(image.height), while the run's grids are "
          + "\(layout.pictureWidth)x\(layout.pictureHeight)")
    }
    return (image, fitted)
  }

  /// One picture file as a reviewer sees it.
  package static func picture(at path: String) throws(RunWarning) -> GrayImage {
    try image(at: path, named: path).gray
  }

  private static func image(
    at path: String, named name: String
  ) throws(RunWarning) -> StoredImage {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path) } catch {
      throw RunWarning(.unreadable, path: name, error.reason)
    }
    do { return try PNGReader.decode(bytes) } catch {
      throw RunWarning(.badImage, path: name, error.reason)
    }
  }

  private static func whole(_ image: StoredImage) -> GridLayout {
    GridLayout(
      columns: 1, rows: 1, padding: 0, hasBorder: false, sampleWidth: image.width,
      sampleHeight: image.height, count: 1, certainty: 0.5)
  }
}
