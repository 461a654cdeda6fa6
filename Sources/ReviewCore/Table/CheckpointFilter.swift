/// Which checkpoints are shown: words of marks beside conditions of the rule language, all of which
/// must hold. `tag:blurry quality>0.6` is two.
package struct CheckpointFilter: Equatable, Sendable {
  package let text: String
  private let terms: [Term]

  private struct Term: Equatable, Sendable {
    let isNegated: Bool
    let kind: Kind

    init(_ isNegated: Bool, _ kind: Kind) {
      self.isNegated = isNegated
      self.kind = kind
    }
  }

  private enum Kind: Equatable, Sendable {
    case condition(RuleCondition)
    case tag(String)
    case anyTag
    case verdict(Verdict)
    case status(Status)
    case noted
    case rated
    /// Words of the run's name, of its family, or of the sampling setting.
    case run(String)
    case family(String)
    case setting(String)
  }

  /// The words before a colon, with what may follow them.
  package static let keys: [(name: String, values: String)] = [
    ("tag", "a failure mode, any or none"), ("verdict", "keep, reject or undecided"),
    ("status", "candidate or review"), ("note", "any or none"), ("rating", "any or none"),
    ("run", "a run's name, or a part of it"), ("family", "a family, such as gan"),
    ("setting", "such as temperature=0.8, or a part of it"),
  ]

  /// - Parameters:
  ///   - tags: the failure modes that may be named.
  ///   - metrics: the metrics that may be named.
  /// - Throws: `RuleError` with the column of what cannot be read; also for an empty text.
  package init(_ text: String, tags: [String], metrics: [String]) throws(RuleError) {
    var terms: [Term] = []
    // What is no condition is blanked out, so that the columns of the rest stay.
    var rest = Array(text)
    let words = Self.words(of: rest)
    for (place, word) in words.enumerated() {
      // A metric may have the name of a tag; before a sign of the rule language it is one.
      guard place + 1 >= words.count || !Self.isSign(rest[words[place + 1]]),
        let term = try Self.term(String(rest[word]), column: word.lowerBound + 1, tags: tags)
      else { continue }
      terms.append(term)
      for place in word { rest[place] = " " }
    }
    let conditions = RuleText(String(rest))
    for condition in try RuleParser.conditions(conditions) {
      for name in condition.metricNames where !metrics.contains(name) {
        let place = conditions.place(ofMetric: name)
        throw RuleError(
          line: 1, column: place?.column ?? 1,
          message: "no metric \(RuleNumber.name(name)); "
            + (metrics.isEmpty
              ? "the run has none"
              : "there is \(metrics.map { RuleNumber.name($0) }.joined(separator: ", "))"))
      }
      terms.append(Term(false, .condition(condition)))
    }
    guard !terms.isEmpty else {
      throw RuleError(
        line: 1, column: 1, message: "a filter is words such as tag:blurry or quality>0.6")
    }
    self.text = text
    self.terms = terms
  }

  /// Whether a word begins with a sign of the rule language, and not one that turns a mark round.
  private static func isSign(_ word: ArraySlice<Character>) -> Bool {
    switch word.first {
    case "!": return word.starts(with: Array("!="))
    case "-": return !word.contains(":")
    case let first?: return "<>=+*/".contains(first)
    case nil: return false
    }
  }

  /// Stretches without blanks.
  private static func words(of text: [Character]) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start: Int?
    var isQuoted = false
    for (place, character) in text.enumerated() {
      if character == "`" { isQuoted.toggle() }
      if character.isWhitespace, !isQuoted {
        if let begin = start { words.append(begin..<place) }
        start = nil
      } else if start == nil {
        start = place
      }
    }
    if let begin = start { words.append(begin..<text.count) }
    return words
  }

  /// Nil for what the rule language is asked about.
  private static func term(
    _ word: String, column: Int, tags: [String]
  ) throws(RuleError) -> Term? {
    let isNegated =
      (word.hasPrefix("!") && !word.hasPrefix("!=")) || (word.hasPrefix("-") && word.contains(":"))
    let plain = isNegated ? String(word.dropFirst()) : word
    func failure(_ message: String) -> RuleError {
      RuleError(line: 1, column: column, message: message)
    }
    guard let colon = plain.firstIndex(of: ":") else {
      if let verdict = Verdict(rawValue: plain) { return Term(isNegated, .verdict(verdict)) }
      if let status = Status(rawValue: plain) { return Term(isNegated, .status(status)) }
      if tags.contains(plain) { return Term(isNegated, .tag(plain)) }
      guard isNegated else { return nil }
      throw failure("\(PrintableText.escaped(plain)) cannot be turned round; write not before it")
    }
    let (key, value) = (String(plain[..<colon]), String(plain[plain.index(after: colon)...]))
    switch (key, value) {
    case ("tag", "any"): return Term(isNegated, .anyTag)
    case ("tag", "none"): return Term(!isNegated, .anyTag)
    case ("note", "any"): return Term(isNegated, .noted)
    case ("note", "none"): return Term(!isNegated, .noted)
    case ("rating", "any"): return Term(isNegated, .rated)
    case ("rating", "none"): return Term(!isNegated, .rated)
    case ("run", let words) where !words.isEmpty: return Term(isNegated, .run(words.lowercased()))
    case ("family", let words) where !words.isEmpty:
      return Term(isNegated, .family(words.lowercased()))
    case ("setting", let words) where !words.isEmpty:
      return Term(isNegated, .setting(words.lowercased()))
    case ("tag", _):
      guard tags.contains(value) else {
        throw failure(
          "no tag \"\(PrintableText.escaped(value))\"; there is \(tags.joined(separator: ", "))")
      }
      return Term(isNegated, .tag(value))
    case ("verdict", _):
      if let verdict = Verdict(rawValue: value) { return Term(isNegated, .verdict(verdict)) }
    case ("status", _):
      if let status = Status(rawValue: value) { return Term(isNegated, .status(status)) }
    default: break
    }
    guard let known = keys.first(where: { $0.name == key }) else {
      throw failure(
        "no word \"\(PrintableText.escaped(key)):\"; there is "
          + keys.map { $0.name + ":" }.joined(separator: " "))
    }
    throw failure("\(key): takes \(known.values)")
  }
}

