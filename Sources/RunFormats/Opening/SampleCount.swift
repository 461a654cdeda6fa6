package import ReviewCore

extension SampleReader {
  // Signature, length and kind of the first chunk, width and height.
  private static let pictureHead = 33

  /// A source with as many samples as its file's header tells; as it was where that tells nothing.
  ///
  /// Files of one run share a layout until somebody looks: a checkpoint may have more or fewer.
  package func counted(_ source: SampleSource) -> SampleSource {
    switch source {
    case .array(let path, let member, _):
      guard let layout = try? header(path: path, member: member).layout else { return source }
      return .array(path: path, member: member, layout: layout)
    case .grid(let path, let layout?):
      guard let file = try? OpenFile("\(root)/\(path)"), file.size >= Self.pictureHead,
        let bytes = try? file.bytes(at: 0, count: Self.pictureHead), PNGReader.isPNG(bytes)
      else { return source }
      let (width, height) = (Self.number(bytes[16..<20]), Self.number(bytes[20..<24]))
      return .grid(path: path, layout: layout.fitted(to: width, height) ?? layout)
    case .grid(_, nil): return source
    }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }
}

extension Run {
  /// Looks into the header of every sample file for how many samples it holds.
  ///
  /// - Returns: whether any number is another than was thought.
  /// - Complexity: one small read a file.
  @discardableResult
  package mutating func countSamples() -> Bool {
    let reader = SampleReader(run: self)
    var isChanged = false
    for index in checkpoints.indices {
      guard let source = checkpoints[index].samples else { continue }
      let counted = reader.counted(source)
      if counted.count != source.count { isChanged = true }
      checkpoints[index].samples = counted
    }
    return isChanged
  }
}

extension GridLayout {
  /// The layout of a picture with more or fewer rows of the same cells; nil when it is no such
  /// picture.
  func fitted(to width: Int, _ height: Int) -> GridLayout? {
    if pictureWidth == width, pictureHeight == height { return self }
    let pitch = sampleHeight + padding
    let edge = hasBorder ? padding : -padding
    guard pictureWidth == width, height > edge, pitch > 0, (height - edge) % pitch == 0 else {
      return nil
    }
    let rows = (height - edge) / pitch
    return GridLayout(
      columns: columns, rows: rows, padding: padding, hasBorder: hasBorder,
      sampleWidth: sampleWidth, sampleHeight: sampleHeight, count: columns * rows,
      certainty: certainty)
  }
}
