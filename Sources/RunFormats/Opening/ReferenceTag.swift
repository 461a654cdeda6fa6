import ReviewCore

/// Finds the real images that a script logged beside its samples, where no file holds any.
struct ReferenceTag {
  private let root: String
  private let declaration: RunDeclaration
  private(set) var source: SampleSource?
  private(set) var reading: [String] = []
  private(set) var warnings: [RunWarning] = []

  private static let words: Set = ["real", "reals", "reference", "references"]
  private static let otherWords: Set = [
    "fake", "fakes", "generated", "vs", "and", "recon", "recons", "reconstruction",
    "reconstructions", "loss", "losses", "score", "scores", "hist", "histogram",
  ]

  init(root: String, declaration: RunDeclaration) {
    self.root = root
    self.declaration = declaration
  }

  /// Takes the last step of the first tag that speaks of real images alone.
  ///
  /// - Parameters:
  ///   - candidates: what event files and trackers offer.
  ///   - taken: the samples of the run.
  mutating func find(among candidates: [SampleCandidate], taken: SampleCandidate?) {
    let found = candidates.first { candidate in
      let words = NameWords.words(of: candidate.name)
      return candidate.name != taken?.name && !Self.words.isDisjoint(with: words)
        && Self.otherWords.isDisjoint(with: words)
    }
    guard let found, let last = found.numbers.last else { return }
    var finder = LayoutFinder(root: root, declaration: declaration)
    var sources: FoundSamples?
    switch found.content {
    case .grids(let places):
      // Samples of the same size tell more of the layout than one picture does.
      guard let place = places.last else { return }
      var places = [place]
      if let taken, case .grids(let samples) = taken.content { places += samples.prefix(3) }
      sources = finder.grids(of: found, places, reference: nil)
    case .pictures(let sets):
      sources = finder.pictures(of: found, sets.suffix(1), reference: nil)
    case .arrays: break
    }
    let isBroken = finder.warnings.contains { $0.code == .badImage || $0.code == .unreadable }
    guard let sources, sources.isReadable, !isBroken else { return }
    warnings = finder.warnings
    source = sources.places.first?.source
    reading.append(
      "\(PrintableText.escaped(found.name)): real images, by the tag; those of "
        + "\(found.axis.rawValue) \(last.text)")
  }
}
