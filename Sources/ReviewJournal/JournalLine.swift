import FoundationEssentials
package import ReviewCore

/// One line of a journal, to and from its JSON.
package enum JournalLine {
  /// The version that this program writes.
  package static let version = 1

  // What every JSON reader keeps exactly.
  package static let largestSequence = 1 << 53

  /// The line without its line break: version, sequence, time, reviewer, event, then its own fields.
  package static func text(of event: ReviewEvent) -> String {
    var members: [(key: String, value: JSONText)] = [
      ("v", .integer(version)), ("seq", .integer(event.sequence)), ("time", .string(event.time)),
      ("reviewer", .string(event.reviewer)), ("event", .string(event.act.name)),
    ]
    func add(_ target: Target) {
      members += target.position?.jsonMembers ?? []
      if let sample = target.sample { members.append(("sample", .integer(sample))) }
    }
    switch event.act {
    case .tag(let target, let tag, let isOn, let digest):
      members += [("on", .bool(isOn)), ("tag", .string(tag))]
      add(target)
      if let digest { members.append(("sha256", .string(digest))) }
    case .note(let target, let about, let text):
      if about != .general { members.append(("about", .string(about.rawValue))) }
      members.append(("text", .string(text)))
      add(target)
    case .verdict(let position, let verdict):
      members.append(("verdict", .string(verdict.rawValue)))
      add(Target(position))
    case .rate(let target, let rating):
      members.append(("rating", .integer(rating)))
      add(target)
    case .select(let position, let reason, let isOn):
      members += [("on", .bool(isOn)), ("reason", .string(reason))]
      add(Target(position))
    case .alarm(let position, let kind, let isAccepted, let evidence):
      members += [
        ("alarm", .string(kind)), ("accepted", .bool(isAccepted)), ("evidence", .string(evidence)),
      ]
      add(Target(position))
    case .rule(let text): members.append(("text", .string(text)))
    case .undo(let of): members.append(("of", .integer(of)))
    case .seen(let position, let samples):
      add(Target(position))
      members.append(("samples", .array(samples.map { .integer($0) })))
    case .adjudicate(let point, let value, let reason):
      switch point.matter {
      case .verdict: members.append(("matter", .string("verdict")))
      case .rating: members.append(("matter", .string("rating")))
      case .tag(let tag): members += [("matter", .string("tag")), ("tag", .string(tag))]
      }
      if let value { members.append(("value", .string(value))) }
      members.append(("reason", .string(reason)))
      add(point.target)
    case .evaluation(let act): members += EvaluationLine.members(of: act)
    case .unknown: break
    }
    return JSONText.object(members).text
  }

  /// The event of a line; nil when the line is not one.
  package static func event(of line: some Collection<UInt8>) -> ReviewEvent? {
    let decoder = JSONDecoder()
    guard let fields = try? decoder.decode(Fields.self, from: Data(line)),
      (1...largestSequence).contains(fields.seq)
    else { return nil }
    if EvaluationLine.names.contains(fields.event) {
      let act = (try? decoder.decode(EvaluationLine.self, from: Data(line)))?.act(fields.event)
      return ReviewEvent(
        sequence: fields.seq, time: fields.time, reviewer: fields.reviewer,
        act: act.map { .evaluation($0) } ?? .unknown(fields.event))
    }
    return ReviewEvent(
      sequence: fields.seq, time: fields.time, reviewer: fields.reviewer, act: fields.act)
  }

  private struct Fields: Decodable {
    let v: Int
    let seq: Int
    let time: String
    let reviewer: String
    let event: String
    let epoch: Double?
    let step: Double?
    let sample: Int?
    let on: Bool?
    let tag: String?
    let sha256: String?
    let about: String?
    let text: String?
    let verdict: String?
    let rating: Int?
    let reason: String?
    let of: Int?
    let samples: [Int]?
    let alarm: String?
    let accepted: Bool?
    let evidence: String?
    let setting: String?
    let run: String?
    let matter: String?
    let value: String?

    var position: Position? {
      let (axis, value): (Axis, Double?) = epoch != nil ? (.epoch, epoch) : (.step, step)
      return value.map { Position(axis, $0, setting: setting, run: run) }
    }

    private func point(of target: Target) -> DisputedPoint? {
      guard target.position != nil else { return nil }
      switch matter {
      case "verdict": return DisputedPoint(target, .verdict)
      case "rating": return DisputedPoint(target, .rating)
      case "tag": return tag.map { DisputedPoint(target, .tag($0)) }
      default: return nil
      }
    }

    /// What is not complete, or of a later version, is unknown rather than lost.
    var act: ReviewAct {
      let target = Target(position, sample: sample)
      switch event {
      case "tag":
        if let tag, let on, position != nil {
          return .tag(target, tag: tag, isOn: on, digest: sha256)
        }
      case "note":
        if let text, let subject = NoteSubject(rawValue: about ?? NoteSubject.general.rawValue) {
          return .note(target, about: subject, text: text)
        }
      case "verdict":
        if let position, let verdict = verdict.flatMap(Verdict.init) {
          return .verdict(position, verdict)
        }
      case "rate":
        if let rating, (0...5).contains(rating), position != nil { return .rate(target, rating) }
      case "select":
        if let position, let on { return .select(position, reason: reason ?? "", isOn: on) }
      case "alarm":
        if let position, let alarm, let accepted {
          return .alarm(position, kind: alarm, isAccepted: accepted, evidence: evidence ?? "")
        }
      case "rule":
        if let text { return .rule(text) }
      case "undo":
        if let of { return .undo(of: of) }
      case "seen":
        if let position, let samples { return .seen(position, samples: samples) }
      case "adjudicate":
        if let point = point(of: target), value.map(point.matter.takes) ?? true {
          return .adjudicate(point, value: value, reason: reason ?? "")
        }
      default: break
      }
      return .unknown(event)
    }
  }
}
