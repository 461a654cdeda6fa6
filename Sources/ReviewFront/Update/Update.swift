import ReviewCore
import TerminalSurface

/// Changes the state by one action; time, dice and files come in as values, effects go out.
package func update(_ state: inout FrontState, _ action: Action) -> [Effect] {
  var effects: [Effect] = []
  switch action {
  case .key(let key, let time):
    effects += state.noteSeen(at: time)
    effects += state.take(key, at: time)
  case .resized(let width, let height):
    state.width = width
    state.height = height
  case .recorded(let event): effects += state.recorded(event)
  case .refused(let act, let reason): state.refused(act, reason)
  case .rendered(let batch): state.rendered(batch)
  case .unreadable(let checkpoint, let reason): state.problems[checkpoint] = reason
  case .lost(let request, let places): state.lost(request, places)
  case .stale(let own, let others):
    state.review.setStale(own)
    for (place, tags) in others.enumerated() where state.otherReviews.indices.contains(place) {
      state.otherReviews[place].setStale(tags)
    }
    state.reviewChanged()
    let count = own.count + others.reduce(0) { $0 + $1.count }
    if count > 0 {
      state.message = Message(
        .warning, "\(count) tags are on samples that were generated anew; they do not count")
    }
  case .exported(let path):
    let cautions = state.evidence.cautions.count
    let warned = cautions == 0 ? "" : "; \(cautions) caution\(cautions == 1 ? "" : "s") in it"
    state.message = Message(.saved, "report written: \(state.pathInRun(path))\(warned)")
  case .exportFailed(let reason): state.message = Message(.error, reason)
  case .exportBlocked(let path, let format):
    state.mode = .confirming(.overwrite(path: path, format))
  case .edited(let words, let text): effects += state.take(text, for: words)
  case .told(let words, let isDone):
    state.message = Message(isDone ? .saved : .error, words)
    if !isDone { state.goOnTyping() }
  case .themed(let theme): state.take(theme)
  case .drained: state.previewRule()
  case .ranged(let range, let frame, let warnings, let sources):
    state.take(range, frame, warnings, sources)
  case .measured(let measures, let isDone): state.take(measures, isDone: isDone)
  case .measuring(let done, let total): state.measuring = (done, total)
  case .measureFailed(let reason):
    state.measuring = nil
    state.message = Message(.error, reason)
  case .grown(let grown): effects += state.take(grown)
  case .tick(let time):
    state.hide(at: time)
    effects += state.tick(at: time)
  case .planned(let block): state.planned(block)
  case .shown(let time): state.shown(at: time)
  case .surveyed(let request, let answer): state.take(answer, to: request)
  case .agreed(let found): state.take(found)
  case .surveying(let request, let part):
    if state.surveys.wanted == request { state.surveys.part = part }
  case .leaving(let time):
    effects += state.noteSeen(at: time)
    effects += state.flushSeen()
    effects += [.savePlace(state.place), .quit]
  }
  if !state.arrived.isEmpty { state.arrived.remove(state.position) }
  state.keepOrder()
  state.prepareTagOrder()
  state.scroll()
  state.prepareCharts()
  state.prepareWhy()
  effects += state.wantSurvey()
  effects += state.wantAgreement()
  effects += state.wantPictures()
  switch action {
  case .key(_, let time): state.watch(from: time)
  case .tick(let time) where state.watched.isEmpty: state.watch(from: time)
  default: break
  }
  return effects
}

