import ReviewCore
package import TerminalSurface

/// Draws the whole state. Reads what is at hand and never waits.
package func draw(_ state: FrontState, into surface: inout Surface) {
  guard state.isLargeEnough else {
    let lines = TextWidth.wrapped(
      "Keepoch needs \(ScreenLayout.leastWidth)x\(ScreenLayout.leastHeight) cells; this is "
        + "\(surface.width)x\(surface.height). Nothing is lost: make it larger, or q quits.",
      to: max(1, surface.width))
    for (row, line) in lines.enumerated() { surface.put(line, x: 0, y: row) }
    return
  }
  if let record = state.askedBlock, let view = state.evaluation {
    state.drawTrial(view, record, into: &surface)
    return
  }
  state.drawTitle(into: &surface)
  if case .pareto(let view) = state.shownMode {
    state.drawPareto(view, into: &surface)
  } else if case .log(let view) = state.shownMode {
    state.drawLog(view, into: &surface)
  } else if let view = state.overviewBelow {
    state.drawOverview(view, into: &surface)
  } else if state.comparison != nil {
    state.drawComparison(into: &surface)
  } else if let strip = state.strip, state.showsStrip {
    state.drawStrip(strip, into: &surface)
  } else {
    switch state.place.depth {
    case .table: state.drawTable(into: &surface)
    case .grid: state.drawGrid(into: &surface)
    case .sample: state.drawSample(into: &surface)
    }
  }
  state.drawStatus(into: &surface)
  state.drawOverlay(into: &surface)
  state.drawFooter(into: &surface)
}

extension FrontState {
  /// Whether there is room for anything but a sentence.
  var isLargeEnough: Bool {
    width >= ScreenLayout.leastWidth && height >= ScreenLayout.leastHeight
  }

  fileprivate func drawTitle(into surface: inout Surface) {
    let style = theme[.title]
    surface.fill(Rect(x: 0, y: 0, width: width, height: 1), style: style)
    let who = PrintableText.singleLine(review.reviewer)
    let right =
      " \(who)" + (advances ? "" : " (stays)") + (readOnlyReason == nil ? " " : " (read-only) ")
    var parts = [PrintableText.singleLine(run.name)]
    if isFollowing { parts.append(arrived.isEmpty ? "following" : "+\(arrived.count) new") }
    if let family = run.checkpoints.isEmpty ? run.family : run.family(of: place.checkpoint) {
      parts.append(family.title)
    }
    let count = run.checkpoints.count
    if let filter {
      parts.append("&\(PrintableText.singleLine(filter.text)): \(order.count) of \(count)")
    } else {
      let all = hasSettings && run.members.isEmpty ? order.count : count
      parts.append(
        (run.members.isEmpty ? "" : "\(run.members.count) runs, ")
          + "\(all) checkpoint\(all == 1 ? "" : "s")")
    }
    if hasSettings, run.setting(of: place.checkpoint) != nil { parts.append(settingWords) }
    let selected = table.selected.map { run.position(of: $0).words } ?? "none"
    parts.append("rule: \(selected)")
    if let override = review.override { parts.append("override: \(override.position.words)") }
    parts.append("evidence \(evidenceCount)/\(EvidenceChecklist.Subject.allCases.count)")
    if let measuring { parts.append("computing \(measuring.done)/\(measuring.total)") }
    if !marked.isEmpty { parts.append("\(marked.count) marked") }
    if sampleCount > 0 {
      parts.append(
        "\(sampleCount) sample\(sampleCount == 1 ? "" : "s")\(haveEqualCounts ? " each" : "")")
    }
    let room = width - TextWidth.of(right) - 1
    surface.put(
      TextWidth.fitted(" " + parts.joined(separator: " | "), to: room), x: 0, y: 0, style: style)
    surface.put(right, x: width - TextWidth.of(right), y: 0, style: style)
  }

