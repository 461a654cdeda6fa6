import GlyphRendering
import ReviewCore
import ReviewFront
import RunFormats

extension Configuration {
  // Beyond these a picture is only black and white.
  private static let tones = 0.25...4.0

  /// `[pictures]`: how they are shown at the start, and after `=`.
  mutating func readPictures(_ table: TOMLTable?, _ line: Int) {
    guard let table else {
      warn(line, "pictures must be a table, [pictures]")
      return
    }
    for key in table.keys.sorted(by: { (table.lines[$0] ?? 0, $0) < (table.lines[$1] ?? 0, $1) }) {
      let (value, line) = (table[key], table.lines[key] ?? line)
      switch key {
      case "renderer":
        guard let name = string(value, key, line) else { continue }
        if let renderer = Renderer.named(name) {
          pictures.renderer = renderer
        } else {
          warn(
            line,
            "no such renderer: \(PrintableText.escaped(name)); there is "
              + Renderer.all.map(\.name).joined(separator: ", "))
        }
      case "font":
        guard let name = string(value, key, line) else { continue }
        do throws(RunError) { pictures.model = try GlyphModelFile.load(name) } catch {
          warn(line, "\(error.what) \(error.place.map(PrintableText.escaped) ?? ""): \(error.why)")
        }
      case "texture":
        if let texture = value?.string.flatMap(Texture.init(rawValue:)) {
          pictures.texture = texture
        } else {
          warn(line, "texture must be \"near\" or \"smooth\"")
        }
      case "gamma": pictures.gamma = tone(value, key, line) ?? pictures.gamma
      case "contrast": pictures.contrast = tone(value, key, line) ?? pictures.contrast
      case "cell_aspect":
        let number = value?.double ?? value?.int.map(Double.init)
        if let number, (0.25...1).contains(number) {
          pictures.cellAspect = number
        } else {
          warn(line, "cell_aspect must be a cell's width for its height, from 0.25 to 1")
        }
      case "font_has":
        let names = Self.words(value)
        let sets = names?.compactMap {
          $0 == "sextants" ? GlyphSet.sextant : $0 == "octants" ? .octant : nil
        }
        if let sets, sets.count == names?.count {
          pictures.fontHas = Set(sets)
        } else {
          warn(line, "font_has must be \"sextants\", \"octants\" or a list of them")
        }
      default:
        warn(
          line,
          "\(PrintableText.escaped(key)) is not a setting of pictures; there is renderer, font, "
            + "texture, gamma, contrast, cell_aspect and font_has")
      }
    }
  }

  private mutating func tone(_ value: TOMLValue?, _ key: String, _ line: Int) -> Double? {
    let number = value?.double ?? value?.int.map(Double.init)
    if let number, Self.tones.contains(number) { return number }
    warn(line, "\(key) must be a number from 0.25 to 4")
    return nil
  }
}
