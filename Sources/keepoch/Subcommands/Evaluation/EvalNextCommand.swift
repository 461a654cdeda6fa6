import ArgumentParser
import GlyphRendering
import ReviewCore
import ReviewFront
import RunFormats

struct EvalNextCommand: BlockCommand {
  static let configuration = CommandConfiguration(
    commandName: "next", abstract: "Print the next trial: nothing of it tells what is shown.",
    discussion: "Exit status 1: no block is open, so that there is no trial to ask.")

  @OptionGroup var options: NamedRunOptions
  @OptionGroup var which: BlockOptions

  private static let perRow = 5

  func run() throws {
    try reporting {
      guard let open = try foundBlock(which.block, showsPixels: true) else {
        Outside.say("no trial to ask: no block is open; keepoch eval begin RUN 2afc begins one")
        throw ExitCode(1)
      }
      let record = open.record
      guard let trial = record.nextTrial else {
        Outside.say("every trial is answered")
        throw ExitCode(1)
      }
      let block = record.block
      var text = "trial \(trial.number) of "
      text += "\(block.stopping == .whole ? "" : "at most ")\(block.mostTrials)\n"
      text += PrintableText.singleLine(block.prompt) + "\n"
      for (side, stimulus) in trial.sides.enumerated() {
        if trial.right != nil {
          text += "\n\(side == 0 ? "left" : "right")\n"
        } else {
          text += "\n"
        }
        let grids = try pictures(of: stimulus, block, in: open.opened.run)
        let color = ColorDepth(rawValue: block.rendering.color) ?? .none
        text += SampleSheet.text(of: grids, perRow: Self.perRow, color: color)
      }
      try Outside.put(text)
    }
  }

  /// - Throws: `RunError` that does not say which picture it is of.
  private func pictures(
    of stimulus: Stimulus, _ block: EvaluationBlock, in run: Run
  ) throws(RunError) -> [GlyphGrid] {
    let failure = RunError(
      "cannot show a trial of", place: options.run, why: "a picture of it cannot be read any more",
      remedy: "keepoch eval answer RUN skip goes on with the next")
    var models = [GlyphModel.neutral]
    if let own = try? GlyphModelFile.load(block.rendering.model) { models.append(own) }
    guard let settings = block.rendering.settings(models: models),
      let index = stimulus.position.flatMap({ run.index(of: $0) })
        ?? block.firstPosition.flatMap({ run.index(of: $0) })
    else { throw failure }
    let owner = run.origin(of: index)
    let reader = SampleReader(run: owner.run)
    let set: SampleSet
    do throws(RunWarning) {
      if stimulus.position == nil {
        set = try RealSamples(of: owner.run).read(reader)
      } else if let source = owner.run.checkpoints[owner.index].samples {
        set = try reader.samples(source)
      } else {
        throw RunWarning(.leftOut, "no samples")
      }
    } catch {
      throw failure
    }
    let renderer = GlyphRenderer(settings)
    var grids: [GlyphGrid] = []
    for picture in stimulus.pictures {
      let place = stimulus.position == nil ? picture : set.indices.firstIndex(of: picture)
      guard let place, set.indices.indices.contains(place), set.failures[place] == nil else {
        throw failure
      }
      let image = set.image(at: place)
      grids.append(
        renderer.render(
          stimulus.isScrambled ? image.scrambled(seed: UInt64(place) + 1) : image,
          columns: block.rendering.columns, rows: block.rendering.rows))
    }
    return grids
  }
}
