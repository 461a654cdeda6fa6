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
  @OptionGroup var target: TargetOptions

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
      if let difference {
        let other = try otherSamples(of: difference)
        let renderer = DifferenceRenderer(settings)
        try put(places) { place throws(RunError) in
          switch set.difference(at: place, from: other) {
          case .success(let picture):
            return renderer.render(picture, columns: columns, rows: rows)
          case .failure(let absence):
            throw RunError(
              "no difference from \(difference) in", place: options.run,
              why: "of sample \(set.indices[place]), \(absence.words)",
              remedy: "Choose an epoch with samples of the same seeds and size")
          }
        }
        return
      }
      let renderer = GlyphRenderer(settings)
      if mean || deviation, let spread = SampleSpread(set) {
        let picture = mean ? spread.mean : spread.deviation
        try put(0..<1) { _ in renderer.render(picture, columns: columns, rows: rows) }
        return
      }
      try put(places) { renderer.render(set.image(at: $0), columns: columns, rows: rows) }
    }
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
      return (pictures, 0..<pictures.count)
    }
    let opened = try open()
    guard let position = target.position(in: opened.run) else {
      throw ValidationError("show needs --epoch or --step, unless an image file is given.")
    }
    let set = try samples(of: position, in: opened)
    guard let sample = target.sample else { return (set, 0..<set.count) }
    guard let place = set.place(ofSeed: sample) else {
      throw RunError(
        "no such sample in", place: options.run,
        why: "\(position.words) has samples \(set.indices.first ?? 0) to \(set.indices.last ?? 0)",
        remedy: "Leave --sample out to see all of them")
    }
    return (set, place..<place + 1)
  }

  private func otherSamples(of text: String) throws -> SampleSet {
    let opened = try open()
    guard let value = AxisValue(parsing: text) else {
      throw ValidationError("--difference needs an epoch (or step), a number.")
    }
    return try samples(of: Position(opened.run.axis, value.value), in: opened)
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
