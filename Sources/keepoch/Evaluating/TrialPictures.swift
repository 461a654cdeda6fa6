import GlyphRendering
import ReviewCore
import ReviewFront
import RunFormats

/// The pictures of trials of a block, as the screens show them.
struct TrialPictures {
  let run: Run
  let block: EvaluationBlock

  /// - Throws: `RunError` that does not say which picture it is of.
  func grids(of stimulus: Stimulus) throws(RunError) -> [GlyphGrid] {
    var models = [GlyphModel.neutral]
    if let own = try? GlyphModelFile.load(block.rendering.model) { models.append(own) }
    guard let settings = block.rendering.settings(models: models) else { throw failure }
    let renderer = GlyphRenderer(settings)
    return try images(of: stimulus).map {
      renderer.render($0, columns: block.rendering.columns, rows: block.rendering.rows)
    }
  }

  /// - Throws: `RunError` where one of them cannot be read any more.
  func images(of stimulus: Stimulus) throws(RunError) -> [GrayImage] {
    let position = stimulus.position ?? block.firstPosition
    guard let index = position.flatMap({ run.index(of: $0) }) else { throw failure }
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
    var images: [GrayImage] = []
    for picture in stimulus.pictures {
      let place = stimulus.position == nil ? picture : set.indices.firstIndex(of: picture)
      guard let place, set.indices.indices.contains(place), set.failures[place] == nil else {
        throw failure
      }
      let image = set.image(at: place)
      images.append(stimulus.isScrambled ? image.scrambled(seed: UInt64(place) + 1) : image)
    }
    return images
  }

  private var failure: RunError {
    RunError(
      "cannot show a trial of", place: run.name, why: "a picture of it cannot be read any more",
      remedy: "keepoch eval answer RUN skip goes on with the next")
  }
}