extension FrontState {
  /// What a key means depends on the mode alone.
  fileprivate mutating func take(_ key: Key, at time: Double) -> [Effect] {
    if !mode.isTyping || !key.isText {
      if keyMap[key] == .redraw { return perform(.redraw) }
      if keyMap[key] == .suspend { return [.suspend] }
    }
    // Nothing is done to what cannot be seen.
    guard isLargeEnough else {
      let isWayOut = keyMap[key] == .quit || keyMap[key] == .backOrQuit
      return isWayOut && !(mode.isTyping && key.isText) ? leave() : []
    }
    if stopPlaying(by: keyMap[key]) { return [] }
    switch mode {
    case .browse:
      message = nil
      switch key {
      case .click(let column, let row): return click(column: column, row: row)
      case .paste:
        message = Message(
          .info, "pasted text is no command; \(keyMap.name(of: .note)) opens a line for it")
        return []
      default: break
      }
      guard let command = showsStrip ? stripCommand(key, keyMap[key]) : keyMap[key] else {
        message = Message(
          .info, "\(key.name) means nothing here; \(keyMap.name(of: .help)) shows all keys")
        return []
      }
      return perform(command)
    case .tagging(let ofMarked, let top):
      if let next = scrolled(top, by: key) {
        mode = .tagging(ofMarked: ofMarked, top: next)
        return []
      }
      return takeTag(key, ofMarked: ofMarked)
    case .typing(let edit, let purpose): return type(key, edit, purpose)
    case .rule(let edit): return type(key, edit)
    case .log(let view): return take(key, view)
    case .pareto(let view): return take(key, view)
    case .overview(let view): return take(key, view)
    case .help(let top):
      scrollOverlay(key, top: top) { .help(top: $0) }
      return []
    case .facts(let top):
      if let command = keyMap[key], [.nextCheckpoint, .previousCheckpoint].contains(command) {
        let effects = perform(command)
        mode = .facts(top: 0)
        return effects
      }
      scrollOverlay(key, top: top) { .facts(top: $0) }
      return []
    case .disk(let top):
      scrollOverlay(key, top: top) { .disk(top: $0) }
      return []
    case .warnings(let top):
      scrollOverlay(key, top: top) { .warnings(top: $0) }
      return []
    case .why(let top):
      // Stepping on answers the same question for the next checkpoint.
      if let command = keyMap[key],
        [.nextCheckpoint, .previousCheckpoint, .winner].contains(command)
      {
        let effects = perform(command)
        mode = .why(top: 0)
        return effects
      }
      scrollOverlay(key, top: top) { .why(top: $0) }
      return []
    case .checklist(let row): return take(key, checklistRow: row)
    case .alarms(let row): return take(key, alarmRow: row)
    case .evaluation(let view): return take(key, view, at: time)
    case .agreement(let row): return take(key, agreementRow: row)
    case .inbox(let row): return take(key, inboxRow: row)
    case .exporting where keyMap[key] == .writeWhy: return perform(.writeWhy)
    case .exporting(let top):
      if let next = scrolled(top, by: key) {
        mode = .exporting(top: next)
        return []
      }
      mode = .browse
      if let format = ReportFormat.allCases.first(where: { key == .character($0.key) })
        ?? (key == .enter ? .markdown : nil)
      {
        return flushSeen() + [.export(format, overwriting: false)]
      }
      message = Message(.info, "nothing exported")
      return []
    case .confirming(.overwrite(let path, let format)):
      mode = .browse
      if key == "y" { return [.export(format, overwriting: true)] }
      message = Message(.info, "\(pathInRun(path)) is left as it is")
      return []
    }
  }

  /// Where a list of choices begins after a key that only scrolls; nil for any other key.
  func scrolled(_ top: Int, by key: Key) -> Int? {
    let page = max(1, (height - 5) / 2)
    switch key {
    case .down, .wheelDown: return top + 1
    case .up, .wheelUp: return max(0, top - 1)
    case .pageDown: return top + page
    case .pageUp: return max(0, top - page)
    default: return nil
    }
  }

  private mutating func scrollOverlay(_ key: Key, top: Int, _ mode: (Int) -> Mode) {
    if case .click = key { return }
    switch keyMap[key] {
    case .nextCheckpoint: self.mode = mode(top + 1)
    case .previousCheckpoint: self.mode = mode(max(0, top - 1))
    case .pageForward, .mark: self.mode = mode(top + max(1, height / 2))
    case .pageBack: self.mode = mode(max(0, top - max(1, height / 2)))
    case .firstCheckpoint: self.mode = mode(0)
    case .lastCheckpoint: self.mode = mode(.max / 2)
    default:
      self.mode = underlay ?? .browse
      underlay = nil
    }
  }

  private mutating func takeTag(_ key: Key, ofMarked: Bool) -> [Effect] {
    if case .click = key { return [] }
    let view = overviewBelow
    mode = view.map(Mode.overview) ?? .browse
    underlay = nil
    guard case .character(let letter) = key, let tag = tags.first(where: { $0.key == letter })
    else {
      message = Message(.info, key == .escape ? "no tag" : "\(key.name) is not a tag's letter")
      return []
    }
    lastTag = tag.name
    if let view {
      mode = .overview(view)
      return self.tag(view, tag.name)
    }
    return ofMarked ? tagMarked(tag.name) : toggle(tag.name)
  }
}

extension FrontState {
  /// What the screen below any box is.
  var shownMode: Mode { underlay ?? mode }

  /// The overview on the screen, in front or below a box.
  var overviewBelow: OverviewView? {
    if case .overview(let view) = shownMode { return view }
    return nil
  }

  var isInOverview: Bool { overviewBelow != nil }
}

extension Mode {
  /// Whether characters go into a line.
  fileprivate var isTyping: Bool {
    switch self {
    case .typing, .rule: return true
    default: return false
    }
  }

  /// Whether the samples of the screen below are out of sight.
  var hidesSamples: Bool {
    switch self {
    case .log, .pareto, .overview, .help, .warnings, .disk, .facts, .evaluation: return true
    default: return false
    }
  }
}

extension Key {
  fileprivate var isText: Bool {
    switch self {
    case .character, .paste: return true
    default: return false
    }
  }
}
