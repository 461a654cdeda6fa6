import ReviewCore
import ReviewFront
import RunFormats
import TerminalSurface

/// What `config.toml` says; a line that cannot be used is named and the rest counts.
struct Configuration {
  private(set) var reviewer: String?
  private(set) var theme: String?
  private(set) var usesMouse = true
  private(set) var advances = true
  /// How pictures are shown at the start.
  var pictures = PicturePreferences()
  /// All keys of a command; the others keep theirs.
  private(set) var keys: [Command: [Key]] = [:]
  /// Names of tags with their letters, in the file's order of names.
  private(set) var tags: [(name: String, key: Character)] = []
  /// By the lines they are about.
  var warnings: [RunWarning] {
    found.sorted { $0.line < $1.line }.map(\.warning)
  }
  private var found: [(line: Int, warning: RunWarning)] = []
  private var path = ""

  // A file with more wrong lines than this is no configuration.
  private static let mostWrongLines = 40

  static func load() -> Configuration {
    let path = "\(Outside.configurationFolder)/config.toml"
    guard FileBytes.kind(path) != nil else { return Configuration() }
    do {
      return Configuration(
        text: String(decoding: try FileBytes.read(path), as: UTF8.self), path: path)
    } catch {
      var configuration = Configuration()
      configuration.found = [(0, RunWarning(.unreadable, path: path, error.reason))]
      return configuration
    }
  }

  init() {}

  init(text: String, path: String) {
    self.path = path
    guard let table = parse(text) else { return }
    for key in table.keys.sorted() {
      let (value, line) = (table[key], table.lines[key] ?? 0)
      switch key {
      case "reviewer": reviewer = string(value, key, line)
      case "theme": theme = usable(string(value, key, line), line)
      case "mouse": usesMouse = boolean(value, key, line) ?? usesMouse
      case "auto_advance": advances = boolean(value, key, line) ?? advances
      case "pictures": readPictures(value?.table, line)
      case "keys": readKeys(value?.table, line)
      case "tags": readTags(value?.table, line)
      default:
        warn(
          line,
          "\(PrintableText.escaped(key)) is not a setting; there is reviewer, theme, mouse, "
            + "auto_advance, [pictures], [keys] and [tags]")
      }
    }
  }

  /// The document without the lines that are not TOML, each of which is named.
  private mutating func parse(_ text: String) -> TOMLTable? {
    // Scalars: as characters a carriage return and its line feed are one.
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    for _ in 0..<Self.mostWrongLines {
      do throws(TOMLError) {
        return try TOMLTable(string: lines.joined(separator: "\n"))
      } catch {
        warn(error.line, "column \(error.column): \(PrintableText.escaped(error.message))")
        // An error at the end is of the last line that says something.
        var wrong = min(error.line, lines.count) - 1
        while wrong > 0, lines[wrong].allSatisfy(\.isWhitespace) { wrong -= 1 }
        guard !lines[wrong].isEmpty else { return nil }
        lines[wrong] = ""
      }
    }
    warn(1, "it has more than \(Self.mostWrongLines) wrong lines; nothing of it is used")
    return nil
  }

  private mutating func readKeys(_ table: TOMLTable?, _ line: Int) {
    guard let table else {
      warn(line, "keys must be a table of commands and their keys")
      return
    }
    var taken: [Key: Command] = [:]
    for name in table.keys.sorted(by: { (table.lines[$0] ?? 0, $0) < (table.lines[$1] ?? 0, $1) }) {
      let line = table.lines[name] ?? line
      guard let command = Command(rawValue: name) else {
        let near = Command.allCases.map(\.rawValue).filter { $0.hasPrefix(name.prefix(3)) }
        warn(
          line,
          "\(PrintableText.escaped(name)) is not a command; "
            + (near.isEmpty
              ? "docs/keys.md lists them" : "there is \(near.joined(separator: ", "))"))
        continue
      }
      guard let words = Self.words(table[name]) else {
        warn(line, "\(name) must be a key in quotes, or a list of keys")
        continue
      }
      var bound: [Key] = []
      for word in words {
        if word == "Ctrl-C", command != .quit {
          warn(line, "Ctrl-C always quits")
          continue
        }
        guard let key = Key(named: word) else {
          warn(
            line,
            "\"\(PrintableText.escaped(word))\" is not a key; keys are x, X, Ctrl-X, F5, Space, "
              + "Enter, Esc, Tab, Up, PgDn and the like")
          continue
        }
        if let other = taken[key], other != command {
          warn(line, "\(key.name) is bound to \(other.rawValue) already")
          continue
        }
        taken[key] = command
        bound.append(key)
      }
      // A command all of whose keys are wrong keeps those it had.
      if !bound.isEmpty || words.isEmpty { keys[command] = bound }
    }
  }

  private mutating func readTags(_ table: TOMLTable?, _ line: Int) {
    guard let table else {
      warn(line, "tags must be a table of names and their letters")
      return
    }
    for name in table.keys.sorted(by: { (table.lines[$0] ?? 0, $0) < (table.lines[$1] ?? 0, $1) }) {
      let line = table.lines[name] ?? line
      guard FailureTag.isValidName(name) else {
        warn(
          line,
          "\(PrintableText.escaped(name)): a tag is 1 to 64 letters, digits, hyphens and underscores"
        )
        continue
      }
      guard let letter = table[name]?.string, letter.count == 1, let key = letter.first, key != " "
      else {
        warn(line, "\(name) must be one character in quotes")
        continue
      }
      if let other = tags.first(where: { $0.key == key }) {
        warn(line, "\(letter) is the letter of \(other.name) already")
        continue
      }
      tags.append((name, key))
    }
  }

  /// A theme that can be read; one that cannot is as if none were chosen.
  private mutating func usable(_ name: String?, _ line: Int) -> String? {
    guard let name else { return nil }
    do throws(RunError) {
      _ = try ThemeFile.load(name, colors: 0)
      return name
    } catch {
      warn(line, "\(error.what) \(error.place.map(PrintableText.escaped) ?? ""): \(error.why)")
      return nil
    }
  }

  static func words(_ value: TOMLValue?) -> [String]? {
    if let word = value?.string { return [word] }
    guard let array = value?.array else { return nil }
    let words = array.compactMap(\.string)
    return words.count == array.count ? words : nil
  }

  mutating func string(_ value: TOMLValue?, _ key: String, _ line: Int) -> String? {
    if let text = value?.string { return text }
    warn(line, "\(key) must be a text in quotes")
    return nil
  }

  private mutating func boolean(_ value: TOMLValue?, _ key: String, _ line: Int) -> Bool? {
    if case .boolean(let flag)? = value { return flag }
    warn(line, "\(key) must be true or false")
    return nil
  }

  mutating func warn(_ line: Int, _ message: String) {
    found.append((line, RunWarning(.badSetting, path: path, "line \(line): \(message)")))
  }
}
