import ReviewCore

/// Finds which files or records of a run hold samples: those declared, else the largest group of
/// pictures or arrays that does not speak of other things.
struct SampleFinder {
  private let root: String
  private let declaration: RunDeclaration
  private let pictures: [String]
  private let arrays: [String]
  private let others: [SampleCandidate]
  private let told: Set<String>
  private(set) var warnings: [RunWarning] = []
  private(set) var reading: [String] = []
  private(set) var taken: SampleCandidate?
  private(set) var samples: FoundSamples?
  private(set) var reference: SampleSource?
  /// Real images that were not trained on, as declared.
  private(set) var testReference: SampleSource?
  /// What lies beside the samples, to be joined to the checkpoints.
  private(set) var given: GivenArrayFinder
  private(set) var valueRange: ValueRange?
  private(set) var pointFrame: PointFrame?
  /// Why groups that might have been samples are none.
  private(set) var refusals: [String] = []
  /// Names of all groups that may hold samples.
  private(set) var names: [String] = []
  /// Of which setting a group's samples are, and which is looked for; nil looks for all.
  var setting: (of: (String) -> SamplingSetting?, isWanted: (SamplingSetting) -> Bool)?

  private static let longestListing = 12

  /// - Parameters:
  ///   - pictures: of the run, relative to it, as are the arrays.
  ///   - others: what event files and trackers offer.
  ///   - told: files that a tracker told of; their names are not asked, as they may be wrong.
  init(
    root: String, declaration: RunDeclaration, pictures: [String], arrays: [String],
    others: [SampleCandidate] = [], told: Set<String> = []
  ) {
    self.root = root
    self.declaration = declaration
    self.others = others
    self.told = told
    self.pictures = pictures
    self.arrays = arrays
    given = GivenArrayFinder(root: root, declaration: declaration)
  }

  var fileCount: Int { pictures.count + arrays.count }
  var format: RunFormat { taken?.format ?? .table }

  mutating func find() {
    var all = NumberedNames.groups(of: asked(pictures)).map { SampleCandidate($0) }
    var groups = NumberedNames.groups(of: asked(arrays))
    let numbered = Set(groups.flatMap { $0.members.map(\.path) } + others.flatMap(\.paths))
    let unnumbered = asked(arrays).filter { !numbered.contains($0) }
    given.find(groups: groups, others: unnumbered)
    if !given.taken.isEmpty {
      groups = NumberedNames.groups(of: asked(arrays).filter { !given.taken.contains($0) })
    }
    all += groups.map { SampleCandidate($0) } + others
    var sheets = ArraySheets(root: root, declaration: declaration)
    sheets.look(into: unnumbered.filter { !given.taken.contains($0) })
    all += sheets.candidates
    names = all.map(\.name)
    if let setting {
      let settings = all.map { setting.of($0.paths.first ?? $0.name) ?? setting.of($0.name) }
      let own = zip(all, settings).filter { $1.map(setting.isWanted) ?? false }
      // Beside samples that say their setting, others are of none that is known.
      all =
        own.isEmpty
        ? zip(all, settings).filter { $1.map(setting.isWanted) ?? true }.map(\.0) : own.map(\.0)
    }
    var candidates = declared(among: all).map { [$0] } ?? Self.ranked(all)
    if candidates.isEmpty, let last = Self.lastResort(all) {
      candidates = [last]
      reading.append(
        "\(PrintableText.escaped(last.name)) speaks of other things than samples as well; it is taken, "
          + "as there is nothing else")
    }
    let referencePath = findReferencePath(beside: candidates.first)
    for candidate in candidates where samples?.isReadable != true {
      look(at: candidate, referencePath: referencePath)
    }
    if samples == nil, candidates.isEmpty, let other = all.first(where: \.isOther) {
      refusals.append(
        "\(PrintableText.escaped(other.paths.first ?? "")) and its like are by their name no samples; "
          + "to review them: samples = \(TOMLText.quoted(other.pattern(by: other.axis)))")
    }
    if samples == nil, all.isEmpty, let first = given.found.first {
      refusals.append(
        "\(PrintableText.escaped(first.members.first?.place.path ?? "")) and its like are by their "
          + "name \(first.role.words), which lie beside samples; to review them as such: samples = "
          + TOMLText.quoted(first.pattern.replacing("{#}", with: "{\(first.axis.rawValue)}")))
    }
    given.leaveOut(samples)
    if let referencePath, reference == nil { reference = readReference(referencePath) }
    findTestReference()
    guard declaration.samplesPattern == nil else { return }
    offer(all.filter { $0.name != taken?.name })
  }

