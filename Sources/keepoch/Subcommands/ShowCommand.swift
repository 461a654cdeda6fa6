import ArgumentParser
import GlyphRendering
import ReviewCore
import RunFormats

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print samples as text, and nothing else.",
    discussion: """
      Without --sample all samples of the checkpoint, 8 a row. In place of a run an image file may \
      be given, shown whole, or a file of arrays. --color beats NO_COLOR.

      --difference shows each sample less the same seed's of another epoch: where cells have a gray \
      of their own, middle gray is alike; else . is alike, + * # @ is brighter and - = o O darker. \
      --mean and --deviation show one picture in place of all samples; the deviation is black where \
      all samples are alike.
      """)

  @OptionGroup var options: NamedRunOptions
  @OptionGroup var target: CheckpointChoice

  @Option(
    help: ArgumentHelp("Less the same sample of that epoch (or step).", valueName: "epoch"))
  var difference: String?

  @Flag(help: "The mean of all samples.")
  var mean = false

  @Flag(help: "The standard deviation of all samples, pixel by pixel, doubled.")
  var deviation = false

  @OptionGroup(title: "Look") var look: LookOptions

  private static let perRow = 8

  func validate() throws {
    if difference != nil, look.gamma != 1 || look.texture != .near {
      throw ValidationError(
        "A difference has no --gamma and no --texture; --contrast makes it plainer.")
    }
    if difference != nil, look.contrast == 0 {
      throw ValidationError("With --contrast 0 there would be no difference to see.")
    }
    let chosen = [mean, deviation, difference != nil].count { $0 }
    guard chosen < 2 else {
      throw ValidationError("--mean, --deviation and --difference exclude one another.")
    }
    guard !(mean || deviation) || target.sample == nil else {
      throw ValidationError("--mean and --deviation are of all samples; leave --sample out.")
    }
  }

  func run() throws {
    try reporting {
      let settings = try look.settings()
      let (set, places) = try samples()
      let (columns, rows) = (look.cells.columns, look.cells.rows)
      let absences = Absences()
      defer { absences.say() }
      if let difference {
        let (other, words) = try otherSamples(of: difference)
        let renderer = DifferenceRenderer(settings)
        try put(places) { place throws(RunError) in
          switch set.difference(at: place, from: other) {
          case .success(let picture):
            return renderer.render(picture, columns: columns, rows: rows)
          case .failure(let absence):
            return try stand(
              in: absence.words(other: words), for: set.indices[place], of: places,
              absences)
          }
        }
        return
      }
      let renderer = GlyphRenderer(settings)
      if mean || deviation {
        guard let spread = SampleSpread(set) else {
          throw RunError(
            "nothing to show in", place: options.run, why: "none of its samples can be read",
            remedy: "keepoch inspect says why")
        }
        let picture = mean ? spread.mean : spread.deviation
        if spread.count < set.count {
          Outside.say(
            "warning: of \(spread.count) of \(set.count) samples; the others cannot be read")
        }
        try put(0..<1) { _ in renderer.render(picture, columns: columns, rows: rows) }
        return
      }
      try put(places) { place throws(RunError) in
        if let failure = set.failures[place] {
          return try stand(
            in: "cannot be read: \(failure.line)", for: set.indices[place], of: places, absences)
        }
        return renderer.render(set.image(at: place), columns: columns, rows: rows)
      }
    }
  }

  /// What could not be shown, said once all that can be is printed.
  private final class Absences {
    var words: [String] = []

    func say() {
      for line in words.prefix(3) { Outside.say("warning: \(line)") }
      if words.count > 3 { Outside.say("warning: and \(words.count - 3) more samples") }
    }
  }

  /// Words in place of one of several pictures, said on standard error as well; of one that was asked
  /// for alone there is nothing to show.
  private func stand(
    in words: String, for seed: Int, of places: Range<Int>, _ absences: Absences
  ) throws(RunError) -> GlyphGrid {
    guard places.count > 1 else {
      throw RunError(
        "nothing to show in", place: options.run, why: "sample \(seed): \(words)",
        remedy: "Choose another sample or epoch")
    }
    absences.words.append("sample \(seed): \(words)")
    return GlyphGrid(
      words: PrintableText.escaped(words), columns: look.cells.columns, rows: look.cells.rows)
  }

  /// Prints a row of samples as soon as it is rendered.
  private func put(
    _ places: Range<Int>, _ render: (Int) throws(RunError) -> GlyphGrid
  ) throws(RunError) {
    for start in stride(from: places.lowerBound, to: places.upperBound, by: Self.perRow) {
      var row: [GlyphGrid] = []
      for place in start..<min(start + Self.perRow, places.upperBound) {
        row.append(try render(place))
      }
      let text = SampleSheet.text(of: row, perRow: Self.perRow, color: look.depth)
      try Outside.put(start > places.lowerBound ? "\n" + text : text)
    }
  }

  /// The set that is asked for, and which places of it.
  private func samples() throws -> (set: SampleSet, places: Range<Int>) {
    if FileBytes.kind(options.run) == .file, target.epoch == nil, target.step == nil {
      guard difference == nil else {
        throw ValidationError("--difference needs a run and --epoch or --step.")
      }
      let pictures = try SampleReader.pictures(at: options.run)
      return (pictures, try places(in: pictures, of: "it"))
    }
    let opened = try open()
    guard let position = try target.position(in: opened.run) else {
      throw ValidationError("show needs --epoch or --step, unless an image file is given.")
    }
    let set = try samples(of: position, in: opened)
    return (set, try places(in: set, of: position.words))
  }

  private func places(in set: SampleSet, of words: String) throws(RunError) -> Range<Int> {
    guard let sample = target.sample else { return 0..<set.count }
    guard let place = set.place(ofSeed: sample) else {
      throw RunError(
        "no such sample in", place: options.run,
        why: "\(words) has samples \(set.indices.first ?? 0) to \(set.indices.last ?? 0)",
        remedy: "Leave --sample out to see all of them")
    }
    return place..<place + 1
  }

  private func otherSamples(of text: String) throws -> (set: SampleSet, words: String) {
    let opened = try open()
    guard let value = AxisValue(parsing: text) else {
      throw ValidationError("--difference needs an epoch (or step), a number.")
    }
    let position = try target.samples.applied(
      to: Position(opened.run.axis, value.value), in: opened.run)
    return (try samples(of: position, in: opened), position.words)
  }

  private func open() throws -> OpenedRun {
    try OpenedRun(
      path: options.run, reviewer: options.reader.reviewer, configuration: Configuration(),
      checksDigests: false, keepsCache: !options.reader.readOnly)
  }

  private func samples(of position: Position, in opened: OpenedRun) throws -> SampleSet {
    let index = try opened.index(of: position)
    guard let source = opened.run.checkpoints[index].samples else {
      throw RunError(
        "nothing to show in", place: options.run, why: "\(position.words) has no samples",
        remedy: "keepoch inspect says which checkpoints have some")
    }
    return try SampleReader(run: opened.run).samples(source)
  }
}
