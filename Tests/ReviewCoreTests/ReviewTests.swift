import ReviewCore
import Testing

@Suite struct ReviewTests {
  private let sample = Target(Position(.epoch, 30), sample: 4)

  private func review(_ acts: [ReviewAct]) -> Review {
    Review(
      reviewer: "ann",
      events: acts.enumerated().map {
        ReviewEvent(
          sequence: $0.offset + 1, time: "2026-01-01T00:00:00.000Z", reviewer: "ann",
          act: $0.element)
      })
  }

  @Test func undoAndRedo() {
    let tag = ReviewAct.tag(sample, tag: "blurry", isOn: true, digest: "d")
    #expect(review([tag]).mark(sample).sortedTags == ["blurry"])
    #expect(review([tag, .undo(of: 1)]).mark(sample).isEmpty)
    let redone = review([tag, .undo(of: 1), .undo(of: 2)])
    #expect(redone.mark(sample).sortedTags == ["blurry"])
    #expect(redone.nextUndo?.sequence == 1)
    #expect(redone.nextRedo == nil)
    let twice = review([tag, .undo(of: 1), .undo(of: 2), .undo(of: 1)])
    #expect(twice.mark(sample).isEmpty)
    #expect(twice.nextRedo?.sequence == 1)
  }

  @Test func aNewActForgetsWhatCouldBeRedone() {
    let keep = ReviewAct.verdict(Position(.epoch, 30), .keep)
    let after = review([keep, .undo(of: 1), .verdict(Position(.epoch, 10), .reject)])
    #expect(after.redoable.isEmpty)
    #expect(after.undoable == [3])
  }

  @Test func undoOfWhatIsNotThereChangesNothing() {
    let keep = ReviewAct.verdict(Position(.epoch, 30), .keep)
    for act in [ReviewAct.undo(of: 99), .undo(of: 2), .seen(Position(.epoch, 1), samples: [1])] {
      #expect(review([keep, act]).mark(Target(Position(.epoch, 30))).verdict == .keep)
    }
  }

  @Test func seenIsNeverUndone() {
    let seen = ReviewAct.seen(Position(.epoch, 30), samples: [0, 1])
    let folded = review([seen, .verdict(Position(.epoch, 30), .keep), .undo(of: 2)])
    #expect(folded.seen[Position(.epoch, 30)] == [0, 1])
    #expect(folded.nextUndo == nil)
  }

  /// Undoing everything gives an empty review, redoing everything the same as before.
  @Test func undoInvertsRandomReviews() {
    var generator = SplitMix64(seed: 11)
    for _ in 0..<60 {
      var review = Review(reviewer: "ann")
      func apply(_ act: ReviewAct) {
        review.apply(
          ReviewEvent(
            sequence: review.nextSequence, time: "2026-01-01T00:00:00.000Z", reviewer: "ann",
            act: act))
      }
      for _ in 0..<40 {
        let position = Position(.epoch, Double(generator.next(below: 3)))
        let target = Target(position, sample: Int(generator.next(below: 2)))
        switch generator.next(below: 8) {
        case 0, 1:
          let isOn = review.mark(target).tags["noise"] == nil
          apply(.tag(target, tag: "noise", isOn: isOn, digest: "x"))
        case 2: apply(.note(target, about: .quality, text: "n\(generator.next(below: 3))"))
        case 3: apply(.verdict(position, Verdict.allCases[Int(generator.next(below: 3))]))
        case 4: apply(.rate(target, Int(generator.next(below: 6))))
        case 5: apply(.select(position, reason: "r", isOn: generator.next(below: 2) == 0))
        case 6: if let last = review.nextUndo { apply(.undo(of: last.sequence)) }
        default: if let last = review.redoable.last { apply(.undo(of: last)) }
        }
      }
      let before = (review.marks, review.override)
      var steps = 0
      while let last = review.nextUndo {
        apply(.undo(of: last.sequence))
        steps += 1
      }
      #expect(review.marks.isEmpty && review.override == nil)
      for _ in 0..<steps { if let last = review.redoable.last { apply(.undo(of: last)) } }
      #expect(review.marks == before.0)
      #expect(review.override == before.1)
      #expect(review == Review(reviewer: "ann", events: review.events))
    }
  }

  @Test func unchangedActsAreKnown() {
    let folded = review([
      .tag(sample, tag: "blurry", isOn: true, digest: "d"),
      .note(sample, about: .quality, text: "thin"),
    ])
    #expect(folded.isUnchanged(by: .tag(sample, tag: "blurry", isOn: true, digest: "d")))
    #expect(!folded.isUnchanged(by: .tag(sample, tag: "blurry", isOn: true, digest: "other")))
    #expect(folded.isUnchanged(by: .tag(sample, tag: "noise", isOn: false, digest: nil)))
    #expect(folded.isUnchanged(by: .note(sample, about: .quality, text: "thin")))
    #expect(!folded.isUnchanged(by: .note(sample, about: .diversity, text: "thin")))
  }

  @Test func staleTagsDoNotCountUntilTaggedAnew() {
    var folded = review([.tag(sample, tag: "blurry", isOn: true, digest: "old")])
    folded.setStale([StaleTag(target: sample, tag: "blurry", digest: "old")])
    #expect(folded.mark(sample).isEmpty)
    folded.apply(
      ReviewEvent(
        sequence: 2, time: "t", reviewer: "ann",
        act: .tag(sample, tag: "blurry", isOn: true, digest: "new")))
    #expect(folded.mark(sample).sortedTags == ["blurry"])
  }

  @Test func logLineIsTabSeparatedAndEscaped() {
    let event = ReviewEvent(
      sequence: 3, time: "2026-01-02T03:04:05.678Z", reviewer: "an\tn",
      act: .note(sample, about: .general, text: "a\u{1B}[2Jb\nc"))
    #expect(
      event.logLine
        == "3\t2026-01-02T03:04:05.678Z\tan\\tn\tnote\tepoch=30\tsample=4\ta\\u{1B}[2Jb\\nc")
  }
}
