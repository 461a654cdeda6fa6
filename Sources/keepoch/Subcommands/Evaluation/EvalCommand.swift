import ArgumentParser
import HumanEvaluation
import ReviewCore
import ReviewJournal

/// Human evaluation without the screens: the same blocks, in the same journals.
struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Human evaluation without the screens.",
    discussion: """
      Without a further word: what people said, by question and rendering. `begin` writes a list of \
      blind trials down, `next` prints the next one, `answer` answers it, `back` takes the last \
      answer back, `end` ends a block before its last trial.
      """,
    subcommands: [
      EvalResultsCommand.self, EvalBeginCommand.self, EvalNextCommand.self,
      EvalAnswerCommand.self, EvalBackCommand.self, EvalEndCommand.self,
    ], defaultSubcommand: EvalResultsCommand.self)
}

/// What a rater does in a block.
protocol BlockCommand: ParsableCommand {
  var options: NamedRunOptions { get }
}

/// A rater's open block, with the journal to go on in.
struct OpenBlock {
  let opened: OpenedRun
  /// Nil where nothing is to be written.
  let journal: (any ActKeeper)?
  private(set) var review: Review
  let id: String

  var record: BlockRecord {
    // What was found once is never taken out.
    review.blocks.last { $0.block.id == id } ?? review.blocks[0]
  }

  init(opened: OpenedRun, journal: (any ActKeeper)?, review: Review, id: String) {
    self.opened = opened
    self.journal = journal
    self.review = review
    self.id = id
  }

  /// Writes an act and prints its line of the log.
  mutating func write(_ act: EvaluationAct) throws {
    guard let journal else { return }
    let event = try journal.append(.evaluation(act), time: Clock.now)
    review.apply(event)
    try Outside.put(event.logLine + "\n")
  }

  /// Ends a block that is over, or draws its next trial; what the screens do after an answer.
  mutating func goOn() throws {
    if let ending = Stopping.ending(of: record) {
      try write(.end(block: id, ending))
    } else if record.nextTrial == nil {
      if let trial = AdaptiveSchedule.next(record) {
        try write(.draw(block: id, trial))
      } else {
        try write(.end(block: id, .complete))
      }
    }
  }
}

extension BlockCommand {
  /// - Throws: `RunError` where there is none.
  func openBlock(_ id: String?) throws -> OpenBlock {
    if let open = try foundBlock(id) { return open }
    throw RunError(
      "no trial to ask in", place: options.run,
      why: id.map { "you have no open block \(PrintableText.escaped($0))" }
        ?? "you have no open block",
      remedy: "keepoch eval begin RUN 2afc begins one; keepoch eval RUN lists them")
  }

  /// - Parameters:
  ///   - id: of the block; nil for the last one that is open.
  ///   - isReading: whether nothing is written but the next draw of an adaptive block.
  /// - Returns: nil where there is none; one that a lost line left open though it is over is ended.
  func foundBlock(
    _ id: String?, showsPixels: Bool = false, isReading: Bool = false
  ) throws -> OpenBlock? {
    let opened = try open(options.run, options.reader, showsPixels: showsPixels)
    let known = opened.ownReview
    func found(_ review: Review) -> BlockRecord? {
      let record = review.blocks.last { record in
        id.map { record.block.id == $0 } ?? !record.isOver
      }
      return record?.isOver == false ? record : nil
    }
    guard let record = found(known) else { return nil }
    if isReading, record.nextTrial != nil, Stopping.ending(of: record) == nil {
      return OpenBlock(opened: opened, journal: nil, review: known, id: record.block.id)
    }
    try checkWrites()
    let journal = try opened.openJournal()
    let review = Review(reviewer: opened.reviewer, events: journal.events)
    guard let current = found(review) else { return nil }
    var open = OpenBlock(opened: opened, journal: journal, review: review, id: current.block.id)
    if Stopping.ending(of: current) != nil || current.nextTrial == nil { try open.goOn() }
    return open.record.isOver ? nil : open
  }

  func checkWrites() throws(RunError) {
    guard options.reader.readOnly else { return }
    throw RunError(
      "nothing is written in", place: options.run, why: "--read-only was given",
      remedy: "Leave it out to write")
  }
}

struct BlockOptions: ParsableArguments {
  @Option(help: "Which block; else the last one that is open.")
  var block: String?
}
