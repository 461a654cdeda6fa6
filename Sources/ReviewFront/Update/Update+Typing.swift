import GlyphRendering
import ReviewCore
import TerminalSurface

extension FrontState {
  /// Opens the line for a note, with the words that are there already.
  mutating func startNote(about subject: NoteSubject) {
    let text = review.mark(target).notes[subject] ?? ""
    guard !text.contains(where: \.isNewline) else {
      message = Message(
        .info, "this note has several lines; \(keyMap.name(of: .editNote)) opens it in $EDITOR")
      return
    }
    mode = .typing(LineEdit(text), .note(target, subject))
  }

  /// A key on a line that is being typed; none of them is a command.
  mutating func type(_ key: Key, _ edit: LineEdit, _ purpose: Mode.Purpose) -> [Effect] {
    var edit = edit
    if purpose != .command { message = nil }
    switch key {
    case .escape, .control("c"):
      mode = purpose.modeBehind
      message = nil
      return []
    case .enter:
      mode = .browse
      return finish(edit, purpose)
    case .control("o"):
      guard let words = purpose.editedWords else { break }
      mode = .browse
      // Should there be no editor, the line is there again.
      unsavedWords = (edit, purpose)
      return [.edit(words, text: edit.text)]
    case .tab:
      switch purpose {
      case .command: edit.replace(with: completed(edit.text))
      case .note(let target, let subject):
        startNextSubject(edit, target, after: subject)
        return []
      case .reason, .ruling, .search, .filter: return []
      }
    case .up where purpose.isAboutNextStep: offer(&edit, by: -1)
    case .down where purpose.isAboutNextStep: offer(&edit, by: 1)
    case .up where purpose == .filter: edit.replace(with: filter?.text ?? edit.text)
    case .up where purpose == .command: recall(&edit, by: -1)
    case .down where purpose == .command: recall(&edit, by: 1)
    case .backspace where edit.text.isEmpty && Mode.Purpose.lines.contains(purpose):
      mode = .browse
      return []
    case _ where edit.isTooLong(with: key): message = tooLong
    default: _ = edit.take(key)
    }
    mode = .typing(edit, purpose)
    return []
  }

  var tooLong: Message {
    Message(
      .warning,
      "a line holds \(LineEdit.longest) characters; \(keyMap.name(of: .editNote)) writes longer notes"
    )
  }

  private mutating func finish(_ edit: LineEdit, _ purpose: Mode.Purpose) -> [Effect] {
    let text = trimmed(edit.text)
    switch purpose {
    case .command: return runCommandLine(text)
    case .search: return search(text)
    case .filter:
      let effects = setFilter(text)
      // What cannot be read stays to be mended.
      if message?.kind == .error { mode = .typing(edit, .filter) }
      return effects
    case .note(let target, let subject):
      if text.isEmpty, review.mark(target).notes[subject] == nil {
        message = Message(.info, "no note")
        return []
      }
      unsavedWords = (edit, purpose)
      return record(.note(target, about: subject, text: text))
    case .reason(let position):
      if !text.isEmpty { unsavedWords = (edit, purpose) }
      return takeReason(text, for: position)
    case .ruling(let point, let value, let row):
      unsavedWords = (edit, purpose)
      return takeRulingReason(text, point, value, row: row)
    }
  }

  /// An empty reason takes the choice back.
  private mutating func takeReason(_ text: String, for position: Position) -> [Effect] {
    guard text.isEmpty else { return record(.select(position, reason: text, isOn: true)) }
    guard review.override?.position == position else {
      message = Message(.info, "nothing selected: a choice needs its reason")
      return []
    }
    return record(.select(position, reason: "", isOn: false))
  }

  private mutating func startNextSubject(
    _ edit: LineEdit, _ target: Target, after subject: NoteSubject
  ) {
    var edit = edit
    let notes = review.mark(target).notes
    // A note of several lines is for the editor; on one line it would lose its breaks.
    let subjects = NoteSubject.allCases.filter {
      $0 == subject || notes[$0]?.contains(where: \.isNewline) != true
    }
    let next = subjects[(subjects.firstIndex(of: subject).map { $0 + 1 } ?? 0) % subjects.count]
    // Words typed for one subject go along unless the next has its own.
    if edit.text == notes[subject] ?? "" { edit.replace(with: notes[next] ?? "") }
    mode = .typing(edit, .note(target, next))
  }

