import ReviewCore
import Testing

/// Each alarm is raised by a run that has failed, and not by its twin that has not.
@Suite struct MeasuredAlarmTests {
  private func kinds(_ run: Run) -> [Int: [Alarm.Kind]] {
    Dictionary(grouping: Alarm.ofMeasures(run), by: \.index).mapValues { $0.map(\.kind) }
  }

  @Test func nothingComputedRaisesNothing() {
    #expect(Alarm.ofMeasures(designRun()).isEmpty)
    #expect(
      Alarm.ofMeasures(
        run(epochs: [1, 2], quality: [1, 1], diversity: [1, 1])
      ).isEmpty)
    // What a run logs under such a name is no computed number.
    let logged = measuredRun([("sharpness", [1, 2])], logged: [("unique_ratio", [0.01, 0.01])])
    #expect(kinds(logged).isEmpty)
  }

  @Test func fewDistinctSamples() throws {
    let run = measuredRun(
      [("unique_ratio", [1, 0.1, 0.05, nil])],
      evidence: [
        2: [
          SampleEvidence(.copyOf, sample: 4, other: 1),
          SampleEvidence(.copyOf, sample: 9, other: 1),
          SampleEvidence(.blank, sample: 2),
        ]
      ])
    #expect(kinds(run) == [2: [.fewDistinct]])
    let alarm = try #require(Alarm.ofMeasures(run).first)
    #expect(alarm.samples == [4, 9] && alarm.kind.tag == "mode-collapse")
    #expect(alarm.sentence == "few distinct samples: unique ratio 0.05, below 0.1")
  }

  @Test func aLossOfDiversity() throws {
    #expect(kinds(measuredRun([("vendi[pixels]", [9, 12, 7.9, 12])])) == [2: [.diversityFell]])
    #expect(kinds(measuredRun([("vendi[pixels]", [9, 12, 8.1, 12])])).isEmpty)
    // Less than its errors allow.
    let unsure = measuredRun(
      [("vendi[pixels]", [12, 6])], errors: ["vendi[pixels]": [2, 1.5]])
    #expect(kinds(unsure).isEmpty)
    let sure = measuredRun([("vendi[pixels]", [12, 6])], errors: ["vendi[pixels]": [1, 1]])
    #expect(kinds(sure) == [1: [.diversityFell]])
    // Of points how far they lie apart; the Vendi score goes before.
    #expect(kinds(measuredRun([("pairwise_distance", [3, 1])])) == [1: [.diversityFell]])
    #expect(
      kinds(measuredRun([("pairwise_distance", [3, 1]), ("vendi[pixels]", [3, 3])])).isEmpty)
    let alarm = try #require(Alarm.ofMeasures(sure).first)
    #expect(alarm.evidence == "vendi[pixels] fell from 12 at epoch 10 to 6, 50 % of it")
    #expect(kinds(measuredRun([("vendi[pixels]", [.nan, 12, .infinity, 11])])).isEmpty)
  }

  @Test func lostModes() throws {
    #expect(
      kinds(measuredRun([("modes", [2, 8, 6, 8, 1])])) == [2: [.modesLost], 4: [.modesLost]])
    // One mode of eight, or two of nine, is no loss.
    #expect(kinds(measuredRun([("modes", [8, 7, 9, 7])])).isEmpty)
    #expect(kinds(measuredRun([("modes", [1, 3, 8, 8])])).isEmpty)
    let alarm = try #require(Alarm.ofMeasures(measuredRun([("modes", [8, 1])])).first)
    #expect(
      alarm.evidence == "1 mode where epoch 10 reached 8" && alarm.kind.tag == "mode-collapse")
    // `modes_20` is another column.
    #expect(kinds(measuredRun([("modes_20", [8, 1])])).isEmpty)
  }

  @Test func latentsThatAreNotUsed() throws {
    #expect(kinds(measuredRun([("active_units", [5, 0])])) == [1: [.latentUnused]])
    #expect(kinds(measuredRun([("active_units", [8, 2])])) == [1: [.latentUnused]])
    #expect(kinds(measuredRun([("active_units", [8, 3])])).isEmpty)
    #expect(kinds(measuredRun([("active_units", [3, 1])])).isEmpty)
    #expect(
      kinds(measuredRun([("active_units", [1, 1])], latentShape: [12]))
        == [0: [.latentUnused], 1: [.latentUnused]])
    #expect(kinds(measuredRun([("active_units", [2, 3])], latentShape: [4, 2])).isEmpty)
    // All fade together.
    let faded = measuredRun([("active_units", [8, 8, 8]), ("latent_kl", [10, 1.2, 0.9])])
    #expect(kinds(faded) == [2: [.latentUnused]])
    let alarm = try #require(Alarm.ofMeasures(faded).first)
    #expect(alarm.evidence == "8 active units, KL 0.9 nats of 10 at the most")
    #expect(alarm.kind.tag == "posterior-collapse")
  }

  @Test func memorisedSamples() throws {
    func run(
      near: Double, ratio: Double, copies: Double = 0, test: Double? = nil, authentic: Double = 0.5
    ) -> Run {
      measuredRun(
        [
          ("near_copies", [near]), ("nearest_ratio", [ratio]), ("copies", [copies]),
          ("copy_test", [test]), ("authenticity", [authentic]),
        ],
        evidence: [
          0: [
            SampleEvidence(.nearestReal, sample: 0, other: 9, number: 60),
            SampleEvidence(.nearestReal, sample: 1, other: 8, number: 5),
            SampleEvidence(.nearestReal, sample: 7, other: 8, number: 50),
            SampleEvidence(.nearestReal, sample: 3, other: 8, number: 5),
          ]
        ], typicalRealDistance: 100)
    }
    #expect(kinds(run(near: 0.01, ratio: 1)).isEmpty)
    #expect(kinds(run(near: 0.3, ratio: 0.9)).isEmpty)
    #expect(kinds(run(near: 0.1, ratio: 0.5)).isEmpty)
    #expect(kinds(run(near: 0.3, ratio: 0.7)) == [0: [.memorised]])
    #expect(kinds(run(near: 0, ratio: 1, copies: 0.01)) == [0: [.memorised]])
    #expect(kinds(run(near: 0, ratio: 1, test: -6, authentic: 0.2)) == [0: [.memorised]])
    // Blurred samples lie near everything, and are authentic.
    #expect(kinds(run(near: 0, ratio: 1, test: -6, authentic: 0.5)).isEmpty)
    #expect(kinds(run(near: 0, ratio: 1, test: -4, authentic: 0.1)).isEmpty)
    let alarm = try #require(Alarm.ofMeasures(run(near: 0.3, ratio: 0.7, test: -9)).first)
    // The nearest first, none beyond half of the typical distance.
    #expect(alarm.samples == [1, 3, 7] && alarm.kind.tag == "memorised")
    #expect(alarm.evidence.contains("C_T -9 against pictures not trained on"))
  }

  @Test func blankPictures() throws {
    let run = measuredRun(
      [("blank", [0, 0.5, 0.6])], evidence: [2: [SampleEvidence(.blank, sample: 3, number: 0)]])
    #expect(kinds(run) == [2: [.blackOut]])
    #expect(Alarm.ofMeasures(run).first?.samples == [3])
  }

  @Test func samplesThatDoNotChange() {
    let names = ["sharpness", "contrast", "noise_level", "ssim"]
    let stuck = measuredRun(names.map { ($0, [1, 2, 2, 2.5]) })
    #expect(kinds(stuck) == [2: [.stuck]])
    let moving = measuredRun(
      [("sharpness", [1, 2, 2.0001])] + names.dropFirst().map { ($0, [1, 2, 2]) })
    #expect(kinds(moving).isEmpty)
    // Too few numbers to tell, or other neighbours.
    #expect(kinds(measuredRun(names.prefix(3).map { ($0, [2, 2]) })).isEmpty)
    let other = measuredRun(
      names.map { ($0, [2, 2]) },
      evidence: [1: [SampleEvidence(.nearestReal, sample: 0, other: 4, number: 3)]])
    #expect(kinds(other).isEmpty)
  }

  /// A run that logs a number of the same name hides none of the computed ones from the alarms.
  @Test func aLoggedTwinHidesNoAlarm() {
    for (name, values) in [
      ("modes", [8.0, 1]), ("unique_ratio", [1, 0.01]), ("blank", [0, 0.9]),
      ("pairwise_distance", [3, 1]), ("active_units", [8, 0]),
    ] {
      let run = measuredRun([(name, values)], logged: [(name, [1, 1])])
      #expect(run.columns.map(\.metric.name) == [name, "\(name) (computed)"])
      #expect(kinds(run)[1]?.count == 1, "\(name)")
    }
  }

  @Test func allAreInTheOrderOfCheckpoints() {
    var run = measuredRun([("modes", [8, 8, 1]), ("unique_ratio", [1, 0.01, 1])])
    run.series = [series("loss", (1...30).map { $0 > 3 ? .nan : 1 })]
    #expect(Alarm.all(of: run).map(\.kind) == [.badSeries, .fewDistinct, .modesLost])
    #expect(Alarm.all(of: run).map(\.index) == [0, 1, 2])
    #expect(Set(Alarm.all(of: run).map(\.title)).count == 3)
  }
}

