import ReviewCore

extension TrialPool {
  /// How many questions there can be before a picture comes back where it would tell, and what runs out first.
  ///
  /// A generated picture is asked about once: of each checkpoint, of each pair its seeds. A real one stands once
  /// beside a generated one, or in a check.
  func capacity(_ kind: EvaluationKind) -> (questions: Int, what: String) {
    let seeds = members.map { $0.seeds.count / picturesPerSide }.min() ?? 0
    guard kind == .pairwise else { return (seeds * members.count, "samples of a checkpoint") }
    // With several on a side, sets differ though each picture stands in as many of them.
    let least = members.map(\.seeds.count).min() ?? 0
    let pairs = members.count * (members.count - 1) / 2
    return (least < picturesPerSide ? 0 : least * pairs, "samples of a checkpoint")
  }

  /// - Throws: `TrialSchedule.Failure` where a list would show pictures again.
  func check(_ wish: EvaluationWish) throws(TrialSchedule.Failure) {
    let own = capacity(wish.kind)
    var most = own.questions
    var what = own.what
    if wish.kind == .twoAFC {
      let real = realCount / picturesPerSide - wish.checks
      if real < most { (most, what) = (real, "real pictures") }
    }
    // What follows from the answers may ask about one pair for long.
    let questions =
      wish.policy == nil
      ? wish.trials - wish.checks - wish.repetitions : min(wish.trials, Self.fewest)
    guard questions > max(0, most) else { return }
    let part = Double(max(0, most)) / Double(max(1, wish.trials - wish.checks - wish.repetitions))
    throw .tooFewPictures(most: Int(Double(wish.trials) * part), what: what)
  }

  // An adaptive block that cannot ask so many questions is no block.
  private static let fewest = 10
}
