import ReviewCore
import Testing

/// Journals of several runs and of their comparison as one.
@Suite struct JointActsTests {
  private static let names = ["vae", "gan", "ar"]
  private let acts = JointActs(runs: names)

  private func position(_ dice: inout SplitMix64, run: String?) -> Position {
    Position(
      dice.next(below: 4) == 0 ? .step : .epoch, Double(dice.next(below: 4)),
      setting: dice.next(below: 3) == 0 ? "temperature=0.5" : nil, run: run)
  }

  /// Any act on the whole, as keys make it.
  private func randomAct(_ dice: inout SplitMix64, _ review: Review) -> ReviewAct {
    let run = Self.names[Int(dice.next(below: 3))]
    let place = position(&dice, run: run)
    let sample = dice.next(below: 2) == 0 ? nil : Int(dice.next(below: 3))
    let target = Target(place, sample: sample)
    switch dice.next(below: 14) {
    case 0: return .verdict(place, dice.next(below: 2) == 0 ? .keep : .reject)
    case 1: return .rate(target, Int(dice.next(below: 6)))
    case 2: return .note(target, about: .quality, text: "n\(dice.next(below: 3))")
    case 3: return .note(Target(), about: .general, text: "all\(dice.next(below: 3))")
    case 4:
      return .select(
        place, reason: "r\(dice.next(below: 3))", isOn: dice.next(below: 3) > 0)
    case 5: return .rule(dice.next(below: 2) == 0 ? "" : "select: max epoch")
    case 6: return .alarm(place, kind: "stuck", isAccepted: dice.next(below: 2) == 0, evidence: "e")
    case 7: return .seen(place, samples: [0, Int(dice.next(below: 9))])
    case 8, 9, 10:
      if let last = review.undoable.last { return .undo(of: last) }
    case 11, 12:
      if let last = review.redoable.last { return .undo(of: last) }
    default: break
    }
    return .tag(
      target, tag: "blurry", isOn: dice.next(below: 3) > 0, digest: sample.map { "d\($0)" })
  }

  private struct Sitting {
    var journals: [[ReviewEvent]]
    /// As the screen of the comparison has it.
    var whole = Review(reviewer: "ann")
    var clock = 0

    init(_ acts: JointActs) { journals = Array(repeating: [], count: acts.count) }

    mutating func time(_ dice: inout SplitMix64) -> String {
      clock += Int(dice.next(below: 3))
      return "2026-01-01T00:00:00.\(String(1000 + clock).suffix(3))Z"
    }

    mutating func append(_ act: ReviewAct, to journal: Int, time: String) -> ReviewEvent {
      let event = ReviewEvent(
        sequence: (journals[journal].last?.sequence ?? 0) + 1, time: time, reviewer: "ann", act: act
      )
      journals[journal].append(event)
      return event
    }
  }

  private func expectSame(_ left: Review, _ right: Review) {
    #expect(left.marks == right.marks)
    #expect(left.override == right.override && left.ruleText == right.ruleText)
    #expect(left.seen == right.seen && left.alarmAnswers == right.alarmAnswers)
  }

  @Test func dividingAndJoiningIsTheIdentity() throws {
    var dice = SplitMix64(seed: 11)
    for _ in 0..<2000 {
      let act = randomAct(&dice, Review(reviewer: "ann"))
      let (journal, inner) = try #require(acts.divided(act))
      #expect(inner.target?.position?.run == nil || journal == Self.names.count)
      let event = ReviewEvent(sequence: 7, time: "t", reviewer: "ann", act: inner)
      let joined = try #require(acts.joined(event, of: journal))
      #expect(joined.act == act)
      let (again, undo) = try #require(acts.divided(.undo(of: joined.sequence)))
      #expect(again == journal && undo == .undo(of: 7))
      let undone = ReviewEvent(sequence: 8, time: "t", reviewer: "ann", act: undo)
      #expect(acts.joined(undone, of: journal)?.act == .undo(of: joined.sequence))
    }
  }

  @Test func whatIsOfNoRunGoesNowhere() {
    #expect(acts.divided(.verdict(Position(.epoch, 1, run: "nobody"), .keep)) == nil)
    #expect(acts.divided(.verdict(Position(.epoch, 1), .keep)) == nil)
    #expect(acts.divided(.unknown("later")) == nil)
  }