/// What the log tells of adversaries, likelihoods and leaps.
@Suite struct LogAlarmTests {
  /// Three checkpoints, ten points each.
  private func run(
    _ series: [Series], diversity: [Double?] = [0.8, 0.8, 0.8]
  ) -> Run {
    var made = ReviewCoreTests.run(
      epochs: [10, 20, 30], quality: [0.1, 0.2, 0.3], diversity: diversity)
    made.series = series
    return made
  }

  private func kinds(_ run: Run) -> [Int: [Alarm.Kind]] {
    Dictionary(grouping: Alarm.ofLog(run), by: \.index).mapValues { $0.map(\.kind) }
  }

  private func steps(_ a: Double, _ b: Double, _ c: Double) -> [Double] {
    [a, b, c].flatMap { [Double](repeating: $0, count: 10) }
  }

  @Test func aDiscriminatorThatAlwaysTells() throws {
    let won = run([
      series("D/real", steps(0.6, 0.97, 0.8)), series("D/fake", steps(0.4, 0.02, 0.2)),
    ])
    #expect(kinds(won) == [1: [.discriminatorWins]])
    #expect(Alarm.ofLog(won).first?.evidence.contains("real 0.97, generated 0.02") == true)
    let even = run([
      series("D/real", steps(0.6, 0.9, 0.8)), series("D/fake", steps(0.4, 0.02, 0.2)),
    ])
    #expect(kinds(even).isEmpty)
    // Its losses are no scores.
    let losses = run([
      series("d_loss_real", steps(0.97, 0.97, 0.97)),
      series("d_loss_fake", steps(0.02, 0.02, 0.02)),
    ])
    #expect(kinds(losses).isEmpty)
  }

