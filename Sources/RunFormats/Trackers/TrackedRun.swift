import ReviewCore

/// What a tracker kept of one run.
struct TrackedRun {
  let format: RunFormat
  /// Where it was read from, relative to the run.
  let path: String
  /// Tracker and run, as a sentence has them.
  let title: String
  var history = TrackedHistory()
  var settings: [Setting] = []
  var warnings: [RunWarning] = []
  var reading: [String] = []
  /// Files that need no other reader: it has told what is in them, or what their names say is wrong.
  var told: Set<String> = []

  init(format: RunFormat, path: String, title: String) {
    self.format = format
    self.path = path
    self.title = title
  }

  /// The pictures as samples that may be taken.
  var candidates: [SampleCandidate] {
    history.pictures.map { set in
      let areSingle = set.entries.allSatisfy { $0.paths.count == 1 }
      let content: SampleCandidate.Content =
        areSingle
        ? .grids(set.entries.map { PicturePlace(path: $0.paths[0]) })
        : .pictures(
          set.entries.map { entry in
            entry.paths.enumerated().map {
              NumberedPicture(index: $0.offset, place: PicturePlace(path: $0.element))
            }
          })
      return SampleCandidate(
        name: set.key, pattern: "\(format.rawValue):\(set.key)@{#}", format: format, axis: .step,
        numbers: set.entries.map { AxisValue($0.step) }, content: content,
        reason: "the step that each was logged at",
        likelihood: NameWords.likelihood(of: set.key),
        isOther: NameWords.speakOfOthers(set.key))
    }
  }
}
