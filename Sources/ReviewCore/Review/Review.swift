/// What one reviewer said of one target, as it stands now.
package struct ReviewMark: Equatable, Sendable {
  package var verdict: Verdict = .undecided
  /// 1...5; nil when not rated.
  package var rating: Int?
  /// By tag: the digest of the sample when it was tagged.
  package var tags: [String: String?] = [:]
  package var notes: [NoteSubject: String] = [:]

  package var isEmpty: Bool {
    verdict == .undecided && rating == nil && tags.isEmpty && notes.isEmpty
  }

  /// The tags in a fixed order.
  package var sortedTags: [String] { tags.keys.sorted() }
}

/// A reviewer's own choice of a checkpoint.
package struct Override: Equatable, Sendable {
  package let position: Position
  package let reason: String
}

/// A tag whose sample has other values now than when it was tagged.
package struct StaleTag: Hashable, Sendable {
  package let target: Target
  package let tag: String
  /// Of the values that were tagged.
  package let digest: String

  package init(target: Target, tag: String, digest: String) {
    self.target = target
    self.tag = tag
    self.digest = digest
  }
}

/// An alarm as a reviewer answers it.
package struct AlarmKey: Hashable, Sendable {
  package let position: Position
  package let kind: String

  package init(_ position: Position, _ kind: String) {
    self.position = position
    self.kind = kind
  }
}

