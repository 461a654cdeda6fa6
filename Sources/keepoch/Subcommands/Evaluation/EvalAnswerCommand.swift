import ArgumentParser
import ReviewCore

struct EvalAnswerCommand: BlockCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer", abstract: "Answer the next trial.",
    discussion: """
      left or right; tie, of pairs; 1 to 5, of ratings; skip. It prints what it writes to the journal; \
      the last answer also ends the block.
      """)

  @OptionGroup var options: NamedRunOptions
  @OptionGroup var which: BlockOptions

  @Option(name: .customLong("ms"), help: "How long the answer took, in milliseconds.")
  var milliseconds: Int?

  @Argument(help: "left, right, tie, skip, or 1 to 5.")
  var answer: String

  func validate() throws {
    guard TrialAnswer(answer) != nil else {
      throw ValidationError("An answer is left, right, tie, skip, or 1 to 5.")
    }
    if let milliseconds, milliseconds < 0 {
      throw ValidationError("--ms is 0 or more.")
    }
  }

  func run() throws {
    try reporting {
      var open = try openBlock(which.block)
      let kind = open.record.block.kind
      guard let answer = TrialAnswer(answer), answer.fits(kind) else {
        throw RunError(
          "cannot answer", place: options.run, why: "\(answer) is no answer to \(kind.rawValue)",
          remedy: kind == .likert ? "1 to 5, or skip" : "left, right, or skip")
      }
      guard let trial = open.record.nextTrial else {
        throw RunError(
          "cannot answer", place: options.run, why: "no trial is asked",
          remedy: "keepoch eval next RUN shows the next one")
      }
      // An answer to what could not be shown says nothing.
      if answer != .skipped {
        let pictures = TrialPictures(run: open.opened.run, block: open.record.block)
        for stimulus in trial.sides { _ = try pictures.images(of: stimulus) }
      }
      try open.write(
        .answer(block: open.id, trial: trial.number, answer, milliseconds: milliseconds))
      try open.goOn()
    }
  }
}

struct EvalBackCommand: BlockCommand {
  static let configuration = CommandConfiguration(
    commandName: "back", abstract: "Take the last answer back; its trial is asked again.")

  @OptionGroup var options: NamedRunOptions
  @OptionGroup var which: BlockOptions

  func run() throws {
    try reporting {
      var open = try openBlock(which.block)
      guard let last = open.record.order.last else {
        try Outside.put("unchanged\n")
        return
      }
      try open.write(.answer(block: open.id, trial: last, nil, milliseconds: nil))
    }
  }
}

struct EvalEndCommand: BlockCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "End a block before its last trial; what was answered counts.")

  @OptionGroup var options: NamedRunOptions
  @OptionGroup var which: BlockOptions

  func run() throws {
    try reporting {
      var open = try openBlock(which.block)
      try open.write(.end(block: open.id, .ended))
    }
  }
}