  /// What decides about the thing under the cursor.
  fileprivate func drawStatus(into surface: inout Surface) {
    // A message of several lines pushes it up, and covers no margin.
    let row = height - 1 - max(1, messageLines.count)
    surface.fill(Rect(x: 0, y: row, width: width, height: 1))
    var style = theme[.text]
    let count = warningLines.count
    let note =
      place.depth == .table && count > 0 && message == nil
      ? "\(count) warning\(count == 1 ? "" : "s"), :warnings" : ""
    let room = width - 1 - (note.isEmpty ? 0 : TextWidth.of(note) + 2)
    var text: String
    if let chart, let words = chart.whatIf(in: run),
      let fewer = chart.whatIf(in: run, isShort: true)
    {
      style = theme[.message]
      let found = chart.evaluator.explanation(of: place.checkpoint, in: chart.table)
      let winner = chart.table.selected.map { pointName(of: $0) } ?? "none"
      // On the narrowest screens the winner alone, and the margin.
      text =
        room < 60
        ? withMargin("-> \(winner)", found, room: room)
        : withMargin(words, or: fewer, found, lead: "\(position.words) ", room: room)
    } else if comparison != nil, case .difference(let reference) = view {
      text = withMargin(
        "less \(run.position(of: reference).words): \(differenceLegend)", explanation, room: room)
    } else if !isOnSamples || chart != nil {
      style = explanation.isSelected ? theme[.winner] : theme[.text]
      text = "\(position.words): \(explanation.summary(run: run))"
      // Where there is no room for every word, the margin is what is kept.
      if TextWidth.of(PrintableText.singleLine(text)) > room {
        text = "\(position.words): \(explanation.short(run: run))"
      }
      if case .browse = shownMode { text += alarmWords(beside: text, room: room) }
    } else {
      let mark = review.mark(target)
      text = target.sample.map { "sample \($0)" } ?? position.words
      if let rating = mark.rating { text += "  \(rating)/5" }
      if !mark.tags.isEmpty { text += "  [" + mark.sortedTags.joined(separator: ", ") + "]" }
      let notes = NoteSubject.allCases.compactMap { subject in
        mark.notes[subject].map { subject == .general ? $0 : "\(subject.rawValue): \($0)" }
      }
      if !notes.isEmpty { text += "  " + notes.joined(separator: " / ") }
      text = withMargin(text, explanation, room: room)
    }
    if !note.isEmpty {
      surface.put(note, x: width - TextWidth.of(note) - 1, y: row, style: theme[.warning])
    }
    surface.put(
      TextWidth.fitted(PrintableText.singleLine(text), to: room), x: 0, y: row, style: style)
  }

  /// Words with the margin behind them, which is there whatever must give way.
  private func withMargin(
    _ words: String, or fewer: String? = nil, _ found: RuleExplanation, lead: String = "", room: Int
  ) -> String {
    let words = PrintableText.singleLine(words)
    let fewer = PrintableText.singleLine(fewer ?? words)
    let whole = PrintableText.singleLine("  | \(lead)\(found.summary(run: run))")
    if TextWidth.of(words) + TextWidth.of(whole) <= room { return words + whole }
    var short = PrintableText.singleLine("  | \(lead)\(found.short(run: run))")
    if TextWidth.of(words) + TextWidth.of(short) <= room { return words + short }
    // Of which checkpoint it is, its place on the screen says as well.
    if TextWidth.of(fewer) + TextWidth.of(short) > room {
      short = PrintableText.singleLine("  | \(found.short(run: run))")
    }
    return TextWidth.fitted(fewer, to: max(8, room - TextWidth.of(short))) + short
  }

  /// What is to be looked at here, as far as there is room for it behind other words.
  private func alarmWords(beside text: String, room: Int) -> String {
    let room = room - TextWidth.of(PrintableText.singleLine(text))
    let choices = [
      alarms.words(at: place.checkpoint, in: run), alarms.shortWords(at: place.checkpoint, in: run),
    ]
    return choices.compactMap { $0.map { "  \(PrintableText.singleLine($0))" } }
      .first { TextWidth.of($0) <= room } ?? ""
  }

  fileprivate func drawFooter(into surface: inout Surface) {
    let row = height - 1
    surface.fill(Rect(x: 0, y: row, width: width, height: 1))
    if case .typing(let edit, let purpose) = mode {
      drawLine(edit, purpose, row: row, into: &surface)
      drawAboveLine(edit, purpose, row: row - 1, into: &surface)
      return
    }
    if let message {
      draw(message, row: row, into: &surface)
      return
    }
    if case .confirming(.overwrite(let path, _)) = mode {
      surface.put(
        TextWidth.fitted(
          "Overwrite \(pathInRun(path)), not written by Keepoch? y yes, any other key no",
          to: width - 1),
        x: 0, y: row, style: theme[.warning])
      return
    }
    if let words = modeHint {
      surface.put(TextWidth.fitted(words, to: width - 1), x: 0, y: row, style: theme[.dim])
      return
    }
    drawHints(row: row, into: &surface)
  }

