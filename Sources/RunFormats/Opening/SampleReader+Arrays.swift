package import ReviewCore

extension SampleReader {
  /// The shape and layout of an array, without its values.
  func header(
    of place: ArrayPlace
  ) throws(RunWarning) -> (header: ArrayHeader, layout: ArrayLayout) {
    let file: ArrayFile
    do throws(ArrayFailure) { file = try ArrayFile("\(root)/\(place.path)") } catch {
      throw RunWarning(path: place.path, error)
    }
    guard let found = file.members.last(where: { $0.name == place.member }) else {
      let known = file.failures.last { $0.name == place.member }
      throw RunWarning(
        path: place.path,
        known?.failure
          ?? ArrayFailure(
            "it holds no array named \"\(PrintableText.escaped(place.member ?? ""))\""))
    }
    let shape = place.slice == nil ? found.header.shape : Array(found.header.shape.dropFirst())
    do throws(ArrayFailure) {
      return (found.header, try samplesLayout(of: shape))
    } catch {
      throw RunWarning(path: place.path, error)
    }
  }

  private func load(_ place: ArrayPlace) throws(RunWarning) -> (StoredArray, ArrayLayout) {
    try load(place) { () throws(ArrayFailure) in try ArrayFile.array(at: place, root: root) }
  }

  private func load(
    _ place: ArrayPlace, _ read: () throws(ArrayFailure) -> StoredArray
  ) throws(RunWarning) -> (StoredArray, ArrayLayout) {
    do throws(ArrayFailure) {
      let array = try read()
      return (array, try samplesLayout(of: array.header.shape))
    } catch {
      throw RunWarning(path: place.path, error)
    }
  }

  func arraySamples(_ place: ArrayPlace) throws(RunWarning) -> SampleSet {
    let (array, layout) = try load(place)
    return Self.samples(array, layout, range: range, frame: frame)
  }

  func arraySamples(
    _ place: ArrayPlace, keeping kept: inout UnpackedArray?
  ) throws(RunWarning) -> SampleSet {
    let (array, layout) = try load(place) { () throws(ArrayFailure) in
      try ArrayFile.array(at: place, root: root, keeping: &kept)
    }
    return Self.samples(array, layout, range: range, frame: frame)
  }

  /// - Parameters:
  ///   - range: nil takes that of this array alone.
  ///   - frame: as `range`, for points.
  static func samples(
    _ array: StoredArray, _ layout: ArrayLayout, range: ValueRange?, frame: PointFrame?
  ) -> SampleSet {
    let pixels: [UInt8]
    if layout.axes == .points {
      pixels = density(of: array, layout, frame: frame ?? PointSpread(of: array).frame)
    } else {
      let levels: [UInt8]
      if array.header.type.asksForRange {
        levels = array.levels(range ?? ValueSpread(of: array).range(.estimated))
      } else {
        levels = array.levels(ValueRange(lo: 0, hi: 255, origin: .declared))
      }
      pixels = layout.channels == 3 ? gray(of: levels, layout) : levels
    }
    return SampleSet(
      width: layout.width, height: layout.height, indices: Array(0..<layout.count),
      pixels: pixels)
  }

  /// Points of a plane as one picture; black where no point is a number.
  private static func density(
    of array: StoredArray, _ layout: ArrayLayout, frame: PointFrame?
  ) -> [UInt8] {
    guard let frame else {
      return Array(repeating: 0, count: layout.width * layout.height)
    }
    let points = array.points
    let counts = frame.counts(of: points, width: layout.width, height: layout.height)
    return PointFrame.grays(of: counts, points: points.count)
  }

  /// RGB by the weights of ITU-R BT.601 in 16-bit fixed point, as for pictures.
  private static func gray(of levels: [UInt8], _ layout: ArrayLayout) -> [UInt8] {
    let size = layout.width * layout.height
    let (pitch, step) = layout.isInterleaved ? (3, 1) : (1, size)
    return [UInt8](unsafeUninitializedCapacity: layout.count * size) { output, written in
      levels.withUnsafeBufferPointer { input in
        for sample in 0..<layout.count {
          for pixel in 0..<size {
            let place = sample * size * 3 + pixel * pitch
            let (red, green) = (Int(input[place]), Int(input[place + step]))
            let blue = Int(input[place + 2 * step])
            output[sample * size + pixel] = UInt8(
              (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16)
          }
        }
      }
      written = layout.count * size
    }
  }

  func arrayDigests(of samples: [Int], _ place: ArrayPlace) throws(RunWarning) -> [String?] {
    let (array, layout) = try load(place)
    let shape = layout.sampleShape(of: array.header.shape)
    let head = array.header.type.littleEndianName + ArrayHeader.text(of: shape)
    let size = layout.axes == .points ? array.count : layout.valuesPerSample
    return samples.map { sample in
      guard sample >= 0, sample < layout.count else { return nil }
      return Digest.sha256(
        header: head, array.stored(sample * size..<(sample + 1) * size))
    }
  }

  /// The little-endian 32-bit floats of points of a plane; nil for what is no points.
  package func pointBytes(_ source: SampleSource) -> [UInt8]? {
    guard case .array(let place, let layout?) = source, layout.axes == .points,
      let (array, _) = try? load(place)
    else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(array.count * 4)
    array.forEachChunk { chunk in
      for value in chunk {
        withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { bytes += $0 }
      }
    }
    return bytes
  }

  /// The samples of one picture or array file, each as a reviewer sees it.
  package static func pictures(at path: String) throws(RunWarning) -> SampleSet {
    guard ArrayFile.isArray(path) else {
      let picture = try picture(at: path)
      return SampleSet(
        width: picture.width, height: picture.height, indices: [0], pixels: picture.pixels)
    }
    let reader = SampleReader(root: "", range: nil, sampleShape: nil)
    do throws(ArrayFailure) {
      let file = try ArrayFile(path)
      guard let choice = ArrayChoice(file, wanted: nil, sampleShape: nil) else {
        throw ArrayFailure(
          file.refusal ?? file.failures.first?.failure.reason ?? "it holds no array")
      }
      let array = try ArrayFile.array(named: choice.name, in: path)
      return samples(
        array, try reader.samplesLayout(of: array.header.shape), range: nil, frame: nil)
    } catch {
      throw RunWarning(path: path, error)
    }
  }

  private func samplesLayout(of shape: [Int]) throws(ArrayFailure) -> ArrayLayout {
    switch ArrayLayout.reading(of: shape, sampleShape: sampleShape) {
    case .samples(let layout): return layout
    case .neither:
      throw ArrayFailure(
        shape.contains(0)
          ? "it holds no samples, its shape is \(ArrayHeader.text(of: shape))"
          : "its shape \(ArrayHeader.text(of: shape)) is not one of samples")
    }
  }
}

extension RunWarning {
  init(path: String, _ failure: ArrayFailure) {
    self.init(.badArray, path: path, offset: failure.offset, failure.reason)
  }
}
