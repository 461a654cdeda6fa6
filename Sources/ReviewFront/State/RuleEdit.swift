package import ReviewCore
import TerminalSurface

/// A rule that is being written, in its three parts.
package struct RuleEdit: Equatable, Sendable {
  package enum Part: Int, CaseIterable, Sendable {
    case candidate, select, tie

    var title: String {
      switch self {
      case .candidate: return "candidate"
      case .select: return "select"
      case .tie: return "tie"
      }
    }
  }

  /// What the rule as it stands would say.
  package enum Preview: Equatable, Sendable {
    /// Nothing is written: the run's own rule would count again.
    case ownRule
    case judged(RuleTally)
    /// `column` from 1 within the part.
    case error(Part, column: Int, message: String)
  }

  package private(set) var lines: [LineEdit]
  package var focus: Part
  package var preview = Preview.ownRule
  /// Whether the preview is of what was written before.
  package var isStale = false
  /// The preset that was written in last; the next key of presets takes the one after it.
  package var preset: RulePreset?
  /// What Tab goes through while nothing else is typed.
  var offered: Offered?

  /// Words that can stand at a place, one of which is written there.
  struct Offered: Equatable, Sendable {
    let choices: [String]
    /// Which of them; -1 before the first.
    var place: Int
    /// How many characters of it are written.
    var written: Int
  }

  /// Writes the next of the offered words in place of the one before.
  mutating func writeNext(_ offered: Offered) {
    var offered = offered
    offered.place = (offered.place + 1) % offered.choices.count
    for _ in 0..<offered.written { _ = self[focus].take(.backspace) }
    self[focus].insert(offered.choices[offered.place])
    offered.written = offered.choices[offered.place].count
    self.offered = offered
    isStale = true
  }

  /// - Parameter rule: what is there already.
  package init(_ rule: Rule) {
    let select = rule.objectives.map(\.text).joined(separator: ", ")
    let eligibility = rule.eligibility.map { " where \($0.text)" } ?? ""
    lines = [
      LineEdit(rule.candidate?.text ?? ""), LineEdit(select + eligibility),
      LineEdit(rule.tie.rawValue),
    ]
    focus = .candidate
  }

  package subscript(part: Part) -> LineEdit {
    get { lines[part.rawValue] }
    set { lines[part.rawValue] = newValue }
  }

  var written: [Part] {
    Part.allCases.filter { part in lines[part.rawValue].text.contains { !$0.isWhitespace } }
  }

  /// As the journal keeps it; empty when only a tie, or nothing, is written.
  package var text: RuleText {
    guard written.contains(.select) || written.contains(.candidate) else { return RuleText("") }
    return RuleText(
      written.map { "\($0.title): \(lines[$0.rawValue].text)" }.joined(separator: "\n"))
  }

  /// The part, and the column in it, that an error of `text` is about.
  package func place(of error: RuleError) -> (part: Part, column: Int) {
    let written = self.written
    let part = written.indices.contains(error.line - 1) ? written[error.line - 1] : .select
    return (part, max(1, error.column - part.title.count - 2))
  }
}