  /// Undo and redo over several journals fold as over one, also when all is read anew.
  @Test(arguments: 0..<40)
  func actsOverSeveralJournalsFoldAsInOne(_ seed: Int) throws {
    var dice = SplitMix64(seed: UInt64(seed))
    var sitting = Sitting(acts)
    for _ in 0..<120 {
      let act = randomAct(&dice, sitting.whole)
      let (journal, inner) = try #require(acts.divided(act))
      let event = sitting.append(inner, to: journal, time: sitting.time(&dice))
      sitting.whole.apply(try #require(acts.joined(event, of: journal)))
    }
    let anew = Review(reviewer: "ann", events: acts.joined(sitting.journals))
    expectSame(anew, sitting.whole)
    // Alone, each run has what the comparison has of it.
    for (place, name) in Self.names.enumerated() {
      let alone = Review(reviewer: "ann", events: sitting.journals[place])
      var marks: [Target: ReviewMark] = [:]
      for (target, mark) in sitting.whole.marks {
        guard var position = target.position, position.run == name else { continue }
        position.run = nil
        marks[Target(position, sample: target.sample)] = mark
      }
      #expect(alone.marks == marks)
      #expect(alone.ruleText == nil && alone.override == nil)
    }
  }

  /// What is taken back and brought back in a run by itself is so in the comparison as well, whatever
  /// was done in other runs in between.
  @Test(arguments: 0..<40)
  func whatIsDoneInARunAloneCountsInTheComparison(_ seed: Int) throws {
    var dice = SplitMix64(seed: UInt64(100 + seed))
    var sitting = Sitting(acts)
    for _ in 0..<120 {
      let journal = Int(dice.next(below: 3))
      let alone = Review(reviewer: "ann", events: sitting.journals[journal])
      let act = randomAct(&dice, alone)
      let inner: ReviewAct
      switch act {
      case .undo, .rule: inner = act
      default:
        guard let divided = acts.divided(act), divided.journal < 3 else { continue }
        inner = divided.act
      }
      _ = sitting.append(inner, to: journal, time: sitting.time(&dice))
    }
    let whole = Review(reviewer: "ann", events: acts.joined(sitting.journals))
    for (place, name) in Self.names.enumerated() {
      let alone = Review(reviewer: "ann", events: sitting.journals[place])
      for (target, mark) in alone.marks {
        guard var position = target.position else { continue }
        position.run = name
        #expect(whole.marks[Target(position, sample: target.sample)] == mark)
      }
    }
    #expect(
      whole.marks.count
        == (0..<3).reduce(0) { count, place in
          count
            + Review(reviewer: "ann", events: sitting.journals[place]).marks
            .count { $0.key.position != nil }
        })
  }

  @Test func whatIsARunsOwnAffairStaysThere() {
    func event(_ act: ReviewAct) -> ReviewEvent {
      ReviewEvent(sequence: 1, time: "t", reviewer: "ann", act: act)
    }
    let own: [ReviewAct] = [
      .rule("select: max epoch"), .select(Position(.epoch, 1), reason: "r", isOn: true),
      .note(Target(), about: .general, text: "of the run"), .unknown("later"),
    ]
    for act in own {
      #expect(acts.joined(event(act), of: 0) == nil)
      #expect(acts.joined(event(act), of: 3)?.act == act)
    }
  }

  @Test func numbersThatNoProgramWritesAreNoTrap() {
    for number in [Int.max, Int.max / 4, Int.min, -1] {
      let event = ReviewEvent(
        sequence: 1, time: "t", reviewer: "ann", act: .undo(of: number))
      let joined = acts.joined(event, of: 2)
      #expect(joined == nil || joined?.act.name == "undo")
      let far = ReviewEvent(sequence: number, time: "t", reviewer: "ann", act: .rule(""))
      _ = acts.joined(far, of: 3)
    }
  }

  @Test func eventsStandByTheirTime() {
    func event(_ number: Int, _ time: String) -> ReviewEvent {
      ReviewEvent(
        sequence: number, time: time, reviewer: "ann", act: .verdict(Position(.epoch, 1), .keep))
    }
    let joined = acts.joined([
      [event(1, "b"), event(2, "a")], [event(1, "a"), event(2, "c")], [], [],
    ])
    #expect(joined.map(\.time) == ["a", "b", "a", "c"])
    #expect(Set(joined.map(\.sequence)).count == 4)
  }
}
