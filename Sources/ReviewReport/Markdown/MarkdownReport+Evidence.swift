import ReviewCore

/// Sections 5 to 8: what was seen.
extension MarkdownReport {
  // More than this many pictures make a report nobody reads; the table counts them all.
  private static let mostFailures = 24

  mutating func writeSameSeeds() {
    let checkpoints = report.beforeAtAfter.filter { report.samples[$0] != nil }
    let seeds = report.drawnSamples(Report.stripCount)
    guard checkpoints.count > 1, !seeds.isEmpty else { return }
    section(5, "The same seeds before, at and after the choice")
    add(
      "Samples \(seeds.map(String.init).joined(separator: ", ")), drawn with seed "
        + "\(Report.drawSeed), not picked.\n\n")
    var lines: [String] = []
    var rows: [[GrayImage]] = []
    for index in checkpoints {
      let pictures = images(index, seeds)
      rows.append(pictures)
      if !lines.isEmpty { lines.append("") }
      lines.append(words(index) + (index == report.kept ? " (kept)" : ""))
      lines += TextPicture.lines(pictures, captions: seeds.map { "sample \($0)" })
    }
    add(MarkdownText.block(lines))
    let names = checkpoints.map(words).joined(separator: ", ")
    picture(rows, name: "same-seeds", words: "\(names), one row each")
  }

  mutating func writeFailures() {
    section(6, "Failures")
    let counts = report.tagCounts
    guard !counts.isEmpty else {
      add("No failure was tagged.\n")
      return
    }
    let indices = Set(counts.flatMap { $0.counts.map(\.index) }).sorted()
    add(
      MarkdownText.row(
        ["tag"]
          + indices.map { "\(report.run.axis.rawValue) \(report.run.axisValue(of: $0).padded)" }))
    add(MarkdownText.row(Array(repeating: "---", count: indices.count + 1)))
    for (tag, places) in counts {
      let cells = indices.map { index in
        places.first { $0.index == index }.map { String($0.count) } ?? ""
      }
      add(MarkdownText.row([MarkdownText.escaped(tag)] + cells))
    }
    let failures = report.failures
    for failure in failures.prefix(Self.mostFailures) { write(failure) }
    if failures.count > Self.mostFailures {
      add("\n\(failures.count - Self.mostFailures) further tagged samples are counted above.\n")
    }
  }

  private mutating func write(_ failure: Report.Failure) {
    add("\n### \(words(failure.index)), sample \(failure.sample): ")
    add(failure.tags.map(MarkdownText.escaped).joined(separator: ", ") + "\n\n")
    add("Seen by \(failure.reviewers.map(MarkdownText.escaped).joined(separator: ", ")).")
    for note in failure.notes { add(" Note: \(MarkdownText.escaped(note))") }
    add("\n")
    let pictures = images(failure.index, [failure.sample])
    guard !pictures.isEmpty else { return }
    add(
      "\n" + MarkdownText.block(TextPicture.lines(pictures, captions: ["sample \(failure.sample)"]))
    )
    picture(
      [pictures], name: "failure-\(fileWord(failure.index))-sample-\(failure.sample)",
      words: "sample \(failure.sample) of \(words(failure.index))")
  }

  mutating func writeAverages() {
    guard let kept = report.kept else { return }
    let seeds = report.drawnSamples(Report.averageCount)
    let pictures = images(kept, seeds)
    guard !pictures.isEmpty else { return }
    section(7, "Average samples of the choice")
    add(
      "Samples \(seeds.map(String.init).joined(separator: ", ")) of \(words(kept)), drawn with seed "
        + "\(Report.drawSeed), not picked.\n\n")
    var lines: [String] = []
    let half = 5
    for start in stride(from: 0, to: pictures.count, by: half) {
      let end = min(start + half, pictures.count)
      if start > 0 { lines.append("") }
      lines += TextPicture.lines(
        Array(pictures[start..<end]), captions: seeds[start..<end].map { "sample \($0)" })
    }
    add(MarkdownText.block(lines))
    let rows = stride(from: 0, to: pictures.count, by: half).map {
      Array(pictures[$0..<min($0 + half, pictures.count)])
    }
    picture(rows, name: "average-\(fileWord(kept))", words: "average samples of \(words(kept))")
  }

  mutating func writeNotes() {
    section(8, "Notes")
    let subjects: [(NoteSubject, String)] = [
      (.quality, "Quality"), (.diversity, "Diversity"), (.stability, "Stability"),
      (.general, "Other"),
    ]
    for (place, (subject, title)) in subjects.enumerated() {
      add("\(place == 0 ? "" : "\n")**\(title)**\n\n")
      let remarks = report.remarks(about: subject)
      if remarks.isEmpty { add("- none written\n") }
      write(remarks)
    }
  }

  mutating func write(_ remarks: [Report.Remark]) {
    for remark in remarks {
      add(
        "- \(words(remark.target)), \(MarkdownText.escaped(remark.reviewer)): "
          + "\(MarkdownText.escaped(remark.text))\n")
    }
  }
}
