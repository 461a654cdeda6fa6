import ReviewCore
import Testing

/// Computed numbers as columns of a run, and what is decided by them.
@Suite struct MeasuredRunTests {
  private func names(_ run: Run) -> [String] { run.columns.map(\.metric.name) }

  @Test func loggedColumnsStayAndComputedOnesAreReplaced() {
    var run = measuredRun(
      [("sharpness", [1, 2]), ("recall[pixels]", [nil, nil]), ("quality", [7, 8])],
      logged: [("quality", [0.1, 0.2]), ("loss", [3, nil])],
      errors: ["sharpness": [0.1, nil]])
    #expect(names(run) == ["quality", "loss", "sharpness", "quality (computed)"])
    #expect(run.columns[0].values == [0.1, 0.2] && run.columns[3].values == [7, 8])
    #expect(run.columns[2].error(at: 0) == 0.1 && run.columns[2].error(at: 1) == nil)
    #expect(run.columns[2].error(at: 9) == nil && run.columns[3].error(at: 0) == nil)
    #expect(run.columns.map(\.metric.origin) == [.logged, .logged, .computed, .computed])
    run.take(measures([("contrast", [nil, 5])]))
    #expect(names(run) == ["quality", "loss", "contrast"])
    #expect(run.columns[2].values == [nil, 5] && run.measures?.columns.count == 1)
  }

