import ReviewCore
import TerminalSurface

extension FrontState {
  /// Opens the line for a note, with the words that are there already.
  mutating func startNote(about subject: NoteSubject) {
    let text = review.mark(target).notes[subject] ?? ""
    mode = .typing(LineEdit(text), .note(target, subject))
  }

  mutating func type(_ key: Key, _ edit: LineEdit, _ purpose: Mode.Purpose) -> [Effect] {
    var edit = edit
    switch key {
    case .escape, .control("c"):
      mode = .browse
      message = nil
      return []
    case .enter:
      mode = .browse
      switch purpose {
      case .command: return runCommandLine(edit.text)
      case .note(let target, let subject):
        let text = trimmed(edit.text)
        if text.isEmpty, review.mark(target).notes[subject] == nil {
          message = Message(.info, "no note")
          return []
        }
        return record(.note(target, about: subject, text: text))
      case .reason(let position):
        let text = trimmed(edit.text)
        guard !text.isEmpty else {
          guard review.override?.position == position else {
            message = Message(.info, "nothing selected: a choice needs its reason")
            return []
          }
          return record(.select(position, reason: "", isOn: false))
        }
        return record(.select(position, reason: text, isOn: true))
      }
    case .tab:
      switch purpose {
      case .command: edit.replace(with: completed(edit.text))
      case .note(let target, let subject):
        let subjects = NoteSubject.allCases
        let next = (subjects.firstIndex(of: subject).map { $0 + 1 } ?? 0) % subjects.count
        // Words typed for one subject go along unless the next has its own.
        let old = review.mark(target).notes[subject] ?? ""
        if edit.text == old { edit.replace(with: review.mark(target).notes[subjects[next]] ?? "") }
        mode = .typing(edit, .note(target, subjects[next]))
        return []
      case .reason: return []
      }
    case .up where purpose == .command: recall(&edit, by: -1)
    case .down where purpose == .command: recall(&edit, by: 1)
    case .backspace where purpose == .command && edit.text.isEmpty:
      mode = .browse
      return []
    default: _ = edit.take(key)
    }
    mode = .typing(edit, purpose)
    return []
  }

  private mutating func recall(_ edit: inout LineEdit, by step: Int) {
    guard !commandHistory.isEmpty else { return }
    let place = (historyPlace ?? commandHistory.count) + step
    historyPlace = min(max(0, place), commandHistory.count)
    let text = place < commandHistory.count && place >= 0 ? commandHistory[place] : ""
    if place >= 0 { edit.replace(with: text) }
  }

  /// The longest start that all commands beginning so share.
  private mutating func completed(_ text: String) -> String {
    let names = commandNames.filter { $0.hasPrefix(text) }
    guard var common = names.first else { return text }
    for name in names { while !name.hasPrefix(common) { common.removeLast() } }
    if names.count > 1 {
      message = Message(.info, names.joined(separator: "  "))
    }
    return names.count == 1 ? common + " " : common
  }

  private var commandNames: [String] {
    (Command.allCases.map(\.rawValue) + [run.axis.rawValue, "sample"]).sorted()
  }

  /// A number goes to that epoch; anything else is a command by its name.
  mutating func runCommandLine(_ line: String) -> [Effect] {
    let text = trimmed(line)
    guard !text.isEmpty else { return [] }
    if commandHistory.last != text { commandHistory.append(text) }
    let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
    let argument = parts.count > 1 ? trimmed(parts[1]) : ""
    if let value = AxisValue(parsing: text) { return goTo(Position(run.axis, value.value)) }
    if let axis = Axis(rawValue: parts[0]) {
      guard let value = AxisValue(parsing: argument) else {
        message = Message(.error, ":\(axis.rawValue) needs a number")
        return []
      }
      return goTo(Position(axis, value.value))
    }
    switch (parts[0], argument) {
    case ("sample", _):
      guard let sample = Int(argument), (0..<sampleCount).contains(sample) else {
        message = Message(.error, ":sample needs a number from 0 to \(max(0, sampleCount - 1))")
        return []
      }
      place.sample = sample
      return []
    case ("tag", let name) where !name.isEmpty:
      if let reason = reason(against: .tag) {
        message = Message(.warning, reason)
        return []
      }
      guard let tag = tags.first(where: { $0.name == name }) else {
        message = Message(
          .error, "no tag \"\(name)\"; there are \(tags.map(\.name).joined(separator: ", "))")
        return []
      }
      lastTag = tag.name
      return toggle(tag.name)
    case ("note", let words) where !words.isEmpty:
      if let reason = reason(against: .note) {
        message = Message(.warning, reason)
        return []
      }
      return record(.note(target, about: .general, text: words))
    default: break
    }
    guard let command = Command(rawValue: parts[0]) else {
      let near = commandNames.filter { $0.hasPrefix(parts[0].prefix(2)) }.prefix(4)
      message = Message(
        .error,
        "no command \"\(parts[0])\""
          + (near.isEmpty ? "; ? shows all" : "; there is \(near.joined(separator: ", "))"))
      return []
    }
    return perform(command)
  }

  private mutating func goTo(_ position: Position) -> [Effect] {
    if let index = run.index(of: position) { return go(to: index) }
    let near = run.neighbours(of: position.value).map(\.text)
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
