import ReviewCore

/// The samples that are laid side by side: before and after the choice, of its settings, of every run.
extension ReportDocument {
  mutating func addSameSeeds() {
    guard isComparison || !report.run.samplingSettings.isEmpty else {
      section(.sameSeeds, "The same seeds before, at and after the choice", beforeAndAfter)
      return
    }
    var blocks = bestOfRuns
    if isComparison {
      let own = report.kept.map { " of \(report.run.origin(of: $0).run.name)" } ?? ""
      blocks.append(.heading([.text("The same seeds before, at and after the choice\(own)")]))
    }
    blocks += beforeAndAfter
    if !report.keptSettings.isEmpty {
      blocks.append(.heading(["The same seeds under every setting of the choice"]))
      blocks.append(settingsSheet)
    }
    section(
      .sameSeeds,
      isComparison
        ? "The best of every run, side by side" : "The same seeds before, at and after the choice",
      blocks)
  }

  private var beforeAndAfter: [ReportBlock] {
    let checkpoints = report.beforeAtAfter.filter { report.samples[$0] != nil }
    // Seeds that the choice was made on: those held out are for its confirmation.
    let seeds = report.drawnSamples(Report.stripCount, isReviewed: true)
    guard checkpoints.count > 1, !seeds.isEmpty else {
      return [.paragraph(["There are no samples beside the choice to compare."])]
    }
    let names = checkpoints.map(words).joined(separator: ", ")
    return [
      .paragraph([.text(drawnWords(seeds))]),
      .pictures(
        PictureSheet(
          name: "same-seeds", words: "\(names), one row each",
          rows: checkpoints.map { row($0, seeds) })),
    ]
  }

  private func drawnWords(_ seeds: [Int]) -> String {
    "Samples \(seeds.map(String.init).joined(separator: ", ")), drawn with seed "
      + "\(Report.drawSeed), not picked."
  }

  private func row(_ index: Int, _ seeds: [Int]) -> PictureSheet.Row {
    PictureSheet.Row(
      title: words(index) + (index == report.kept ? " (kept)" : ""),
      pictures: images(index, seeds), captions: captions(index, seeds))
  }

  private var settingsSheet: ReportBlock {
    let seeds = report.drawnSamples(Report.stripCount, isReviewed: true)
    return .pictures(
      PictureSheet(
        name: "settings-seeds", words: "the same seeds under each setting, one row each",
        rows: report.keptSettings.filter { report.samples[$0] != nil }.map { row($0, seeds) }))
  }

  // MARK: Several runs

  /// Of every run what is kept of it, else what the rule picks in it alone.
  private var bestOfRuns: [ReportBlock] {
    guard isComparison else { return [] }
    let shown = report.bestOfRuns.filter { report.samples[$0] != nil }
    guard shown.count > 1 else {
      return [.paragraph(["There are no samples of other runs to lay beside the choice."])]
    }
    let lead = report.kept ?? shown[0]
    let areShared = shown.allSatisfy { report.run.sharesSeeds(lead, $0) }
    let words: String
    var rows: [PictureSheet.Row] = []
    if areShared {
      let seeds = report.sharedSeeds(Report.stripCount, of: shown)
      rows = shown.map { row($0, seeds) }
      words =
        "The runs declare their seeds the same: each column is one latent. \(drawnWords(seeds))"
    } else {
      rows = shown.map { index in
        row(index, report.drawnSamples(Report.stripCount, of: index, isReviewed: true))
      }
      words =
        "Average samples of each, drawn with seed \(Report.drawSeed), not picked. Seeds are not declared the same "
        + "in all runs: a sample of one has nothing to do with that of the same number in another."
    }
    return [.paragraph([.text(words)])] + sheets(of: rows.filter { !$0.pictures.isEmpty })
  }

  /// Pictures of one size stand in one sheet.
  private func sheets(of rows: [PictureSheet.Row]) -> [ReportBlock] {
    var sheets: [[PictureSheet.Row]] = []
    for row in rows {
      if let before = sheets.last?.first?.pictures.first, let own = row.pictures.first,
        before.width == own.width, before.height == own.height
      {
        sheets[sheets.count - 1].append(row)
      } else {
        sheets.append([row])
      }
    }
    return sheets.enumerated().map { place, rows in
      .pictures(
        PictureSheet(
          name: place == 0 ? "runs" : "runs-\(place + 1)",
          words: rows.compactMap(\.title).joined(separator: ", ") + ", one row each", rows: rows))
    }
  }
}
