import ReviewCore
import ReviewJournal
import RunFormats

extension OpenedRun {
  // Journals of more are not told apart by their numbers, and nobody compares so many.
  private static let mostRuns = 256

  /// Several runs as one, with what reviewers said of each and of all.
  ///
  /// - Throws: `RunError` of the first run that cannot be opened.
  static func comparing(
    _ paths: [String], reviewer option: String?, configuration: Configuration,
    checksDigests: Bool = true, keepsCache: Bool = true
  ) throws(RunError) -> OpenedRun {
    guard paths.count <= mostRuns else {
      throw RunError(
        "cannot compare", why: "\(paths.count) runs are more than \(mostRuns)",
        remedy: "Name the ones that matter")
    }
    var parts: [OpenedRun] = []
    var seen: Set<String> = []
    for path in paths {
      let part = try OpenedRun(
        path: path, reviewer: parts.first?.reviewer ?? option, configuration: configuration,
        checksDigests: checksDigests, waitsForRange: true, keepsCache: keepsCache)
      // A run that is named twice is compared with itself once.
      if seen.insert(RunPath(part.run.path).identity ?? part.run.path).inserted {
        parts.append(part)
      }
    }
    guard parts.count > 1 else { return parts[0] }
    return comparing(parts, configuration: configuration, checksDigests: checksDigests)
  }

  /// - Parameter parts: at least one.
  private static func comparing(
    _ parts: [OpenedRun], configuration: Configuration, checksDigests: Bool
  ) -> OpenedRun {
    let place = ComparisonPlace(parts.map(\.run.path))
    let run = Run(comparing: parts.map(\.run), name: place.name, path: place.path)
    let folder = JournalFolder(
      runPath: place.path, isFile: false, identity: place.path, stateFolder: Outside.stateFolder)
    let own = folder.readAll()
    let acts = JointActs(runs: run.members.map(\.name))
    var names: [String] = []
    for name in (parts.flatMap(\.journals) + own).map(\.review.reviewer)
    where !names.contains(name) {
      names.append(name)
    }
    var reviews: [Review] = []
    var warnings = run.warnings + (parts.flatMap(\.journals) + own).flatMap(\.warnings)
    for name in names {
      func events(_ journals: [ReadJournal]) -> [ReviewEvent] {
        journals.filter { $0.review.reviewer == name }.flatMap(\.events)
      }
      var review = Review(
        reviewer: name, events: acts.joined(parts.map { events($0.journals) } + [events(own)]))
      if checksDigests {
        let stale = StaleTags.find(in: review, run: run)
        review.setStale(stale)
        warnings += StaleTags.warnings(of: stale, by: name)
      }
      reviews.append(review)
    }
    var tags: [FailureTag] = []
    for tag in parts.flatMap(\.tags) where !tags.contains(where: { $0.name == tag.name }) {
      tags.append(tag)
    }
    return OpenedRun(
      run: run, folder: folder, reviewer: parts[0].reviewer, tags: tags, journals: own,
      reviews: reviews, warnings: warnings, parts: parts)
  }

  /// Computes for each run what a rule over all names.
  mutating func measureParts(for rule: RuleInForce, keepsCache: Bool) throws(RunError) {
    var runs: [Run] = []
    var isNew = false
    for part in parts {
      var part = part
      let before = part.run.columns.count
      try part.measure(for: rule, keepsCache: keepsCache)
      if part.run.columns.count != before { isNew = true }
      runs.append(part.run)
    }
    guard isNew else { return }
    run = Run(comparing: runs, name: run.name, path: run.path)
    takeJudged()
  }

  /// The journals of all runs and of the comparison, to write to.
  func openJointJournal() -> JointJournal {
    // Nothing is said on standard error, which may be under a screen.
    func opened(_ part: OpenedRun) -> Result<Journal, RunError> {
      do throws(RunError) {
        return .success(
          try Journal(folder: part.folder.writable().folder, reviewer: part.reviewer))
      } catch {
        return .failure(error)
      }
    }
    func known(_ part: OpenedRun) -> [ReviewEvent] {
      part.journals.filter { $0.review.reviewer == reviewer }.flatMap(\.events)
    }
    return JointJournal(
      JointActs(runs: run.members.map(\.name)), (parts + [self]).map(opened),
      known: (parts + [self]).map(known), reviewer: reviewer)
  }
}

/// What a comparison is called and where its own journal and its reports lie: in the folder that all of its
/// runs lie in, else beside nothing, under the state folder.
struct ComparisonPlace {
  let name: String
  let path: String

  init(_ paths: [String]) {
    let real = paths.map { RunPath($0).identity ?? $0 }
    let folders = Set(real.map { FileBytes.parent(of: $0) })
    let names = paths.map { path -> String in
      let trimmed = path.split(separator: "/").last.map(String.init) ?? path
      return PrintableText.singleLine(trimmed)
    }
    name =
      names.count > 4 ? "\(names.count) runs" : names.joined(separator: ", ")
    if folders.count == 1, let folder = folders.first, FileBytes.kind(folder) == .folder {
      path = folder
    } else {
      // A folder that nobody makes: journals and reports go where those of a run go that cannot be written to.
      let key = StableHash.text(real.sorted().joined(separator: "\n"))
      path = "\(Outside.stateFolder)/comparisons/\(key)"
    }
  }
}