  @Test func newerNumbersGoBeforeEarlierOnes() {
    var earlier = measures(
      [("a", [1, 2]), ("b", [3, 4])],
      evidence: [0: [SampleEvidence(.blank, sample: 1), SampleEvidence(.copyOf, sample: 2)]],
      typicalRealDistance: 7)
    var newer = measures(
      [("b", [nil, 9]), ("c", [5, 6])], evidence: [0: [SampleEvidence(.blank, sample: 8)]])
    newer.checkpoints[1]?.remarks = ["few rows"]
    earlier.checkpoints[0]?.profiles = [
      MeasuredProfile(name: "p", values: [1]), MeasuredProfile(name: "q", values: [2]),
    ]
    newer.checkpoints[0]?.profiles = [MeasuredProfile(name: "p", values: [3])]
    let joined = earlier.joined(with: newer)
    #expect(joined.columns.map(\.name) == ["b", "c", "a"])
    #expect(joined.checkpoints[0]?.value("b") == 3 && joined.checkpoints[1]?.value("b") == 9)
    #expect(joined.checkpoints[0]?.value("a") == 1 && joined.checkpoints[1]?.value("c") == 6)
    #expect(
      joined.checkpoints[0]?.evidence == [
        SampleEvidence(.blank, sample: 8), SampleEvidence(.copyOf, sample: 2),
      ])
    #expect(
      joined.checkpoints[0]?.profiles == [
        MeasuredProfile(name: "p", values: [3]), MeasuredProfile(name: "q", values: [2]),
      ])
    #expect(joined.typicalRealDistance == 7)
    #expect(joined.remarks.map(\.text) == ["few rows"] && joined.remarks.map(\.count) == [1])
  }

  /// Whatever the run logs of its own goes first; a loss gives way to what is measured of samples.
  @Test(
    arguments: [
      (["quality", "diversity"], ["vendi[pixels]", "frechet[pca32]"], "quality", "diversity"),
      ([], ["vendi[pixels]", "frechet[pca32]", "sharpness"], "frechet[pca32]", "vendi[pixels]"),
      ([], ["sharpness", "pairwise_distance"], "sharpness", "pairwise_distance"),
      (
        [], ["modes", "high_quality", "frechet[points]", "recall[points]"], "high_quality", "modes"
      ),
      (["loss"], ["sharpness", "recall[pixels]"], "sharpness", "recall[pixels]"),
      (["fid"], ["sharpness", "vendi[pixels]"], "fid", "vendi[pixels]"),
      (["recall"], ["sharpness", "vendi[pixels]"], "sharpness", "recall"),
      (["loss"], ["vendi[pixels]"], "loss", nil),
      ([], ["sharpness"], nil, nil),
    ] as [([String], [String], String?, String?)])
  func whatARunIsWeighedBy(
    logged: [String], computed: [String], quality: String?, diversity: String?
  ) {
    let run = measuredRun(
      computed.map { ($0, [1, 2]) }, logged: logged.map { ($0, [0.5, 0.6]) })
    #expect(run.qualityColumn.map { names(run)[$0] } == quality)
    #expect(run.diversityColumn.map { names(run)[$0] } == diversity)
    #expect(run.isWeighedByComputed == (RuleInForce.standInWords(of: run) != nil))
  }

  @Test func theRuleOfAComputedPair() throws {
    let run = measuredRun([
      ("sharpness", [9, 9, 9, 9]), ("frechet[pca32]", [8, 5, 2, 3]),
      ("vendi[pixels]", [10, 12, 4, 11]),
    ])
    let force = try RuleInForce(run: run)
    #expect(force.origin == .builtIn)
    #expect(
      force.text.text.contains(
        "min `frechet[pca32]` where `vendi[pixels]` >= 9.6"))
    #expect(
      force.text.text.contains("`frechet[pca32]` <= 5 and `vendi[pixels]` >= 9.6"))
    let evaluator = try RuleEvaluator(force.rule, facts: RuleFacts(run: run, reviews: []))
    // 2 is the best, and has lost its variety.
    #expect(evaluator.selected() == 3)
    let words = try #require(RuleInForce.standInWords(of: run))
    #expect(words.contains("frechet[pca32] stands for the one, vendi[pixels] for the other"))
    #expect(
      run.displayOrder.map { names(run)[$0] }.prefix(2) == ["frechet[pca32]", "vendi[pixels]"])
    // Not where the run logs both.
    let logged = measuredRun(
      [("frechet[pca32]", [1, 2]), ("vendi[pixels]", [3, 4])],
      logged: [("quality", [0.7, 0.8]), ("diversity", [0.7, 0.6])])
    #expect(RuleInForce.standInWords(of: logged) == nil)
    #expect(try RuleInForce(run: logged).text.text.contains("quality >= 0.60"))
    // A column without a finite number.
    let empty = measuredRun([("frechet[pca32]", [.nan, .nan]), ("vendi[pixels]", [1, nil])])
    #expect(throws: Never.self) { try RuleInForce(run: empty) }
  }

  @Test func twoCheckpointsAreToldApartByTheirErrors() throws {
    let run = measuredRun(
      [("sharpness", [100, 112, 112, nil, .nan])],
      errors: ["sharpness": [3, 4, 5.2, 1, 1]])
    let separable = try #require(Separability(0, 1, 0, in: run))
    #expect(separable.difference == 12 && abs(separable.margin - 9.8) < 1e-12)
    #expect(separable.isSeparable)
    #expect(
      separable.words(in: run)
        == "separable in sharpness: difference 12, 95 % interval 2.2 to 22")
    // 1.96 sqrt(3^2 + 5.2^2) = 11.77; one more and it is not.
    let close = try #require(Separability(0, 0, 2, in: run))
    #expect(close.difference == -12 && close.isSeparable)
    let wide = measuredRun([("sharpness", [100, 112])], errors: ["sharpness": [4, 5.2]])
    #expect(try #require(Separability(0, 0, 1, in: wide)).isSeparable == false)
    #expect(
      try #require(Separability(0, 0, 1, in: wide)).words(in: wide).hasPrefix("not separable"))
    #expect(Separability(0, 0, 3, in: run) == nil && Separability(0, 0, 4, in: run) == nil)
    #expect(Separability(0, 0, 1, in: measuredRun([("sharpness", [1, 2])])) == nil)
  }

  @Test func aTableOfNumbersKnowsItsPlaces() {
    let table = NumberTable(
      rowCount: 2, columnCount: 3, values: .single([1, 2, 3, 4, .infinity, 6]))
    #expect(table.firstBadPlace?.row == 1 && table.firstBadPlace?.column == 1)
    #expect(table.rows(1..<2).value(row: 0, column: 2) == 6)
    #expect(table.rows(0..<0).rowCount == 0)
    #expect(NumberTable(rowCount: 3, columnCount: 0, values: .double([])).firstBadPlace == nil)
  }
}

