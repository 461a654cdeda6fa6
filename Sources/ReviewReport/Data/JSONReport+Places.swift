import ReviewCore

/// Which run and which setting something is of, where there are several; and the runs themselves.
extension JSONReport {
  /// Beside a place on the axis: `run` and `setting`, after a name `keptRun` and `keptSetting`.
  static func origin(_ name: String, _ index: Int?, in run: Run) -> [(key: String, value: JSONText)]
  {
    guard let index else { return [] }
    func key(_ word: String) -> String {
      name.isEmpty ? word : name + word.prefix(1).uppercased() + word.dropFirst()
    }
    var members: [(key: String, value: JSONText)] = []
    if let member = run.checkpoints[index].member {
      members.append((key("run"), .string(run.members[member].name)))
    }
    if let setting = run.setting(of: index) {
      members.append((key("setting"), .string(setting.name)))
    }
    // Of runs that count by different things a bare number would not tell by which.
    if !name.isEmpty, run.axis(of: index) != run.axis {
      members.append((key("axis"), .string(run.axis(of: index).rawValue)))
    }
    return members
  }

  func origin(_ name: String, _ index: Int?) -> [(key: String, value: JSONText)] {
    Self.origin(name, index, in: run)
  }

  /// The place on the axis, with the run and the setting where there are several.
  static func places(_ index: Int, in run: Run) -> [(key: String, value: JSONText)] {
    [(run.axis(of: index).rawValue, .number(run.axisValue(of: index).value))]
      + origin("", index, in: run)
  }

  func places(_ index: Int) -> [(key: String, value: JSONText)] { Self.places(index, in: run) }

  /// As a journal names it, whether the run has it or not; null for the whole.
  func places(of position: Position?) -> [(key: String, value: JSONText)] {
    let place = position.map { JSONText.number($0.value) } ?? .null
    return [(run.axis.rawValue, place)] + origin("", position.flatMap { run.index(of: $0) })
  }

  /// A comparison has no path of its own: it is where its runs are.
  var runMember: JSONText {
    .object([
      ("name", .string(run.name)),
      ("path", run.members.isEmpty ? .string(report.runPath) : .null),
    ])
  }

  /// What is compared; nothing for a run by itself.
  var runs: [(key: String, value: JSONText)] {
    guard !run.members.isEmpty else { return [] }
    let choices = report.evidence.runChoices
    let items = run.members.enumerated().map { place, member -> JSONText in
      let path = report.memberPaths.indices.contains(place) ? report.memberPaths[place] : ""
      let best = choices[place].selected
      return .object(
        [
          ("name", .string(member.name)), ("path", .string(path)),
          ("axis", .string(member.run.axis.rawValue)),
          ("checkpoints", .integer(member.rows.count)),
          ("selectedAlone", best.map { .number(run.axisValue(of: $0).value) } ?? .null),
        ]
          + (best.flatMap { run.setting(of: $0) }.map { [("settingAlone", .string($0.name))] } ?? [])
          + Self.modelMembers(of: member.run))
    }
    return [("runs", .array(items))]
  }

  static func model(of run: Run) -> JSONText { .object(modelMembers(of: run)) }

  private static func modelMembers(of run: Run) -> [(key: String, value: JSONText)] {
    let declaration = run.declaration
    func shape(_ shape: [Int]?) -> JSONText {
      shape.map { .array($0.map { .integer($0) }) } ?? .null
    }
    return [
      ("family", run.family.map { .string($0.rawValue) } ?? .null),
      ("data", declaration.data.map { .string($0) } ?? .null),
      ("why", declaration.why.map { .string($0) } ?? .null),
      ("latentShape", shape(run.latentShape)),
      ("outputShape", shape(declaration.outputShape)),
      ("inferred", .array(run.inference.sentences.map { .string($0) })),
    ]
  }
}