  /// Words from an editor.
  mutating func take(_ text: String, for words: EditedWords) -> [Effect] {
    let text = trimmed(text)
    unsavedWords = nil
    switch words {
    case .note(let target, let subject): return takeNote(text, on: target, about: subject)
    case .reason(let position): return takeReason(text, for: position)
    }
  }

  private mutating func takeNote(
    _ text: String, on target: Target, about subject: NoteSubject
  ) -> [Effect] {
    if text.isEmpty, review.mark(target).notes[subject] == nil {
      message = Message(.info, "no note")
      return []
    }
    // A draft that nobody changed goes on following from the numbers.
    if subject == .why, review.mark(target).notes[.why] == nil,
      text == draftOfWhy
    {
      message = Message(.info, "as drafted: the words follow from the numbers")
      return []
    }
    return record(.note(target, about: subject, text: text))
  }

  // MARK: The command line

  private mutating func recall(_ edit: inout LineEdit, by step: Int) {
    let here = historyPlace ?? commandHistory.count
    let place = here + step
    guard (0...commandHistory.count).contains(place) else { return }
    // What was being typed is there again at the end.
    if here == commandHistory.count { draft = edit.text }
    historyPlace = place
    edit.replace(with: place < commandHistory.count ? commandHistory[place] : draft)
  }

  /// The longest start that everything which can stand there shares.
  private mutating func completed(_ text: String) -> String {
    let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    let isArgument = words.count > 1
    let lead = isArgument ? "\(words[0]) " : ""
    let typed = isArgument ? String(words[1].drop { $0 == " " }) : text
    let choices =
      isArgument ? Command(rawValue: String(words[0])).map(arguments) ?? [] : Self.commandNames
    let names = choices.filter { $0.hasPrefix(typed) }
    guard var common = names.first else {
      message = Message(.info, "nothing begins with \"\(PrintableText.escaped(typed))\"")
      return text
    }
    for name in names { while !name.hasPrefix(common) { common.removeLast() } }
    message = names.count > 1 ? Message(.info, names.joined(separator: "  ")) : nil
    let takesArgument = Command(rawValue: common)?.record.argument != nil
    return lead + (names.count == 1 && !isArgument && takesArgument ? common + " " : common)
  }

  private static let commandNames = Command.allCases.map(\.rawValue).sorted()

  /// The words that may follow a command, as far as they are known.
  private func arguments(of command: Command) -> [String] {
    switch command {
    case .tag: return tags.map(\.name)
    case .sort: return sortKeys.map { name(of: $0) }
    case .arrange: return SampleNumber.allCases.map(\.rawValue)
    case .theme: return themeNames
    case .renderer: return Renderer.all.map(\.name)
    case .editNote: return NoteSubject.allCases.map(\.rawValue)
    case .report: return ReportFormat.allCases.map(\.rawValue)
    case .evaluate: return EvaluationKind.allCases.map(\.rawValue) + ["results"]
    case .filter: return CheckpointFilter.keys.map { $0.name + ":" } + tags.map { "tag:\($0.name)" }
    default: return []
    }
  }

  /// A number goes to that epoch; anything else is a command by its name.
  private mutating func runCommandLine(_ text: String) -> [Effect] {
    guard !text.isEmpty else { return [] }
    var effects: [Effect] = []
    if commandHistory.last != text {
      commandHistory.append(text)
      effects.append(.remember(text))
    }
    if let value = AxisValue(parsing: text) {
      return effects + goTo(Position(run.axis, value.value))
    }
    let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
    let argument = parts.count > 1 ? trimmed(parts[1]) : ""
    guard let command = Command(rawValue: parts[0]) else {
      let near = Self.commandNames.filter { $0.hasPrefix(parts[0].prefix(2)) }.prefix(4)
      message = Message(
        .error,
        "no command \"\(PrintableText.escaped(parts[0]))\""
          + (near.isEmpty
            ? "; \(keyMap.name(of: .help)) shows all"
            : "; there is \(near.joined(separator: ", "))"))
      return effects
    }
    if !argument.isEmpty, command.record.argument == nil {
      message = Message(.error, ":\(command.rawValue) takes no further word")
      return effects
    }
    return effects + perform(command, argument)
  }

