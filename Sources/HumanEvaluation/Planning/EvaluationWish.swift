package import ReviewCore

/// What a reviewer asks for before a block of trials is planned: words of the `:eval` line, options of the
/// subcommand.
package struct EvaluationWish: Equatable, Sendable {
  package var kind: EvaluationKind
  /// Trials in all, checks and repetitions among them; of an adaptive block the most.
  package var trials = usualTrials
  /// Places on the run's axis; empty: the planner chooses.
  package var places: [Double] = []
  package var topic: String?
  /// Nil: one that follows from the reviewer and the number of the block.
  package var seed: UInt64?
  /// Milliseconds; nil for as long as it takes.
  package var exposure: Int?
  /// Pictures on a side; nil: as many as the kind usually has.
  package var perSide: Int?
  package var policy: EvaluationBlock.AdaptivePolicy?
  package var stopping = StoppingRule.whole
  package var raterRule = RaterRule.usual
  /// Parts in a hundred.
  package var checkPercent = 10
  package var repeatPercent = 10

  package static let usualTrials = 40
  package static let mostTrials = 10_000
  package static let mostPerSide = 64
  package static let exposures = 20...60_000
  /// What every reader of JSON keeps exactly.
  package static let largestSeed: UInt64 = 1 << 53

  package init(_ kind: EvaluationKind) { self.kind = kind }

  /// Why words are no wish.
  package struct Failure: Error, Equatable, Sendable {
    package let words: String
  }

  /// What may follow the kind, for completion and for who asks.
  package static let names = [
    "adaptive", "checks=", "epochs=", "exposure=", "repeats=", "rule=", "seed=", "show=", "stop=",
    "topic=",
  ]

  /// `2afc 40 epochs=1,30,60 seed=7 exposure=500 show=1 adaptive=leader stop=decided:0.05 topic=...`; the
  /// topic takes all words after it.
  ///
  /// - Throws: `Failure` that says which word is wrong and what may stand there.
  package init(_ line: String) throws(Failure) {
    var words = line.split(separator: " ")[...]
    guard let first = words.popFirst(), let kind = EvaluationKind(rawValue: String(first)) else {
      throw Failure(
        words: "it is \(EvaluationKind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.init(kind)
    var seen: Set<Substring> = []
    while let word = words.popFirst() {
      let name = Int(word) == nil ? word.prefix { $0 != "=" } : "the number of trials"
      guard seen.insert(name).inserted else {
        throw Failure(words: "\(PrintableText.escaped(String(name))) is given twice")
      }
      if word.hasPrefix("topic=") {
        topic = ([word.dropFirst(6)] + words).joined(separator: " ")
        guard kind != .twoAFC else {
          throw Failure(words: "a topic is the question of likert or pairwise; 2afc has its own")
        }
        guard topic != "" else { throw Failure(words: "topic= has no words behind it") }
        return
      }
      try take(String(word))
    }
  }

  private mutating func take(_ word: String) throws(Failure) {
    if let number = Int(word) {
      guard (1...Self.mostTrials).contains(number) else {
        throw Failure(words: "trials are 1 to \(Self.mostTrials)")
      }
      trials = number
      return
    }
    if word == "adaptive" {
      policy = .leader
      return
    }
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    guard parts.count == 2 else {
      throw Failure(words: "\"\(PrintableText.escaped(word))\" is none of \(Self.nameList)")
    }
    try take(parts[0], parts[1])
  }

  package static let nameList = "a number of trials, " + names.joined(separator: " ")

  /// - Throws: `Failure`.
  package mutating func take(_ name: String, _ value: String) throws(Failure) {
    func number(_ range: ClosedRange<Int>) throws(Failure) -> Int {
      guard let number = Int(value), range.contains(number) else {
        throw Failure(words: "\(name) is \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
    switch name {
    case "seed":
      guard let seed = UInt64(value), seed <= Self.largestSeed else {
        throw Failure(words: "seed is a number from 0 to \(Self.largestSeed)")
      }
      self.seed = seed
    case "exposure": exposure = try number(Self.exposures)
    case "show": perSide = try number(1...Self.mostPerSide)
    case "checks": checkPercent = try number(0...50)
    case "repeats": repeatPercent = try number(0...100)
    case "adaptive":
      guard let policy = EvaluationBlock.AdaptivePolicy(rawValue: value) else {
        throw Failure(words: "adaptive is leader or widest")
      }
      self.policy = policy
    case "stop":
      guard let rule = StoppingRule(value.replacing(":", with: " ")) else {
        throw Failure(words: "stop is whole, precision:0.1 or decided:0.05")
      }
      stopping = rule
    case "rule":
      guard let rule = RaterRule(Self.spaced(value)) else {
        throw Failure(words: "rule is none, or \(RaterRule.usual.text)")
      }
      raterRule = rule
    case "epochs", "steps":
      let all = value.split(separator: ",").map { AxisValue(parsing: String($0)) }
      guard !all.isEmpty, !all.contains(nil) else {
        throw Failure(words: "\(name) are numbers with commas between them")
      }
      places = all.compactMap { $0?.value }
    default:
      throw Failure(words: "\"\(PrintableText.escaped(name))\" is none of \(Self.nameList)")
    }
  }

  /// `checks>=0.8,time>=200` as a rule has it.
  private static func spaced(_ text: String) -> String {
    text.replacing(">=", with: " >= ").replacing("<=", with: " <= ")
  }

  /// How many pictures stand on a side.
  package var picturesPerSide: Int {
    if let perSide { return perSide }
    switch kind {
    case .twoAFC: return 1
    case .pairwise: return 4
    case .likert: return topic == EvaluationKind.diversity ? 10 : 1
    }
  }

  /// Whether a scrambled picture has an answer to what is asked.
  package var hasChecks: Bool {
    kind.hasSides || topic ?? EvaluationKind.realism == EvaluationKind.realism
  }

  /// Trials whose answer is known.
  package var checks: Int { hasChecks ? trials * checkPercent / 100 : 0 }

  /// Questions that come again: at most as many as there are.
  package var repetitions: Int { min(trials * repeatPercent / 100, (trials - checks) / 2) }
}
