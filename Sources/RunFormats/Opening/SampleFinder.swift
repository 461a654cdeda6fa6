import ReviewCore

/// Finds which files of a run hold samples: those declared, else the largest group of numbered
/// pictures or arrays.
struct SampleFinder {
  private let root: String
  private let declaration: RunDeclaration
  private let pictures: [String]
  private let arrays: [String]
  private(set) var warnings: [RunWarning] = []
  private(set) var reading: [String] = []
  private(set) var group: NumberedNames?
  private(set) var samples: FoundSamples?
  private(set) var format = RunFormat.table
  private(set) var reference: SampleSource?
  private(set) var valueRange: ValueRange?

  private static let longestListing = 12

  private enum Kind {
    case pictures
    case arrays

    var words: String { self == .pictures ? "sample grids" : "arrays of samples" }
  }

  private struct Candidate {
    let kind: Kind
    let group: NumberedNames
    let isDeclared: Bool
  }

  /// - Parameter files: of the run, relative to it.
  init(root: String, declaration: RunDeclaration, files: [String]) {
    self.root = root
    self.declaration = declaration
    pictures = files.filter { $0.lowercased().hasSuffix(".png") }
    arrays = files.filter { ArrayFile.isArray($0) }
  }

  var fileCount: Int { pictures.count + arrays.count }

  mutating func find() {
    let groups = (
      pictures: NumberedNames.groups(of: pictures), arrays: NumberedNames.groups(of: arrays)
    )
    let candidates =
      declared().map { [$0] } ?? Self.guesses(pictures: groups.pictures, arrays: groups.arrays)
    let referencePath = findReferencePath(prefersArrays: candidates.first?.kind == .arrays)
    for candidate in candidates where samples?.isReadable != true {
      look(at: candidate, referencePath: referencePath)
    }
    if let referencePath, reference == nil { readReference(referencePath) }
    guard let group, declaration.samplesPattern == nil else { return }
    let others = (groups.pictures + groups.arrays).filter { $0.template != group.template }
      .flatMap(\.members).map(\.path)
    guard !others.isEmpty else { return }
    let names = others.prefix(Self.longestListing).map(PrintableText.escaped)
    reading.append(
      "left out, of other names: \(names.joined(separator: ", "))"
        + (others.count > Self.longestListing ? ", ..." : ""))
  }

  /// The likeliest group of each kind, the one with more checkpoints first; arrays where even.
  private static func guesses(
    pictures: [NumberedNames], arrays: [NumberedNames]
  ) -> [Candidate] {
    let picture = pictures.first.map { Candidate(kind: .pictures, group: $0, isDeclared: false) }
    let array = arrays.first.map { Candidate(kind: .arrays, group: $0, isDeclared: false) }
    guard let picture, let array else { return [picture, array].compactMap { $0 } }
    return picture.group.distinctMembers.count > array.group.distinctMembers.count
      ? [picture, array] : [array, picture]
  }

  private mutating func declared() -> Candidate? {
    guard let pattern = declaration.samplesPattern else { return nil }
    for (kind, paths) in [(Kind.pictures, pictures), (.arrays, arrays)] {
      if let group = NumberedNames.matching(pattern: pattern, in: paths), !group.members.isEmpty {
        return Candidate(kind: kind, group: group, isDeclared: true)
      }
    }
    warnings.append(
      RunWarning(
        .badSetting, path: KeepochTOML.fileName,
        "samples = \"\(PrintableText.escaped(pattern))\" matches no picture and no array; "
          + "they are guessed"))
    return nil
  }

  /// Takes a group, unless it turns out to hold no samples.
  private mutating func look(at candidate: Candidate, referencePath: String?) {
    let group = candidate.group
    let found: FoundSamples
    let lines: [String]
    switch candidate.kind {
    case .pictures:
      var finder = LayoutFinder(root: root, declaration: declaration)
      found = finder.sources(
        of: group, reference: referencePath.flatMap { ArrayFile.isArray($0) ? nil : $0 })
      reference = finder.reference
      warnings += finder.warnings
      lines = finder.reading
    case .arrays:
      var finder = ArrayFinder(root: root, declaration: declaration)
      found = finder.sources(of: group)
      warnings += finder.warnings
      lines = finder.reading
      if !found.isReadable, let refusal = finder.refusal {
        refuse(candidate, refusal)
        return
      }
      valueRange = finder.valueRange
    }
    // Of two groups of which none can be read, the first one is named.
    guard found.isReadable || samples == nil else { return }
    samples = found
    self.group = group
    format = candidate.kind == .arrays ? .arrays : .imageGrids
    warnings += group.duplicates
    reading.append(
      "\(PrintableText.escaped(group.template)): \(group.members.count) \(candidate.kind.words)"
        + (candidate.isDeclared
          ? ", declared in \(KeepochTOML.fileName)"
          : " by \(group.axis.rawValue), the number that changes in the names"))
    reading += lines
  }

  // Of arrays by chance numbered, such as statistics, nobody wants a warning.
  private mutating func refuse(_ candidate: Candidate, _ refusal: String) {
    let count = candidate.group.members.count
    let what = "\(count) array\(count == 1 ? "" : "s") left out: the first one: \(refusal)"
    guard candidate.isDeclared || refusal.contains("points") else {
      reading.append("\(PrintableText.escaped(candidate.group.template)): \(what)")
      return
    }
    warnings.append(
      RunWarning(.leftOut, path: candidate.group.distinctMembers.first?.path, what))
  }

  private mutating func findReferencePath(prefersArrays: Bool) -> String? {
    let paths = prefersArrays ? arrays + pictures : pictures + arrays
    if let declared = declaration.referencePath {
      if paths.contains(declared) { return declared }
      warnings.append(
        RunWarning(
          .badSetting, path: KeepochTOML.fileName,
          "reference = \"\(PrintableText.escaped(declared))\" is not a picture or an array of "
            + "this run"))
    }
    let found = paths.first { path in
      let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
      // Lowercasing a thousand names takes longer than looking at their first letter.
      return name.utf8.first.map { $0 | 0x20 == 0x72 } == true
        && ["real", "reference"].contains { name.lowercased().hasPrefix($0) }
    }
    if let found { reading.append("\(PrintableText.escaped(found)): real images, by the name") }
    return found
  }

  private mutating func readReference(_ path: String) {
    if ArrayFile.isArray(path) {
      var finder = ArrayFinder(root: root, declaration: declaration)
      reference = finder.reference(path)
      valueRange = valueRange ?? finder.valueRange
      warnings += finder.warnings
    } else {
      var finder = LayoutFinder(root: root, declaration: declaration)
      finder.findReference(path)
      reference = finder.reference
      warnings += finder.warnings
      reading += finder.reading
    }
  }
}
