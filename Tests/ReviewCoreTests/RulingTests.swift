import Testing

@testable import ReviewCore

/// What was ruled counts in place of what single reviewers said.
@Suite struct RulingTests {
  private let epoch30 = Position(.epoch, 30)
  private var sample: Target { Target(epoch30, sample: 4) }

  private func pictured() -> Run {
    var run = designRun()
    for index in run.checkpoints.indices {
      run.checkpoints[index].samples = .pictures(
        (0..<8).map { NumberedPicture(index: $0, place: PicturePlace(path: "\($0).png")) },
        size: nil)
    }
    return run
  }

  private func review(_ name: String, _ acts: [ReviewAct], from second: Int = 0) -> Review {
    Review(
      reviewer: name,
      events: acts.enumerated().map { place, act in
        let digits = String(second + place + 100).dropFirst()
        return ReviewEvent(
          sequence: place + 1, time: "2026-01-02T03:04:\(digits).000Z", reviewer: name, act: act)
      })
  }

  private func ruling(_ target: Target, _ matter: DisputedMatter, _ value: String?) -> ReviewAct {
    .adjudicate(DisputedPoint(target, matter), value: value, reason: "talked over")
  }

  @Test func theVerdictThatWasRuledCountsInPlaceOfBoth() {
    let said = [
      review("ann", [.verdict(epoch30, .keep)]), review("bob", [.verdict(epoch30, .reject)]),
    ]
    let before = RuleFacts(run: designRun(), reviews: said)
    #expect(before.kept[2] && before.rejected[2])
    for (value, kept, rejected) in [
      ("keep", true, false), ("reject", false, true), ("undecided", false, false),
    ] {
      let carol = review("carol", [ruling(Target(epoch30), .verdict, value)])
      let facts = RuleFacts(run: designRun(), reviews: said + [carol])
      #expect(facts.kept[2] == kept && facts.rejected[2] == rejected, "\(value)")
    }
  }

  @Test func aRuledRatingIsTheRatingOfItsTarget() {
    let said = [
      review("ann", [.rate(sample, 1), .rate(Target(epoch30, sample: 5), 4)]),
      review("bob", [.rate(sample, 5)]),
    ]
    #expect(RuleFacts(run: pictured(), reviews: said).ratings[2] == 10.0 / 3)
    let carol = review("carol", [ruling(sample, .rating, "2")])
    #expect(RuleFacts(run: pictured(), reviews: said + [carol]).ratings[2] == 3)
    let own = review("dan", [ruling(Target(epoch30), .rating, "5")])
    #expect(RuleFacts(run: pictured(), reviews: said + [carol, own]).ratings[2] == 5)
  }

  @Test func aRuledTagIsOnOrOffWhateverWasSaid() {
    let tagged = review("ann", [.tag(sample, tag: "blurry", isOn: true, digest: nil)])
    let off = review("bob", [ruling(sample, .tag("blurry"), "off")])
    let on = review("bob", [ruling(Target(epoch30, sample: 5), .tag("noise"), "on")])
    #expect(RuleFacts(run: pictured(), reviews: [tagged]).shares["blurry"]?[2] == 1.0 / 8)
    let without = RuleFacts(run: pictured(), reviews: [tagged, off])
    #expect(without.tagged["blurry"]?[2] ?? false == false)
    #expect(without.shares["blurry"]?[2] ?? 0 == 0)
    let with = RuleFacts(run: pictured(), reviews: [tagged, on])
    #expect(with.tagged["noise"]?[2] == true && with.shares["noise"]?[2] == 1.0 / 8)
    #expect(with.tagged["blurry"]?[2] == true)
  }

  @Test func theLatestRulingOfAllReviewersCountsAndMayTakeBackAnothers() {
    let said = review("ann", [.verdict(epoch30, .reject)])
    let first = review("bob", [ruling(Target(epoch30), .verdict, "keep")], from: 10)
    let second = review("ann", [ruling(Target(epoch30), .verdict, nil)], from: 20)
    let third = review("carol", [ruling(Target(epoch30), .verdict, "keep")], from: 30)
    func facts(_ reviews: [Review]) -> RuleFacts { RuleFacts(run: designRun(), reviews: reviews) }
    #expect(facts([said, first]).kept[2] && !facts([said, first]).rejected[2])
    // Whoever reads the journals in whatever order.
    for reviews in [[said, first, second], [second, first, said]] {
      #expect(facts(reviews).rejected[2] && !facts(reviews).kept[2])
    }
    #expect(facts([said, third, second, first]).kept[2])
  }

  @Test func undoTakesARulingBackAndBringsTheOneBeforeBack() {
    var bob = review(
      "bob", [ruling(sample, .rating, "2"), ruling(sample, .rating, "4")])
    let point = DisputedPoint(sample, .rating)
    #expect(Ruling.inForce(among: [bob], in: pictured())[point]?.value == "4")
    bob.apply(
      ReviewEvent(sequence: 3, time: "2026-01-02T03:05:00.000Z", reviewer: "bob", act: .undo(of: 2))
    )
    #expect(Ruling.inForce(among: [bob], in: pictured())[point]?.value == "2")
  }

  @Test func whatIsHeldOutOrMadeUpIsNotRuled() {
    var run = pictured()
    run.declaration.heldOutSeeds = [4]
    let acts = [
      ruling(sample, .rating, "5"), ruling(sample, .tag("blurry"), "on"),
      ruling(Target(Position(.epoch, 31)), .verdict, "keep"),
      ruling(Target(epoch30), .verdict, "marvellous"), ruling(Target(), .rating, "3"),
    ]
    let facts = RuleFacts(run: run, reviews: [review("ann", acts)])
    #expect(facts.ratings.allSatisfy { $0 == nil } && facts.tagged.isEmpty)
    #expect(!facts.kept.contains(true) && !facts.rejected.contains(true))
  }

  @Test func aRulingIsUnchangedByWhatCountsAlready() {
    let ruled = Ruling.inForce(
      among: [review("ann", [ruling(sample, .rating, "2")])], in: pictured())[
        DisputedPoint(sample, .rating)]
    #expect(Ruling.isUnchanged(ruled, by: "2", reason: "talked over"))
    #expect(!Ruling.isUnchanged(ruled, by: "2", reason: "again"))
    #expect(!Ruling.isUnchanged(ruled, by: nil, reason: ""))
    #expect(
      Ruling.isUnchanged(nil, by: nil, reason: "") && !Ruling.isUnchanged(nil, by: "1", reason: ""))
  }
}
