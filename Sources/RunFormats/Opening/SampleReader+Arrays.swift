package import ReviewCore

extension SampleReader {
  /// The shape and layout of an array, without its values.
  func header(
    path: String, member: String?
  ) throws(RunWarning) -> (header: NPYHeader, layout: ArrayLayout) {
    let file: ArrayFile
    do throws(ArrayFailure) { file = try ArrayFile("\(root)/\(path)") } catch {
      throw RunWarning(path: path, error)
    }
    guard let found = file.members.last(where: { $0.name == member }) else {
      let known = file.failures.last { $0.name == member }
      throw RunWarning(
        path: path,
        known?.failure
          ?? ArrayFailure("it holds no array named \"\(PrintableText.escaped(member ?? ""))\""))
    }
    return (found.header, try layout(of: found.header, path: path))
  }

  func load(path: String, member: String?) throws(RunWarning) -> (StoredArray, ArrayLayout) {
    do throws(ArrayFailure) {
      let array = try ArrayFile.array(named: member, in: "\(root)/\(path)")
      return (array, try samplesLayout(of: array.header))
    } catch {
      throw RunWarning(path: path, error)
    }
  }

  func arraySamples(path: String, member: String?) throws(RunWarning) -> SampleSet {
    let (array, layout) = try load(path: path, member: member)
    return Self.samples(array, layout, range: range)
  }

  /// - Parameter range: nil takes that of this array alone.
  static func samples(
    _ array: StoredArray, _ layout: ArrayLayout, range: ValueRange?
  ) -> SampleSet {
    let levels: [UInt8]
    if array.header.type.asksForRange {
      levels = array.levels(range ?? ValueSpread(of: array).range(.estimated))
    } else {
      levels = array.levels(ValueRange(lo: 0, hi: 255, origin: .declared))
    }
    return SampleSet(
      width: layout.width, height: layout.height, indices: Array(0..<layout.count),
      pixels: layout.channels == 3 ? gray(of: levels, layout) : levels)
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

  func arrayDigests(
    of samples: [Int], path: String, member: String?
  ) throws(RunWarning) -> [String?] {
    let (array, layout) = try load(path: path, member: member)
    let shape = layout.sampleShape(of: array.header.shape)
    let head = array.header.type.littleEndianName + NPYHeader.text(of: shape)
    let size = layout.valuesPerSample
    return samples.map { sample in
      guard sample >= 0, sample < layout.count else { return nil }
      return Digest.sha256(
        header: head, array.stored(sample * size..<(sample + 1) * size))
    }
  }

  /// The samples of one picture or array file, each as a reviewer sees it.
  package static func pictures(at path: String) throws(RunWarning) -> [GrayImage] {
    guard ArrayFile.isArray(path) else { return [try picture(at: path)] }
    let reader = SampleReader(root: "", range: nil, sampleShape: nil)
    do throws(ArrayFailure) {
      let file = try ArrayFile(path)
      guard let choice = ArrayChoice(file, wanted: nil, sampleShape: nil) else {
        throw ArrayFailure(
          file.refusal ?? file.failures.first?.failure.reason ?? "it holds no array")
      }
      let array = try ArrayFile.array(named: choice.name, in: path)
      let set = samples(array, try reader.samplesLayout(of: array.header), range: nil)
      return (0..<set.count).map(set.image(at:))
    } catch {
      throw RunWarning(path: path, error)
    }
  }

  private func layout(
    of header: NPYHeader, path: String
  ) throws(RunWarning) -> ArrayLayout {
    do throws(ArrayFailure) { return try samplesLayout(of: header) } catch {
      throw RunWarning(path: path, error)
    }
  }

  private func samplesLayout(of header: NPYHeader) throws(ArrayFailure) -> ArrayLayout {
    switch ArrayLayout.reading(of: header.shape, sampleShape: sampleShape) {
    case .samples(let layout): return layout
    case .points:
      throw ArrayFailure("its shape \(NPYHeader.text(of: header.shape)) is one of points")
    case .neither:
      throw ArrayFailure(
        header.shape.contains(0)
          ? "it holds no samples, its shape is \(NPYHeader.text(of: header.shape))"
          : "its shape \(NPYHeader.text(of: header.shape)) is not one of samples")
    }
  }
}

extension RunWarning {
  init(path: String, _ failure: ArrayFailure) {
    self.init(.badArray, path: path, offset: failure.offset, failure.reason)
  }
}
