import ReviewCore
import TerminalSurface

extension FrontState {
  /// What stands over the screen in a mode.
  func drawOverlay(into surface: inout Surface) {
    switch mode {
    case .help(let top): drawBox("keys", helpLines, top: top, into: &surface)
    case .why(let top):
      drawBox(
        "why \(position.words)", whyLines, top: top, isAtBottom: true, keys: paging, into: &surface)
    case .disk(let top): drawBox("disk", diskLines, top: top, into: &surface)
    case .warnings(let top):
      drawBox("warnings", warningLines.map { ($0, .text) }, top: top, into: &surface)
    case .facts(let top):
      drawBox(
        "\(position.words)", factLines, top: top, isAtBottom: true, keys: paging, into: &surface)
    case .tagging(let ofMarked, let top):
      let lines = tags.map { (" \($0.key)  \($0.name): \($0.seenAs)", Role.text) }
      let what =
        overviewBelow.map(taggedWords) ?? (ofMarked ? "\(marked.count) marked" : words(of: target))
      drawBox("tag \(what)", lines, top: top, isAtBottom: true, keys: arrows, into: &surface)
    case .exporting(let top):
      drawBox(
        "report", exportLines, top: top, isAtBottom: true, keys: arrows, into: &surface)
    case .alarms(let row): drawAlarms(row, into: &surface)
    case .agreement(let row), .typing(_, .ruling(_, _, let row)):
      drawAgreement(row, into: &surface)
    case .inbox(let row): drawInbox(row, into: &surface)
    case .checklist(let row): drawChecklist(row, into: &surface)
    case .evaluation(let view): drawEvaluation(view, into: &surface)
    case .rule(let edit): drawRule(edit, into: &surface)
    case .browse, .typing, .confirming, .log, .pareto, .overview: break
    }
  }

  private var helpLines: [(String, Role)] {
    var lines: [(String, Role)] = []
    // As wide as nearly all keys are; the narrowest screens need the room for words.
    let room = width < 72 ? 13 : 17
    for group in Command.Group.allCases {
      lines.append((group.rawValue, .heading))
      for command in Command.allCases where command.record.group == group {
        let bound = keyMap.keys(of: command).map(\.name).joined(separator: " ")
        let argument = command.record.argument.map { " \($0)" } ?? ""
        let keys = bound.isEmpty ? ":\(command.rawValue)\(argument)" : bound
        let lead = TextWidth.of(keys) < room ? TextWidth.padded(keys, to: room) : keys
        let text = "  \(lead) \(command.record.help)"
        let reason = reason(against: command)
        lines.append(
          (text + (reason.map { " (not now: \($0))" } ?? ""), reason == nil ? .text : .dim))
      }
    }
    lines.append(("Marks", .heading))
    lines.append(("  > cursor   * selected by the rule   ! selected by you   + marked", .text))
    lines.append(
      ("  030! an alarm: the line below and \(keyMap.name(of: .trainingLog)) say what", .text))
    lines.append(("  m3 three samples with that tag   \" a note   ~4.5 mean rating", .text))
    lines.append(("Tags", .heading))
    for tag in tags {
      lines.append(
        ("  \(keyMap.name(of: .tag)) \(tag.key)  \(tag.name): \(tag.seenAs)", .text))
    }
    return lines
  }

  /// Every metric of the checkpoint, and every word about it.
  private var factLines: [(String, Role)] {
    let checkpoint = place.checkpoint
    var lines: [(String, Role)] = run.displayOrder.map { column in
      let name = PrintableText.singleLine(run.columns[column].metric.name)
      let error =
        run.columns[column].error(at: checkpoint)
        .map { " +- \(NumberText.general($0, digits: 2))" } ?? ""
      let isComputed = run.columns[column].metric.origin == .computed
      return (
        "\(name)  \(run.metricText(column, at: checkpoint))\(error)\(isComputed ? "  computed" : "")",
        .text
      )
    }
    if lines.isEmpty { lines.append(("this run has no metrics", .dim)) }
    for profile in run.measures?.checkpoints[checkpoint]?.profiles ?? [] {
      let all = profile.values.prefix(16).map { NumberText.general($0, digits: 2) }
      let more =
        profile.values.count > all.count ? " and \(profile.values.count - all.count) more" : ""
      lines.append(("\(profile.name)  \(all.joined(separator: " "))\(more)", .text))
    }
    if sampleCount == 0 { lines.append(("no samples", .dim)) }
    let mark = review.mark(Target(position))
    for tag in mark.sortedTags { lines.append((tag, .tag)) }
    for subject in NoteSubject.allCases {
      for line in mark.notes[subject]?.split(whereSeparator: \.isNewline) ?? [] {
        let lead = subject == .general ? "" : "\(subject.rawValue): "
        lines.append((lead + PrintableText.singleLine(String(line)), .note))
      }
    }
    for state in run.checkpoints[checkpoint].states {
      lines.append(("state: \(PrintableText.escaped(state.path)), \(state.sizeText)", .dim))
    }
    let failures = run.checkpoints[checkpoint].failures
    if !failures.isEmpty {
      lines.append(("trainer's tags: \(failures.joined(separator: ", "))", .dim))
    }
    if let note = run.checkpoints[checkpoint].note {
      lines.append(("trainer: \(PrintableText.singleLine(note))", .dim))
    }
    return lines
  }

