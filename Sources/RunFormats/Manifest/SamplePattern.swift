import ReviewCore

/// The pattern of `keepoch.toml` that names the sample files of a run.
enum SamplePattern {
  /// Nil where one number in the names does not tell all checkpoints apart.
  static func text(of run: Run) -> String? {
    let found = run.checkpoints.filter { $0.samples != nil }
    let asFound = run.samplesPattern
    // Where no single name tells a checkpoint, the way they were found does.
    if let asFound,
      Set(found.map { $0.samples?.path }).count < found.count || asFound.contains("{sample}")
    {
      return asFound
    }
    guard let first = found.first?.samples?.path else { return nil }
    let paths = found.compactMap { $0.samples?.path }
    for axis in [run.axis, run.axis == .epoch ? .step : .epoch] {
      let values = found.map { $0.value(on: axis)?.value }
      for candidate in patterns(of: first, axis: axis) {
        guard let group = NamePattern(candidate)?.group(of: paths),
          group.members.count == paths.count,
          zip(group.members, values).allSatisfy({ $0.number.value == $1 })
        else { continue }
        return candidate
      }
    }
    return asFound
  }

  /// A pattern for each number in a name.
  static func patterns(of path: String, axis: Axis) -> [String] {
    let parts = NumberedNames.Part.parts(of: path)
    return parts.indices.filter { parts[$0].isNumber }.map { place in
      parts[..<place].map(\.text).joined() + "{\(axis.rawValue)}"
        + parts[(place + 1)...].map(\.text).joined()
    }
  }
}