  /// Names that are looked at; those of a tracker's files may be wrong, and declared images that were
  /// not trained on are no samples.
  private func asked(_ paths: [String]) -> [String] {
    guard !told.isEmpty || declaration.testReferencePath != nil else { return paths }
    return paths.filter { !told.contains($0) && $0 != declaration.testReferencePath }
  }

  /// What else could be reviewed, and how.
  private mutating func offer(_ left: [SampleCandidate]) {
    for candidate in left.prefix(Self.longestListing) {
      guard let path = candidate.paths.first else { continue }
      let isOfRecords = ![RunFormat.imageGrids, .singleImages, .arrays].contains(candidate.format)
      let what =
        isOfRecords
        ? "\(PrintableText.escaped(candidate.name)), \(candidate.size) records"
        : PrintableText.escaped(path)
          + (candidate.size > 1 ? " and \(candidate.size - 1) more" : "")
      let pattern = TOMLText.quoted(candidate.pattern(by: candidate.axis))
      reading.append(
        "left out, \(candidate.isOther ? "by the name no samples" : "of another name"): "
          + "\(what); to review them: samples = \(pattern) in \(KeepochTOML.fileName)")
    }
    if left.count > Self.longestListing {
      reading.append("left out: \(left.count - Self.longestListing) more groups of files")
    }
  }

  /// The likeliest of each format, those with more checkpoints first; where even, what a tracker
  /// says, as it knows the steps, then arrays, pictures and event files.
  private static func ranked(_ all: [SampleCandidate]) -> [SampleCandidate] {
    func isLikelier(_ a: SampleCandidate, _ b: SampleCandidate) -> Bool {
      (a.likelihood, a.numbers.count, a.size) > (b.likelihood, b.numbers.count, b.size)
    }
    let order: [RunFormat] = [
      .wandb, .mlflow, .trackio, .arrays, .imageGrids, .singleImages, .tensorboard,
    ]
    var best: [SampleCandidate] = []
    for format in order {
      let rivals = all.filter { $0.format == format && !$0.isOther }
      guard var winner = rivals.first else { continue }
      for rival in rivals.dropFirst() where isLikelier(rival, winner) { winner = rival }
      best.append(winner)
    }
    // A stable order: of as many checkpoints the earlier format.
    return best.enumerated().sorted {
      ($0.element.numbers.count, -$0.offset) > ($1.element.numbers.count, -$1.offset)
    }.map(\.element)
  }

  /// `recon_and_sample`: samples beside other things, where nothing else is there.
  private static func lastResort(_ all: [SampleCandidate]) -> SampleCandidate? {
    all.first { candidate in
      candidate.isOther && NameWords.speakOfSamples(candidate.name)
        && !NameWords.speaksOfReals(candidate.name) && !NameWords.liesInData(candidate.name)
    }
  }

  private mutating func declared(among all: [SampleCandidate]) -> SampleCandidate? {
    guard let text = declaration.samplesPattern, let pattern = NamePattern(text) else { return nil }
    var found: SampleCandidate?
    for paths in [pictures, arrays] where found == nil {
      found = pattern.group(of: paths).map { SampleCandidate($0) }
    }
    if found == nil {
      // Tags and members have no files of their own to be matched.
      found = all.first { $0.pattern(by: pattern.axis) == text }.map {
        $0.counting(by: pattern.axis)
      }
    }
    if var found {
      found.isDeclared = true
      return found
    }
    warnings.append(
      RunWarning(
        .badSetting, path: KeepochTOML.fileName,
        "samples = \"\(PrintableText.escaped(text))\" matches no picture and no array; "
          + "they are guessed"))
    return nil
  }

