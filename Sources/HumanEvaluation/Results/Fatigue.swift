import ReviewCore

/// Whether a rater answered otherwise in the last third of a block than in the first.
struct Fatigue {
  /// What a third came to.
  private struct Third {
    var failed = 0
    var checks = 0
    var changed = 0
    var repetitions = 0
    var times: [Int] = []

    init(_ record: BlockRecord, _ answered: ArraySlice<(trial: Trial, given: BlockRecord.Given)>) {
      for (trial, given) in answered {
        if let isPassed = trial.isPassed(given.answer) {
          checks += 1
          if !isPassed { failed += 1 }
        }
        if let isConsistent = record.isConsistent(trial, given.answer) {
          repetitions += 1
          if !isConsistent { changed += 1 }
        }
        if let milliseconds = given.milliseconds { times.append(milliseconds) }
      }
    }
  }

  private let first: Third
  private let last: Third

  init(_ record: BlockRecord) {
    let answered = record.answered
    let third = answered.count / 3
    first = Third(record, answered[..<third])
    last = Third(record, answered[(answered.count - third)...])
  }

  /// More checks failed, or more repetitions answered otherwise, than chance brings about in one of forty
  /// blocks each (Fisher's exact test, one-sided), or answers in less than half of the time; nil for neither.
  var words: String? {
    var parts: [String] = []
    if Self.isMore(last.failed, of: last.checks, than: first.failed, of: first.checks) {
      parts.append("failed \(last.failed) of \(last.checks) checks")
    }
    if Self.isMore(last.changed, of: last.repetitions, than: first.changed, of: first.repetitions) {
      parts.append("changed \(last.changed) of \(last.repetitions) answers")
    }
    if first.times.count >= Self.leastTimes, last.times.count >= Self.leastTimes,
      let before = RaterRecord.median(first.times), let after = RaterRecord.median(last.times),
      after < before / 2
    {
      parts.append("answered in \(after) ms after \(before) ms")
    }
    return parts.isEmpty ? nil : "in the last third " + parts.joined(separator: ", ")
  }

  private static let level = 0.025
  private static let leastTimes = 6

  private static func isMore(_ many: Int, of count: Int, than few: Int, of other: Int) -> Bool {
    guard count > 0, other > 0, many > 0 else { return false }
    let all = many + few
    let whole = Binomial.logChoose(count + other, all)
    let sum = (many...min(all, count)).reduce(0.0) { sum, own in
      guard all - own <= other else { return sum }
      return sum
        + Exponential.value(
          Binomial.logChoose(count, own) + Binomial.logChoose(other, all - own) - whole)
    }
    return sum < level
  }
}
