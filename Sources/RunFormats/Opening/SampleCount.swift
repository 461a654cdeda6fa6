package import ReviewCore

extension SampleReader {
  /// A source with as many samples as its file's header tells; as it was where that tells nothing.
  ///
  /// Files of one run share a layout until somebody looks: a checkpoint may have more or fewer.
  package func counted(_ source: SampleSource) -> SampleSource {
    switch source {
    case .array(let place, _):
      guard let layout = try? header(of: place).layout else { return source }
      return .array(place, layout: layout)
    case .grid(let place, let layout?):
      guard let file = try? OpenFile("\(root)/\(place.path)") else { return source }
      let start = place.part?.lowerBound ?? 0
      let size = min(place.part?.count ?? ImageFile.headSize, ImageFile.headSize)
      guard let head = try? file.bytes(at: start, count: size),
        let found = ImageFile.size(ofHead: head)
      else { return source }
      return .grid(place, layout: layout.fitted(to: found.width, found.height) ?? layout)
    case .grid(_, nil), .pictures: return source
    }
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
    let members = members.map { SampleReader(run: $0.run) }
    var isChanged = false
    for index in checkpoints.indices {
      guard let source = checkpoints[index].samples else { continue }
      let counted = (checkpoints[index].member.map { members[$0] } ?? reader).counted(source)
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
