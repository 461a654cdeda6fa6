/// Names of columns that people's judgement stands in: `human.strength` and others from trials, `agreement`
/// from what several reviewers said.
///
/// A rule may name them before anybody judged; then they are missing everywhere.
package enum JudgedMetric {
  /// What stands before the dot.
  package static let family = "human"
  package static let agreement = "agreement"

  /// All that there can be, with what each is; of all of them more is better.
  package static let known: [(name: String, words: String)] = [
    ("human.strength", "the log strength in pairs that people compared"),
    ("human.fooling", "how often people took it for real"),
    ("human.realism", "people's mean rating of how real it looks, 1 to 5"),
    ("human.diversity", "people's mean rating of how varied it is, 1 to 5"),
    (agreement, "how far reviewers agree"),
  ]

  package static func isOfTrials(_ name: String) -> Bool { name.hasPrefix("\(family).") }

  package static func isOne(_ name: String) -> Bool { name == agreement || isOfTrials(name) }
}
