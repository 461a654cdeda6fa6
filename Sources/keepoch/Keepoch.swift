import ArgumentParser

@main
struct Keepoch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keepoch",
    abstract: "Review the checkpoints of a generative model and prove which one to keep.",
    discussion: """
      Without a subcommand, opens the review of a run in the terminal. A run is the folder, or the \
      file, that a training script wrote; without one, this folder. A run named like a subcommand \
      needs ./ before it.

      Exit status: 0 done, 1 the answer is no, 2 cannot do it, 64 wrong usage.
      """,
    version: "keepoch 0.1.0",
    subcommands: [
      ReviewCommand.self, TableCommand.self, InspectCommand.self, ShowCommand.self,
      TagCommand.self, NoteCommand.self, KeepCommand.self, RejectCommand.self,
      UndecidedCommand.self, RateCommand.self, SelectCommand.self, UndoCommand.self,
      RedoCommand.self,
      LogCommand.self, RuleCommand.self, ReportCommand.self, VerifyCommand.self,
      AgreeCommand.self, AdjudicateCommand.self, CheckCommand.self, DiskCommand.self,
      MeasureCommand.self, EvalCommand.self,
      AlarmsCommand.self, KeysPageCommand.self,
      MetricValuesCommand.self, MetricsPageCommand.self,
      ManualPageCommand.self,
    ],
    defaultSubcommand: ReviewCommand.self)
}
