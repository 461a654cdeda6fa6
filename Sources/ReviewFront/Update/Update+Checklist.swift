import ReviewCore
import TerminalSurface

extension FrontState {
  /// A key while the checklist is shown.
  mutating func take(_ key: Key, checklistRow row: Int) -> [Effect] {
    let subjects = EvidenceChecklist.Subject.allCases
    // Behind the items stand offers and cautions, which the same keys reach.
    let last = max(subjects.count - 1, checklistLineCount - 1)
    let page = max(1, (height - 5) / 2)
    switch keyMap[key] {
    case .nextCheckpoint: mode = .checklist(row: min(row + 1, last))
    case .previousCheckpoint: mode = .checklist(row: max(0, row - 1))
    case .pageForward: mode = .checklist(row: min(row + page, last))
    case .pageBack: mode = .checklist(row: max(0, row - page))
    case .firstCheckpoint: mode = .checklist(row: 0)
    case .lastCheckpoint: mode = .checklist(row: last)
    case .closer where row < subjects.count: return bring(subjects[row])
    case .closer: break
    case .quit: return perform(.quit)
    default:
      if case .character(let character) = key, let digit = character.wholeNumberValue,
        character.isASCII
      {
        return bring(subjects[(digit + 9) % 10])
      }
      mode = .browse
    }
    return []
  }

  /// Goes to where a piece of evidence is brought in.
  private mutating func bring(_ subject: EvidenceChecklist.Subject) -> [Effect] {
    mode = .browse
    switch subject {
    case .samples, .failures:
      let effects = kept.map { go(to: $0) } ?? []
      guard sampleCount > 0 else {
        message = Message(.info, "no samples here; keepoch inspect says where they were looked for")
        return effects
      }
      if comparison == nil { place.depth = .grid }
      message = Message(
        .info, "\(keyMap.name(of: .tag)) and a letter tags what has failed; j and k step the epochs"
      )
      return effects
    case .quality: return write(about: .quality, on: kept.map { Target(run.position(of: $0)) })
    case .diversity: return write(about: .diversity, on: kept.map { Target(run.position(of: $0)) })
    case .trust: return write(about: .trust, on: nil)
    case .nextStep: return write(about: .nextStep, on: nil)
    case .trainingLog:
      return perform(.trainingLog)
    case .rule: return perform(.editRule)
    case .latentShape, .outputShape:
      let key = subject == .latentShape ? "latent_shape = [32]" : "output_shape = [28, 28]"
      message = Message(
        .info,
        "\(key) in keepoch.toml declares it; keepoch inspect --write-toml writes one to begin with")
      return []
    }
  }

  private mutating func write(about subject: NoteSubject, on target: Target?) -> [Effect] {
    if let readOnly {
      message = Message(.warning, readOnly)
      return []
    }
    let target = target ?? Target()
    let text = review.mark(target).notes[subject] ?? ""
    guard !text.contains(where: \.isNewline) else {
      return [.edit(.note(target, subject), text: text)]
    }
    mode = .typing(LineEdit(text), .note(target, subject))
    if subject == .nextStep { message = offerWords }
    return []
  }

  /// That the literature has remedies for what was tagged; nil where it has none.
  private var offerWords: Message? {
    let offers = EvidenceChecklist(evidence, rule: rule).offers
    return offers.isEmpty
      ? nil : Message(.info, "Up and Down offer \(offers.count) remedies for what was tagged")
  }

  /// The next or the previous remedy, in place of a note about the next step.
  mutating func offer(_ edit: inout LineEdit, by step: Int) {
    let offers = EvidenceChecklist(evidence, rule: rule).offers.map(\.words)
    guard !offers.isEmpty else {
      message = Message(.info, "remedies are offered for what is tagged; nothing is yet")
      return
    }
    let here = offers.firstIndex(of: edit.text)
    let next = here.map { ($0 + step + offers.count) % offers.count }
    edit.replace(with: offers[next ?? (step > 0 ? 0 : offers.count - 1)])
    // The words come first, their source after them.
    _ = edit.take(.home)
  }

  /// Opens the words of why in the editor: the reviewer's own, else those that follow from the numbers.
  mutating func writeWhy() -> [Effect] {
    mode = .browse
    let own = review.mark(Target()).notes[.why]
    return flushSeen() + [.edit(.note(Target(), .why), text: own ?? draftOfWhy)]
  }

  /// The words of why as they follow from the numbers, a blank line between paragraphs.
  var draftOfWhy: String { evidence.draftOfWhy.map(\.plain).joined(separator: "\n\n") }
}
