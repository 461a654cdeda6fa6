/// What an act is about: a sample, a checkpoint, or the run as a whole.
package struct Target: Hashable, Sendable {
  /// Nil: the run as a whole.
  package let position: Position?
  /// Nil: the checkpoint itself.
  package let sample: Int?

  package init(_ position: Position? = nil, sample: Int? = nil) {
    self.position = position
    self.sample = position == nil ? nil : sample
  }
}

/// One thing that a reviewer did.
package enum ReviewAct: Hashable, Sendable {
  /// `digest`: of the sample's stored values when it was tagged; nil for a checkpoint.
  case tag(Target, tag: String, isOn: Bool, digest: String?)
  /// An empty text takes the note off.
  case note(Target, about: NoteSubject, text: String)
  case verdict(Position, Verdict)
  /// 1...5, 0 takes the rating off.
  case rate(Target, Int)
  case select(Position, reason: String, isOn: Bool)
  /// What the reviewer says of an alarm that the program raised.
  case alarm(Position, kind: String, isAccepted: Bool, evidence: String)
  /// An empty text goes back to the run's own rule.
  case rule(String)
  /// Takes back the act with this sequence number; of an undo: brings back what that took.
  case undo(of: Int)
  /// What was on the screen; for coverage, never undone.
  case seen(Position, samples: [Int])
  /// What counts where reviewers disagree: `keep`, `reject`, `undecided`, `1`...`5`, `on`, `off`; nil takes
  /// the ruling back.
  case adjudicate(DisputedPoint, value: String?, reason: String)
  /// What the reviewer does as a rater; taken back by a line of its own, never by undo.
  case evaluation(EvaluationAct)
  /// Written by a later version: kept and shown, never judged.
  case unknown(String)

  package var target: Target? {
    switch self {
    case .tag(let target, _, _, _), .note(let target, _, _), .rate(let target, _): return target
    case .verdict(let position, _), .select(let position, _, _): return Target(position)
    case .seen(let position, _): return Target(position)
    case .alarm(let position, _, _, _): return Target(position)
    case .adjudicate(let point, _, _): return point.target
    case .rule, .undo, .evaluation, .unknown: return nil
    }
  }

  /// Whether `u` takes it back.
  package var isUndoable: Bool {
    switch self {
    case .undo, .seen, .evaluation, .unknown: return false
    default: return true
    }
  }

  /// The event's name in a journal.
  package var name: String {
    switch self {
    case .tag: return "tag"
    case .note: return "note"
    case .verdict: return "verdict"
    case .rate: return "rate"
    case .select: return "select"
    case .alarm: return "alarm"
    case .rule: return "rule"
    case .undo: return "undo"
    case .seen: return "seen"
    case .adjudicate: return "adjudicate"
    case .evaluation(let act): return act.name
    case .unknown(let name): return name
    }
  }

  /// The last field of a log line.
  package var value: String {
    switch self {
    case .tag(_, let tag, let isOn, _): return isOn ? tag : "\(tag) off"
    case .note(_, let about, let text):
      return about == .general ? text : "\(about.rawValue): \(text)"
    case .verdict(_, let verdict): return verdict.rawValue
    case .rate(_, let rating): return String(rating)
    case .select(_, let reason, let isOn): return isOn ? reason : "off"
    case .alarm(_, let kind, let isAccepted, _):
      return "\(kind) \(isAccepted ? "accepted" : "refused")"
    case .rule(let text): return text.isEmpty ? "off" : text
    case .undo(let of): return String(of)
    case .seen(_, let samples): return "\(samples.count) samples"
    case .adjudicate(let point, let value, let reason):
      let words = "\(point.matter.words): \(value ?? "taken back")"
      return reason.isEmpty ? words : "\(words), \(reason)"
    case .evaluation(let act): return act.value
    case .unknown: return "of a later version"
    }
  }
}

/// One line of a journal.
package struct ReviewEvent: Hashable, Sendable {
  /// Rises by one with each act of a reviewer.
  package let sequence: Int
  /// ISO 8601, UTC, milliseconds: `2026-01-02T03:04:05.678Z`.
  package let time: String
  package let reviewer: String
  package let act: ReviewAct

  package init(sequence: Int, time: String, reviewer: String, act: ReviewAct) {
    self.sequence = sequence
    self.time = time
    self.reviewer = reviewer
    self.act = act
  }

  /// TAB-separated: sequence, time, reviewer, event, checkpoint, sample, value.
  package var logLine: String {
    let target = act.target
    return [
      String(sequence), time, reviewer, act.name, target?.position?.label ?? "-",
      target?.sample.map { "sample=\($0)" } ?? "-", act.value,
    ].map(PrintableText.escaped).joined(separator: "\t")
  }
}
