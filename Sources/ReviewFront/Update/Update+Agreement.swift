import HumanEvaluation
import ReviewCore
import TerminalSurface

extension FrontState {
  /// How many reviewers said or looked at anything.
  var reviewerCount: Int {
    Set(([review] + otherReviews).filter(\.hasLooked).map(\.reviewer)).count
  }

  mutating func openAgreement() {
    agreement = nil
    recordAgreement()
    // The first that is of this checkpoint, else the first that nobody ruled.
    let items = agreement?.agreement.disagreements ?? []
    let row =
      items.firstIndex { $0.index == place.checkpoint && $0.point.target == target }
      ?? items.firstIndex { $0.index == place.checkpoint }
      ?? items.firstIndex { agreement?.rulings[$0.point] == nil } ?? 0
    mode = .agreement(row: row)
  }

  /// Works out what reviewers agree on, but for the intervals; after an act only as far as that changes it.
  mutating func recordAgreement() {
    let reviews = [review] + otherReviews
    let known = agreement.flatMap { $0.marks == review.marks ? $0 : nil }
    let found = known?.agreement ?? ReviewerAgreement(of: reviews, in: run, hasIntervals: false)
    agreement = AgreementView(
      agreement: found, isAsked: known?.isAsked ?? false,
      rulings: Ruling.inForce(among: reviews, in: run), marks: review.marks)
    if case .agreement(let row) = mode {
      mode = .agreement(row: max(0, min(row, found.disagreements.count - 1)))
    }
  }

  /// Asks for the intervals, which take longer than a frame.
  mutating func wantAgreement() -> [Effect] {
    guard agreement?.isAsked == false else { return [] }
    agreement?.isAsked = true
    return [.agree]
  }

  /// Takes the intervals in; those of what has changed since are left.
  mutating func take(_ found: ReviewerAgreement) {
    guard let known = agreement?.agreement, known.reviewers == found.reviewers,
      known.disagreements == found.disagreements, known.byCheckpoint == found.byCheckpoint
    else { return }
    agreement?.agreement = found
  }

  /// A key while the disagreements are listed.
  mutating func take(_ key: Key, agreementRow row: Int) -> [Effect] {
    guard let agreement else {
      mode = .browse
      return []
    }
    let items = agreement.agreement.disagreements
    let item = items.indices.contains(row) ? items[row] : nil
    if key == "y" { return rule(item, "on") }
    if key == "n" { return rule(item, "off") }
    if let next = listRow(row, count: items.count, keyMap[key]) {
      message = nil
      mode = .agreement(row: next)
      return []
    }
    switch keyMap[key] {
    case .keep: return rule(item, Verdict.keep.rawValue)
    case .reject: return rule(item, Verdict.reject.rawValue)
    case .undecided: return rule(item, Verdict.undecided.rawValue)
    case .rate1: return rule(item, "1")
    case .rate2: return rule(item, "2")
    case .rate3: return rule(item, "3")
    case .rate4: return rule(item, "4")
    case .rate5: return rule(item, "5")
    case .rateOff: return rule(item, nil)
    case .note: startRulingReason(item, row: row)
    case .undo, .redo: return perform(keyMap[key] == .undo ? .undo : .redo)
    case .closer:
      guard let item else { break }
      return show(item)
    case .quit: return perform(.quit)
    default:
      mode = .browse
      self.agreement = nil
      message = nil
    }
    return []
  }

  /// Where a key takes the cursor of a list; nil for a key that does not move it.
  func listRow(_ row: Int, count: Int, _ command: Command?) -> Int? {
    let last = max(0, count - 1)
    let page = max(1, (height - 5) / 2)
    switch command {
    case .nextCheckpoint: return min(row + 1, last)
    case .previousCheckpoint: return max(0, row - 1)
    case .pageForward: return min(row + page, last)
    case .pageBack: return max(0, row - page)
    case .firstCheckpoint: return 0
    case .lastCheckpoint: return last
    default: return nil
    }
  }

  /// - Parameter value: nil takes back what counts.
  private mutating func rule(
    _ item: ReviewerAgreement.Disagreement?, _ value: String?
  ) -> [Effect] {
    guard let item else { return [] }
    if let readOnly {
      message = Message(.warning, readOnly)
      return []
    }
    let matter = item.point.matter
    if let value, !matter.takes(value) {
      message = Message(
        .info, "\(value) is no ruling on a \(matter.kind); \(rulingKeys(of: matter))")
      return []
    }
    return rule(item.point, value, reason: nil)
  }

