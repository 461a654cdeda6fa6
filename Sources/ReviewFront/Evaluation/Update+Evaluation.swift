import HumanEvaluation
import ReviewCore
import TerminalSurface

extension FrontState {
  // MARK: Beginning

  /// `:eval`, with what is asked for: a kind and how, `results`, or nothing for all blocks.
  mutating func evaluate(_ argument: String) -> [Effect] {
    switch argument {
    case "":
      guard !review.blocks.isEmpty || !otherReviews.allSatisfy(\.blocks.isEmpty) else {
        message = Message(
          .info, "nobody was asked yet; :eval 2afc, :eval likert or :eval pairwise begins")
        return []
      }
      let open = review.blocks.lastIndex { !$0.isOver } ?? max(0, review.blocks.count - 1)
      mode = .evaluation(EvaluationView(.blocks(row: open)))
      return []
    case "results":
      mode = .evaluation(EvaluationView(.results(top: 0)))
      return []
    default: break
    }
    if let readOnly {
      message = Message(.warning, readOnly)
      return []
    }
    do throws(EvaluationWish.Failure) {
      let wish = try EvaluationWish(argument)
      // The kind alone goes on with what was begun.
      if argument == wish.kind.rawValue,
        let open = review.blocks.last(where: { !$0.isOver && $0.block.kind == wish.kind })
      {
        return resume(open)
      }
      guard let rendering = rendering(for: wish) else {
        message = Message(
          .error,
          "no room for \(wish.picturesPerSide) picture\(wish.picturesPerSide == 1 ? "" : "s") on a "
            + "side; show=1 shows one, or make the terminal larger")
        return []
      }
      let markedOnes = run.checkpoints.indices.filter { index in
        marked.contains { $0.position == run.position(of: index) }
      }
      message = Message(.info, "planning")
      return flushSeen() + [.plan(wish, marked: markedOnes, rendering)]
    } catch {
      message = Message(.error, error.words)
      return []
    }
  }

  /// A block is planned, and nothing of it is written yet.
  mutating func planned(_ block: EvaluationBlock) {
    message = nil
    mode = .evaluation(EvaluationView(.intro(block)))
  }

  private mutating func resume(_ record: BlockRecord) -> [Effect] {
    if let reason = canShow(record.block) {
      message = Message(.warning, "this block cannot go on here: \(reason)")
      return []
    }
    // What goes by on its own must not.
    playing = nil
    var view = EvaluationView(.trial(block: record.block.id))
    view.notice = Message(
      .info, record.answers.isEmpty ? "" : "gone on with after \(record.answers.count) answers")
    mode = .evaluation(view)
    return goOn(record.block.id)
  }

  // MARK: Keys

  mutating func take(_ key: Key, _ view: EvaluationView, at time: Double) -> [Effect] {
    if keyMap[key] == .quit { return perform(.quit) }
    switch view.stage {
    case .blocks(let row): return take(key, blockRow: row)
    case .intro(let block, let top):
      if key == .enter { return [.record(.evaluation(.begin(block)))] }
      if let next = scrolled(top, by: key) ?? keyMap[key].flatMap({ scrolled(top, by: $0) }) {
        evaluation?.stage = .intro(block, top: next)
        return []
      }
      mode = .browse
      message = Message(.info, "nothing begun")
      return []
    case .results(let top, let first):
      if let next = scrolled(top, by: key) ?? keyMap[key].flatMap({ scrolled(top, by: $0) }) {
        evaluation?.stage = .results(top: next, first: first)
      } else {
        mode = .browse
      }
      return []
    case .trial(let id):
      guard let record = block(id) else {
        mode = .browse
        return []
      }
      return take(key, in: record, view, at: time)
    }
  }

  private func scrolled(_ top: Int, by command: Command) -> Int? {
    let page = max(1, (height - 5) / 2)
    switch command {
    case .nextCheckpoint: return top + 1
    case .previousCheckpoint: return max(0, top - 1)
    case .pageForward: return top + page
    case .pageBack: return max(0, top - page)
    case .firstCheckpoint: return 0
    default: return nil
    }
  }

  private mutating func take(_ key: Key, blockRow row: Int) -> [Effect] {
    let last = max(0, review.blocks.count - 1)
    func show(_ row: Int) -> Mode { .evaluation(EvaluationView(.blocks(row: row))) }
    switch keyMap[key] {
    case .nextCheckpoint: mode = show(min(row + 1, last))
    case .previousCheckpoint: mode = show(max(0, row - 1))
    case .firstCheckpoint: mode = show(0)
    case .lastCheckpoint: mode = show(last)
    case .closer:
      guard review.blocks.indices.contains(row), !review.blocks[row].isOver else {
        mode = .evaluation(EvaluationView(.results(top: 0)))
        return []
      }
      if let readOnly {
        message = Message(.warning, readOnly)
        return []
      }
      return resume(review.blocks[row])
    case .reject:
      guard review.blocks.indices.contains(row), !review.blocks[row].isOver, readOnly == nil else {
        message = Message(.info, "this block is over")
        return []
      }
      let id = review.blocks[row].block.id
      return [.record(.evaluation(.end(block: id, .ended)))]
    default: mode = .browse
    }
    return []
  }