  @Test func aDiscriminatorThatCannotTell() {
    let scores = [
      series("d_real", steps(0.5, 0.5, 0.5)), series("d_fake", steps(0.5, 0.495, 0.5)),
    ]
    // At an equilibrium that is as it should be.
    #expect(kinds(run(scores)).isEmpty)
    #expect(kinds(run(scores, diversity: [0.8, 0.8, 0.3])) == [2: [.discriminatorLost]])
    #expect(kinds(run(scores, diversity: [nil, nil, 0.3])).isEmpty)
  }

  @Test func aGeneratorThatFoolsByFewPictures() throws {
    let falling = [series("loss_G", steps(2, 2, 0.9))]
    #expect(kinds(run(falling, diversity: [0.8, 0.85, 0.3])) == [2: [.generatorFools]])
    #expect(kinds(run(falling, diversity: [0.8, 0.85, 0.7])).isEmpty)
    #expect(
      kinds(run([series("loss_G", steps(2, 2, 2.5))], diversity: [0.8, 0.85, 0.3])).isEmpty)
    let alarm = try #require(Alarm.ofLog(run(falling, diversity: [0.8, 0.85, 0.3])).first)
    #expect(
      alarm.evidence
        == "loss_G fell from 2 to 0.9 while diversity fell to 35 % since epoch 20")
  }

  @Test func likelihoodsOfOneModel() {
    let data = series("nll/train", steps(3, 2, 1.5))
    #expect(
      kinds(run([data, series("nll/samples", steps(2.9, 0.9, 1.4))]))
        == [1: [.likelihoodApart]])
    #expect(
      kinds(run([data, series("nll/samples", steps(2.5, 2.5, 2.6))])) == [2: [.likelihoodApart]])
    #expect(kinds(run([data, series("nll/samples", steps(2.9, 2.5, 1.4))])).isEmpty)
    // Of two different numbers nobody says that they lie apart.
    #expect(kinds(run([data, series("bpd/samples", steps(9, 9, 9))])).isEmpty)
  }

  @Test func aLoggedKLThatFades() throws {
    let faded = run([series("kl", steps(10, 8, 0.4))])
    #expect(kinds(faded) == [2: [.latentUnused]])
    #expect(Alarm.ofLog(faded).first?.evidence == "kl fell to 0.4 from 10 nats at the most")
    #expect(kinds(run([series("kl", steps(10, 8, 0.6))])).isEmpty)
    #expect(kinds(run([series("kl_weight", steps(1, 0.5, 0.01))])).isEmpty)
    var gan = faded
    gan.declaration.family = .gan
    #expect(kinds(gan).isEmpty)
  }

  @Test func leapsOfALoss() throws {
    var values = steps(1, 1.2, 0.9)
    #expect(kinds(run([series("train_loss", values)])).isEmpty)
    values[25] = 80
    #expect(kinds(run([series("train_loss", values)])) == [2: [.blowUp]])
    #expect(
      Alarm.ofLog(run([series("train_loss", values)])).first?.evidence
        == "train_loss is 80, 80 times its usual size")
    values[25] = -80
    #expect(kinds(run([series("grad_norm", values)])) == [2: [.blowUp]])
    values[25] = 40
    #expect(kinds(run([series("train_loss", values)])).isEmpty)
    // The first steps of a training may be anything.
    var start = steps(1, 1, 1)
    start[1] = 1000
    #expect(kinds(run([series("loss", start)])).isEmpty)
  }

  /// What the script sets is meant to change.
  @Test(arguments: [
    "kl_weight", "beta_kl", "loss_scale", "kl/coef", "lambda_recon", "grad_scale", "loss rate",
    "accuracy", "lr",
  ])
  func settingsMayLeap(name: String) {
    var values = steps(0.001, 0.001, 0.001)
    values[24] = 1
    #expect(kinds(run([series(name, values)])).isEmpty)
    #expect(kinds(run([series("kl", values)])) == [2: [.blowUp]])
  }

  @Test func aHealthyLogRaisesNothing() {
    let all = [
      series("D/real", steps(0.7, 0.65, 0.6)), series("D/fake", steps(0.3, 0.35, 0.4)),
      series("loss_G", steps(2, 1.5, 1.4)), series("nll/train", steps(3, 2, 1.5)),
      series("nll/samples", steps(3.2, 2.1, 1.6)), series("grad_norm", steps(5, 3, 2)),
    ]
    #expect(kinds(run(all)).isEmpty)
    #expect(Alarm.ofLog(run([])).isEmpty)
    #expect(
      Alarm.ofLog(Run(name: "r", path: "r", format: .table, series: all)).isEmpty)
  }
}
