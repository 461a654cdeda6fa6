import ReviewCore

/// Files whose names differ in the checkpoint's number alone.
struct ArraySeries {
  let pattern: String
  let axis: Axis
  let isAxisTold: Bool
  let members: [(number: AxisValue, path: String)]

  init(_ group: NumberedNames, pattern: String? = nil, members: [NumberedNames.Member]? = nil) {
    self.pattern = pattern ?? group.pattern
    axis = group.axis
    isAxisTold = group.isAxisTold
    self.members = (members ?? group.distinctMembers).map { ($0.number, $0.path) }
  }

  /// Relative to the run, as a reader may recognise it.
  var name: String { PrintableText.escaped(pattern.replacing("{#}", with: "#")) }

  /// `feat64/epoch_1.npy` and `feat128/epoch_1.npy` are of two kinds: a number that the checkpoint's
  /// does not tell, as it would tell a step beside an epoch, parts them.
  static func parting(_ group: NumberedNames) -> [ArraySeries] {
    guard let number = group.numberPart,
      Set(group.members.map(\.number)).count < group.members.count
    else { return [ArraySeries(group)] }
    let members = group.members.sorted { ($0.number.value, $0.path) < ($1.number.value, $1.path) }
    // All of one group have the same parts.
    let parts = members.map { NumberedNames.Part.parts(of: $0.path) }
    let isParting = parts[0].indices.map { part in
      var known: [AxisValue: String] = [:]
      return part != number && parts[0][part].isNumber
        && zip(members, parts).contains { member, parts in
          known.updateValue(parts[part].text, forKey: member.number).map { $0 != parts[part].text }
            ?? false
        }
    }
    let isSame = parts[0].indices.map { part in
      parts.allSatisfy { $0[part].text == parts[0][part].text }
    }
    var series: [String: [NumberedNames.Member]] = [:]
    for (member, parts) in zip(members, parts) {
      let pattern = parts.indices.map { part in
        if part == number { return "{#}" }
        return isSame[part] || isParting[part] ? parts[part].plainText : "*"
      }.joined()
      series[pattern, default: []].append(member)
    }
    return series.sorted { $0.key < $1.key }.map {
      ArraySeries(group, pattern: $0.key, members: $0.value)
    }
  }
}
