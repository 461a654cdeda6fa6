import ReviewCore
import TerminalSurface

extension FrontState {
  /// One sample, as large as fits, with what is known of it beside.
  func drawSample(into surface: inout Surface) {
    let layout = self.layout
    guard sampleCount > 0 else {
      surface.put(
        problems[place.checkpoint] ?? "\(position.words) has no samples", x: 0, y: layout.body.y,
        style: theme[.warning], limit: width)
      return
    }
    if let panel = layout.focusedPanel {
      if panel.view == .spread || panel.view == .nearest {
        drawTiles(layout, into: &surface)
      } else if panel.samples.isEmpty {
        let words = missingSeedWords(at: place.checkpoint)
        for (row, line) in TextWidth.wrapped(words, to: panel.area.width).enumerated()
        where row < panel.area.height {
          surface.put(line, x: panel.area.x, y: panel.area.y + row, style: theme[.warning])
        }
      } else if isHidden(seed, at: panel.checkpoint) {
        for (row, line) in TextWidth.wrapped(hiddenWords, to: panel.area.width).enumerated()
        where row < panel.area.height {
          surface.put(line, x: panel.area.x, y: panel.area.y + row, style: theme[.warning])
        }
      } else {
        let page = pictures.page(panel.checkpoint, tile(of: panel, in: layout))
        drawPicture(
          page[panel.samples.lowerBound], of: layout, x: panel.area.x, y: panel.area.y,
          into: &surface)
      }
    }
    let left = layout.samples.x + layout.samples.width + 2
    guard width - left >= 16 else { return }
    var row = layout.body.y
    for (text, role) in sampleFacts {
      for line in TextWidth.wrapped(PrintableText.singleLine(text), to: width - left) {
        guard row < layout.body.y + layout.body.height else { return }
        surface.put(line, x: left, y: row, style: theme[role])
        row += 1
      }
    }
  }

  // Marks and words of the sample must stay in sight.
  private static let mostMetrics = 6

  private var sampleFacts: [(String, Role)] {
    let checkpoint = place.checkpoint
    var facts: [(String, Role)] = viewWords.map { [($0, .message), ("", .text)] } ?? []
    facts += [
      (
        run.label(of: checkpoint)
          + (isOnSamples ? "  sample \(seed)" : ""),
        .heading
      )
    ]
    let shown = run.displayOrder.prefix(Self.mostMetrics)
    for column in shown {
      let name = run.columns[column].metric.name
      facts.append(("\(name) \(run.metricText(column, at: checkpoint))", .text))
    }
    if shown.count < run.columns.count {
      facts.append(("and \(run.columns.count - shown.count) more: :metrics", .dim))
    }
    let status = table.statuses[checkpoint]
    facts.append(
      (
        "\(status.rawValue)\(checkpoint == table.selected ? ", selected by the rule" : "")",
        checkpoint == table.selected ? .winner : status == .candidate ? .candidate : .dim
      ))
    if let words = overrideWords(at: checkpoint) { facts.append((words, .winner)) }
    let own = review.mark(Target(position))
    if own.verdict != .undecided {
      facts.append((own.verdict.rawValue, own.verdict == .keep ? .keep : .reject))
    }
    facts.append(("", .text))
    if isOnSamples { facts += factsOfSample + [("", .text)] }
    facts.append(("this checkpoint", .heading))
    if let rating = own.rating { facts.append(("rated \(rating) of 5", .keep)) }
    for count in tagCounts(at: checkpoint) {
      facts.append(("\(count.count) \(count.tag.name)", .tag))
    }
    for subject in NoteSubject.allCases {
      guard let text = own.notes[subject] else { continue }
      facts.append((subject == .general ? text : "\(subject.rawValue): \(text)", .note))
    }
    let failures = run.checkpoints[checkpoint].failures
    if !failures.isEmpty {
      facts.append(("trainer's tags: \(failures.joined(separator: ", "))", .dim))
    }
    if let note = run.checkpoints[checkpoint].note { facts.append(("trainer: \(note)", .dim)) }
    return facts
  }

  private var factsOfSample: [(String, Role)] {
    let target = Target(position, sample: seed)
    let mark = review.mark(target)
    var facts: [(String, Role)] = [
      (marked.contains(target) ? "this sample (+ marked)" : "this sample", .heading)
    ]
    if holdsSeedsOut, run.isHeldOut(seed, at: place.checkpoint) {
      facts.append(("held out from the choice", .warning))
    }
    if let rating = mark.rating { facts.append(("rated \(rating) of 5", .keep)) }
    if isHidden(seed, at: place.checkpoint) { return facts }
    if let words = nearestWords(ofSeed: seed, at: place.checkpoint) { facts.append((words, .text)) }
    if mark.tags.isEmpty { facts.append(("no tag; \(keyMap.name(of: .tag)) tags it", .dim)) }
    for tag in mark.sortedTags { facts.append((tag, .tag)) }
    for subject in NoteSubject.allCases {
      guard let text = mark.notes[subject] else { continue }
      facts.append((subject == .general ? text : "\(subject.rawValue): \(text)", .note))
    }
    return facts
  }
}
