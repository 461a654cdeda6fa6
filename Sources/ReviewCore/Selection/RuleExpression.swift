/// A number computed of a checkpoint.
package indirect enum RuleNumber: Hashable, Sendable {
  case literal(RuleLiteral)
  case metric(String)
  case epoch
  case step
  /// Mean over the reviewers.
  case rating
  /// The part of the checkpoint's samples that bears the tag, 0...1.
  case share(String)
  /// The checkpoint's place by a metric: 1 is best in the metric's direction, equals share the mean.
  case rank(String)
  case negated(RuleNumber)
  case arithmetic(RuleNumber, Arithmetic, RuleNumber)

  package enum Arithmetic: String, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
  }
}

/// A number as it stands in a rule, with its place among the rule's literals.
package struct RuleLiteral: Hashable, Sendable {
  package let value: Double
  package let text: String
  /// From 0, in the order of the text.
  package let ordinal: Int
}

/// A condition on a checkpoint.
package indirect enum RuleCondition: Hashable, Sendable {
  case comparison(RuleNumber, Comparison, RuleNumber)
  case kept
  case rejected
  case tagged(String)
  case not(RuleCondition)
  case and(RuleCondition, RuleCondition)
  case or(RuleCondition, RuleCondition)

  package enum Comparison: String, Sendable {
    case atLeast = ">="
    case above = ">"
    case atMost = "<="
    case below = "<"
    case equal = "=="
    case unequal = "!="

    package func holds(_ left: Double, _ right: Double) -> Bool {
      switch self {
      case .atLeast: return left >= right
      case .above: return left > right
      case .atMost: return left <= right
      case .below: return left < right
      case .equal: return left == right
      case .unequal: return left != right
      }
    }
  }

  /// The parts that must all hold, as the text has them.
  package var clauses: [RuleCondition] {
    if case .and(let left, let right) = self { return left.clauses + right.clauses }
    return [self]
  }

  /// What an `or`, an `and` or a `not` joins; nothing for a comparison or a mark.
  var parts: [RuleCondition] {
    switch self {
    case .or(let left, let right):
      if case .or = left { return left.parts + [right] }
      return [left, right]
    case .and: return clauses
    case .not(let inner): return [inner]
    case .comparison, .kept, .rejected, .tagged: return []
    }
  }

  /// Every comparison and mark in it, from left to right.
  package var leaves: [RuleCondition] {
    switch self {
    case .and(let left, let right), .or(let left, let right): return left.leaves + right.leaves
    case .not(let inner): return inner.leaves
    default: return [self]
    }
  }
}

/// One thing to be made as large or as small as can be.
package struct RuleObjective: Hashable, Sendable {
  package let isMax: Bool
  package let number: RuleNumber

  package init(isMax: Bool, number: RuleNumber) {
    self.isMax = isMax
    self.number = number
  }

  package var text: String { (isMax ? "max " : "min ") + number.text }
}

/// Which checkpoints are candidates, and which one is selected.
package struct Rule: Hashable, Sendable {
  package enum Tie: String, Sendable { case earliest, latest }

  /// Nil: every checkpoint that has the first objective is a candidate.
  package let candidate: RuleCondition?
  /// At least one; further ones break ties.
  package let objectives: [RuleObjective]
  package let eligibility: RuleCondition?
  package let tie: Tie

  package init(
    candidate: RuleCondition?, objectives: [RuleObjective], eligibility: RuleCondition?, tie: Tie
  ) {
    self.candidate = candidate
    self.objectives = objectives
    self.eligibility = eligibility
    self.tie = tie
  }

  /// The rule as text that parses to the same rule.
  package var text: String {
    var lines: [String] = []
    if let candidate { lines.append("candidate: \(candidate.text)") }
    var select = objectives.map(\.text).joined(separator: ", ")
    if let eligibility { select += " where \(eligibility.text)" }
    lines.append("select:    \(select)")
    lines.append("tie:       \(tie.rawValue)")
    return lines.joined(separator: "\n")
  }
}

extension RuleNumber {
  package var text: String { text(within: 0) }

  private var strength: Int {
    switch self {
    case .arithmetic(_, .plus, _), .arithmetic(_, .minus, _): return 1
    case .arithmetic: return 2
    case .negated: return 3
    default: return 4
    }
  }

  private func text(within outer: Int) -> String {
    let inner: String
    switch self {
    case .literal(let literal): inner = literal.text
    case .metric(let name): inner = Self.name(name)
    case .epoch: inner = "epoch"
    case .step: inner = "step"
    case .rating: inner = "rating"
    case .share(let tag): inner = "share(\(Self.tag(tag)))"
    case .rank(let name): inner = "rank(\(Self.name(name)))"
    case .negated(let number): inner = "-" + number.text(within: 3)
    case .arithmetic(let left, let sign, let right):
      inner =
        left.text(within: strength) + " \(sign.rawValue) " + right.text(within: strength + 1)
    }
    return strength < outer ? "(\(inner))" : inner
  }

  /// A metric name as a rule writes it: in backquotes unless it is a plain word.
  package static func name(_ name: String) -> String {
    RuleParser.isPlainName(name) ? name : quoted(name)
  }

  /// A tag as a rule writes it: hyphens need no backquotes between words and whole numbers.
  static func tag(_ tag: String) -> String {
    let isPlain = tag.utf8.split(separator: 0x2D, omittingEmptySubsequences: false).allSatisfy {
      RuleParser.isPlainWord(Substring($0)) || !$0.isEmpty && $0.allSatisfy { (0x30...0x39) ~= $0 }
    }
    return isPlain ? tag : quoted(tag)
  }

  private static func quoted(_ name: String) -> String {
    let doubled = name.split(separator: "`", omittingEmptySubsequences: false)
      .joined(separator: "``")
    return "`\(doubled)`"
  }
}

extension RuleCondition {
  package var text: String { text(within: 0) }

  private var strength: Int {
    switch self {
    case .or: return 1
    case .and: return 2
    case .not: return 3
    default: return 4
    }
  }

  private func text(within outer: Int) -> String {
    let inner: String
    switch self {
    case .comparison(let left, let sign, let right):
      inner = "\(left.text) \(sign.rawValue) \(right.text)"
    case .kept: inner = "kept"
    case .rejected: inner = "rejected"
    case .tagged(let tag): inner = "tagged(\(RuleNumber.tag(tag)))"
    case .not(let condition): inner = "not " + condition.text(within: 3)
    case .and(let left, let right):
      inner = left.text(within: 2) + " and " + right.text(within: 3)
    case .or(let left, let right):
      inner = left.text(within: 1) + " or " + right.text(within: 2)
    }
    return strength < outer ? "(\(inner))" : inner
  }
}
