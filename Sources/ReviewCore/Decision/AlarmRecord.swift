/// What reviewers said of the alarms of a run, and how often those were right.
package struct AlarmRecord: Equatable, Sendable {
  /// One alarm with its answers.
  package struct Item: Equatable, Sendable {
    package let alarm: Alarm
    /// Reviewers who accepted it, by name.
    package let accepted: [String]
    package let refused: [String]

    package var isAnswered: Bool { !accepted.isEmpty || !refused.isEmpty }
  }

  package let items: [Item]
  /// Answers to alarms that are no longer raised, such as after the samples changed.
  package let goneCount: Int
  /// Each reviewer's answer counts once for all alarms of a kind at a checkpoint, which it is of.
  package let answers: (accepted: Int, refused: Int)

  package init(_ alarms: [Alarm], of run: Run, reviews: [Review]) {
    let reviews = reviews.sorted { $0.reviewer < $1.reviewer }
    var known: Set<AlarmKey> = []
    items = alarms.map { alarm in
      let key = AlarmKey(run.position(of: alarm.index), alarm.kind.rawValue)
      known.insert(key)
      return Item(
        alarm: alarm,
        accepted: reviews.filter { $0.alarmAnswers[key] == true }.map(\.reviewer),
        refused: reviews.filter { $0.alarmAnswers[key] == false }.map(\.reviewer))
    }
    let counted = known
    let given = reviews.flatMap { review in
      review.alarmAnswers.filter { counted.contains($0.key) }.map(\.value)
    }
    answers = (given.count { $0 }, given.count { !$0 })
    goneCount = reviews.reduce(0) { sum, review in
      sum + review.alarmAnswers.keys.count { !counted.contains($0) }
    }
  }

  package static func == (left: AlarmRecord, right: AlarmRecord) -> Bool {
    left.items == right.items && left.goneCount == right.goneCount
      && left.answers == right.answers
  }

  package var openCount: Int { items.count { !$0.isAnswered } }

  /// `the alarms were right in 3 of 4 answers; 2 are not answered`.
  package var words: String {
    let (accepted, refused) = answers
    let all = accepted + refused
    let open = openCount == 0 ? "" : "\(openCount) \(openCount == 1 ? "is" : "are") not answered"
    guard all > 0 else {
      return items.isEmpty ? "no alarm" : "nobody has answered an alarm; \(open)"
    }
    return "the alarms were right in \(accepted) of \(all) answers"
      + (open.isEmpty ? "" : "; \(open)")
  }
}

extension Evidence {
  /// Every alarm with what reviewers said of it.
  package var alarmRecord: AlarmRecord {
    AlarmRecord(Alarm.all(of: run), of: run, reviews: reviews)
  }
}