/// How steadily a number goes along the checkpoints.
@Suite struct SeriesStabilityTests {
  @Test func turnedAroundWhatIsBetterIsWorse() throws {
    var generator = SplitMix64(seed: 4)
    for _ in 0..<60 {
      let values = (0..<Int(2 + generator.next(below: 12))).map { _ in
        Double(generator.next(below: 9))
      }
      let up = try #require(SeriesStability(values, higherIsBetter: true))
      let down = try #require(SeriesStability(values.map { -$0 }, higherIsBetter: false))
      #expect(up.maxDrawdown == down.maxDrawdown && up.bestAt == down.bestAt)
      #expect(up.worstStep == down.worstStep && up.worstStepAt == down.worstStepAt)
      #expect(up.totalVariation == down.totalVariation && up.netChange == -down.netChange)
      #expect(up.trend.map(\.mannKendallS) == down.trend.map { -$0.mannKendallS })
      #expect(up.maxDrawdown >= 0 && up.totalVariation >= abs(up.netChange))
      if let oscillation = up.oscillation { #expect(oscillation >= 1) }
      // Shifted it is the same.
      let shifted = try #require(
        SeriesStability(values.map { $0 + 64 }, higherIsBetter: true))
      #expect(
        shifted.totalVariation == up.totalVariation && shifted.trend?.senSlope == up.trend?.senSlope
      )
      // By loops over all pairs.
      var s = 0
      var deepest = 0.0
      for right in values.indices {
        for left in 0..<right {
          s += values[right] > values[left] ? 1 : values[right] < values[left] ? -1 : 0
          deepest = max(deepest, values[left] - values[right])
        }
      }
      #expect(up.maxDrawdown == deepest)
      if let trend = up.trend {
        #expect(trend.mannKendallS == s)
        #expect(abs(trend.spearman) <= 1 + 1e-12 && abs(trend.kendallTauB) <= 1 + 1e-12)
      }
    }
  }

  @Test func aStraightLine() throws {
    let line = try #require(
      SeriesStability((0..<10).map { 3 + 2 * Double($0) }, higherIsBetter: true))
    #expect(line.oscillation == 1 && line.maxDrawdown == 0 && line.signChanges == 0)
    let trend = try #require(line.trend)
    #expect(abs(trend.spearman - 1) < 1e-12 && abs(trend.kendallTauB - 1) < 1e-12)
    #expect(trend.mannKendallS == 45 && trend.senSlope == 2)
    // (S - 1) / sqrt(n (n-1) (2n+5) / 18) = 44 / sqrt(125)
    #expect(abs(trend.mannKendallZ - 44 / 125.0.squareRoot()) < 1e-12)
    #expect(line.worstStepRobustZ == nil)
    #expect(SeriesStability([1], higherIsBetter: true) == nil)
    #expect(SeriesStability([5, 5, 5], higherIsBetter: true)?.trend == nil)
    #expect(SeriesStability([1, 2], higherIsBetter: true)?.trend == nil)
    // A long series is thinned for its trend alone.
    let long = try #require(
      SeriesStability((0..<5000).map { Double($0 % 2) + Double($0) }, higherIsBetter: true))
    #expect(long.trend != nil && long.signChanges == 0)
  }
}

/// What reviewers say of alarms.
@Suite struct AlarmRecordTests {
  private func review(_ reviewer: String, _ acts: [ReviewAct]) -> Review {
    Review(
      reviewer: reviewer,
      events: acts.enumerated().map {
        ReviewEvent(
          sequence: $0.offset + 1, time: "2026-01-01T00:00:00.000Z", reviewer: reviewer,
          act: $0.element)
      })
  }

