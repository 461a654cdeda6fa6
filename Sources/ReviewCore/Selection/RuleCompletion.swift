/// The words that can stand at a place of a rule.
package struct RuleCompletion: Equatable, Sendable {
  /// What is written of the word so far, in characters before the cursor.
  package let typed: String
  /// Words that begin with it, in the order of the language: metrics first.
  package let choices: [String]

  /// Whether it stands in the parentheses of `tagged`, `share` or `rank`, where only so much can stand.
  package let isInParentheses: Bool

  /// The longest start that all choices share; nil when it is no longer than what is written.
  package var common: String? {
    guard var common = choices.first else { return nil }
    for choice in choices { while !choice.hasPrefix(common) { common.removeLast() } }
    return common.count > typed.count ? common : nil
  }

  /// - Parameters:
  ///   - text: the part of the rule up to the cursor, without its keyword.
  ///   - part: `candidate`, `select` or `tie`.
  ///   - tags: what `tagged` and `share` may name.
  package init(_ text: String, part: String, metrics: [Metric], tags: [String]) {
    var typed = ""
    var rest = Substring(text)
    while let last = rest.last, Self.isPart(last) {
      typed.insert(last, at: typed.startIndex)
      rest.removeLast()
    }
    // `human.` belongs to what follows.
    let family = "\(JudgedMetric.family)."
    if rest.hasSuffix(family), rest.dropLast(family.count).last.map({ !Self.isPart($0) }) ?? true {
      typed = family + typed
      rest.removeLast(family.count)
    }
    // A name in backquotes is completed as it is written.
    if let quote = text.lastIndex(of: "`"), text.count(where: { $0 == "`" }) % 2 == 1 {
      typed = String(text[quote...])
      rest = text[..<quote]
    }
    let before = rest.reversed().drop { $0 == " " }
    let opened = String(before.drop { $0 == "(" }.prefix { $0.isLetter }.reversed())
    let isInside = before.first == "("
    let names: [String]
    switch part {
    case "tie": names = [Rule.Tie.earliest, .latest].map(\.rawValue)
    case _ where isInside && ["tagged", "share"].contains(opened): names = tags.map(RuleNumber.tag)
    case _ where isInside && opened == "rank":
      names = metrics.filter { $0.direction != nil }.map { RuleNumber.name($0.name) }
    case "select" where rest.allSatisfy(\.isWhitespace): names = ["max", "min"]
    default:
      let words =
        ["rating", "rank(", "share(", "epoch", "step"]
        + ["tagged(", "kept", "rejected", "not", "and", "or"]
      names =
        metrics.map { RuleNumber.name($0.name) } + words
        + (part == "select" ? ["where", "max", "min"] : [])
    }
    self.typed = typed
    isInParentheses = isInside && ["tagged", "share", "rank"].contains(opened)
    choices = names.filter { $0.hasPrefix(typed) && $0 != typed }
  }

  private static func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "-"
  }
}
