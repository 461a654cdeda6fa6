extension Run {
  /// `epoch 30 at temperature 1 of gan-digits`, as a sentence has it: with its setting where the run has
  /// several, the usual one too, and with its run where several are compared.
  package func words(of index: Int) -> String {
    wordsInRun(of: index) + (checkpoints[index].member.map { " of \(members[$0].name)" } ?? "")
  }

  /// As `words(of:)`, where the run is known already.
  package func wordsInRun(of index: Int) -> String {
    let place = "\(axis(of: index).rawValue) \(NumberText.shortest(axisValue(of: index).value))"
    return place + (setting(of: index).map { " at \($0.words)" } ?? "")
  }

  /// As `words(of:)`, with the name of a run by itself, too.
  package func wordsWithRun(of index: Int) -> String {
    words(of: index) + (members.isEmpty ? " of \(name)" : "")
  }

  /// Of a place that a journal names: as `words(of:)`, or as it stands there where the run has none such.
  package func words(of position: Position) -> String {
    guard !members.isEmpty || !samplingSettings.isEmpty else { return position.words }
    return index(of: position).map { words(of: $0) } ?? position.words
  }

  /// What is chosen among, so many of it: `16 checkpoints`.
  package func countWords(_ count: Int) -> String {
    let isOne = count == 1
    return samplingSettings.isEmpty
      ? "\(count) checkpoint\(isOne ? "" : "s")"
      : "\(count) pair\(isOne ? "" : "s") of checkpoint and setting"
  }

  /// Whether two checkpoints follow each other in training: of one run, under one setting.
  package func isSamePart(_ left: Int, _ right: Int) -> Bool {
    checkpoints[left].member == checkpoints[right].member
      && checkpoints[left].setting == checkpoints[right].setting
  }

  /// Where several are compared, what was drawn and logged of each; else of this one alone.
  package var owners: [(run: Run, rows: Range<Int>)] {
    members.isEmpty ? [(self, checkpoints.indices)] : members.map { ($0.run, $0.rows) }
  }
}