  /// Clause by clause, what the rule says of the checkpoint under the cursor.
  package var whyLines: [(String, Role)] {
    let found = explanation
    var lines: [(String, Role)] = []
    func add(_ title: String, _ clauses: [ClauseFinding]) {
      for (index, clause) in clauses.enumerated() {
        let lead = TextWidth.padded(index == 0 ? title : "", to: 11)
        lines.append(
          ("\(lead)\(clause.holds ? "+" : "-") \(clause.sentence)", clause.holds ? .keep : .reject))
      }
    }
    lines.append((found.summary(run: run), found.isSelected ? .winner : .heading))
    lines.append(
      (
        "status     \(table.statuses[place.checkpoint].rawValue)",
        found.isCandidate ? .candidate : .dim
      ))
    add("candidate", found.candidateClauses)
    let value = found.objectiveValue.map { NumberText.general($0, digits: 4) } ?? "no value"
    lines.append(("select     \(found.objective): \(value)", .text))
    add("where", found.eligibilityClauses)
    if let front {
      lines.append(("front      \(front.words(of: place.checkpoint, run: run))", .text))
    }
    if let lost, lost.index == place.checkpoint { lines.append((lost.words, .message)) }
    if let rank = evaluator.rank(of: place.checkpoint) {
      lines.append(("rank       \(rank) of \(found.eligibleCount) eligible", .text))
    }
    if let selected = found.selected {
      let best = found.selectedValue.map { NumberText.general($0, digits: 4) } ?? ""
      lines.append(
        ("selected   \(run.position(of: selected).words), \(found.objective) \(best)", .winner))
    } else {
      lines.append(("selected   none: \(evaluator.whyNone)", .warning))
    }
    if let second = table.runnerUp {
      lines.append(("runner-up  \(run.position(of: second).words)", .text))
    }
    for other in [review] + otherReviews {
      guard let override = other.override else { continue }
      let who = other.reviewer == review.reviewer ? "you" : PrintableText.singleLine(other.reviewer)
      let reason = PrintableText.singleLine(override.reason)
      lines.append(("chosen     \(override.position.words) by \(who): \(reason)", .winner))
    }
    lines.append(("rule       \(rule.origin.words)", .dim))
    if rule.origin == .builtIn, let words = RuleInForce.standInWords(of: run) {
      lines.append(("           \(words)", .dim))
    }
    if let selected = found.selected, selected != place.checkpoint,
      let words = separabilityWords(place.checkpoint, selected)
    {
      lines.append(("           \(words)", .dim))
    }
    return lines
  }

  /// Whether two checkpoints can be told apart in what the rule goes by; nil where nobody knows.
  private func separabilityWords(_ left: Int, _ right: Int) -> String? {
    guard case .metric(let name)? = evaluator.rule.objectives.first?.number,
      let column = run.columns.firstIndex(where: { $0.metric.name == name })
    else { return nil }
    return Separability(column, left, right, in: run)?.words(in: run)
  }

  /// Where the keys of epochs step them, these scroll.
  private var paging: String { "\(Key.pageDown.name) \(Key.pageUp.name)" }

  /// Where letters choose, only these scroll.
  private var arrows: String { "\(Key.down.name) \(Key.up.name)" }

  /// A framed box of lines; a longer list scrolls.
  ///
  /// - Parameter keys: those that scroll it, where they are not the ones of the epochs.
  func drawBox(
    _ title: String, _ lines: [(String, Role)], top: Int, isAtBottom: Bool = false,
    keys: String? = nil, into surface: inout Surface
  ) {
    let widest = max(lines.map { TextWidth.of($0.0) }.max() ?? 0, TextWidth.of(title) + 4)
    let inner = max(1, min(width - 4, widest))
    var wrapped: [(String, Role)] = []
    for (text, role) in lines {
      let indent = min(text.prefix { $0 == " " }.count, inner / 2)
      // What goes on stands under the first words, and is so much shorter.
      let lines = TextWidth.wrapped(text, to: inner)
      guard indent > 0, lines.count > 1 else {
        wrapped += lines.map { ($0, role) }
        continue
      }
      let rest = TextWidth.wrapped(String(text.drop { $0 == " " }), to: inner - indent)
      wrapped += rest.map { (String(repeating: " ", count: indent) + $0, role) }
    }
    let rows = min(wrapped.count, height - 5)
    let start = max(0, min(top, wrapped.count - rows))
    let box = Rect(
      x: max(0, (width - inner - 4) / 2),
      y: isAtBottom ? height - 4 - rows : max(1, (height - rows - 2) / 2), width: inner + 4,
      height: rows + 2)
    surface.fill(box)
    drawFrame(box, title: title, into: &surface)
    for row in 0..<rows {
      let (text, role) = wrapped[start + row]
      surface.put(text, x: box.x + 2, y: box.y + 1 + row, style: theme[role], limit: inner)
    }
    if wrapped.count > rows {
      let keys =
        keys ?? "\(keyMap.name(of: .nextCheckpoint)) \(keyMap.name(of: .previousCheckpoint))"
      let more = " \(start + rows)/\(wrapped.count) \(keys) "
      surface.put(
        more, x: box.x + box.width - TextWidth.of(more) - 2, y: box.y + box.height - 1,
        style: theme[.dim])
    }
  }

  func drawFrame(_ box: Rect, title: String, into surface: inout Surface) {
    let style = theme[.frame]
    let line = String(repeating: frameCharacter("─", "-"), count: max(0, box.width - 2))
    let bottom = box.y + box.height - 1
    surface.put(
      frameCharacter("┌", "+") + line + frameCharacter("┐", "+"), x: box.x, y: box.y, style: style)
    surface.put(
      frameCharacter("└", "+") + line + frameCharacter("┘", "+"), x: box.x, y: bottom, style: style)
    for row in box.y + 1..<bottom {
      surface.put(frameCharacter("│", "|"), x: box.x, y: row, style: style)
      surface.put(frameCharacter("│", "|"), x: box.x + box.width - 1, y: row, style: style)
    }
    surface.put(" \(title) ", x: box.x + 2, y: box.y, style: theme[.heading], limit: box.width - 4)
  }
}
