/// Evaluates a rule on the checkpoints of a run.
///
/// A metric that a checkpoint lacks, or that is NaN, makes its comparison false; x/0 is NaN.
package struct RuleEvaluator: Sendable {
  package let rule: Rule
  package let facts: RuleFacts
  /// The metrics that the rule names: few, and found without a hash.
  private let columns: [(name: String, values: [Double?])]
  /// By metric that the rule ranks: the places, 1 best; nil where it is missing or NaN.
  private let ranks: [String: [Double?]]

  /// - Parameter text: what the rule was read from, for the place of an error.
  /// - Throws: `RuleError` when the rule names a metric that no checkpoint of the run has, unless it is one
  ///   that people's judgement may still bring.
  package init(_ rule: Rule, text: RuleText? = nil, facts: RuleFacts) throws(RuleError) {
    self.rule = rule
    self.facts = facts
    var ranks: [String: [Double?]] = [:]
    for name in rule.rankedNames {
      let found = facts.ranks(of: name)
      ranks[name] = found.isEmpty ? [Double?](repeating: nil, count: facts.count) : found
    }
    self.ranks = ranks
    columns = rule.metricNames.compactMap { name in
      facts.metrics[name].map { (name: name, values: $0) }
    }
    for name in rule.metricNames where facts.metrics[name] == nil && !JudgedMetric.isOne(name) {
      let known = facts.metricNames.map { RuleNumber.name($0) }
      let place = text?.place(ofMetric: name)
      throw RuleError(
        line: place?.line ?? 1, column: place?.column ?? 1,
        message: "no checkpoint has a metric \(RuleNumber.name(name)); "
          + (known.isEmpty ? "the run has none" : "the run has \(known.joined(separator: ", "))"))
    }
    for name in rule.rankedNames
    where facts.directions[name] == nil && !isUnjudged(name) {
      let place = text?.place(ofMetric: name)
      throw RuleError(
        line: place?.line ?? 1, column: place?.column ?? 1,
        message: "nobody said whether \(RuleNumber.name(name)) is better higher or lower; "
          + "[metrics.NAME] of keepoch.toml does")
    }
  }

  /// Whether people's judgement would bring it, and nobody has judged yet.
  func isUnjudged(_ name: String) -> Bool {
    facts.metrics[name] == nil && JudgedMetric.isOne(name)
  }

  /// What the rule names that people have not judged yet, in the order of the text.
  package var unjudged: [String] { rule.metricNames.filter(isUnjudged) }

  /// The value at a checkpoint; nil when the checkpoint lacks something it is made of.
  package func value(_ number: RuleNumber, at index: Int) -> Double? {
    switch number {
    case .literal(let literal): return literal.value
    case .metric(let name):
      for place in columns.indices where columns[place].name == name {
        return columns[place].values[index]
      }
      return facts.metrics[name]?[index]
    case .epoch: return facts.epochs[index].isNaN ? nil : facts.epochs[index]
    case .step: return facts.steps[index].isNaN ? nil : facts.steps[index]
    case .rating: return facts.ratings[index]
    case .share(let tag): return facts.shares[tag]?[index] ?? 0
    case .rank(let name): return ranks[name]?[index]
    case .negated(let inner): return value(inner, at: index).map { -$0 }
    case .arithmetic(let left, let sign, let right):
      guard let left = value(left, at: index), let right = value(right, at: index) else {
        return nil
      }
      switch sign {
      case .plus: return left + right
      case .minus: return left - right
      case .times: return left * right
      case .divided: return right == 0 ? .nan : left / right
      }
    }
  }

  package func holds(_ condition: RuleCondition, at index: Int) -> Bool {
    switch condition {
    case .comparison(let left, let comparison, let right):
      guard let left = value(left, at: index), let right = value(right, at: index),
        !left.isNaN, !right.isNaN
      else { return false }
      return comparison.holds(left, right)
    case .kept: return facts.kept[index]
    case .rejected: return facts.rejected[index]
    case .tagged(let tag): return facts.tagged[tag]?[index] ?? false
    case .not(let inner): return !holds(inner, at: index)
    case .and(let left, let right): return holds(left, at: index) && holds(right, at: index)
    case .or(let left, let right): return holds(left, at: index) || holds(right, at: index)
    }
  }

  package func isCandidate(_ index: Int) -> Bool {
    if let candidate = rule.candidate { return holds(candidate, at: index) }
    return objectiveValue(0, at: index) != nil
  }

  /// Whether the checkpoint may be selected: the `where` holds and the first objective is a number.
  package func isEligible(_ index: Int) -> Bool {
    if let eligibility = rule.eligibility, !holds(eligibility, at: index) { return false }
    return objectiveValue(0, at: index) != nil
  }

  /// The value of an objective; nil when missing or NaN.
  package func objectiveValue(_ ordinal: Int, at index: Int) -> Double? {
    guard let value = value(rule.objectives[ordinal].number, at: index), !value.isNaN else {
      return nil
    }
    return value
  }

  /// Whether the left checkpoint is selected before the right one, both being eligible.
  package func isBetter(_ left: Int, than right: Int) -> Bool {
    for (ordinal, objective) in rule.objectives.enumerated() {
      switch (objectiveValue(ordinal, at: left), objectiveValue(ordinal, at: right)) {
      case (let leftValue?, let rightValue?):
        if leftValue != rightValue { return (leftValue > rightValue) == objective.isMax }
      case (.some, nil): return true
      case (nil, .some): return false
      case (nil, nil): break
      }
    }
    return (left < right) == (rule.tie == .earliest)
  }

  /// The selected checkpoint; nil when none is eligible.
  ///
  /// - Complexity: O(n).
  package func selected() -> Int? {
    var best: Int?
    for index in 0..<facts.count where isEligible(index) {
      if let current = best, !isBetter(index, than: current) { continue }
      best = index
    }
    return best
  }
}

