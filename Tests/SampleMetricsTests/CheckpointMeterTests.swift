import ReviewCore
import Testing

@testable import SampleMetrics

/// The numbers of a checkpoint, in one go and in pieces.
@Suite struct CheckpointMeterTests {
  private static let size = PictureSize(width: 6, height: 5)

  private static func pictures(_ count: Int, _ seed: UInt64) -> NumberTable {
    var dice = Dice(seed)
    return NumberTable(
      rowCount: count, columnCount: 30,
      values: .bytes((0..<count * 30).map { _ in UInt8(dice.below(6) * 51) }))
  }

  private static func subject(_ count: Int, _ seed: UInt64) -> MeasureSubject {
    var subject = MeasureSubject(
      seeds: (0..<count).map { $0 * 2 }, pictures: pictures(count, seed), size: size)
    var dice = Dice(seed + 100)
    subject.features = [("small net", .doubles((0..<count).map { _ in dice.normals(4) }))]
    subject.probabilities = [
      ("digits", .doubles((0..<count).map { row in (0..<3).map { $0 == row % 3 ? 0.8 : 0.1 } }))
    ]
    subject.latentMeans = .doubles((0..<20).map { _ in dice.normals(3) })
    subject.latentLogVariances = .doubles((0..<20).map { _ in dice.normals(3) })
    return subject
  }

  private static func reference(_ count: Int) -> MeasureReference {
    var dice = Dice(55)
    return MeasureReference(
      pictures: pictures(count, 9),
      features: ["small net": .doubles((0..<count + 3).map { _ in dice.normals(4) })],
      labels: [0, 1, 2, 1], test: pictures(40, 10))
  }

