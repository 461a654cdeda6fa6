package import ReviewCore

/// Real samples that lie anywhere: an array, a grid, or a folder of single pictures, read as the samples of a
/// run are.
package struct OutsideReference {
  private let run: Run
  private let path: String

  package init(_ path: String, for run: Run) {
    self.path = path
    self.run = run
  }

  /// - Throws: `RunWarning` that says what cannot be read, and why.
  package func samples() throws(RunWarning) -> SampleSet {
    switch FileBytes.kind(path) {
    case .folder: return try folder()
    case .file: return try file()
    default:
      throw RunWarning(
        .unreadable, path: path, "there is no such file or folder of real samples")
    }
  }

  /// Points of a plane; nil for what is no points.
  package func points() throws(RunWarning) -> NumberTable? {
    guard ArrayFile.isArray(path), let source = arraySource else { return nil }
    return try NumberReader(root: FileBytes.parent(of: path)).points(of: source)
  }

  private var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  private var reader: SampleReader {
    SampleReader(
      root: FileBytes.parent(of: path), range: run.valueRange, frame: run.pointFrame,
      sampleShape: run.declaration.sampleShape)
  }

  private var arraySource: SampleSource? {
    var declaration = run.declaration
    declaration.arrayName = nil
    var finder = ArrayFinder(root: FileBytes.parent(of: path), declaration: declaration)
    return finder.reference(name)
  }

  private func file() throws(RunWarning) -> SampleSet {
    if ArrayFile.isArray(path) {
      guard let source = arraySource else {
        throw RunWarning(.badArray, path: path, "no array in it has the shape of samples")
      }
      return try reader.samples(source)
    }
    let picture = try SampleReader.picture(at: path)
    let size = run.checkpoints.lazy.compactMap { $0.samples?.sampleSize }.first
    if let size, size.width == picture.width, size.height == picture.height {
      return SampleSet(
        width: picture.width, height: picture.height, indices: [0], pixels: picture.pixels)
    }
    // The run's own grids say how such pictures are laid out.
    for checkpoint in run.checkpoints {
      guard case .grid(_, let layout?)? = checkpoint.samples,
        let fitted = layout.fitted(to: picture.width, picture.height)
      else { continue }
      return try reader.samples(.grid(path: name, layout: fitted))
    }
    var finder = LayoutFinder(
      root: FileBytes.parent(of: path), declaration: run.declaration)
    finder.findReference(name)
    guard let source = finder.reference else {
      throw finder.warnings.first
        ?? RunWarning(.gridMismatch, path: path, "it is no grid of real samples")
    }
    return try reader.samples(source)
  }

  /// All pictures of a folder, in the order of their names.
  private func folder() throws(RunWarning) -> SampleSet {
    let names: [String]
    do { names = try FileBytes.names(in: path).files.filter { ImageFile.isPicture($0) } } catch {
      throw RunWarning(.unreadable, path: path, error.reason)
    }
    guard !names.isEmpty else {
      throw RunWarning(.unreadable, path: path, "the folder holds no picture")
    }
    let pictures = names.enumerated().map {
      NumberedPicture(index: $0.offset, place: PicturePlace(path: $0.element))
    }
    let inside = SampleReader(root: path, range: run.valueRange, sampleShape: nil)
    return try inside.samples(.pictures(pictures, size: nil))
  }
}
