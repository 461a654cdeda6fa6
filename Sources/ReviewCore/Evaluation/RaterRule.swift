/// By what a rater's answers are left out: stated before the first trial, and applied by the program.
package struct RaterRule: Hashable, Sendable {
  /// The least part of checks that must be passed, 0...1.
  package var checks: Double?
  /// The least part of repetitions that must be answered as the first time, 0...1.
  package var consistency: Double?
  /// The greatest part of answers that may fall on one side, 0.5...1.
  package var side: Double?
  /// The least median of response times, in milliseconds.
  package var time: Int?

  package init(
    checks: Double? = nil, consistency: Double? = nil, side: Double? = nil, time: Int? = nil
  ) {
    self.checks = checks
    self.consistency = consistency
    self.side = side
    self.time = time
  }

  /// Where nobody states another one.
  ///
  /// Of blocks of 120 questions with 12 checks and 12 repetitions it leaves out at least 90 of 100 raters who
  /// answer at random and 99 who take one side in 19 of 20 trials, and at most 2 who look and slip once in
  /// thirty checks, 5 where they see no difference and answer a repetition anew; a test holds it to that.
  /// Whoever sees no difference repeats half of the answers, so that consistency asks for less.
  package static let usual = RaterRule(checks: 0.75, consistency: 0.25, side: 0.9, time: 200)

  /// A part is judged from so many answers on.
  package static let leastCount = 4
  /// Sides are judged from so many answers on, as few may fall on one by chance.
  package static let leastSides = 12

  /// `checks >= 0.75, consistency >= 0.25, side <= 0.9, time >= 200`; `none` for a rule that leaves nobody
  /// out.
  package var text: String {
    var parts: [String] = []
    if let checks { parts.append("checks >= \(NumberText.shortest(checks))") }
    if let consistency { parts.append("consistency >= \(NumberText.shortest(consistency))") }
    if let side { parts.append("side <= \(NumberText.shortest(side))") }
    if let time { parts.append("time >= \(time)") }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  /// - Returns: nil for what is no such rule.
  package init?(_ text: String) {
    self.init()
    if text == "none" { return }
    for part in text.split(separator: ",") {
      let words = part.split(separator: " ").map(String.init)
      guard words.count == 3, let number = Double(words[2]), number.isFinite, number >= 0 else {
        return nil
      }
      switch (words[0], words[1]) {
      case ("checks", ">="): checks = number
      case ("consistency", ">="): consistency = number
      case ("side", "<="): side = number
      case ("time", ">="):
        guard let milliseconds = Int(exactly: number) else { return nil }
        time = milliseconds
      default: return nil
      }
    }
    guard [checks, consistency, side].allSatisfy({ $0.map { $0 <= 1 } ?? true }),
      self != RaterRule()
    else { return nil }
  }
}
