import ArgumentParser
import Glibc
import GlyphRendering
import ReviewCore

/// How `show` draws.
struct LookOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Columns and rows of one sample, filled exactly.", valueName: "WxH"),
    transform: Cells.init(parsing:))
  var cells = Cells(columns: 28, rows: 14)

  @Option(help: "ascii, half, quadrant, sextant, octant, braille or best.")
  var glyphs = GlyphSet.ascii

  @Option(help: "none, 16, 256 or full; none by default for ascii, or when not on a terminal.")
  var color: ColorDepth?

  @Option(help: "none, or gray cells behind the characters.")
  var background = CellBackground.none

  @Option(help: "instant or best.")
  var quality = RenderQuality.best

  @Option(help: "near, or smooth: even areas are kept calm.")
  var texture = Texture.near

  @Option(
    help: ArgumentHelp(
      "What ASCII looks like on the terminal: \(GlyphModelFile.names.joined(separator: ", ")), "
        + "or a file of your own.", valueName: "name"),
    completion: .list(GlyphModelFile.names))
  var font = GlyphModel.neutral.name

  @Option(help: "Above 1 lightens the middle grays, below 1 darkens them.")
  var gamma = 1.0

  @Option(help: "The slope about middle gray.")
  var contrast = 1.0

  @Flag(help: "Black for white.")
  var invert = false

  @Flag(help: "For dark characters on a light ground.")
  var light = false

  /// `28x14`: columns and rows.
  struct Cells: CustomStringConvertible {
    let columns: Int
    let rows: Int

    init(columns: Int, rows: Int) {
      self.columns = columns
      self.rows = rows
    }

    init(parsing argument: String) throws {
      let parts = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let columns = parts[0], let rows = parts[1],
        (1...1000).contains(columns), (1...1000).contains(rows)
      else {
        throw ValidationError("--cells is columns x rows, 28x14, each from 1 to 1000.")
      }
      self.init(columns: columns, rows: rows)
    }

    var description: String { "\(columns)x\(rows)" }
  }

  func validate() throws {
    guard gamma.isFinite, gamma > 0 else {
      throw ValidationError("--gamma must be a number above 0.")
    }
    guard contrast.isFinite, contrast >= 0 else {
      throw ValidationError("--contrast must be a number, 0 or above.")
    }
  }

  func settings() throws(RunError) -> PictureSettings {
    PictureSettings(
      glyphs: glyphs, model: try GlyphModelFile.load(font), color: depth, background: background,
      quality: quality, texture: texture, gamma: gamma, contrast: contrast, isInverted: invert,
      isLightBackground: light)
  }

  var depth: ColorDepth {
    if let color { return color }
    if glyphs == .ascii || Outside.variable("NO_COLOR") != nil || isatty(1) == 0 { return .none }
    return .palette
  }
}

extension GlyphSet: ExpressibleByArgument {}
extension ColorDepth: ExpressibleByArgument {}
extension CellBackground: ExpressibleByArgument {}
extension RenderQuality: ExpressibleByArgument {}
extension Texture: ExpressibleByArgument {}
