extension Position {
  /// `epoch` or `step`, with `setting` and `run` where they matter, as journals and answers name it.
  package var jsonMembers: [(key: String, value: JSONText)] {
    var members: [(key: String, value: JSONText)] = [(axis.rawValue, .number(value))]
    if let setting { members.append(("setting", .string(setting))) }
    if let run { members.append(("run", .string(run))) }
    return members
  }
}