  /// - Parameter reason: nil leaves that of the same ruling.
  private mutating func rule(
    _ point: DisputedPoint, _ value: String?, reason: String?
  ) -> [Effect] {
    let counting = agreement?.rulings[point]
    let reason = reason ?? (counting?.value == value ? counting?.reason : nil) ?? ""
    let act = ReviewAct.adjudicate(point, value: value, reason: reason)
    guard !Ruling.isUnchanged(counting, by: value, reason: reason) else {
      message = Message(.info, "unchanged: \(sentence(of: act))")
      unsavedWords = nil
      return []
    }
    return record(act)
  }

  private mutating func startRulingReason(_ item: ReviewerAgreement.Disagreement?, row: Int) {
    if let readOnly {
      message = Message(.warning, readOnly)
      return
    }
    guard let item else { return }
    guard let ruling = agreement?.rulings[item.point], let value = ruling.value else {
      message = Message(.info, "a reason is for a ruling; \(rulingKeys(of: item.point.matter))")
      return
    }
    guard !ruling.reason.contains(where: \.isNewline) else {
      message = Message(.info, "this reason has several lines; keepoch adjudicate writes another")
      return
    }
    message = nil
    mode = .typing(LineEdit(ruling.reason), .ruling(item.point, value: value, row: row))
  }

  /// The words of why are there.
  mutating func takeRulingReason(
    _ text: String, _ point: DisputedPoint, _ value: String, row: Int
  ) -> [Effect] {
    mode = .agreement(row: row)
    return rule(point, value, reason: text)
  }

  /// `p x U rule`, with the keys as they are bound.
  func rulingKeys(of matter: DisputedMatter) -> String {
    func names(_ commands: [Command]) -> String {
      commands.map { keyMap.name(of: $0) }.joined(separator: " ")
    }
    switch matter {
    case .verdict: return "\(names([.keep, .reject, .undecided])) rule"
    case .rating: return "\(keyMap.name(of: .rate1)) to \(keyMap.name(of: .rate5)) rule"
    case .tag: return "y on, n off"
    }
  }

  /// Goes to what reviewers disagree about.
  private mutating func show(_ item: ReviewerAgreement.Disagreement) -> [Effect] {
    mode = .browse
    agreement = nil
    let effects = go(to: item.index)
    if let sample = item.point.target.sample, sampleCount > 0 {
      if comparison == nil { place.depth = .grid }
      go(toSample: samplePlace(ofSeed: sample, at: item.index) ?? sampleCount - 1)
    }
    message = Message(.info, "\(item.point.matter.words): \(item.said)")
    return effects
  }

  // MARK: People and numbers

  mutating func openInbox() {
    contradictions = PeopleAgainstMetrics.contradictions(evidence)
    guard !contradictions.isEmpty else {
      message = Message(
        .info, "people and numbers do not disagree, as far as both have something to say")
      return
    }
    mode = .inbox(row: contradictions.firstIndex { $0.index == place.checkpoint } ?? 0)
  }

  /// A key while it is listed where people and numbers disagree.
  mutating func take(_ key: Key, inboxRow row: Int) -> [Effect] {
    if let next = listRow(row, count: contradictions.count, keyMap[key]) {
      mode = .inbox(row: next)
      return []
    }
    switch keyMap[key] {
    case .closer where contradictions.indices.contains(row):
      let item = contradictions[row]
      mode = .browse
      contradictions = []
      let effects = go(to: item.index)
      message = Message(.info, item.words)
      return effects
    case .quit: return perform(.quit)
    default:
      mode = .browse
      contradictions = []
    }
    return []
  }

  /// What was said or logged has changed: what is listed follows, or goes where its rows are no longer those.
  mutating func keepAgreement(runChanged: Bool) {
    if agreement != nil {
      if runChanged { agreement = nil }
      recordAgreement()
    }
    guard case .inbox(let row) = mode else { return }
    contradictions = PeopleAgainstMetrics.contradictions(evidence)
    mode =
      contradictions.isEmpty ? .browse : .inbox(row: min(row, contradictions.count - 1))
  }
}

extension DisputedMatter {
  /// Without the tag's name.
  var kind: String {
    if case .tag = self { return "tag" }
    return words
  }
}
