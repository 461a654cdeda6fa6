import ReviewCore

/// Sections 5 to 8: what was seen.
extension ReportDocument {
  // More than this many pictures make a report nobody reads; the table counts them all.
  private static let mostFailures = 24

  mutating func addFailures() {
    let counts = report.tagCounts
    guard !counts.isEmpty else {
      section(.failures, "Failures", [.paragraph(["No failure was tagged."])] + trainersTags)
      return
    }
    let indices = Set(counts.flatMap { $0.counts.map(\.index) }).sorted()
    let header =
      ["tag"]
      + indices.map { "\(report.run.axis.rawValue) \(report.run.axisValue(of: $0).padded)" }
    let rows = counts.map { tag, places -> [[Span]] in
      let cells = indices.map { index in
        places.first { $0.index == index }.map { String($0.count) } ?? ""
      }
      return ([tag] + cells).map { [.text($0)] }
    }
    var blocks: [ReportBlock] =
      isComparison || !report.run.samplingSettings.isEmpty
      ? [failuresByPlace] : [.table(header: header.map { [.text($0)] }, rows: rows)]
    let failures = report.failures
    for failure in failures.prefix(Self.mostFailures) { blocks += self.blocks(of: failure) }
    if failures.count > Self.mostFailures {
      blocks.append(
        .paragraph([
          "\(failures.count - Self.mostFailures) further tagged samples are counted above."
        ]))
    }
    section(.failures, "Failures", blocks + trainersTags)
  }

  /// By run and tag, with the checkpoints in words: numbers alone would not tell them apart.
  private var failuresByPlace: ReportBlock {
    let owners = report.run.owners
    let names = isComparison ? report.run.members.map(\.name) : [report.run.name]
    let rows = zip(names, owners).flatMap { name, owner in
      report.tagCounts.compactMap { tag, counts -> [[Span]]? in
        let own = counts.filter { owner.rows.contains($0.index) }
        guard !own.isEmpty else { return nil }
        let places = own.map { "\($0.count) at \(report.run.wordsInRun(of: $0.index))" }
        let count = own.reduce(0) { $0 + $1.count }
        let cells = [name, tag, String(count), places.joined(separator: "; ")]
        return cells.map { [.text($0)] }
      }
    }
    return .table(header: ["run", "tag", "marks", "where"].map { [.text($0)] }, rows: rows)
  }

  /// What the trainer wrote down, apart from what reviewers saw.
  private var trainersTags: [ReportBlock] {
    let items = report.run.checkpoints.indices.compactMap { index -> [Span]? in
      let failures = report.run.checkpoints[index].failures
      return failures.isEmpty ? nil : ["\(words(index)): \(failures.joined(separator: ", "))"]
    }
    return items.isEmpty
      ? [] : [.paragraph(["Failures that the trainer wrote down, not a reviewer:"]), .list(items)]
  }

  private func blocks(of failure: Report.Failure) -> [ReportBlock] {
    let place = "\(words(failure.index)), sample \(failure.sample)"
    let notes = failure.notes.map { " Note: \($0)" }.joined()
    var blocks: [ReportBlock] = [
      .heading(["\(place): \(failure.tags.joined(separator: ", "))"]),
      .paragraph(["Seen by \(failure.reviewers.joined(separator: ", ")).\(notes)"]),
    ]
    var pictures = images(failure.index, [failure.sample])
    guard !pictures.isEmpty else { return blocks }
    var captions = self.captions(failure.index, [failure.sample])
    if failure.tags.contains("memorised"), let pair = nearestReal(failure) {
      pictures.append(pair.picture)
      captions.append(pair.caption)
    }
    blocks.append(
      .pictures(
        PictureSheet(
          name: "failure-\(fileWord(failure.index))-sample-\(failure.sample)",
          words: "sample \(failure.sample) of \(words(failure.index))",
          rows: [PictureSheet.Row(title: nil, pictures: pictures, captions: captions)])))
    return blocks
  }

  /// What a memorised sample is a copy of; nil where nobody looked, or the sizes differ.
  private func nearestReal(_ failure: Report.Failure) -> (picture: GrayImage, caption: String)? {
    guard let real = report.reals[report.run.checkpoints[failure.index].member ?? 0],
      let set = report.samples[failure.index],
      let found = report.run.measures?.checkpoints[failure.index]?.nearestReal(to: failure.sample),
      real.indices.indices.contains(found.other), real.width == set.width,
      real.height == set.height
    else { return nil }
    return (real.image(at: found.other), "real \(found.other)")
  }

  mutating func addAverages() {
    guard let kept = report.kept else {
      section(.averages, "Average samples of the choice", [.paragraph(["None is chosen."])])
      return
    }
    let seeds = report.drawnSamples(Report.averageCount)
    let pictures = images(kept, seeds)
    guard !pictures.isEmpty else {
      section(
        .averages, "Average samples of the choice",
        [.paragraph(["\(words(kept)) has no samples to show."])]
      )
      return
    }
    let half = 5
    let rows = stride(from: 0, to: pictures.count, by: half).map { start in
      let places = start..<min(start + half, pictures.count)
      return PictureSheet.Row(
        title: nil, pictures: Array(pictures[places]),
        captions: captions(kept, Array(seeds[places])))
    }
    section(
      .averages, "Average samples of the choice",
      [
        .paragraph([
          .text(
            "Samples \(seeds.map(String.init).joined(separator: ", ")) of \(words(kept)), drawn with "
              + "seed \(Report.drawSeed), not picked.")
        ]),
        .pictures(
          PictureSheet(
            name: "average-\(fileWord(kept))", words: "average samples of \(words(kept))",
            rows: rows)),
      ])
  }

  mutating func addNotes() {
    let subjects: [(NoteSubject, String)] = [
      (.quality, "Quality"), (.diversity, "Diversity"), (.stability, "Stability"),
      (.general, "Other"),
    ]
    var blocks: [ReportBlock] = []
    for (subject, title) in subjects {
      blocks.append(.paragraph([.strong([.text(title)])]))
      let remarks = report.remarks(about: subject)
      blocks.append(.list(remarks.isEmpty ? [["none written"]] : items(remarks)))
    }
    section(.notes, "Notes", blocks)
  }
}
