/// Reads a rule: `candidate:`, `select:` and `tie:` in any order, each at most once.
///
/// Precedence from loose to tight: `or`, `and`, `not`, comparison, `+ -`, `* /`, unary minus.
package struct RuleParser {
  private let tokens: [RuleToken]
  private var index = 0
  private var literalCount = 0
  private var depth = 0

  // A rule nested deeper than this is not one a person wrote, and must not exhaust the stack.
  private static let deepest = 64

  /// The rule in a text.
  package static func rule(_ text: RuleText) throws(RuleError) -> Rule {
    var parser = RuleParser(tokens: try RuleLexer.tokens(of: text.text))
    return try parser.rule()
  }

  /// Conditions that stand side by side, as in a filter: `quality > 0.6 kept` is two.
  ///
  /// - Throws: `RuleError` with the place of the first thing that is no condition.
  package static func conditions(_ text: RuleText) throws(RuleError) -> [RuleCondition] {
    var parser = RuleParser(tokens: try RuleLexer.tokens(of: text.text))
    var conditions: [RuleCondition] = []
    while parser.current.kind != .end { conditions.append(try parser.condition()) }
    return conditions
  }

  /// One part of a rule without its keyword, read by itself.
  ///
  /// - Parameter part: `candidate`, `select` or `tie`.
  /// - Throws: `RuleError` with a place within the part.
  package static func check(_ text: String, of part: String) throws(RuleError) {
    var parser = RuleParser(tokens: try RuleLexer.tokens(of: text))
    switch part {
    case "candidate": _ = try parser.condition()
    case "select": _ = try parser.selection()
    default: _ = try parser.tieWord()
    }
    try parser.expectEnd()
  }

  private init(tokens: [RuleToken]) { self.tokens = tokens }

  static func isPlainName(_ name: String) -> Bool {
    let words: Set = [
      "epoch", "step", "rating", "kept", "rejected", "tagged", "share", "not", "and", "or",
      "where", "max", "min",
    ]
    if JudgedMetric.isOfTrials(name) {
      return isPlainWord(name.dropFirst(JudgedMetric.family.count + 1))
    }
    return !words.contains(name) && isPlainWord(Substring(name))
  }

  static func isPlainWord(_ name: Substring) -> Bool {
    guard let first = name.utf8.first else { return false }
    let isLetter = { (byte: UInt8) in byte == 0x5F || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) }
    return isLetter(first)
      && name.utf8.allSatisfy { isLetter($0) || ($0 >= 0x30 && $0 <= 0x39) }
  }

  private mutating func rule() throws(RuleError) -> Rule {
    var candidate: RuleCondition?
    var select: (objectives: [RuleObjective], eligibility: RuleCondition?)?
    var tie: Rule.Tie?
    var seen: Set<String> = []
    while current.kind != .end {
      guard case .section(let name) = current.kind else {
        throw failure("expected candidate:, select: or tie:, found \(current.words)")
      }
      guard seen.insert(name).inserted else { throw failure("\(name): stands there twice") }
      advance()
      switch name {
      case "candidate": candidate = try condition()
      case "select": select = try selection()
      default: tie = try tieWord()
      }
    }
    guard let select else {
      throw failure("a rule needs select:, such as \"select: max quality\"")
    }
    return Rule(
      candidate: candidate, objectives: select.objectives, eligibility: select.eligibility,
      tie: tie ?? .earliest)
  }

  private mutating func selection() throws(RuleError) -> (
    objectives: [RuleObjective], eligibility: RuleCondition?
  ) {
    var objectives: [RuleObjective] = []
    repeat {
      let isMax = takeWord("max")
      guard isMax || takeWord("min") else {
        throw failure("expected max or min, found \(current.words)")
      }
      objectives.append(RuleObjective(isMax: isMax, number: try number()))
    } while takeSign(",")
    let eligibility = takeWord("where") ? try condition() : nil
    try expectSectionEnd()
    return (objectives, eligibility)
  }

  private mutating func tieWord() throws(RuleError) -> Rule.Tie {
    guard case .word(let text) = current.kind, let tie = Rule.Tie(rawValue: text) else {
      throw failure("tie is earliest or latest, found \(current.words)")
    }
    advance()
    try expectSectionEnd()
    return tie
  }

  // MARK: Conditions

  private mutating func condition() throws(RuleError) -> RuleCondition {
    try descend()
    defer { depth -= 1 }
    var left = try conjunction()
    while takeWord("or") { left = .or(left, try conjunction()) }
    return left
  }

  private mutating func conjunction() throws(RuleError) -> RuleCondition {
    var left = try negation()
    while takeWord("and") { left = .and(left, try negation()) }
    return left
  }

  private mutating func negation() throws(RuleError) -> RuleCondition {
    try descend()
    defer { depth -= 1 }
    if takeWord("not") { return .not(try negation()) }
    return try simpleCondition()
  }

  private mutating func simpleCondition() throws(RuleError) -> RuleCondition {
    if takeWord("kept") { return .kept }
    if takeWord("rejected") { return .rejected }
    if takeWord("tagged") { return .tagged(try tagInParentheses()) }
    // An opening parenthesis may start a condition or a number; the number is tried first.
    if current.kind == .sign("(") {
      let start = (index, literalCount)
      do {
        return try comparison()
      } catch let numberError {
        let reached = index
        (index, literalCount) = start
        advance()
        do {
          let inner = try condition()
          try expectSign(")")
          return inner
        } catch {
          throw reached > index ? numberError : error
        }
      }
    }
    return try comparison()
  }

  private mutating func comparison() throws(RuleError) -> RuleCondition {
    let left = try number()
    guard case .sign(let sign) = current.kind,
      let comparison = RuleCondition.Comparison(rawValue: sign)
    else {
      throw failure("expected a comparison such as >= after \(left.text), found \(current.words)")
    }
    advance()
    return .comparison(left, comparison, try number())
  }

  // MARK: Numbers

  private mutating func number() throws(RuleError) -> RuleNumber {
    try descend()
    defer { depth -= 1 }
    var left = try product()
    while true {
      if takeSign("+") {
        left = .arithmetic(left, .plus, try product())
      } else if takeSign("-") {
        left = .arithmetic(left, .minus, try product())
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(RuleError) -> RuleNumber {
    var left = try factor()
    while true {
      if takeSign("*") {
        left = .arithmetic(left, .times, try factor())
      } else if takeSign("/") {
        left = .arithmetic(left, .divided, try factor())
      } else {
        return left
      }
    }
  }

  private mutating func factor() throws(RuleError) -> RuleNumber {
    try descend()
    defer { depth -= 1 }
    if takeSign("-") {
      let inner = try factor()
      // A sign before a literal is part of it, so that it can be a threshold.
      guard case .literal(let literal) = inner, !literal.text.hasPrefix("-") else {
        return .negated(inner)
      }
      return .literal(
        RuleLiteral(
          value: -literal.value, text: "-\(literal.text)", ordinal: literal.ordinal))
    }
    if takeSign("+") { return try factor() }
    if takeSign("(") {
      let inner = try number()
      try expectSign(")")
      return inner
    }
    switch current.kind {
    case .number(let value, let text):
      advance()
      literalCount += 1
      return .literal(RuleLiteral(value: value, text: text, ordinal: literalCount - 1))
    case .quoted(let name):
      advance()
      return .metric(name)
    case .word(let word):
      switch word {
      case "kept", "rejected", "tagged", "not", "and", "or", "where", "max", "min":
        throw failure("expected a number or a metric, found \(current.words)")
      default: break
      }
      advance()
      switch word {
      case "epoch": return .epoch
      case "step": return .step
      case "rating": return .rating
      case "share": return .share(try tagInParentheses())
      // A metric may bear the name; nothing but a rank stands before a parenthesis.
      case "rank" where current.kind == .sign("("): return .rank(try metricInParentheses())
      default: return .metric(word)
      }
    default:
      throw failure("expected a number or a metric, found \(current.words)")
    }
  }

  private mutating func metricInParentheses() throws(RuleError) -> String {
    try expectSign("(")
    switch current.kind {
    case .quoted(let name), .word(let name):
      guard current.kind == .quoted(name) || Self.isPlainName(name) else {
        throw failure("expected a metric, found \(current.words)")
      }
      advance()
      try expectSign(")")
      return name
    default: throw failure("expected a metric, found \(current.words)")
    }
  }

  /// A tag may have hyphens, which the lexer takes for minus signs.
  private mutating func tagInParentheses() throws(RuleError) -> String {
    try expectSign("(")
    var name = ""
    var end: (line: Int, column: Int)?
    while !takeSign(")") {
      // Two words are no name of a tag; parts that touch are.
      if let end, end != (current.line, current.column) {
        throw failure("a tag is one word, found \(current.words) after \"\(name)\"")
      }
      let start = name.count
      switch current.kind {
      case .word(let text): name += text
      case .quoted(let text):
        guard name.isEmpty else { throw failure("a tag is one word") }
        name = text
      case .number(_, let text): name += text
      case .sign("-"): name += "-"
      default: throw failure("expected the name of a tag and \")\", found \(current.words)")
      }
      var width = name.count - start
      if case .quoted = current.kind { width += 2 }
      end = (current.line, current.column + width)
      advance()
    }
    guard !name.isEmpty else { throw failure("a tag is named in the parentheses") }
    return name
  }

  // MARK: Tokens

  private var current: RuleToken { tokens[index] }

  private mutating func advance() { if index < tokens.count - 1 { index += 1 } }

  private mutating func takeWord(_ word: String) -> Bool {
    guard current.kind == .word(word) else { return false }
    advance()
    return true
  }

  private mutating func takeSign(_ sign: String) -> Bool {
    guard current.kind == .sign(sign) else { return false }
    advance()
    return true
  }

  private mutating func expectSign(_ sign: String) throws(RuleError) {
    guard takeSign(sign) else { throw failure("expected \"\(sign)\", found \(current.words)") }
  }

  private func expectEnd() throws(RuleError) {
    guard current.kind == .end else { throw failure("\(current.words) is too much here") }
  }

  private func expectSectionEnd() throws(RuleError) {
    if case .section = current.kind { return }
    try expectEnd()
  }

  private mutating func descend() throws(RuleError) {
    guard depth < Self.deepest else { throw failure("nested too deeply") }
    depth += 1
  }

  private func failure(_ message: String) -> RuleError {
    RuleError(line: current.line, column: current.column, message: message)
  }
}
