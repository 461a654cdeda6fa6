import ArgumentParser
import Glibc
import GlyphRendering
import ReviewCore
import RunFormats

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print samples as text, and nothing else.",
    discussion: """
      Without --sample all samples of the checkpoint, 8 a row. In place of a run an image file may \
      be given, shown whole, or a file of arrays. --color beats NO_COLOR.
      """)

  /// `28x14`: columns and rows.
  struct Cells: ExpressibleByArgument {
    let columns: Int
    let rows: Int

    init(columns: Int, rows: Int) {
      self.columns = columns
      self.rows = rows
    }

    init?(argument: String) {
      let parts = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let columns = parts[0], let rows = parts[1],
        (1...1000).contains(columns), (1...1000).contains(rows)
      else { return nil }
      self.init(columns: columns, rows: rows)
    }

    var defaultValueDescription: String { "\(columns)x\(rows)" }
  }

  @OptionGroup var options: NamedRunOptions
  @OptionGroup var target: TargetOptions

  @Option(help: "Columns and rows of one sample, filled exactly.")
  var cells = Cells(columns: 28, rows: 14)

  @Option(help: "ascii, half, quadrant, sextant, octant, braille or best.")
  var glyphs = GlyphSet.ascii

  @Option(help: "none, 16, 256 or full; none by default for ascii, or when not on a terminal.")
  var color: ColorDepth?

  @Option(help: "none, or gray cells behind the characters.")
  var background = CellBackground.none

  @Option(help: "instant or best.")
  var quality = RenderQuality.best

  @Option(help: "font")
  var font = "neutral"

  @Flag(help: "For dark characters on a light ground.")
  var light = false

  func run() throws {
    try reporting {
      let images = try pictures()
      let settings = PictureSettings(
        glyphs: glyphs, model: GlyphModel.builtIn.first { $0.name == font } ?? .neutral,
        color: depth, background: background, quality: quality,
        isLightBackground: light)
      let renderer = GlyphRenderer(settings)
      let grids = images.map { renderer.render($0, columns: cells.columns, rows: cells.rows) }
      try Outside.put(SampleSheet.text(of: grids, perRow: 8, color: depth))
    }
  }

  private func pictures() throws -> [GrayImage] {
    if FileBytes.kind(options.run) == .file, target.epoch == nil, target.step == nil {
      return try SampleReader.pictures(at: options.run)
    }
    let opened = try OpenedRun(
      path: options.run, reviewer: options.reader.reviewer, configuration: Configuration(),
      checksDigests: false, keepsCache: !options.reader.readOnly)
    let run = opened.run
    guard let position = target.position(in: run) else {
      throw ValidationError("show needs --epoch or --step, unless an image file is given.")
    }
    let index = try opened.index(of: position)
    guard let source = run.checkpoints[index].samples else {
      throw RunError(
        "nothing to show in", place: options.run, why: "\(position.words) has no samples",
        remedy: "keepoch inspect says which checkpoints have some")
    }
    let set = try SampleReader(run: run).samples(source)
    guard let sample = target.sample else { return (0..<set.count).map(set.image(at:)) }
    guard let image = set.image(ofSeed: sample) else {
      throw RunError(
        "no such sample in", place: options.run,
        why: "\(position.words) has samples \(set.indices.first ?? 0) to \(set.indices.last ?? 0)",
        remedy: "Leave --sample out to see all of them")
    }
    return [image]
  }

  private var depth: ColorDepth {
    if let color { return color }
    if glyphs == .ascii || Outside.variable("NO_COLOR") != nil || isatty(1) == 0 { return .none }
    return .palette
  }
}

extension GlyphSet: ExpressibleByArgument {}
extension ColorDepth: ExpressibleByArgument {}
extension CellBackground: ExpressibleByArgument {}
extension RenderQuality: ExpressibleByArgument {}
