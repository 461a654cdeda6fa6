/// Checkpoints of one run that follow each other in training, under one setting.
package struct RunPart: Sendable {
  /// By itself; its columns are those of the whole run, in the same places.
  package let run: Run
  /// Its checkpoints' places in the whole run, ascending; nil where it is the whole run.
  let rows: [Int]?

  /// The place in the whole run.
  package func row(of index: Int) -> Int { rows?[index] ?? index }
}

extension Run {
  /// What is judged by itself: what follows in the table may be of another run or setting.
  package var parts: [RunPart] {
    guard !members.isEmpty || !samplingSettings.isEmpty else {
      return [RunPart(run: self, rows: nil)]
    }
    struct Key: Hashable {
      let member: Int
      let setting: Int
    }
    var rows: [Key: [Int]] = [:]
    var order: [Key] = []
    for (index, checkpoint) in checkpoints.enumerated() {
      let key = Key(member: checkpoint.member ?? -1, setting: checkpoint.setting ?? -1)
      if rows[key] == nil { order.append(key) }
      rows[key, default: []].append(index)
    }
    return order.map { key in
      let own = rows[key] ?? []
      return RunPart(
        run: part(own, of: key.member >= 0 ? members[key.member].run : self), rows: own)
    }
  }

  /// The log of a run with several settings is told once, beside its usual one.
  package var partsOfLog: [RunPart] {
    parts.filter { part in part.run.checkpoints.first?.isOfUsualSetting ?? false }
  }

  private func part(_ rows: [Int], of owner: Run) -> Run {
    var part = owner
    part.axis = owner.axis
    part.members = []
    part.samplingSettings = samplingSettings
    part.checkpoints = rows.map { row in
      var checkpoint = checkpoints[row]
      checkpoint.member = nil
      return checkpoint
    }
    part.columns = columns.map { column in
      MetricColumn(
        metric: column.metric, values: rows.map { column.values[$0] },
        errors: column.errors.isEmpty ? [] : rows.map { column.errors[$0] })
    }
    part.measures = measures.map { measures in
      var own = measures
      own.checkpoints = rows.map {
        measures.checkpoints.indices.contains($0) ? measures.checkpoints[$0] : nil
      }
      return own
    }
    return part
  }
}
