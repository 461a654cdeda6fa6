package import ReviewCore

/// Reads the numbers that metrics are computed from, in the precision they are stored in.
package struct NumberReader: Sendable {
  private let root: String
  private let sampleShape: (width: Int, height: Int)?

  /// - Parameter run: gives the folder that paths are relative to.
  package init(run: Run) {
    self.init(root: run.samplesFolder, sampleShape: run.declaration.sampleShape)
  }

  /// - Parameter root: what paths are relative to.
  package init(root: String, sampleShape: (width: Int, height: Int)? = nil) {
    self.root = root
    self.sampleShape = sampleShape
  }

  /// The shape of an array, from its header.
  ///
  /// - Throws: `RunWarning` that says why the array cannot be read.
  package func shape(of place: ArrayPlace) throws(RunWarning) -> [Int] {
    try header(of: place).shape
  }

  /// An array as rows: (n,) becomes (n,1), and of more than two axes all but the first are one.
  ///
  /// `uint8` stays bytes, `bool` becomes bytes of 0 and 1, floats of 16 and 32 bits become `Float`,
  /// all others `Double`. Complexity: O(n), floats and bytes copied in one piece; for a while the
  /// memory of the array twice.
  ///
  /// - Throws: `RunWarning` that says why the array cannot be read; also for one without an axis or
  ///   without values.
  package func table(of place: ArrayPlace) throws(RunWarning) -> NumberTable {
    let array = try array(at: place)
    let shape = array.header.shape
    guard let rows = shape.first, rows > 0, !shape.contains(0) else {
      throw RunWarning(
        .badArray, path: place.path,
        "its shape \(ArrayHeader.text(of: shape)) holds no rows of numbers")
    }
    return NumberTable(
      rowCount: rows, columnCount: array.count / rows, values: array.tableValues)
  }

  /// The points of a plane that a checkpoint's samples are, (n,2); nil for samples that are none.
  ///
  /// - Throws: `RunWarning` that says why the array cannot be read.
  package func points(of source: SampleSource) throws(RunWarning) -> NumberTable? {
    guard case .array(let place, _) = source else { return nil }
    // The layout in the source is that of the run's other arrays; the file's own counts.
    let shape = try shape(of: place)
    guard case .samples(let layout) = ArrayLayout.reading(of: shape, sampleShape: sampleShape),
      layout.axes == .points
    else { return nil }
    return try table(of: place)
  }

  /// The whole numbers of an array (n,) or (n,1).
  ///
  /// - Throws: `RunWarning` that says why the array cannot be read, or is none of labels.
  package func labels(of place: ArrayPlace) throws(RunWarning) -> [Int] {
    let header = try header(of: place)
    if let reason = Self.refusalOfLabels(header) {
      throw RunWarning(.badArray, path: place.path, reason)
    }
    let array = try array(at: place)
    var labels: [Int] = []
    labels.reserveCapacity(array.count)
    var isTooLarge = false
    array.forEachChunk { chunk in
      for value in chunk {
        guard let label = Int(exactly: value) else {
          isTooLarge = true
          return
        }
        labels.append(label)
      }
    }
    guard !isTooLarge else {
      throw RunWarning(.badArray, path: place.path, "a label of it is too large")
    }
    return labels
  }

  /// Why an array is none of labels; nil where it may be.
  static func refusalOfLabels(_ header: ArrayHeader) -> String? {
    guard header.shape.count == 1 || (header.shape.count == 2 && header.shape[1] == 1) else {
      return "labels are (n,), one whole number an image; its shape is "
        + ArrayHeader.text(of: header.shape)
    }
    guard !header.shape.contains(0) else { return "it holds no labels" }
    guard header.type.kind == .int || header.type.kind == .uint else {
      return "labels are whole numbers; its type is \(header.type.name)"
    }
    return nil
  }

  /// Type and shape of an array, or of one place on its first axis, without its values.
  func header(of place: ArrayPlace) throws(RunWarning) -> ArrayHeader {
    do throws(ArrayFailure) {
      let header = try ArrayFile("\(root)/\(place.path)").header(of: place.member)
      guard let slice = place.slice else { return header }
      guard let size = header.shape.first, slice >= 0, slice < size else {
        throw ArrayFailure("its first axis has no place of number \(slice)")
      }
      return try ArrayHeader(
        type: header.type, shape: Array(header.shape.dropFirst()), dataOffset: 0)
    } catch {
      throw RunWarning(path: place.path, error)
    }
  }

  private func array(at place: ArrayPlace) throws(RunWarning) -> StoredArray {
    do throws(ArrayFailure) { return try ArrayFile.array(at: place, root: root) } catch {
      throw RunWarning(path: place.path, error)
    }
  }
}

extension ArrayFile {
  /// - Throws: `ArrayFailure` where it holds no array of this name.
  func header(of member: String?) throws(ArrayFailure) -> ArrayHeader {
    if let found = members.last(where: { $0.name == member }) { return found.header }
    throw failures.last { $0.name == member }?.failure
      ?? ArrayFailure("it holds no array named \"\(PrintableText.escaped(member ?? ""))\"")
  }
}
