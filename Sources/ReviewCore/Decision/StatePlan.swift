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

  /// What the disk says of the files, beyond their names.
  package struct Links: Sendable {
    /// By path: what tells one file from another, wherever a link leads.
    package var identities: [String: String]
    /// Identities that a link leads to which is no state of a checkpoint, such as `best.pt`.
    package var targets: Set<String>

    package init(identities: [String: String] = [:], targets: Set<String> = []) {
      self.identities = identities
      self.targets = targets
    }
  }

  /// One or two a checkpoint with state, by checkpoint: files that may differ in their fate.
  package let entries: [Entry]

  package var keptSize: Int { entries.filter(\.isKept).reduce(0) { $0 + $1.size } }
  package var freedSize: Int { entries.filter { !$0.isKept }.reduce(0) { $0 + $1.size } }

  package init(_ evidence: Evidence, links: Links = Links()) {
    let run = evidence.run
    func identity(_ file: StateFile) -> String { links.identities[file.path] ?? file.path }
    let stateful = run.checkpoints.indices.filter { !run.checkpoints[$0].states.isEmpty }
    let front = run.weighedColumns.map { ParetoFront(of: run, x: $0.x, y: $0.y) }
    let fates = stateful.map {
      (index: $0, fate: Self.fate(of: $0, evidence, front, isLast: $0 == stateful.last))
    }
    // A file may hold the state of several checkpoints, or be what a link leads to.
    var needed: Set<String> = []
    for (index, fate) in fates where fate.isKept {
      needed.formUnion(run.checkpoints[index].states.map(identity))
    }
    entries = fates.flatMap { index, fate -> [Entry] in
      let files = run.checkpoints[index].states
      guard !fate.isKept else {
        return [Entry(index: index, files: files, isKept: true, reasons: fate.reasons)]
      }
      var groups: [(files: [StateFile], isKept: Bool, reasons: [String])] = []
      func add(_ chosen: [StateFile], _ isKept: Bool, _ reasons: [String]) {
        if !chosen.isEmpty { groups.append((chosen, isKept, reasons)) }
      }
      let unsure = files.filter { !$0.isCertain }
      let shared = files.filter { $0.isCertain && needed.contains(identity($0)) }
      let linked = files.filter {
        $0.isCertain && !needed.contains(identity($0)) && links.targets.contains(identity($0))
      }
      add(shared, true, ["shares a file with one that is kept"])
      add(linked, true, ["a link leads to it"])
      add(unsure, true, ["its name does not say that it is of this checkpoint"])
      add(
        files.filter { file in !(unsure + shared + linked).contains(file) }, false, fate.reasons)
      return groups.map {
        Entry(index: index, files: $0.files, isKept: $0.isKept, reasons: $0.reasons)
      }
    }
  }

  private static func fate(
    of index: Int, _ evidence: Evidence, _ front: ParetoFront?, isLast: Bool
  ) -> (isKept: Bool, reasons: [String]) {
    let run = evidence.run
    var reasons: [String] = []
    if evidence.table.selected == index { reasons.append("selected by the rule") }
    if evidence.isChosenByReviewer(index) { reasons.append("chosen by a reviewer") }
    if evidence.table.runnerUp == index { reasons.append("runner-up") }
    if evidence.evaluator.facts.kept[index] { reasons.append("a reviewer keeps it") }
    if isLast { reasons.append("the last: training goes on from it") }
    let isRejected = evidence.evaluator.facts.rejected[index]
    if !isRejected {
      if evidence.table.statuses[index] == .candidate { reasons.append("candidate") }
      if let front, front.contains(index) { reasons.append("on the Pareto front") }
    }
    guard reasons.isEmpty else { return (true, reasons) }
    if isRejected { reasons.append("rejected by a reviewer") }
    if evidence.table.statuses[index] == .review { reasons.append("no candidate") }
    if let dominator = front?.dominator(of: index) {
      reasons.append("dominated by \(run.words(of: dominator))")
    }
    return (false, reasons)
  }
}
