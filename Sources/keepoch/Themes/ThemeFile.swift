import ReviewCore
import ReviewFront
import RunFormats
import TerminalSurface

/// Reads themes: those that come with the program, and a user's own.
enum ThemeFile {
  /// The names that `--theme` takes, a user's own not counted.
  static var names: [String] { BuiltInThemes.texts.map(\.name) }

  /// A theme by name; a user's own file comes first.
  ///
  /// - Throws: `RunError` when there is none of that name, or it cannot be read.
  static func load(_ name: String, colors: Int) throws(RunError) -> Theme {
    let path = "\(Outside.configurationFolder)/themes/\(name).toml"
    if FileBytes.kind(path) == .file, !name.contains("/") {
      let bytes: [UInt8]
      do { bytes = try FileBytes.read(path) } catch {
        throw RunError(
          "cannot read the theme", place: path, why: error.reason, remedy: "Check its permissions")
      }
      return try theme(String(decoding: bytes, as: UTF8.self), place: path, colors: colors)
    }
    guard let text = BuiltInThemes.texts.first(where: { $0.name == name })?.text else {
      throw RunError(
        "no such theme:", place: name, why: "there are \(names.joined(separator: ", "))",
        remedy: "A theme of your own is \(path)")
    }
    return try theme(text, place: name, colors: colors)
  }

  /// The theme that fits the terminal's ground where nobody chose one.
  static var usualName: String {
    // rxvt and others say "15;0" for white on black; a ground of 7 or 15 is light.
    let ground = Outside.variable("COLORFGBG")?.split(separator: ";").last
    return ground == "7" || ground == "15" ? "light" : "default"
  }

  static func theme(_ text: String, place: String, colors: Int) throws(RunError) -> Theme {
    func failure(_ why: String) -> RunError {
      RunError(
        "cannot read the theme", place: place, why: why, remedy: "themes/default.toml shows how")
    }
    let table: TOMLTable
    do throws(TOMLError) { table = try TOMLTable(string: text) } catch {
      throw failure("line \(error.line), column \(error.column): \(error.message)")
    }
    guard let roles = table["roles"]?.table else { throw failure("it has no [roles]") }
    var styles: [Role: CellStyle] = [:]
    for key in roles.keys.sorted() {
      guard let role = Role(rawValue: key) else { throw failure("there is no role \(key)") }
      guard let entry = roles[key]?.table else { throw failure("\(key) must be a table") }
      var style = CellStyle()
      for part in entry.keys.sorted() {
        switch part {
        case "fg": style.foreground = try color(entry[part], failure("\(key).fg is not a colour"))
        case "bg": style.background = try color(entry[part], failure("\(key).bg is not a colour"))
        case "attributes":
          for element in entry[part]?.array ?? [] {
            guard let word = element.string, let attribute = attributes[word] else {
              throw failure("\(key).attributes knows bold, dim, reverse and underline")
            }
            style.attributes.insert(attribute)
          }
        default: throw failure("\(key) has fg, bg and attributes, not \(part)")
        }
      }
      styles[role] = style
    }
    return Theme(
      name: table["name"]?.string ?? place, isLight: table["background"]?.string == "light",
      styles: styles, colors: colors)
  }

  private static func color(
    _ value: TOMLValue?, _ failure: RunError
  ) throws(RunError) -> Int16 {
    if let number = value?.int, (0...255).contains(number) { return Int16(number) }
    guard let word = value?.string, let place = colors.firstIndex(of: word) else { throw failure }
    return Int16(place)
  }

  private static let colors = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black",
    "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
    "bright-white",
  ]

  private static let attributes: [String: CellStyle.Attributes] = [
    "bold": .bold, "dim": .dim, "reverse": .reverse, "underline": .underline,
  ]
}