  /// What the keys are in a mode that has its own; nil where they are commands.
  private var modeHint: String? {
    let back = keyMap.name(of: .backOrQuit)
    let scroll = "\(keyMap.name(of: .nextCheckpoint))/\(keyMap.name(of: .previousCheckpoint))"
    switch mode {
    case .help, .warnings, .disk: return "\(scroll) scroll  \(back) back"
    case .why, .facts: return "\(scroll) epoch  PgDn scroll  \(back) back"
    case .tagging: return "a letter tags, or takes the tag off; Esc leaves it"
    case .alarms:
      return
        "\(scroll) row  y accept  n refuse  Enter shows it  \(keyMap.name(of: .undo)) take back  \(back) back"
    case .evaluation(let view): return evaluationHint(view)
    case .agreement(let row): return agreementHint(row)
    case .inbox: return "\(scroll) row  Enter goes there  \(back) back"
    case .checklist: return "\(scroll) row  Enter or a digit goes there  \(back) back"
    case .exporting: return "a letter exports; Esc goes back"
    case .rule: return "Tab completes, or next line  Ctrl-P presets  Enter takes it  Esc leaves it"
    default: return nil
    }
  }

  private func draw(_ message: Message, row: Int, into surface: inout Surface) {
    let role: Role
    switch message.kind {
    case .info: role = .message
    case .saved: role = .saved
    case .warning: role = .warning
    case .error: role = .error
    }
    let lines = Self.lines(of: message, width: width)
    for (offset, line) in lines.enumerated() {
      let y = row - lines.count + 1 + offset
      surface.fill(Rect(x: 0, y: y, width: width, height: 1))
      surface.put(line, x: 0, y: y, style: theme[role])
    }
  }

  /// The lines of the message, where one stands at the foot.
  private var messageLines: [String] {
    if case .typing = mode { return [] }
    return message.map { Self.lines(of: $0, width: width) } ?? []
  }

  /// Nothing that matters is cut off: what is long takes further lines from the screen above.
  private static func lines(of message: Message, width: Int) -> [String] {
    let lead = message.kind == .error ? "! " : ""
    let text = lead + PrintableText.singleLine(message.text)
    guard TextWidth.of(text) > width - 1 else { return [text] }
    let lines = TextWidth.wrapped(text, to: width - 1)
    guard lines.count > mostMessageLines else { return lines }
    let rest = lines[(mostMessageLines - 1)...].joined(separator: " ")
    return lines.prefix(mostMessageLines - 1) + [TextWidth.fitted(rest, to: width - 1)]
  }

  private static let mostMessageLines = 5

  /// What is known of a line while it is typed: completions, a refusal, how much a filter shows.
  private func drawAboveLine(
    _ edit: LineEdit, _ purpose: Mode.Purpose, row: Int, into surface: inout Surface
  ) {
    var message = self.message
    if message == nil, purpose == .filter, edit.characters.contains(where: { !$0.isWhitespace }) {
      do throws(RuleError) {
        let filter = try filter(of: edit.text)
        let count = run.checkpoints.indices.count { matches(filter, $0) }
        message = Message(.info, "\(count) of \(run.checkpoints.count)")
      } catch {
        message = Message(.warning, "column \(error.column): \(error.message)")
      }
    }
    guard let message else { return }
    surface.fill(Rect(x: 0, y: row, width: width, height: 1))
    draw(message, row: row, into: &surface)
  }

  /// A path within the run without the way to it.
  func pathInRun(_ path: String) -> String {
    path.hasPrefix(run.path + "/") ? String(path.dropFirst(run.path.count + 1)) : path
  }

  private func drawLine(
    _ edit: LineEdit, _ purpose: Mode.Purpose, row: Int, into surface: inout Surface
  ) {
    let prompt: String
    switch purpose {
    case .command: prompt = ":"
    case .note(let target, let subject):
      let about = subject == .general ? "note" : "note about \(subject.rawValue)"
      let keys = width >= 100 ? "Tab: about, Ctrl-O: editor" : "Tab: about"
      prompt = width >= 72 ? "\(about) on \(words(of: target)) (\(keys)): " : "\(about): "
    case .reason(let position):
      prompt = "why \(position.words)\(width >= 100 ? " (Ctrl-O: editor)" : ""): "
    case .ruling(_, let value, _): prompt = "why \(value) counts: "
    case .search: prompt = "/"
    case .filter: prompt = "&"
    }
    let lead = surface.put(prompt, x: 0, y: row, style: theme[.key], limit: width - 20)
    let room = max(1, width - lead - 1)
    let start = edit.start(fitting: room)
    surface.put(String(edit.characters[start...]), x: lead, y: row, limit: room)
    surface.cursor = (row, lead + edit.width(of: start..<edit.place))
  }
}
