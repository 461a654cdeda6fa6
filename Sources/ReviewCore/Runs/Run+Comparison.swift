extension Run {
  /// Several runs as one: their checkpoints one after the other, metrics of one name in one column.
  ///
  /// - Parameters:
  ///   - runs: at least one, each by itself.
  ///   - path: what the comparison is known by, such as the folder that the runs lie in.
  package init(comparing runs: [Run], name: String, path: String) {
    let axes = Set(runs.map(\.axis))
    self.init(
      name: name, path: path, format: runs[0].format, axis: axes.count == 1 ? runs[0].axis : .epoch)
    var settings: [SamplingSetting] = []
    for run in runs {
      for setting in run.samplingSettings where !settings.contains(setting) {
        settings.append(setting)
      }
    }
    samplingSettings = settings.sorted()
    let names = Self.namesToldApart(runs)
    let shortNames = Self.shortened(names)
    var rows: [(run: Int, index: Int)] = []
    for (member, run) in runs.enumerated() {
      let start = rows.count
      for (index, checkpoint) in run.checkpoints.enumerated() {
        var checkpoint = checkpoint
        checkpoint.member = member
        checkpoint.setting = run.setting(of: index).flatMap { samplingSettings.firstIndex(of: $0) }
        checkpoints.append(checkpoint)
        rows.append((member, index))
      }
      members.append(
        RunMember(
          name: names[member], shortName: shortNames[member], run: run, rows: start..<rows.count))
      warnings += run.warnings.map { warning in
        RunWarning(
          warning.code, path: warning.path.map { "\(names[member])/\($0)" }, offset: warning.offset,
          warning.message)
      }
      declaration.tags += run.declaration.tags.filter { !declaration.tags.contains($0) }
      reading.append(
        "\(PrintableText.escaped(names[member])): \(run.format.rawValue), "
          + "\(run.checkpoints.count) checkpoints by \(run.axis.rawValue)"
          + (run.family.map { ", \($0.title)" } ?? ""))
    }
    columns = Self.joinedColumns(runs, rows)
    for column in columns {
      let directions = Set(
        runs.compactMap { $0.column(named: column.metric.name)?.metric.direction })
      if directions.count > 1 {
        warnings.append(
          RunWarning(
            .conflict,
            "the runs do not agree on which way \(PrintableText.escaped(column.metric.name)) is "
              + "better; the first one that says so counts"))
      }
    }
    series = runs.flatMap(\.series)
    let rules = runs.map(\.declaration.rule)
    if let first = rules[0], rules.allSatisfy({ $0 == first }) {
      declaration.rule = first
    } else if rules.contains(where: { $0 != nil }) {
      reading.append("the runs declare different rules; none of them counts for all")
    }
    if runs.contains(where: { $0.measures != nil }) {
      measures = RunMeasures(joining: runs.map { ($0.measures, $0.checkpoints.count) })
    }
  }

  /// Their own names, with the end of the path where two are called alike.
  private static func namesToldApart(_ runs: [Run]) -> [String] {
    var names = runs.map { PrintableText.singleLine($0.name) }
    for name in Set(names) where names.count(where: { $0 == name }) > 1 {
      for place in names.indices where names[place] == name {
        let folder = runs[place].path.split(separator: "/").last.map(String.init) ?? ""
        names[place] = "\(name) (\(PrintableText.singleLine(folder)))"
      }
    }
    var known: Set<String> = []
    return names.enumerated().map { place, name in
      known.insert(name).inserted ? name : "\(name) #\(place + 1)"
    }
  }

  /// Without the words that all of them begin or end with; whole where nothing would be left of one.
  private static func shortened(_ names: [String]) -> [String] {
    guard names.count > 1 else { return names }
    func isSeparator(_ character: Character) -> Bool { "-_ .".contains(character) }
    // Words with the separators between them, so that what is left is as it was written.
    var parts = names.map { name -> [String] in
      var parts: [String] = [""]
      for character in name {
        if isSeparator(character) {
          parts += [String(character), ""]
        } else {
          parts[parts.count - 1].append(character)
        }
      }
      return parts
    }
    while let first = parts[0].first, parts.allSatisfy({ $0.count > 2 && $0.first == first }) {
      for place in parts.indices { parts[place].removeFirst(2) }
    }
    while let last = parts[0].last, parts.allSatisfy({ $0.count > 2 && $0.last == last }) {
      for place in parts.indices { parts[place].removeLast(2) }
    }
    let short = parts.map { $0.joined() }
    return Set(short).count == short.count && !short.contains("") ? short : names
  }

  /// The same comparison with one of its runs as it is now.
  package func replacing(_ member: Int, by run: Run) -> Run {
    var runs = members.map(\.run)
    runs[member] = run
    return Run(comparing: runs, name: name, path: path)
  }

  /// The run that a checkpoint is of, and its place in that.
  package func origin(of index: Int) -> (run: Run, index: Int) {
    guard let member = checkpoints[index].member else { return (self, index) }
    return (members[member].run, index - members[member].rows.lowerBound)
  }

  /// The family of the run that a checkpoint is of.
  package func family(of index: Int) -> ModelFamily? {
    checkpoints[index].member.map { members[$0].run.family } ?? family
  }

  /// Whether the same seed is the same latent at two checkpoints: of one run, unless it says otherwise;
  /// of two, where both call their seeds alike and draw from latents of one shape.
  package func sharesSeeds(_ left: Int, _ right: Int) -> Bool {
    let (a, b) = (checkpoints[left].member, checkpoints[right].member)
    guard a != b, let a, let b else { return true }
    let (one, other) = (members[a].run, members[b].run)
    guard let name = one.declaration.seedsName, name == other.declaration.seedsName else {
      return false
    }
    return one.latentShape == other.latentShape
  }
}

extension RunMeasures {
  /// Of several runs one after the other, with how many checkpoints each has.
  package init(joining parts: [(measures: RunMeasures?, count: Int)]) {
    self.init(columns: [], checkpoints: [])
    for (measures, count) in parts {
      columns += (measures?.columns ?? []).filter { column in
        !columns.contains { $0.name == column.name }
      }
      checkpoints += measures?.checkpoints ?? [CheckpointMeasures?](repeating: nil, count: count)
    }
  }
}