extension Rule {
  /// Every metric the rule names, each once, in the order of the text.
  package var metricNames: [String] {
    var names: [String] = []
    for number in objectives.map(\.number) + conditions.flatMap(\.numbers) {
      for name in number.metricNames where !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// The metrics whose ranks it names.
  var rankedNames: [String] {
    var names: [String] = []
    for number in objectives.map(\.number) + conditions.flatMap(\.numbers) {
      for name in number.rankedNames where !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// Every term that is no metric, each once, in the order of the text.
  var terms: [RuleTerm] {
    var terms: [RuleTerm] = []
    func add(_ term: RuleTerm) { if !terms.contains(term) { terms.append(term) } }
    for number in objectives.flatMap(\.number.terms) { add(.number(number)) }
    for leaf in conditions.flatMap(\.leaves) {
      if case .comparison(let left, _, let right) = leaf {
        for number in left.terms + right.terms { add(.number(number)) }
      } else {
        add(.mark(leaf))
      }
    }
    return terms
  }

  /// Whether an act of a reviewer can change what the rule says.
  package var readsReviews: Bool {
    conditions.contains(where: \.readsReviews)
      || objectives.contains { $0.number.readsReviews }
  }

  private var conditions: [RuleCondition] { [candidate, eligibility].compactMap { $0 } }
}

extension RuleCondition {
  /// Every metric the condition names, in the order of the text; repeated where it repeats.
  var metricNames: [String] { numbers.flatMap(\.metricNames) }

  fileprivate var readsReviews: Bool {
    leaves.contains { leaf in
      if case .comparison(let left, _, let right) = leaf {
        return left.readsReviews || right.readsReviews
      }
      return true
    }
  }

  fileprivate var numbers: [RuleNumber] {
    leaves.flatMap { leaf -> [RuleNumber] in
      if case .comparison(let left, _, let right) = leaf { return [left, right] }
      return []
    }
  }
}

extension RuleNumber {
  fileprivate var readsReviews: Bool {
    switch self {
    case .rating, .share: return true
    case .metric(let name), .rank(let name): return JudgedMetric.isOne(name)
    case .negated(let inner): return inner.readsReviews
    case .arithmetic(let left, _, let right): return left.readsReviews || right.readsReviews
    default: return false
    }
  }

  var metricNames: [String] {
    switch self {
    case .metric(let name), .rank(let name): return [name]
    case .negated(let inner): return inner.metricNames
    case .arithmetic(let left, _, let right): return left.metricNames + right.metricNames
    default: return []
    }
  }

  fileprivate var rankedNames: [String] {
    switch self {
    case .rank(let name): return [name]
    case .negated(let inner): return inner.rankedNames
    case .arithmetic(let left, _, let right): return left.rankedNames + right.rankedNames
    default: return []
    }
  }

  fileprivate var terms: [RuleNumber] {
    switch self {
    // A rank depends on a direction, which no metric's value tells.
    case .rating, .share, .epoch, .step, .rank: return [self]
    case .negated(let inner): return inner.terms
    case .arithmetic(let left, _, let right): return left.terms + right.terms
    case .literal, .metric: return []
    }
  }
}
