package import ReviewCore

/// Decodes the samples of one checkpoint, and takes digests of their stored values.
package struct SampleReader: Sendable {
  let root: String
  /// Which stored values are black and white; nil while nobody knows.
  package let range: ValueRange?
  /// The part of the plane that points are shown in; nil while nobody knows.
  package let frame: PointFrame?
  let sampleShape: (width: Int, height: Int)?

  /// - Parameter run: gives the folder that sample paths are relative to, and the range of values.
  package init(run: Run) {
    self.init(
      root: run.samplesFolder, range: run.valueRange, frame: run.pointFrame,
      sampleShape: run.declaration.sampleShape)
  }

  /// - Parameter index: of a checkpoint; where several runs are compared, its own run counts.
  package init(run: Run, at index: Int) { self.init(run: run.origin(of: index).run) }

  init(
    root: String, range: ValueRange?, frame: PointFrame? = nil,
    sampleShape: (width: Int, height: Int)?
  ) {
    self.root = root
    self.range = range
    self.frame = frame
    self.sampleShape = sampleShape
  }

  /// The same reader with another range and frame, as when the true ones become known.
  package func replacing(range: ValueRange?, frame: PointFrame?) -> SampleReader {
    SampleReader(root: root, range: range, frame: frame, sampleShape: sampleShape)
  }

  /// How many samples a source has, from its header where nothing else tells; nil when unknown.
  package func count(of source: SampleSource) -> Int? {
    guard case .array(let place, _) = source else { return source.count }
    return try? header(of: place).layout.count
  }

  /// The gray pixels of all samples of a source.
  ///
  /// - Throws: `RunWarning` that says why the file cannot be shown.
  package func samples(_ source: SampleSource) throws(RunWarning) -> SampleSet {
    switch source {
    case .grid(let place, let layout): return try gridSamples(place, layout: layout)
    case .pictures(let pictures, let size): return try pictureSamples(pictures, size: size)
    case .array(let place, _): return try arraySamples(place)
    }
  }

  /// As `samples(_:)`, for who reads one checkpoint after the other: an array that holds several is
  /// unpacked for the first one, and kept.
  package func samples(
    _ source: SampleSource, keeping kept: inout UnpackedArray?
  ) throws(RunWarning) -> SampleSet {
    guard case .array(let place, _) = source else { return try samples(source) }
    return try arraySamples(place, keeping: &kept)
  }

  private func gridSamples(
    _ place: PicturePlace, layout: GridLayout?
  ) throws(RunWarning) -> SampleSet {
    let (image, layout) = try decode(place, layout: layout)
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

  /// Pictures that cannot be read keep their place, which must not become another seed's, and say why.
  private func pictureSamples(
    _ pictures: [NumberedPicture], size: PictureSize?
  ) throws(RunWarning) -> SampleSet {
    var size = size
    var pixels: [UInt8] = []
    var failures: [Int: RunWarning] = [:]
    var readCount = 0
    for (place, picture) in pictures.enumerated() {
      do throws(RunWarning) {
        let gray = try image(at: picture.place).gray
        let found = PictureSize(width: gray.width, height: gray.height)
        if readCount == 0, size != found { size = found }
        guard size == found else {
          throw RunWarning(
            .gridMismatch, path: picture.place.path,
            "it is \(gray.width)x\(gray.height), while the checkpoint's first sample is "
              + "\(size?.width ?? 0)x\(size?.height ?? 0)")
        }
        if pixels.isEmpty, let size, readCount == 0 {
          pixels = Array(
            repeating: 0,
            count: size.width * size.height * place)
        }
        pixels += gray.pixels
        readCount += 1
      } catch {
        failures[place] = error
        if readCount > 0, let size {
          pixels += Array(repeating: 0, count: size.width * size.height)
        }
      }
    }
    guard readCount > 0, let size else {
      throw failures.min { $0.key < $1.key }?.value
        ?? RunWarning(.leftOut, "this checkpoint has no samples")
    }
    return SampleSet(
      width: size.width, height: size.height, indices: pictures.map(\.index), pixels: pixels,
      failures: failures)
  }

  /// SHA-256 over type, shape and stored values of each sample asked for, by seed index; nil for an
  /// index that the source does not have, or without a digest library.
  package func digests(
    of samples: [Int], in source: SampleSource
  ) throws(RunWarning) -> [String?] {
    switch source {
    case .grid(let place, let layout): return try gridDigests(of: samples, place, layout: layout)
    case .pictures(let pictures, _):
      return samples.map { sample in
        guard let picture = pictures.first(where: { $0.index == sample }),
          let image = try? image(at: picture.place)
        else { return nil }
        return Digest.sha256(
          header: image.header(width: image.width, height: image.height), image.values)
      }
    case .array(let place, _): return try arrayDigests(of: samples, place)
    }
  }

  private func gridDigests(
    of samples: [Int], _ place: PicturePlace, layout: GridLayout?
  ) throws(RunWarning) -> [String?] {
    let (image, layout) = try decode(place, layout: layout)
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
    _ place: PicturePlace, layout: GridLayout?
  ) throws(RunWarning) -> (StoredImage, GridLayout) {
    let image = try image(at: place)
    guard let layout else { return (image, Self.whole(image.width, image.height)) }
    // A checkpoint with more or fewer rows than the others keeps their cells.
    guard let fitted = layout.fitted(to: image.width, image.height) else {
      throw RunWarning(
        .gridMismatch, path: place.path,
        "it is \(image.width)x\(image.height), while the run's grids are "
          + "\(layout.pictureWidth)x\(layout.pictureHeight)")
    }
    return (image, fitted)
  }

  /// One picture file as a reviewer sees it.
  package static func picture(at path: String) throws(RunWarning) -> GrayImage {
    try image(at: PicturePlace(path: path), root: nil).gray
  }

  private func image(at place: PicturePlace) throws(RunWarning) -> StoredImage {
    try Self.image(at: place, root: root)
  }

  private static func image(
    at place: PicturePlace, root: String?
  ) throws(RunWarning) -> StoredImage {
    let bytes = try bytes(of: place, root: root)
    do { return try ImageFile.decode(bytes) } catch {
      throw RunWarning(.badImage, path: place.path, offset: place.part?.lowerBound, error.reason)
    }
  }

  /// The encoded bytes of a picture.
  ///
  /// - Parameter root: nil for a path that is not of a run.
  static func bytes(of place: PicturePlace, root: String?) throws(RunWarning) -> [UInt8] {
    let path = root.map { "\($0)/\(place.path)" } ?? place.path
    do throws(FileBytes.Failure) {
      guard let part = place.part else { return try FileBytes.read(path) }
      let file = try OpenFile(path)
      guard part.upperBound <= file.size else {
        throw FileBytes.Failure(reason: "it has become shorter", isMissing: false)
      }
      return try file.bytes(at: part.lowerBound, count: part.count)
    } catch {
      throw RunWarning(.unreadable, path: place.path, error.reason)
    }
  }

  static func whole(_ width: Int, _ height: Int, certainty: Double = 1) -> GridLayout {
    GridLayout(
      columns: 1, rows: 1, padding: 0, hasBorder: false, sampleWidth: width, sampleHeight: height,
      count: 1, certainty: certainty)
  }
}
