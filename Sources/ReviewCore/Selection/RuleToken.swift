/// One word, number or sign of a rule, with its place.
struct RuleToken: Equatable {
  enum Kind: Equatable {
    case word(String)
    /// A name in backquotes, never a keyword.
    case quoted(String)
    case number(Double, text: String)
    case sign(String)
    /// `candidate:`, `select:` or `tie:`.
    case section(String)
    case end
  }

  let kind: Kind
  let line: Int
  let column: Int

  /// As an error names it.
  var words: String {
    switch kind {
    case .word(let text), .quoted(let text), .sign(let text): return "\"\(text)\""
    case .number(_, let text): return "\"\(text)\""
    case .section(let text): return "\"\(text):\""
    case .end: return "the end of the rule"
    }
  }
}

extension RuleText {
  /// Where a metric stands first, both from 1; nil when it does not.
  func place(ofMetric name: String) -> (line: Int, column: Int)? {
    let tokens = try? RuleLexer.tokens(of: text)
    return tokens?.first { $0.kind == .word(name) || $0.kind == .quoted(name) }
      .map { ($0.line, $0.column) }
  }
}

/// Cuts a rule into tokens; line breaks and semicolons only end a section.
struct RuleLexer {
  private let characters: [Character]
  private var index = 0
  private var line = 1
  private var column = 1

  private static let longest = 2000

  init(_ text: String) { characters = Array(text) }

  static func tokens(of text: String) throws(RuleError) -> [RuleToken] {
    var lexer = RuleLexer(text)
    var tokens: [RuleToken] = []
    while let token = try lexer.next() {
      // Each may nest the rest by one, and the stack must hold.
      guard tokens.count < longest else {
        throw RuleError(
          line: token.line, column: token.column,
          message: "a rule has at most \(longest) words and signs")
      }
      tokens.append(token)
    }
    tokens.append(RuleToken(kind: .end, line: lexer.line, column: lexer.column))
    return tokens
  }

  private mutating func next() throws(RuleError) -> RuleToken? {
    while let character = peek, character.isWhitespace || character == ";" { advance() }
    guard let character = peek else { return nil }
    let (line, column) = (self.line, self.column)
    func token(_ kind: RuleToken.Kind) -> RuleToken {
      RuleToken(kind: kind, line: line, column: column)
    }
    if character == "`" { return token(.quoted(try quotedName(line: line, column: column))) }
    if Self.isNameStart(character) {
      var name = take(while: Self.isNamePart)
      // `human.strength` is one name.
      if name == JudgedMetric.family, peek == ".", index + 1 < characters.count,
        Self.isNameStart(characters[index + 1])
      {
        advance()
        name += "." + take(while: Self.isNamePart)
      }
      if ["candidate", "select", "tie"].contains(name), peek == ":" {
        advance()
        return token(.section(name))
      }
      return token(.word(name))
    }
    if Self.isDigit(character) || character == "." {
      return token(try number(line: line, column: column))
    }
    for sign in [">=", "<=", "==", "!=", ">", "<", "+", "-", "*", "/", "(", ")", ","] {
      let end = index + sign.count
      if end <= characters.count, String(characters[index..<end]) == sign {
        for _ in sign { advance() }
        return token(.sign(sign))
      }
    }
    throw RuleError(
      line: line, column: column,
      message: "\"\(PrintableText.escaped(String(character)))\" means nothing in a rule"
        + (character == "=" ? "; equal is ==" : "")
        + (character.isLetter ? "; a name of such letters stands in backquotes" : ""))
  }

  private mutating func quotedName(line: Int, column: Int) throws(RuleError) -> String {
    advance()
    var name = take { $0 != "`" }
    // Two in a row stand for one.
    while peek == "`", index + 1 < characters.count, characters[index + 1] == "`" {
      advance()
      advance()
      name += "`" + take { $0 != "`" }
    }
    guard peek == "`", !name.isEmpty else {
      throw RuleError(
        line: line, column: column, message: "a name in backquotes must end with a backquote")
    }
    advance()
    return name
  }

  private mutating func number(line: Int, column: Int) throws(RuleError) -> RuleToken.Kind {
    var text = take { Self.isDigit($0) || $0 == "." }
    if peek == "e" || peek == "E" {
      text.append("e")
      advance()
      if let sign = peek, sign == "-" || sign == "+" {
        text.append(sign)
        advance()
      }
      text += take(while: Self.isDigit)
    }
    guard let value = Double(text), value.isFinite else {
      throw RuleError(line: line, column: column, message: "\"\(text)\" is not a number")
    }
    return .number(value, text: text)
  }

  private var peek: Character? { index < characters.count ? characters[index] : nil }

  private mutating func advance() {
    if characters[index].isNewline {
      line += 1
      column = 1
    } else {
      column += 1
    }
    index += 1
  }

  private mutating func take(while belongs: (Character) -> Bool) -> String {
    var text = ""
    while let character = peek, belongs(character) {
      text.append(character)
      advance()
    }
    return text
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  private static func isNameStart(_ character: Character) -> Bool {
    character == "_" || ("a"..."z").contains(character) || ("A"..."Z").contains(character)
  }

  private static func isNamePart(_ character: Character) -> Bool {
    isNameStart(character) || isDigit(character)
  }
}