  private func answer(_ epoch: Double, _ kind: Alarm.Kind, _ isAccepted: Bool) -> ReviewAct {
    .alarm(Position(.epoch, epoch), kind: kind.rawValue, isAccepted: isAccepted, evidence: "e")
  }

  @Test func answersFoldAndAreTakenBack() {
    let key = AlarmKey(Position(.epoch, 20), "modes-lost")
    let accept = answer(20, .modesLost, true)
    let refuse = answer(20, .modesLost, false)
    #expect(review("ann", [accept]).alarmAnswers == [key: true])
    #expect(review("ann", [accept, refuse]).alarmAnswers == [key: false])
    #expect(review("ann", [accept, refuse, .undo(of: 2)]).alarmAnswers == [key: true])
    #expect(review("ann", [accept, .undo(of: 1)]).alarmAnswers.isEmpty)
    #expect(review("ann", [accept, .undo(of: 1), .undo(of: 2)]).alarmAnswers == [key: true])
    #expect(review("ann", [accept]).isUnchanged(by: accept))
    #expect(!review("ann", [accept]).isUnchanged(by: refuse))
    #expect(!review("ann", []).isUnchanged(by: refuse))
    #expect(accept.isUndoable)
    // It says nothing of samples or marks.
    #expect(review("ann", [accept]).marks.isEmpty)
  }

  @Test func theyAreCounted() {
    let run = measuredRun([("modes", [8, 1, 8, 1]), ("unique_ratio", [1, 0.01, 1, 1])])
    let alarms = Alarm.all(of: run)
    #expect(alarms.count == 3)
    func record(_ reviews: [Review]) -> AlarmRecord {
      AlarmRecord(alarms, of: run, reviews: reviews)
    }
    #expect(record([]).words == "nobody has answered an alarm; 3 are not answered")
    #expect(AlarmRecord([], of: run, reviews: []).words == "no alarm")
    let some = record([
      review("zoe", [answer(20, .modesLost, false), answer(40, .modesLost, true)]),
      review("ann", [answer(20, .modesLost, true), answer(30, .modesLost, true)]),
    ])
    #expect(some.answers == (2, 1) && some.openCount == 1 && some.goneCount == 1)
    #expect(some.words == "the alarms were right in 2 of 3 answers; 1 is not answered")
    let item = some.items.first { $0.alarm.kind == .modesLost && $0.alarm.index == 1 }
    #expect(item?.accepted == ["ann"] && item?.refused == ["zoe"])
    let all = record([
      review(
        "ann",
        [
          answer(20, .modesLost, true), answer(20, .fewDistinct, true),
          answer(40, .modesLost, true),
        ])
    ])
    #expect(all.words == "the alarms were right in 3 of 3 answers")
  }

  /// Two alarms of one kind at one checkpoint have one answer.
  @Test func anAnswerIsCountedOnce() {
    let bad = run(epochs: [1, 2], quality: [0.1, .nan], diversity: [0.2, .infinity])
    let alarms = Alarm.all(of: bad)
    #expect(alarms.map(\.kind) == [.badMetric, .badMetric])
    let record = AlarmRecord(
      alarms, of: bad, reviews: [review("ann", [answer(2, .badMetric, true)])])
    #expect(record.items.allSatisfy { $0.accepted == ["ann"] })
    #expect(record.words == "the alarms were right in 1 of 1 answers")
  }

  @Test func everyKindHasATitleAndATagThatIsKnown() {
    let kinds: [Alarm.Kind] = [
      .possibleCollapse, .badMetric, .badSeries, .fewDistinct, .diversityFell, .modesLost,
      .latentUnused, .memorised, .blackOut, .stuck, .blowUp, .discriminatorWins, .discriminatorLost,
      .generatorFools, .likelihoodApart,
    ]
    #expect(Set(kinds.map(\.title)).count == kinds.count)
    let known = Set(FailureTag.all(declared: [], chosen: []).map(\.name))
    for kind in kinds {
      if let tag = kind.tag { #expect(known.contains(tag), "\(tag)") }
    }
  }
}
