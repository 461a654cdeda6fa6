package import ReviewCore

/// The chart of two metrics on the screen, with the thresholds that were moved in it.
package struct ParetoView: Equatable, Sendable {
  /// Columns of the run.
  package var x: Int
  package var y: Int
  /// Whether the map of two thresholds is shown in place of the points.
  package var isMap = false
  /// The rule that the thresholds are of.
  package let rule: Rule
  /// The place of the threshold that keys move among those of the rule.
  package var focus: Int
  /// By place, where thresholds were moved to.
  package var moved: [Int: Double] = [:]

  package init(x: Int, y: Int, rule: Rule) {
    self.x = x
    self.y = y
    self.rule = rule
    let groups = rule.thresholdGroups
    focus = groups.firstIndex(where: \.isOfSelection) ?? 0
  }

  /// The rule with the thresholds where they are now.
  var movedRule: Rule {
    let groups = rule.thresholdGroups
    var values: [Int: Double] = [:]
    for (place, value) in moved where groups.indices.contains(place) {
      for member in groups[place].members { values[member.literal.ordinal] = value }
    }
    return rule.replacing(values)
  }
}
