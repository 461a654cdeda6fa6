/// The rule that counts for a run, with its text and where it comes from.
package struct RuleInForce: Equatable, Sendable {
  package let origin: RuleOrigin
  package let text: RuleText
  package let rule: Rule

  /// The version of the rule language, printed in reports.
  package static let languageVersion = 1

  private static let qualityAndDiversity = RuleText(
    candidate: "quality >= 0.60 and diversity >= 0.55",
    select: "max quality where diversity >= 0.55", tie: "earliest")

  private static let byRating = RuleText(
    candidate: "rating >= 1 and not rejected", select: "max rating where not rejected",
    tie: "earliest")

  /// - Parameters:
  ///   - given: from the command line; overrules everything.
  ///   - reviewer: set by the reviewer; overrules the file.
  /// - Throws: `RuleError` when the text that counts cannot be read.
  package init(run: Run, given: RuleText? = nil, reviewer: RuleText? = nil) throws(RuleError) {
    let choices: [(RuleText?, RuleOrigin)] = [
      (given, .commandLine), (reviewer, .reviewer), (run.declaration.rule, .file),
      (Self.builtInText(for: run), .builtIn),
    ]
    for (text, origin) in choices {
      guard let text else { continue }
      self.origin = origin
      self.text = text
      rule = try RuleParser.rule(text)
      return
    }
    origin = .builtIn
    text = Self.byRating
    rule = try RuleParser.rule(text)
  }

  /// The rule of a run whose own cannot be used.
  package static func builtIn(for run: Run) throws(RuleError) -> RuleInForce {
    try RuleInForce(run: run, given: builtInText(for: run), origin: .builtIn)
  }

  private init(run: Run, given: RuleText, origin: RuleOrigin) throws(RuleError) {
    self.origin = origin
    text = given
    rule = try RuleParser.rule(given)
  }

  /// The rule of a run that declares none.
  private static func builtInText(for run: Run) -> RuleText {
    let names = run.columns.map(\.metric.name)
    if names.contains("quality"), names.contains("diversity") { return qualityAndDiversity }
    if run.isWeighedByComputed, let pair = run.computedPair { return byComputed(run, pair) }
    let ranks = run.columns.map { MetricName($0.metric.name).rank }
    // What people judge comes while a run is looked at, and must not change its rule.
    let directed = run.columns.indices.filter {
      run.columns[$0].metric.direction != nil && run.columns[$0].metric.origin != .judged
    }
    if let first = directed.min(by: { (ranks[$0], $0) < (ranks[$1], $1) }) {
      let column = run.columns[first]
      let best = column.metric.direction == .lower ? "min" : "max"
      return RuleText(
        candidate: nil, select: "\(best) \(RuleNumber.name(column.metric.name))", tie: "earliest")
    }
    return byRating
  }

  /// That computed metrics stand for quality and diversity, which the run does not log; nil where they do not.
  package static func standInWords(of run: Run) -> String? {
    guard run.isWeighedByComputed, let pair = run.computedPair else { return nil }
    return
      "the run logs no quality and no diversity: \(run.columns[pair.quality].metric.name) stands for "
      + "the one, \(run.columns[pair.diversity].metric.name) for the other, both computed from the samples"
  }

  /// This part of the largest diversity is enough.
  private static let enoughDiversity = 0.8

  /// The best of the computed quality among those that are nearly as varied as the most varied one.
  ///
  /// Not the median of diversity: where most checkpoints have collapsed, that is collapsed, too.
  private static func byComputed(_ run: Run, _ pair: (quality: Int, diversity: Int)) -> RuleText {
    func known(_ column: Int) -> [Double] {
      run.columns[column].values.compactMap { $0 }.filter(\.isFinite).sorted()
    }
    let qualities = known(pair.quality)
    let middle = qualities.isEmpty ? 0 : qualities[qualities.count / 2]
    let quality = run.columns[pair.quality].metric
    let good =
      "\(RuleNumber.name(quality.name)) \(quality.direction == .lower ? "<=" : ">=") "
      + NumberText.general(middle, digits: 4)
    let most = known(pair.diversity).last ?? 0
    let enough =
      "\(RuleNumber.name(run.columns[pair.diversity].metric.name)) >= "
      + NumberText.general(enoughDiversity * most, digits: 4)
    let best = run.columns[pair.quality].metric.direction == .lower ? "min" : "max"
    return RuleText(
      candidate: "\(good) and \(enough)",
      select: "\(best) \(RuleNumber.name(run.columns[pair.quality].metric.name)) where \(enough)",
      tie: "earliest")
  }
}
