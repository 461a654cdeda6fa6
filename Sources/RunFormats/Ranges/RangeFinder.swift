package import ReviewCore

/// Finds which stored values are black and white in a run of arrays: one range for the whole run.
package struct RangeFinder {
  /// What reading the whole run has shown.
  package struct Settled: Equatable, Sendable {
    /// Nil where no sample asks for a range.
    package let range: ValueRange?
    /// Nil where no samples are points of a plane.
    package let frame: PointFrame?
    /// Values that are clamped, and pixels that are no number.
    package let warnings: [RunWarning]
  }

  private let run: Run
  private let marks: ValueSpread.Marks
  private var cache: SpreadCache
  /// Of the checkpoints that lie in one packed array, the array.
  private var unpacked: UnpackedArray?

  /// Whether a run has arrays at all; all other samples are 8-bit gray as they stand.
  package static func concerns(_ run: Run) -> Bool {
    isArray(run.reference) || run.checkpoints.contains { isArray($0.samples) }
  }

  /// Reads all arrays of a run, one at a time, except those that the cache knows.
  ///
  /// Takes as long as reading the run takes; what cannot be read is passed over, as whoever shows
  /// it names it.
  /// - Parameters:
  ///   - cacheFolder: nil keeps and asks nothing.
  ///   - isCancelled: asked between two files; the answer is then nil.
  package static func settle(
    _ run: Run, cacheFolder: String?, isCancelled: () -> Bool = { false }
  ) -> Settled? {
    guard concerns(run) else { return Settled(range: nil, frame: nil, warnings: []) }
    var finder = RangeFinder(run, cacheFolder: cacheFolder)
    return finder.settle(isCancelled)
  }

  private init(_ run: Run, cacheFolder: String?) {
    self.run = run
    marks = ValueSpread.Marks(declared: run.declaration.valueRange)
    cache = SpreadCache(
      folder: cacheFolder, identity: FileBytes.realPath(run.path) ?? run.path, marks: marks)
  }

  private mutating func settle(_ isCancelled: () -> Bool) -> Settled? {
    var spreads: [(path: String, spread: ValueSpread)] = []
    var points: PointSpread?
    for checkpoint in run.checkpoints {
      guard !isCancelled() else { return nil }
      if let found = pointSpread(of: checkpoint.samples) {
        points = points ?? PointSpread()
        points?.add(found)
      } else if let spread = spread(of: checkpoint.samples), let source = checkpoint.samples {
        spreads.append((source.path, spread))
      }
    }
    let referenceSpread = spread(of: run.reference)
    cache.save()
    let frame = points?.frame
    var whole = ValueSpread(marks: marks)
    for (_, spread) in spreads { whole.add(spread) }
    // Real images follow the samples; only where those ask for no range they have a say.
    if spreads.isEmpty, let referenceSpread { whole.add(referenceSpread) }
    guard whole.count > 0 else { return Settled(range: nil, frame: frame, warnings: []) }
    let range =
      run.declaration.valueRange.map {
        ValueRange(lo: $0.lowerBound, hi: $0.upperBound, origin: .declared)
      } ?? whole.range(.found)
    if let reference = run.reference, let referenceSpread {
      spreads.append((reference.path, referenceSpread))
    }
    return Settled(range: range, frame: frame, warnings: Self.warnings(spreads, range))
  }

  /// Nil for what asks for no range, or cannot be read.
  private mutating func spread(of source: SampleSource?) -> ValueSpread? {
    guard case .array(let place, let layout)? = source, layout?.axes != .points else { return nil }
    let (marks, root) = (marks, run.samplesFolder)
    var kept = unpacked.take()
    defer { unpacked = kept }
    let spread = spread(of: place, part: "") { header in
      guard header.type.asksForRange else { return ValueSpread(marks: marks) }
      guard let array = try? ArrayFile.array(at: place, root: root, keeping: &kept) else {
        return nil
      }
      return ValueSpread(of: array, marks: marks)
    }
    return spread.flatMap { $0.count > 0 ? $0 : nil }
  }

  /// Nil for what is no points of a plane, or cannot be read.
  private mutating func pointSpread(of source: SampleSource?) -> PointSpread? {
    guard case .array(let place, let layout?)? = source, layout.axes == .points else { return nil }
    var read: PointSpread?
    let root = run.samplesFolder
    var kept = unpacked.take()
    defer { unpacked = kept }
    func coordinate(_ path: KeyPath<PointSpread, ValueSpread>) -> ValueSpread? {
      if read == nil {
        read = (try? ArrayFile.array(at: place, root: root, keeping: &kept)).map {
          PointSpread(of: $0)
        }
      }
      return read?[keyPath: path]
    }
    // Spreads of points are counted by the usual marks, which nobody asks for.
    let usual = ValueSpread.Marks()
    guard marks == usual else { return coordinate(\.x).flatMap { _ in read } }
    guard let x = spread(of: place, part: "x", { _ in coordinate(\.x) }),
      let y = spread(of: place, part: "y", { _ in coordinate(\.y) })
    else { return nil }
    return PointSpread(x: x, y: y)
  }

  /// What the cache knows of an array, else what looking at it tells.
  ///
  /// - Parameter part: tells the coordinates of points apart.
  private mutating func spread(
    of place: ArrayPlace, part: String, _ look: (ArrayHeader) -> ValueSpread?
  ) -> ValueSpread? {
    let file = "\(run.samplesFolder)/\(place.path)"
    guard let state = FileState(file) else { return nil }
    var member = place.member
    if place.slice != nil || !part.isEmpty {
      member = "\(member ?? "")\u{0}\(place.slice.map(String.init) ?? "")\u{0}\(part)"
    }
    if let known = cache.spread(of: place.path, member: member, state: state) { return known }
    guard let header = try? SampleReader(run: run).header(of: place).header,
      let spread = look(header)
    else { return nil }
    cache.keep(spread, of: place.path, member: member, state: state)
    return spread
  }

  private static func isArray(_ source: SampleSource?) -> Bool {
    if case .array? = source { true } else { false }
  }

  private static func warnings(
    _ spreads: [(path: String, spread: ValueSpread)], _ range: ValueRange
  ) -> [RunWarning] {
    func warning(
      _ code: RunWarning.Code, _ number: (ValueSpread) -> Int, _ words: String
    ) -> RunWarning? {
      let files = spreads.filter { number($0.spread) > 0 }
      guard let first = files.first else { return nil }
      let affected = files.reduce(0) { $0 + number($1.spread) }
      let all = files.reduce(0) { $0 + $1.spread.count }
      let place = files.count == 1 ? "it" : "\(files.count) files, of which this is the first,"
      return RunWarning(
        code, path: first.path, "\(affected) of \(all) values in \(place) \(words)")
    }
    return [
      warning(.nanPixels, \.nanCount, "are no number (NaN); they are shown black"),
      warning(
        .clampedValues, { $0.outside(range) },
        "lie outside \(range.text), the range \(range.origin.words); "
          + "they are shown as its nearest end"),
    ].compactMap { $0 }
  }
}

extension Run {
  /// Shows its samples by what reading the whole run has shown.
  package mutating func take(_ settled: RangeFinder.Settled) {
    valueRange = settled.range
    pointFrame = settled.frame
    warnings += settled.warnings.filter { !warnings.contains($0) }
  }
}

extension ValueRange.Origin {
  /// `declared in keepoch.toml`.
  package var words: String {
    switch self {
    case .declared: return "declared in \(KeepochTOML.fileName)"
    case .found: return "found over all values of the run"
    case .estimated: return "estimated from the first, middle and last checkpoint"
    }
  }
}
