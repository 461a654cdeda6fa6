/// Which files of training state to keep and which could go; nothing is ever deleted by it.
package struct StatePlan: Sendable {
  package struct Entry: Sendable {
    /// The checkpoint's place in the run.
    package let index: Int
    package let files: [StateFile]
    package let isKept: Bool
    /// Why it is kept, or could go.
    package let reasons: [String]

    /// In bytes.
    package var size: Int { files.reduce(0) { $0 + $1.size } }
  }

  /// One a checkpoint with state, by checkpoint.
  package let entries: [Entry]

  package var keptSize: Int { entries.filter(\.isKept).reduce(0) { $0 + $1.size } }
  package var freedSize: Int { entries.filter { !$0.isKept }.reduce(0) { $0 + $1.size } }

  package init(_ evidence: Evidence) {
    let run = evidence.run
    let front = run.weighedColumns.map { ParetoFront(of: run, x: $0.x, y: $0.y) }
    let stateful = run.checkpoints.indices.filter { !run.checkpoints[$0].states.isEmpty }
    // A file may hold the state of several checkpoints; it stays while one of them does.
    var keptPaths: Set<String> = []
    var verdicts: [(index: Int, isKept: Bool, reasons: [String])] = []
    for index in stateful {
      var reasons: [String] = []
      if evidence.table.selected == index { reasons.append("selected by the rule") }
      if evidence.override != nil, evidence.kept == index { reasons.append("chosen by a reviewer") }
      if evidence.table.runnerUp == index { reasons.append("runner-up") }
      if evidence.evaluator.facts.kept[index] { reasons.append("a reviewer keeps it") }
      if index == stateful.last { reasons.append("the last: training goes on from it") }
      let isRejected = evidence.evaluator.facts.rejected[index]
      if !isRejected {
        if evidence.table.statuses[index] == .candidate { reasons.append("candidate") }
        if let front, front.contains(index) { reasons.append("on the Pareto front") }
      }
      let isKept = !reasons.isEmpty
      if !isKept {
        if isRejected { reasons.append("rejected by a reviewer") }
        if evidence.table.statuses[index] == .review { reasons.append("no candidate") }
        if let dominator = front?.dominator(of: index) {
          reasons.append("dominated by \(run.position(of: dominator).words)")
        }
      }
      if isKept { keptPaths.formUnion(run.checkpoints[index].states.map(\.path)) }
      verdicts.append((index, isKept, reasons))
    }
    entries = verdicts.map { verdict in
      let files = run.checkpoints[verdict.index].states
      let isShared = !verdict.isKept && files.contains { keptPaths.contains($0.path) }
      return Entry(
        index: verdict.index, files: files, isKept: verdict.isKept || isShared,
        reasons: isShared ? ["shares a file with one that is kept"] : verdict.reasons)
    }
  }
}