/// The state that one reviewer's journal folds to.
package struct Review: Equatable, Sendable {
  package let reviewer: String
  package private(set) var events: [ReviewEvent] = []
  package private(set) var marks: [Target: ReviewMark] = [:]
  package private(set) var override: Override?
  package private(set) var ruleText: RuleText?
  /// By checkpoint and kind of an alarm: whether the reviewer found it right.
  package private(set) var alarmAnswers: [AlarmKey: Bool] = [:]
  /// What this reviewer ruled last where several disagree, and what was taken back.
  package private(set) var rulings: [DisputedPoint: Ruling] = [:]
  /// Blocks of trials, in the order they were begun.
  package private(set) var blocks: [BlockRecord] = []
  /// By checkpoint: the seed indices that were on the screen.
  package private(set) var seen: [Position: Set<Int>] = [:]
  /// Sequence numbers of the acts that `u` takes back, the last one first to go.
  package private(set) var undoable: [Int] = []
  /// Sequence numbers of the undos that Ctrl-R takes back.
  package private(set) var redoable: [Int] = []
  /// Tags on values that are no longer there; they are kept in the journal and do not count.
  package private(set) var stale: Set<StaleTag> = []
  /// One more than the highest number so far.
  package private(set) var nextSequence = 1
  private var places: [Int: Int] = [:]
  /// By act that is taken back: the undo that took it.
  private var inactive: [Int: Int] = [:]

  package init(reviewer: String) { self.reviewer = reviewer }

  /// Folds a whole journal.
  package init(reviewer: String, events: [ReviewEvent]) {
    self.init(reviewer: reviewer)
    for event in events { apply(event) }
  }

  /// When the run's note about a subject was written last; nil when it never was.
  package func lastWrote(_ subject: NoteSubject) -> String? {
    events.last { event in
      if case .note(Target(), subject, _) = event.act { return true }
      return false
    }?.time
  }

  /// Whether there is anything here that others may agree with: what was said, or looked at.
  package var hasLooked: Bool { !marks.isEmpty || !seen.isEmpty }

  package func mark(_ target: Target) -> ReviewMark { marks[target] ?? ReviewMark() }

  package func event(_ sequence: Int) -> ReviewEvent? { places[sequence].map { events[$0] } }

  /// The act that `u` would take back.
  package var nextUndo: ReviewEvent? { undoable.last.flatMap(event) }

  /// The act that Ctrl-R would bring back.
  package var nextRedo: ReviewEvent? {
    guard let undo = redoable.last.flatMap(event), case .undo(let of) = undo.act else { return nil }
    return event(of)
  }

  /// Takes in one more line of the journal.
  ///
  /// - Complexity: O(1), but O(n) for an undo, which folds the rest anew.
  package mutating func apply(_ event: ReviewEvent) {
    // Two sittings merged by hand may repeat a number; the first keeps it.
    if places[event.sequence] == nil { places[event.sequence] = events.count }
    events.append(event)
    nextSequence = max(nextSequence, event.sequence &+ 1)
    switch event.act {
    case .undo(let of): undo(of: of, by: event.sequence)
    case .seen, .unknown: fold(event)
    case .evaluation(let act): evaluate(act, at: event.time)
    default:
      fold(event)
      undoable.append(event.sequence)
      redoable.removeAll()
    }
  }

  /// Sets aside the tags whose samples were generated anew.
  package mutating func setStale(_ tags: Set<StaleTag>) {
    guard tags != stale else { return }
    stale = tags
    refold()
  }

  private mutating func undo(of sequence: Int, by undo: Int) {
    guard let target = event(sequence) else { return }
    if case .undo(let original) = target.act {
      // What one run's journal brings back may come after acts in another's, where both are one.
      guard inactive[original] == sequence else { return }
      inactive[original] = nil
      redoable.removeAll { $0 == sequence }
      undoable.append(original)
    } else {
      guard let place = undoable.lastIndex(of: sequence) else { return }
      undoable.remove(at: place)
      inactive[sequence] = undo
      redoable.append(undo)
    }
    refold()
  }

  private mutating func refold() {
    marks = [:]
    override = nil
    ruleText = nil
    alarmAnswers = [:]
    rulings = [:]
    seen = [:]
    for event in events where inactive[event.sequence] == nil { fold(event) }
  }

  private mutating func fold(_ event: ReviewEvent) {
    switch event.act {
    case .tag(let target, let tag, let isOn, let digest):
      if isOn, let digest,
        stale.contains(StaleTag(target: target, tag: tag, digest: digest))
      {
        return
      }
      change(target) { $0.tags[tag] = isOn ? .some(digest) : nil }
    case .note(let target, let about, let text):
      change(target) { $0.notes[about] = text.isEmpty ? nil : text }
    case .verdict(let position, let verdict):
      change(Target(position)) { $0.verdict = verdict }
    case .rate(let target, let rating):
      change(target) { $0.rating = rating == 0 ? nil : rating }
    case .select(let position, let reason, let isOn):
      if isOn {
        override = Override(position: position, reason: reason)
      } else if override?.position == position {
        override = nil
      }
    case .alarm(let position, let kind, let isAccepted, _):
      alarmAnswers[AlarmKey(position, kind)] = isAccepted
    case .rule(let text): ruleText = text.isEmpty ? nil : RuleText(text)
    case .seen(let position, let samples): seen[position, default: []].formUnion(samples)
    case .adjudicate(let point, let value, let reason):
      rulings[point] = Ruling(
        value: value, reason: reason, reviewer: reviewer, time: event.time)
    // Blocks are no matter of undo, and stay when the rest is folded anew.
    case .evaluation, .undo, .unknown: break
    }
  }

  /// What is of a block that is not there is left out; a block that comes twice counts once.
  private mutating func evaluate(_ act: EvaluationAct, at time: String) {
    func place(_ id: String) -> Int? { blocks.lastIndex { $0.block.id == id } }
    switch act {
    case .begin(let block):
      if place(block.id) == nil {
        blocks.append(BlockRecord(block, reviewer: reviewer, begun: time))
      }
    case .draw(let id, let trial):
      if let place = place(id) { blocks[place].draw(trial) }
    case .answer(let id, let number, let answer, let milliseconds):
      if let place = place(id) {
        blocks[place].answer(number, answer, milliseconds: milliseconds, time: time)
      }
    case .end(let id, let ending):
      if let place = place(id) { blocks[place].end(ending) }
    }
  }

  private mutating func change(_ target: Target, _ body: (inout ReviewMark) -> Void) {
    var mark = marks[target] ?? ReviewMark()
    body(&mark)
    marks[target] = mark.isEmpty ? nil : mark
  }
}

extension Review {
  /// Whether an act would leave everything as it is.
  package func isUnchanged(by act: ReviewAct) -> Bool {
    switch act {
    case .tag(let target, let tag, let isOn, let digest):
      guard let known = mark(target).tags[tag] else { return !isOn }
      return isOn && (known == digest || digest == nil)
    case .note(let target, let about, let text):
      return (mark(target).notes[about] ?? "") == text
    case .verdict(let position, let verdict): return mark(Target(position)).verdict == verdict
    case .rate(let target, let rating): return (mark(target).rating ?? 0) == rating
    case .select(let position, let reason, let isOn):
      return isOn
        ? override == Override(position: position, reason: reason)
        : override?.position != position
    case .alarm(let position, let kind, let isAccepted, _):
      return alarmAnswers[AlarmKey(position, kind)] == isAccepted
    case .rule(let text): return (ruleText?.text ?? "") == text
    case .seen(let position, let samples):
      return !samples.isEmpty && seen[position]?.isSuperset(of: samples) == true
    // What others ruled decides that, too: `Ruling.isUnchanged`.
    case .adjudicate: return false
    case .evaluation, .undo, .unknown: return false
    }
  }
}
