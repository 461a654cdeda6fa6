package import ReviewCore

/// What lies beside the samples, for metrics.
extension ManifestDraft {
  /// A role of which there are several is left to the person: declaring one drops the others.
  var arrayLines: [String] {
    let settings = ArrayRole.allCases.map { role -> (line: String, isSet: Bool) in
      let patterns = run.arrays.filter { $0.role == role }.map { pattern(of: $0) }
      guard let first = patterns.first else {
        return ("# \(role.tomlKey) = \"\"  # \(role.words): a path with {epoch} or {step}", false)
      }
      guard let first, patterns.count == 1, !doubtful.contains(.arrays) else {
        let all = patterns.compactMap { $0 }.map(TOMLText.quoted).joined(separator: " or ")
        return (
          "# \(role.tomlKey) = \(all.isEmpty ? "\"\"" : all)"
            + (patterns.count > 1 ? "  # all are read while none is declared" : ""), false
        )
      }
      return ("\(role.tomlKey) = \(TOMLText.quoted(first))", true)
    }
    return ["", settings.contains(where: \.isSet) ? "[arrays]" : "# [arrays]"]
      + settings.map(\.line) + [
        "", "# [modes]  # where points or features should lie",
        "# centres = \"\"  # an array (m,d)", "# deviation = 0.0",
      ]
  }

  /// As `keepoch.toml` names it; nil where one number in the names does not tell all apart.
  private func pattern(of array: GivenArray) -> String? {
    let found = array.places.indices.filter { array.places[$0] != nil }
    let places = found.compactMap { array.places[$0] }
    guard let first = places.first, places.allSatisfy({ $0.member == first.member }) else {
      return nil
    }
    for axis in [run.axis, run.axis == .epoch ? .step : .epoch] {
      let values = found.map { run.checkpoints[$0].value(on: axis)?.value }
      for pattern in SamplePattern.patterns(of: first.path, axis: axis) {
        guard let group = NamePattern(pattern)?.group(of: places.map(\.path)),
          group.members.count == places.count,
          zip(group.members, values).allSatisfy({ $0.number.value == $1 })
        else { continue }
        return first.member.map { "\(pattern):\($0)" } ?? pattern
      }
    }
    return nil
  }
}

extension ArrayPlace {
  /// Its path, with the key behind a colon.
  package var text: String { member.map { "\(path):\($0)" } ?? path }
}
