import ReviewCore

extension Report {
  /// What was rated of one checkpoint: the checkpoint itself, or its samples.
  package struct Rating: Sendable {
    package let index: Int
    package let isOfSamples: Bool
    /// 1...5, ascending.
    package let values: [Int]
    package let raters: [String]

    /// By linear interpolation between the two nearest ranks (Hyndman and Fan 1996, type 7).
    ///
    /// - Parameter share: 0...1.
    package func quantile(_ share: Double) -> Double {
      let place = share * Double(values.count - 1)
      let low = Int(place)
      let high = min(low + 1, values.count - 1)
      return Double(values[low]) + (place - Double(low)) * Double(values[high] - values[low])
    }
  }

  /// All ratings, by checkpoint, the checkpoint's own before its samples'.
  package var ratings: [Rating] {
    var found: [[Int]: (values: [Int], raters: Set<String>)] = [:]
    for review in reviews {
      for (target, mark) in review.marks {
        guard let value = mark.rating, let position = target.position,
          let index = run.index(of: position)
        else { continue }
        let key = [index, target.sample == nil ? 0 : 1]
        found[key, default: ([], [])].values.append(value)
        found[key]?.raters.insert(review.reviewer)
      }
    }
    return found.sorted { ($0.key[0], $0.key[1]) < ($1.key[0], $1.key[1]) }.map { key, entry in
      Rating(
        index: key[0], isOfSamples: key[1] == 1, values: entry.values.sorted(),
        raters: entry.raters.sorted())
    }
  }

  /// How to run the choice again, and what to expect of it.
  ///
  /// `expected`: the line that names the checkpoint, then those that name its run and its setting.
  package var command: (line: String, exitCode: Int, expected: [String]) {
    let paths = memberPaths.isEmpty ? [runPath] : memberPaths
    var line = "keepoch table \(paths.map(ShellWord.quoted).joined(separator: " "))"
    // Whoever runs it may have a rule of his own.
    let haveRules = reviews.contains { $0.ruleText != nil }
    if rule.origin == .reviewer || haveRules, let ruleReviewer {
      line += " --reviewer \(ShellWord.quoted(ruleReviewer))"
    }
    guard let selected = table.selected else {
      return (line, 1, ["selected_\(run.axis.rawValue): none"])
    }
    var expected = [
      "selected_\(run.axis(of: selected).rawValue): \(run.axisValue(of: selected).text)"
    ]
    if let member = run.checkpoints[selected].member {
      expected.append("selected_run: \(run.members[member].name)")
    }
    if let setting = run.setting(of: selected) {
      expected.append("selected_setting: \(setting.name)")
    }
    return (line, 0, expected)
  }
}