extension CheckpointFilter {
  /// What the filter asks that no rule knows.
  package struct Marks: Sendable {
    /// This reviewer's own.
    package let verdict: Verdict
    package let isNoted: Bool
    /// By anybody, on the checkpoint or one of its samples.
    package let isTagged: Bool
    /// Empty where there is one run.
    package var run = ""
    package var family = ""
    /// Empty where there is one.
    package var setting = ""

    package init(verdict: Verdict, isNoted: Bool, isTagged: Bool) {
      self.verdict = verdict
      self.isNoted = isNoted
      self.isTagged = isTagged
    }
  }

  /// Whether a checkpoint is shown.
  package func matches(
    _ index: Int, evaluator: RuleEvaluator, status: Status, marks: () -> Marks
  ) -> Bool {
    terms.allSatisfy { term in
      let holds: Bool
      switch term.kind {
      case .condition(let condition): holds = evaluator.holds(condition, at: index)
      case .tag(let tag): holds = evaluator.facts.tagged[tag]?[index] ?? false
      case .anyTag: holds = marks().isTagged
      case .verdict(let verdict): holds = marks().verdict == verdict
      case .status(let wanted): holds = status == wanted
      case .noted: holds = marks().isNoted
      case .run(let words): holds = marks().run.lowercased().contains(words)
      case .family(let words): holds = marks().family.lowercased().hasPrefix(words)
      case .setting(let words):
        holds = " \(marks().setting.lowercased()) ".contains(
          words.contains("=") && !words.contains(" ") ? " \(words) " : words)
      case .rated: holds = evaluator.facts.ratings[index] != nil
      }
      return holds != term.isNegated
    }
  }
}