  /// Takes a group, unless it turns out to hold no samples.
  private mutating func look(at candidate: SampleCandidate, referencePath: String?) {
    let found: FoundSamples
    let lines: [String]
    var range: ValueRange?
    var frame: PointFrame?
    let pictureReference = referencePath.flatMap { ArrayFile.isArray($0) ? nil : $0 }
    switch candidate.content {
    case .grids(let places):
      var finder = LayoutFinder(root: root, declaration: declaration)
      found = finder.grids(of: candidate, places, reference: pictureReference)
      reference = finder.reference ?? reference
      warnings += finder.warnings
      lines = finder.reading
    case .pictures(let sets):
      var finder = LayoutFinder(root: root, declaration: declaration)
      found = finder.pictures(of: candidate, sets, reference: pictureReference)
      reference = finder.reference ?? reference
      warnings += finder.warnings
      lines = finder.reading
    case .arrays(let places):
      var finder = ArrayFinder(root: root, declaration: declaration)
      found = finder.sources(of: candidate, places)
      warnings += finder.warnings
      lines = finder.reading
      if !found.isReadable, let refusal = finder.refusal {
        refuse(candidate, refusal)
        return
      }
      (range, frame) = (finder.valueRange, finder.pointFrame)
    }
    // Of two groups of which none can be read, the first one is named.
    guard found.isReadable || samples == nil else { return }
    samples = found
    taken = candidate
    (valueRange, pointFrame) = (range, frame)
    warnings += candidate.warnings
    reading.append(
      "\(PrintableText.escaped(candidate.name)): \(candidate.sizeWords)"
        + (candidate.isDeclared
          ? ", declared in \(KeepochTOML.fileName)"
          : " by \(candidate.axis.rawValue), \(candidate.reason)"))
    reading += lines
  }

  // Of arrays by chance numbered, such as statistics, nobody wants a warning.
  private mutating func refuse(_ candidate: SampleCandidate, _ refusal: String) {
    let count = candidate.size
    let what = "\(count) array\(count == 1 ? "" : "s") left out: the first one: \(refusal)"
    let isGrave = ["pickle", "bfloat16"].contains { refusal.contains($0) }
    guard candidate.isDeclared || isGrave else {
      reading.append("\(PrintableText.escaped(candidate.name)): \(what)")
      refusals.append("\(PrintableText.escaped(candidate.paths.first ?? "")): \(refusal)")
      return
    }
    warnings.append(RunWarning(.leftOut, path: candidate.paths.first, what))
  }

  private mutating func findReferencePath(beside samples: SampleCandidate?) -> String? {
    let paths = samples?.format == .arrays ? arrays + pictures : pictures + arrays
    if let declared = declaration.referencePath {
      if paths.contains(declared) { return declared }
      warnings.append(
        RunWarning(
          .badSetting, path: KeepochTOML.fileName,
          "reference = \"\(PrintableText.escaped(declared))\" is not a picture or an array of "
            + "this run"))
    }
    let reals = paths.filter {
      NameWords.speaksOfReals($0) && !given.taken.contains($0)
        && $0 != declaration.testReferencePath
    }
    let taken = reals.isEmpty ? [] : Set(samples?.paths ?? [])
    let found = reals.first { !taken.contains($0) }
    if let found { reading.append("\(PrintableText.escaped(found)): real images, by the name") }
    return found
  }

  private mutating func findTestReference() {
    guard let path = declaration.testReferencePath else { return }
    guard pictures.contains(path) || arrays.contains(path) else {
      warnings.append(
        RunWarning(
          .badSetting, path: KeepochTOML.fileName,
          "reference_test = \"\(PrintableText.escaped(path))\" is not a picture or an array of "
            + "this run"))
      return
    }
    testReference = readReference(path)
    if testReference != nil {
      reading.append(
        "\(PrintableText.escaped(path)): real images that were not trained on, declared in "
          + KeepochTOML.fileName)
    }
  }

  private mutating func readReference(_ path: String) -> SampleSource? {
    if ArrayFile.isArray(path) {
      var finder = ArrayFinder(root: root, declaration: declaration)
      let source = finder.reference(path)
      valueRange = valueRange ?? finder.valueRange
      warnings += finder.warnings
      return source
    }
    var finder = LayoutFinder(root: root, declaration: declaration)
    finder.findReference(path)
    warnings += finder.warnings
    reading += finder.reading
    return finder.reference
  }
}
