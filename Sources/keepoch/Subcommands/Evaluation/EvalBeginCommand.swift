import ArgumentParser
import HumanEvaluation
import ReviewCore
import ReviewFront
import ReviewJournal

struct EvalBeginCommand: BlockCommand {
  static let configuration = CommandConfiguration(
    commandName: "begin",
    abstract: "Write a block of blind trials down, before the first is shown.",
    discussion: """
      The words are those of the :eval line: 2afc, likert or pairwise, then a number of trials and any \
      of epochs=1,30 seed=7 exposure=500 show=4 adaptive=leader stop=decided:0.05 \
      rule=checks>=0.75,time>=200 checks=10 repeats=10 topic=WORDS.
      """)

  @OptionGroup var options: NamedRunOptions

  @Argument(help: "2afc, likert or pairwise, and how.")
  var words: [String]

  @OptionGroup(title: "Look") var look: LookOptions

  func run() throws {
    let wish: EvaluationWish
    do throws(EvaluationWish.Failure) {
      wish = try EvaluationWish(words.joined(separator: " "))
    } catch {
      throw ValidationError(error.words)
    }
    try reporting {
      let opened = try open(options.run, options.reader)
      let rule = try opened.ruleInForce()
      let planner = EvaluationPlanner(
        run: opened.run, table: CheckpointTable(judging: try opened.evaluator(rule)),
        reviewer: opened.reviewer, earlier: opened.ownReview.blocks.count)
      let rendering = TrialRendering(
        try look.settings(), columns: look.cells.columns, rows: look.cells.rows,
        pictures: wish.picturesPerSide)
      let block = try planner.block(wish, rendering: rendering, time: Clock.now)
      try checkWrites()
      let journal = try opened.openJournal()
      let review = Review(reviewer: opened.reviewer, events: journal.events)
      var open = OpenBlock(opened: opened, journal: journal, review: review, id: block.id)
      try open.write(.begin(block))
      try open.goOn()
    }
  }
}