  /// Does what a command says with the words after it.
  mutating func performWith(_ argument: String, _ command: Command) -> [Effect] {
    switch command {
    case .goToEpoch, .goToStep:
      guard let value = AxisValue(parsing: argument) else {
        message = Message(.error, ":\(command.rawValue) needs a number")
        return []
      }
      return goTo(Position(command == .goToStep ? .step : .epoch, value.value))
    case .goToSample:
      guard let seed = Int(argument), let sample = samplePlace(ofSeed: seed, at: place.checkpoint)
      else {
        let seeds = seedWords(of: 0..<sampleCount, at: place.checkpoint, between: " to ")
        message = Message(.error, ":sample needs a number from \(seeds)")
        return []
      }
      go(toSample: sample)
      return []
    case .tag:
      guard let tag = tags.first(where: { $0.name == argument }) else {
        message = Message(
          .error,
          "no tag \"\(PrintableText.escaped(argument))\"; there is "
            + tags.map(\.name).joined(separator: ", "))
        return []
      }
      lastTag = tag.name
      return toggle(tag.name)
    case .play:
      play(argument)
      return []
    case .blink:
      blink(argument)
      return []
    case .measure:
      return measure(argument.split(separator: " ").map(String.init))
    case .note: return record(.note(target, about: .general, text: argument))
    case .editNote:
      guard let subject = NoteSubject(rawValue: argument) else {
        let subjects = NoteSubject.allCases.map(\.rawValue).joined(separator: ", ")
        message = Message(.error, "a note is about \(subjects)")
        return []
      }
      return [.edit(.note(target, subject), text: review.mark(target).notes[subject] ?? "")]
    case .select: return record(.select(position, reason: argument, isOn: true))
    case .search: return search(argument)
    case .filter: return setFilter(argument)
    case .sort:
      sort(by: argument)
      return []
    case .timeline: return setTimeline(named: argument)
    case .arrange:
      arrange(byNamed: argument)
      return []
    case .theme: return [.loadTheme(argument)]
    case .renderer:
      setRenderer(argument)
      return []
    case .editRule: return setRule(argument)
    case .evaluate: return evaluate(argument)
    case .report:
      guard let format = ReportFormat(rawValue: argument) else {
        message = Message(
          .error,
          "a report is "
            + ReportFormat.allCases.map(\.rawValue).joined(separator: ", "))
        return []
      }
      return flushSeen() + [.export(format, overwriting: false)]
    default: return perform(command)
    }
  }

  private mutating func goTo(_ position: Position) -> [Effect] {
    // In the run and under the setting that are looked at, where it is there.
    let here = run.checkpoints.isEmpty ? nil : run.position(of: place.checkpoint).run
    let setting = run.checkpoints.isEmpty ? nil : run.setting(of: place.checkpoint)?.name
    let wanted = [
      Position(position.axis, position.value, setting: setting, run: here),
      Position(position.axis, position.value, run: here), position,
    ]
    let run = self.run
    if let index = wanted.lazy.compactMap({ run.index(of: $0) }).first { return go(to: index) }
    let near = run.neighbours(of: position.value, in: here).map(\.text)
    message = Message(
      .error,
      "no \(position.words)"
        + (position.axis == run.axis && !near.isEmpty
          ? "; nearest: \(near.joined(separator: ", "))" : ""))
    return []
  }

  private func trimmed(_ text: String) -> String {
    var view = Substring(text)
    while view.first?.isWhitespace == true { view.removeFirst() }
    while view.last?.isWhitespace == true { view.removeLast() }
    return String(view)
  }
}

extension Mode.Purpose {
  /// What Ctrl-O opens an editor for; nil for what is only ever one line.
  fileprivate var editedWords: EditedWords? {
    switch self {
    case .note(let target, let subject): return .note(target, subject)
    case .reason(let position): return .reason(position)
    case .ruling, .command, .search, .filter: return nil
    }
  }

  /// What is there again when the line is left.
  fileprivate var modeBehind: Mode {
    if case .ruling(_, _, let row) = self { return .agreement(row: row) }
    return .browse
  }

  fileprivate var isAboutNextStep: Bool {
    if case .note(_, .nextStep) = self { return true }
    return false
  }

  /// Those that Backspace leaves when nothing is typed.
  fileprivate static let lines: [Mode.Purpose] = [.command, .search, .filter]
}