  private mutating func take(
    _ key: Key, in record: BlockRecord, _ view: EvaluationView, at time: Double
  ) -> [Effect] {
    let command = keyMap[key]
    if command == .backOrQuit || key == .escape { return pause(record, view) }
    guard let trial = record.nextTrial, canShow(record.block) == nil else { return [] }
    if key == .backspace {
      if record.block.exposure != nil {
        evaluation?.notice = Message(.info, "what was shown for a time is not shown again")
        return []
      }
      guard let last = record.order.last else {
        evaluation?.notice = Message(.info, "nothing to take back")
        return []
      }
      return [
        .record(
          .evaluation(.answer(block: record.block.id, trial: last, nil, milliseconds: nil)))
      ]
    }
    guard let answer = answer(key, command, record.block.kind) else {
      evaluation?.notice = Message(.info, "\(key.name) is no answer here")
      return []
    }
    // An answer to what was not seen says nothing; what cannot be shown can be skipped.
    guard view.shown != nil || (answer == .skipped && isLost(trial, of: record.block)) else {
      evaluation?.notice = Message(.info, "the pictures are on their way")
      return []
    }
    let taken = view.shown.map { Int((time - $0).rounded()) }
    return [
      .record(
        .evaluation(
          .answer(
            block: record.block.id, trial: trial.number, answer,
            milliseconds: taken.map { max(0, $0) })))
    ]
  }

  private func answer(_ key: Key, _ command: Command?, _ kind: EvaluationKind) -> TrialAnswer? {
    let found: TrialAnswer?
    switch key {
    case " ": found = .skipped
    case "=": found = .tie
    case .left: found = .choice(.left)
    case .right: found = .choice(.right)
    case .character(let character): found = TrialAnswer(String(character))
    default: found = nil
    }
    let moved: TrialAnswer?
    switch command {
    case .previousSample: moved = .choice(.left)
    case .nextSample: moved = .choice(.right)
    default: moved = nil
    }
    return (found ?? moved).flatMap { $0.fits(kind) ? $0 : nil }
  }

  private mutating func pause(_ record: BlockRecord, _ view: EvaluationView) -> [Effect] {
    // What was shown for a time is not shown again, so that it is skipped.
    if record.block.exposure != nil, view.shown != nil, let trial = record.nextTrial {
      evaluation?.isPausing = true
      return [
        .record(
          .evaluation(
            .answer(
              block: record.block.id, trial: trial.number, .skipped, milliseconds: nil)))
      ]
    }
    tellPaused(record)
    return []
  }

  private mutating func tellPaused(_ record: BlockRecord) {
    mode = .browse
    let left = record.block.mostTrials - record.answers.count
    message = Message(
      .saved,
      "paused after \(record.answers.count) of \(record.block.mostTrials), all saved; "
        + ":eval \(record.block.kind.rawValue) goes on, \(left) left"
        + (record.block.stopping == .whole ? "" : " at most"))
  }

  // MARK: What is on disk

  /// An act of evaluation is written.
  mutating func recorded(_ act: EvaluationAct) -> [Effect] {
    switch act {
    case .begin(let block):
      playing = nil
      mode = .evaluation(EvaluationView(.trial(block: block.id)))
      return goOn(block.id)
    case .draw:
      evaluation?.clear()
      return []
    case .answer(let id, _, let answer, _):
      let isPausing = evaluation?.isPausing == true
      evaluation?.clear()
      evaluation?.notice = Message(.saved, answer == nil ? "taken back: once more" : "saved")
      let effects = goOn(id)
      if isPausing, let record = block(id), Stopping.ending(of: record) == nil {
        tellPaused(record)
      }
      return effects
    case .end(let id, let ending):
      judgePeople()
      guard let record = block(id) else { return [] }
      mode = .evaluation(EvaluationView(.results(top: 0, first: id)))
      let why: String
      switch ending {
      case .complete: why = "all trials answered"
      case .met: why = "over: \(record.block.stopping.words)"
      case .ended: why = "ended after \(record.answers.count) of \(record.block.mostTrials)"
      }
      message = Message(.saved, why)
      return []
    }
  }

  /// Ends a block that is over, or draws its next trial.
  private mutating func goOn(_ id: String) -> [Effect] {
    evaluation?.clear()
    guard let record = block(id), !record.isOver else { return [] }
    if let ending = Stopping.ending(of: record) {
      return [.record(.evaluation(.end(block: id, ending)))]
    }
    guard record.nextTrial == nil else { return [] }
    if let trial = AdaptiveSchedule.next(record) {
      return [.record(.evaluation(.draw(block: id, trial)))]
    }
    return [.record(.evaluation(.end(block: id, .complete)))]
  }

  /// Says that nothing is saved, and asks again.
  mutating func refusedInEvaluation(_ reason: String) {
    message = Message(.error, reason)
    evaluation?.notice = Message(.error, reason)
  }

  // MARK: Time

  /// The pictures of the trial are on the screen.
  mutating func shown(at time: Double) {
    guard awaitsShown else { return }
    evaluation?.shown = time
  }

  /// When the pictures are to go.
  var nextHiding: Double? {
    guard let evaluation, !evaluation.isHidden, let shown = evaluation.shown,
      let exposure = askedBlock?.block.exposure
    else { return nil }
    return shown + Double(exposure)
  }

  mutating func hide(at time: Double) {
    if let due = nextHiding, time >= due { evaluation?.isHidden = true }
  }

  /// Takes what people said into the table.
  mutating func judgePeople() {
    run.takeJudgements(of: [review] + otherReviews)
    judgeAnew()
  }
}
