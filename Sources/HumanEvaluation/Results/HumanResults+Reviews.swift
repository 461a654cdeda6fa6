package import ReviewCore

extension HumanResults {
  /// What people said in the trials of all reviews.
  ///
  /// Blocks are counted together that are of one kind, one question, one rendering and one exposure, and no
  /// others. Blocks that are still open count nowhere; neither do raters whom their block's own rule leaves
  /// out, nor checks; a repetition tells how consistent a rater is and is no answer of its own.
  ///
  /// - Parameter run: gives the order of the checkpoints; those that it has no more stand last.
  package init(of reviews: [Review], in run: Run) {
    var blocks: [JudgementKey: [BlockRecord]] = [:]
    for record in Self.distinct(reviews.flatMap(\.blocks)) {
      blocks[JudgementKey(record.block), default: []].append(record)
    }
    let all = blocks.map { key, records in
      // By time, so that journals tell the same in whatever order they are read.
      JudgementKey.Entry(
        key,
        records.sorted {
          ($0.begun, $0.reviewer, $0.block.id) < ($1.begun, $1.reviewer, $1.block.id)
        })
    }
    let ordered = all.sorted { $0.comesBefore($1) }
    self.init(groups: ordered.map { JudgementGroup($0.records, in: run) })
    // Stable: of those that could stand in one column, the one with most answers comes first.
    groups = groups.enumerated().sorted { one, other in
      let (left, right) = (one.element, other.element)
      if left.kind == right.kind, (left.column ?? left.topic) == (right.column ?? right.topic),
        left.answers != right.answers
      {
        return left.answers > right.answers
      }
      return one.offset < other.offset
    }.map(\.element)
  }
}

extension HumanResults {
  /// A journal may lie in two places: of a block that comes twice, the one with more answers.
  private static func distinct(_ records: [BlockRecord]) -> [BlockRecord] {
    var places: [[String]: Int] = [:]
    var all: [BlockRecord] = []
    for record in records {
      let key = [record.reviewer, record.block.id]
      if let place = places[key] {
        if record.answers.count > all[place].answers.count { all[place] = record }
      } else {
        places[key] = all.count
        all.append(record)
      }
    }
    return all
  }
}

/// What answers have to have in common to be counted together.
private struct JudgementKey: Hashable {
  let kind: EvaluationKind
  let topic: String
  let rendering: TrialRendering
  let exposure: Int?

  init(_ block: EvaluationBlock) {
    kind = block.kind
    topic = block.topic
    rendering = block.rendering
    exposure = block.exposure
  }

  struct Entry {
    let key: JudgementKey
    let records: [BlockRecord]

    init(_ key: JudgementKey, _ records: [BlockRecord]) {
      self.key = key
      self.records = records
    }

    /// By kind and question, then the one begun last; what begins at one time by its words.
    func comesBefore(_ other: Entry) -> Bool {
      let kinds = EvaluationKind.allCases
      let (mine, its) = (
        kinds.firstIndex(of: key.kind) ?? 0, kinds.firstIndex(of: other.key.kind) ?? 0
      )
      if mine != its { return mine < its }
      if key.topic != other.key.topic { return key.topic < other.key.topic }
      let (last, itsLast) = (records.last?.begun ?? "", other.records.last?.begun ?? "")
      if last != itsLast { return last > itsLast }
      if key.rendering.words != other.key.rendering.words {
        return key.rendering.words < other.key.rendering.words
      }
      return (key.exposure ?? .max) < (other.key.exposure ?? .max)
    }
  }
}

extension JudgementGroup {
  /// - Parameter records: of one key, at least one, by time.
  init(_ records: [BlockRecord], in run: Run) {
    let block = records[0].block
    self.init(
      kind: block.kind, topic: block.topic, rendering: block.rendering, exposure: block.exposure)
    var counted: [BlockRecord] = []
    for record in records {
      let rater = RaterRecord(judging: record)
      guard record.isOver else {
        open.append(rater)
        continue
      }
      raters.append(rater)
      if rater.exclusion == nil { counted.append(record) }
    }
    count(counted, Self.positions(counted, in: run))
  }

  /// The checkpoints of questions that were answered, in the run's order; then those that it has no more.
  private static func positions(_ records: [BlockRecord], in run: Run) -> [Position] {
    var seen: Set<Position> = []
    let all = records.flatMap { record in
      record.answered.filter { $0.trial.purpose == .question }
        .flatMap { $0.trial.sides.compactMap(\.position) }
    }.filter { seen.insert($0).inserted }
    let placed = all.map { (position: $0, index: run.index(of: $0) ?? .max) }
    return placed.sorted {
      $0.index != $1.index ? $0.index < $1.index : $0.position.comesBefore($1.position)
    }.map(\.position)
  }

  private mutating func count(_ records: [BlockRecord], _ positions: [Position]) {
    let places = Dictionary(uniqueKeysWithValues: positions.enumerated().map { ($1, $0) })
    var tally = AnswerTally(kind, count: positions.count)
    var outcomes: [(time: String, outcome: AnswerTally.Outcome)] = []
    for record in records {
      for number in record.order {
        guard let trial = record.trial(number), trial.purpose == .question,
          let given = record.answers[number],
          let outcome = AnswerTally.outcome(trial, given.answer, places)
        else { continue }
        tally.add(outcome)
        outcomes.append((given.time, outcome))
      }
    }
    answers = outcomes.count
    checkpoints = positions.map { CheckpointJudgement($0) }
    switch kind {
    case .twoAFC: countFooling(tally)
    case .likert: countRatings(tally)
    case .pairwise:
      countPairs(tally)
      // Answers of one moment stay in the order of their blocks.
      let ordered = outcomes.enumerated().sorted {
        ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
      }
      let ratings = Elo.ratings(following: ordered.map(\.element.outcome), count: tally.count)
      for place in checkpoints.indices { checkpoints[place].elo = ratings[place] }
    }
  }
}

extension Position {
  /// An order for those that no run has.
  fileprivate func comesBefore(_ other: Position) -> Bool {
    (run ?? "", axis.rawValue, value, setting ?? "")
      < (other.run ?? "", other.axis.rawValue, other.value, other.setting ?? "")
  }
}