  @Test func piecesInAnyOrderGiveTheSameBits() throws {
    // More than one block of rows.
    let count = CheckpointMeter.blockRows + 200
    let subject = Self.subject(count, 1)
    let reference = Self.reference(230)
    let plan = MeasurePlan(for: subject, reference)
    let meter = CheckpointMeter(plan: plan, reference: reference)
    let whole = try meter.measures(of: subject, Effort(threads: 2))
    let tasks = meter.tasks(for: subject)
    #expect(Set(tasks).count == tasks.count)
    #expect(Set(tasks.map(\.step)) == Set(MeasureTask.Step.allCases))
    #expect(tasks.contains { $0.block > 0 })
    for task in tasks { #expect(MeasureTask(task.name) == task) }
    var dice = Dice(3)
    for threads in [1, 2] {
      // Another machine has a reference of its own.
      let other = CheckpointMeter(plan: plan, reference: Self.reference(230))
      var parts: [MeasureTask: MeasurePart] = [:]
      for task in tasks.sorted(by: { _, _ in dice.below(2) == 0 }) {
        parts[task] = try other.part(task, of: subject, Effort(threads: threads))
      }
      #expect(try other.finish(subject, Effort(threads: 1)) { parts[$0] } == whole)
    }
    // Pictures of 6x5 are too small for one of them.
    #expect(whole.values.map(\.name) == plan.columns.map(\.name).filter { $0 != "ssim" })
    // A piece that is missing is said, and takes nothing else with it.
    let without = try meter.finish(subject, Effort(threads: 1)) { task in
      task.step == .nearest ? nil : try? meter.part(task, of: subject, Effort(threads: 1))
    }
    #expect(without.remarks.contains { $0.contains("a piece of the work is missing") })
    #expect(without.value("copies") == nil && without.value("sharpness") != nil)
  }

  @Test func theNumbersAreThoseOfTheRegistry() throws {
    let subject = Self.subject(80, 2)
    let reference = Self.reference(220)
    let plan = MeasurePlan(for: subject, reference)
    let found = try CheckpointMeter(plan: plan, reference: reference)
      .measures(of: subject, Effort(threads: 2))
    let pictures = try #require(subject.pictures)
    let call = MetricCall(
      samples: pictures, reference: reference.pictures, test: reference.test, size: Self.size)
    func expect(_ column: String, _ metric: String, _ value: String, _ call: MetricCall) throws {
      let wanted = try #require(try MetricRegistry.evaluate(metric, call).number(value))
      #expect(isNear(found.value(column), wanted, 1e-9), "\(column)")
    }
    for value in ["precision", "recall", "density", "coverage"] {
      try expect("\(value)[pixels]", "prdc", value, call)
    }
    try expect("sharpness", "quality", "laplacian_var_mean", call)
    try expect("noise_level", "quality", "immerkaer_mean", call)
    try expect("near_duplicates", "neardup", "fraction", call)
    try expect("unique_ratio", "unique", "ratio", call)
    try expect("copies", "audit", "exact_copy_fraction", call)
    try expect("near_copies", "audit", "closer_than_p1", call)
    try expect("authenticity", "audit", "authenticity", call)
    try expect("nearest_ratio", "audit", "nn_ratio_median", call)
    try expect("copy_test", "ct", "global", call)
    try expect("different_bins", "ndb", "count", call)
    let features = MetricCall(
      samples: subject.features[0].table, reference: reference.features["small net"])
    try expect("frechet[small net]", "frechet", "distance", features)
    try expect("kernel_distance[small net]", "kernel", "distance", features)
    try expect("recall[small net]", "prdc", "recall", features)
    let latents = MetricCall(
      samples: try #require(subject.latentMeans), second: subject.latentLogVariances)
    try expect("active_units", "vae", "au_burda", latents)
    try expect("latent_kl", "vae", "kl_total", latents)
    // 80 rows of 30 pixels are more than two a dimension: no principal components.
    #expect(plan.distances == [.given("small net"), .pixels])
    let nearest = found.evidence.filter { $0.kind == .nearestReal }
    #expect(nearest.map(\.sample) == subject.seeds)
    let wanted = Naive.nearest(pictures, try #require(reference.pictures))
    #expect(nearest.map(\.other) == wanted.map(\.place))
    #expect(nearest.map(\.number) == wanted.map { $0.squared.squareRoot() })
  }

  @Test func fewRowsAreMeasuredAlongTheirAxes() throws {
    let subject = Self.subject(40, 2)
    let plan = MeasurePlan(for: subject, Self.reference(220))
    #expect(plan.distances == [.given("small net"), .principal(20)])
    #expect(plan.columns.contains { $0.name == "frechet[pca20]" })
    #expect(plan.versionedNames.allSatisfy { $0.hasSuffix("@1") })
    // Without any reference what needs none is left.
    let alone = MeasurePlan(for: subject, MeasureReference())
    #expect(!alone.columns.contains { $0.name.hasPrefix("frechet") || $0.name == "copies" })
    #expect(alone.columns.contains { $0.name == "sharpness" })
  }

  @Test func onlyWhatIsWanted() throws {
    let (subject, reference) = (Self.subject(40, 2), Self.reference(220))
    func names(_ wanted: Set<String>) -> [String] {
      MeasurePlan(for: subject, reference, wanted: wanted).columns.map(\.name)
    }
    #expect(names(["frechet"]) == ["frechet[small net]", "frechet[pca20]"])
    #expect(names(["sharpness"]) == ["sharpness"])
    #expect(names(["precision"]) == ["precision[small net]", "precision[pixels]"])
    #expect(names(["recall[pixels]"]) == ["recall[pixels]"])
    #expect(names(["vae"]).count == 4 && names(["nothing"]).isEmpty)
    let known = MeasurePlan.names(for: subject, reference)
    #expect(known.contains("frechet") && known.contains("recall[pixels]"))
    let meter = CheckpointMeter(
      plan: MeasurePlan(for: subject, reference, wanted: ["sharpness"]), reference: reference)
    #expect(meter.tasks(for: subject).map(\.step) == [.whole])
    let found = try meter.measures(of: subject, Effort(threads: 1))
    #expect(found.values.map(\.name) == ["sharpness"] && found.evidence.isEmpty)
  }

  @Test func copiesAndBlanksAreShownBySeed() throws {
    let rows: [[UInt8]] = [
      [1, 2, 3, 4], [9, 9, 9, 9], [1, 2, 3, 4], [0, 0, 0, 0], [4, 3, 2, 1],
    ]
    let subject = MeasureSubject(
      seeds: [3, 5, 8, 9, 12], pictures: .bytes(rows), size: PictureSize(width: 2, height: 2))
    let plan = MeasurePlan(for: subject, MeasureReference())
    let found = try CheckpointMeter(plan: plan, reference: MeasureReference())
      .measures(of: subject, Effort(threads: 1))
    #expect(
      found.evidence == [
        SampleEvidence(.copyOf, sample: 8, other: 3),
        SampleEvidence(.blank, sample: 5, number: 9), SampleEvidence(.blank, sample: 9, number: 0),
      ])
    #expect(found.value("blank") == 0.4 && found.value("unique_ratio") == 0.8)
    // A row of zeros has no direction, and too small a picture no similarity: both are said.
    #expect(found.remarks.contains { $0.hasPrefix("vendi: ") && $0.contains("row 3") })
    #expect(found.remarks.contains { $0.hasPrefix("ssim: ") })
  }

  @Test func aCheckpointUnlikeTheFirstSaysWhy() throws {
    let reference = Self.reference(220)
    let plan = MeasurePlan(for: Self.subject(40, 2), reference)
    let meter = CheckpointMeter(plan: plan, reference: reference)
    let effort = Effort(threads: 1)
    // Three samples; pictures of another size; nothing at all; none left.
    let few = try meter.measures(of: Self.subject(3, 4), effort)
    #expect(few.value("precision[pixels]") == nil && few.value("sharpness") != nil)
    #expect(few.remarks.contains { $0.contains("k=5 needs at least 6 rows (samples: n=3)") })
    var other = MeasureSubject(
      pictures: .bytes([
        [1, 2, 3, 4], [4, 3, 2, 1], [1, 1, 2, 2], [1, 2, 2, 2], [3, 3, 3, 1], [9, 1, 2, 3],
        [4, 4, 4, 5],
      ]),
      size: PictureSize(width: 2, height: 2))
    let odd = try meter.measures(of: other, effort)
    #expect(odd.value("sharpness") != nil && odd.value("copies") == nil)
    #expect(odd.value("precision[pixels]") == nil && !odd.remarks.isEmpty)
    other.pictures = NumberTable(rowCount: 0, columnCount: 4, values: .bytes([]))
    let none = try meter.measures(of: other, effort)
    #expect(none.value("sharpness") == nil)
    // Every sample held out.
    other.pictures = NumberTable(rowCount: 0, columnCount: 30, values: .bytes([]))
    other.size = Self.size
    let empty = try meter.measures(of: other, effort)
    #expect(empty.values.allSatisfy { $0.value.isFinite }, "\(empty.values)")
    #expect(empty.value("different_bins") == nil && !empty.remarks.isEmpty)
    #expect(try meter.measures(of: MeasureSubject(), effort).values.isEmpty)
  }

  /// Real pictures that were not trained on, but of another size.
  @Test func aTestSetOfAnotherSizeIsSaid() throws {
    let reference = MeasureReference(
      pictures: Self.pictures(220, 9),
      test: NumberTable(
        rowCount: 4, columnCount: 7, values: .bytes([UInt8](repeating: 3, count: 28))))
    let subject = Self.subject(40, 2)
    let meter = CheckpointMeter(
      plan: MeasurePlan(for: subject, reference), reference: reference)
    let found = try meter.measures(of: subject, Effort(threads: 1))
    #expect(found.value("copy_test") == nil && found.value("copies") != nil)
    #expect(found.remarks.contains { $0.contains("not trained on") || $0.contains("test") })
  }

  @Test func aReferenceThatIsNoNumberGivesNone() throws {
    var rows = (0..<30).map { [Double($0), Double($0 % 7)] }
    let subject = MeasureSubject(points: .doubles(rows))
    rows[4][1] = .nan
    let reference = MeasureReference(points: .doubles(rows), test: .doubles(rows))
    let meter = CheckpointMeter(
      plan: MeasurePlan(for: subject, reference), reference: reference)
    let found = try meter.measures(of: subject, Effort(threads: 1))
    #expect(found.values.allSatisfy { $0.value.isFinite })
    for name in ["frechet[points]", "kernel_distance[points]", "precision[points]", "copy_test"] {
      #expect(found.value(name) == nil, "\(name)")
    }
    #expect(found.remarks.contains { $0.contains("reference: row 4 column 1 is nan") })
  }

  /// Pieces that somebody else wrote: whatever they hold, a reason and no trap.
  @Test func piecesThatDoNotFitAreRefused() throws {
    let subject = Self.subject(40, 2)
    let reference = Self.reference(220)
    let meter = CheckpointMeter(plan: MeasurePlan(for: subject, reference), reference: reference)
    let effort = Effort(threads: 1)
    var parts: [MeasureTask: MeasurePart] = [:]
    for task in meter.tasks(for: subject) {
      parts[task] = try meter.part(task, of: subject, effort)
    }
    for step in [MeasureTask.Step.moments, .balls, .nearest] {
      for (wholes, numbers) in [
        ([], []), ([1], [1]),
        ([Int](repeating: 100_000, count: 40), [Double](repeating: 1, count: 40)),
        ([Int](repeating: -1, count: 41), [Double](repeating: .nan, count: 3)),
        ([Int](repeating: 1, count: 100), []), ([Int.max, Int.max], [1, 2]),
      ] {
        let found = try meter.finish(subject, effort) {
          $0.step == step ? .arrays(wholes: wholes, numbers: numbers) : parts[$0]
        }
        #expect(found.remarks.contains { $0.contains("cannot be read") }, "\(step) \(wholes.count)")
        #expect(found.value("sharpness") != nil)
      }
    }
  }

  /// Features that are named like a space of the program's own.
  @Test func featuresMayBeCalledPixels() throws {
    var subject = Self.subject(40, 2)
    var dice = Dice(8)
    let features = NumberTable.doubles((0..<40).map { _ in dice.normals(4) })
    let real = NumberTable.doubles((0..<31).map { _ in dice.normals(4) })
    subject.features = [("pixels", features)]
    let reference = MeasureReference(
      pictures: Self.pictures(220, 9), features: ["pixels": real])
    let plan = MeasurePlan(for: subject, reference)
    let names = plan.columns.map(\.name)
    #expect(Set(names).count == names.count)
    let found = try CheckpointMeter(plan: plan, reference: reference)
      .measures(of: subject, Effort(threads: 1))
    #expect(found.values.allSatisfy { $0.value.isFinite })
    let tasks = CheckpointMeter(plan: plan, reference: reference).tasks(for: subject)
    #expect(Set(tasks).count == tasks.count)
  }
}
