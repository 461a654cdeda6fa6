import HumanEvaluation
import ReviewCore
import RunFormats

/// Plans a block of trials: looks at what there is to show, and draws what is shown.
struct EvaluationPlanner {
  let run: Run
  /// What the rule says of the run.
  let table: CheckpointTable
  let reviewer: String
  /// Blocks that this reviewer has begun before.
  let earlier: Int

  // More are compared by nobody in one sitting.
  private static let mostUsual = 6

  /// - Parameters:
  ///   - marked: places of the checkpoints that are asked about, where the wish names none.
  ///   - time: now, as journals write it.
  /// - Throws: `RunError` that says what is missing.
  func block(
    _ wish: EvaluationWish, marked: [Int] = [], rendering: TrialRendering, time: String
  ) throws(RunError) -> EvaluationBlock {
    let chosen = try checkpoints(wish, marked: marked)
    let members = try self.members(chosen)
    let real = try realPictures(wish, besides: chosen)
    let pool = TrialPool(
      members: members, realCount: real, picturesPerSide: wish.picturesPerSide,
      sharesSeeds: chosen.allSatisfy { run.sharesSeeds($0, chosen[0]) })
    let name = "\(reviewer)\n\(time)\n\(wish.kind.rawValue)\n\(earlier)"
    let hash = StableHash.text(name)
    // A seed of one's own for each rater and run, so that no two blocks have one order.
    let own = StableHash.text("\(reviewer)\n\(run.name)\n\(earlier)")
    let seed = (UInt64(own, radix: 16) ?? 1) % 1_000_000
    do throws(TrialSchedule.Failure) {
      return try EvaluationBlock(
        wish, pool, rendering: rendering, id: String(hash.prefix(8)), seed: seed)
    } catch {
      throw failure(error.words)
    }
  }

  private func failure(
    _ why: String, _ remedy: String = "keepoch inspect says what the run has"
  ) -> RunError {
    RunError("cannot ask", place: run.name, why: why, remedy: remedy)
  }

  /// Those that are named, else marked, else the selected one and the candidates, else some from end to
  /// end.
  private func checkpoints(_ wish: EvaluationWish, marked: [Int]) throws(RunError) -> [Int] {
    if !wish.places.isEmpty { return try named(wish.places) }
    if !marked.isEmpty { return marked }
    let pictured = run.checkpoints.indices.filter { run.checkpoints[$0].samples != nil }
    guard !pictured.isEmpty else { throw failure("no checkpoint has samples to show") }
    let candidates = pictured.filter { table.statuses[$0] == .candidate }
    let from = candidates.count > 1 ? candidates : pictured
    var chosen = Self.spread(from, Self.mostUsual)
    if let selected = table.selected, pictured.contains(selected), !chosen.contains(selected) {
      chosen[chosen.count / 2] = selected
    }
    return chosen.sorted()
  }

  private func named(_ places: [Double]) throws(RunError) -> [Int] {
    var chosen: [Int] = []
    for value in places {
      // Of several runs that are compared, each that has such a checkpoint.
      let found = run.checkpoints.indices.filter {
        run.axisValue(of: $0).value == value && run.checkpoints[$0].isOfUsualSetting
      }
      guard !found.isEmpty else {
        let near = run.neighbours(of: value).map(\.text).joined(separator: " and ")
        throw failure(
          "there is no \(run.axis.rawValue) \(NumberText.shortest(value))", "The nearest: \(near)")
      }
      chosen += found.filter { !chosen.contains($0) }
    }
    return chosen.sorted()
  }

  /// So many from end to end, both ends among them.
  private static func spread(_ all: [Int], _ most: Int) -> [Int] {
    guard all.count > most, most > 1 else { return all }
    return (0..<most).map { all[$0 * (all.count - 1) / (most - 1)] }
  }

  /// Without the seeds that are held out from the choice.
  private func members(_ chosen: [Int]) throws(RunError) -> [TrialPool.Member] {
    let readers =
      run.members.isEmpty
      ? [SampleReader(run: run)] : run.members.map { SampleReader(run: $0.run) }
    var all: [TrialPool.Member] = []
    for index in chosen {
      let checkpoint = run.checkpoints[index]
      let words = run.position(of: index).words
      guard let source = checkpoint.samples else {
        throw failure("\(words) has no samples", "Name others with epochs=")
      }
      let counted = readers[checkpoint.member ?? 0].counted(source)
      let seeds = (0..<(counted.count ?? 0)).map { counted.index(at: $0) }
        .filter { !run.isHeldOut($0, at: index) }
      guard !seeds.isEmpty else {
        throw failure("\(words) has no samples that could be shown", "Name others with epochs=")
      }
      all.append(TrialPool.Member(run.position(of: index), seeds: seeds))
    }
    return all
  }

  /// How many real pictures there are; 0 where there are none and none are needed.
  private func realPictures(_ wish: EvaluationWish, besides chosen: [Int]) throws(RunError) -> Int {
    let owner = run.origin(of: chosen[0])
    let reader = SampleReader(run: owner.run)
    let real: SampleSet
    do throws(RunWarning) { real = try RealSamples(of: owner.run).read(reader) } catch {
      guard wish.kind == .twoAFC else { return 0 }
      throw failure(
        "there are no real pictures to show beside the samples: \(error.message)",
        "reference = \"PATH\" in keepoch.toml names them")
    }
    guard let source = owner.run.checkpoints[owner.index].samples,
      let size = reader.counted(source).sampleSize, real.indices.count > 0
    else { return real.indices.count }
    guard (size.width, size.height) == (real.width, real.height) else {
      guard wish.kind == .twoAFC else { return 0 }
      throw failure(
        "real pictures are \(real.width)x\(real.height) and samples \(size.width)x\(size.height): "
          + "the size alone would tell",
        "A reference of the samples' own size can be asked about")
    }
    return real.indices.count
  }
}
