import ArgumentParser
import GlyphRendering
import ReviewCore

struct EvalNextCommand: BlockCommand {
  static let configuration = CommandConfiguration(
    commandName: "next", abstract: "Print the next trial: nothing of it tells what is shown.",
    discussion: "Exit status 1: no block is open, so that there is no trial to ask.")

  @OptionGroup var options: NamedRunOptions
  @OptionGroup var which: BlockOptions

  private static let perRow = 5

  func run() throws {
    try reporting {
      guard let open = try foundBlock(which.block, showsPixels: true, isReading: true) else {
        Outside.say("no trial to ask: no block is open; keepoch eval begin RUN 2afc begins one")
        throw ExitCode(1)
      }
      let record = open.record
      guard let trial = record.nextTrial else {
        Outside.say("every trial is answered")
        throw ExitCode(1)
      }
      let block = record.block
      let pictures = TrialPictures(run: open.opened.run, block: block)
      var text = "trial \(trial.number) of "
      text += "\(block.stopping == .whole ? "" : "at most ")\(block.mostTrials)\n"
      text += PrintableText.singleLine(block.prompt) + "\n"
      for (side, stimulus) in trial.sides.enumerated() {
        if trial.right != nil {
          text += "\n\(side == 0 ? "left" : "right")\n"
        } else {
          text += "\n"
        }
        let grids = try pictures.grids(of: stimulus)
        let color = ColorDepth(rawValue: block.rendering.color) ?? .none
        text += SampleSheet.text(of: grids, perRow: Self.perRow, color: color)
      }
      try Outside.put(text)
    }
  }
}
