import ReviewCore

/// The configuration that a script logged as a text, by `add_text` and its like.
enum TextSettings {
  private static let words: Set = [
    "config", "configs", "configuration", "cfg", "conf", "hparam", "hparams", "hyperparam",
    "hyperparams", "hyperparameter", "hyperparameters", "arg", "args", "arguments", "param",
    "params", "parameters", "settings", "options", "opt", "flags",
  ]

  /// The tag as the script gave it: libraries append `/text_summary`.
  static func tag(_ tag: String) -> String {
    let ending = "/text_summary"
    return tag.hasSuffix(ending) ? String(tag.dropLast(ending.count)) : tag
  }

  /// The settings of a text; nil for one that is no configuration.
  ///
  /// A JSON object or a Markdown table of keys and values is one whatever its tag; lines `key: value`
  /// only under a tag such as `hparams` or `config`.
  static func settings(_ text: String, tag: String, origin: String) -> [Setting]? {
    let plain = withoutFence(text)
    if let settings = table(plain, origin: origin) { return settings }
    var value: ConfigValue?
    let bytes = Array(plain.utf8)
    if bytes.first == 0x7B { value = (try? JSONReader.value(in: bytes)).map { ConfigValue($0) } }
    let isNamed = !words.isDisjoint(with: NameWords.words(of: tag))
    if value == nil, isNamed { value = try? YAMLReader.value(bytes) }
    if let value, case .mapping(let members) = value, !members.isEmpty {
      return SettingsFile.settings(value, name: "", path: origin)
    }
    return isNamed ? pairs(plain, origin: origin) : nil
  }

  /// `latent_dim: 16, batch: 32`, or as Python prints arguments: `Namespace(latent_dim=16, data='a')`.
  private static func pairs(_ text: String, origin: String) -> [Setting]? {
    var text = text[...]
    if let open = text.firstIndex(of: "("), text.last == ")",
      text[..<open].allSatisfy({ $0.isLetter || $0 == "_" })
    {
      text = text[text.index(after: open)...].dropLast()
    }
    var settings: [Setting] = []
    for part in parts(text) where !part.allSatisfy(\.isWhitespace) {
      guard let sign = part.firstIndex(where: { $0 == ":" || $0 == "=" }) else { return nil }
      let name = part[..<sign].filter { !$0.isWhitespace }
      guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "_-.".contains($0) })
      else { return nil }
      let rest = part[part.index(after: sign)...].drop(while: \.isWhitespace)
      var plain = rest
      while plain.last?.isWhitespace == true { plain.removeLast() }
      let isQuoted =
        plain.count > 1 && plain.first == plain.last && (plain.first == "'" || plain.first == "\"")
      settings.append(
        Setting(
          name: name,
          value: isQuoted ? .text(String(plain.dropFirst().dropLast())) : value(String(plain)),
          origin: origin))
    }
    return settings.isEmpty ? nil : settings
  }

  /// Between commas and line ends, but for those in brackets and quotes.
  private static func parts(_ text: Substring) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    var depth = 0
    var quote: Character?
    for index in text.indices {
      let character = text[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if "([{".contains(character) {
        depth += 1
      } else if ")]}".contains(character) {
        depth -= 1
      } else if depth == 0, character == "," || character.isNewline {
        parts.append(text[start..<index])
        start = text.index(after: index)
      }
    }
    return parts + [text[start...]]
  }

  /// Markdown's marks around a text that is to be shown as it stands.
  private static func withoutFence(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    func isEmpty(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
    while let first = lines.first, isEmpty(first) { lines.removeFirst() }
    while let last = lines.last, isEmpty(last) { lines.removeLast() }
    if lines.count > 2, lines.first?.hasPrefix("```") == true, lines.last?.hasPrefix("```") == true
    {
      lines = lines.dropFirst().dropLast()
    }
    var plain = lines.joined(separator: "\n")
    if plain.hasPrefix("<pre>"), plain.hasSuffix("</pre>") {
      plain = String(plain.dropFirst(5).dropLast(6))
    }
    // A text may be set in by four spaces as a whole.
    return String(plain.drop { $0 == "\n" })
  }

  /// `|key|value|`, a line of dashes, then a row each.
  private static func table(_ text: String, origin: String) -> [Setting]? {
    let rows = text.split(separator: "\n").map { line in
      cells(line)
    }
    guard rows.count > 2, rows.allSatisfy({ $0?.count == 2 }),
      rows[1]?.allSatisfy({ $0.contains("-") && $0.allSatisfy { "-: ".contains($0) } }) == true
    else { return nil }
    return rows.dropFirst(2).compactMap { row in
      guard let row, !row[0].isEmpty else { return nil }
      return Setting(name: row[0], value: value(row[1]), origin: origin)
    }
  }

  private static func cells(_ line: Substring) -> [String]? {
    var line = line
    while line.last?.isWhitespace == true { line.removeLast() }
    line = line.drop(while: \.isWhitespace)
    guard line.count > 1, line.first == "|", line.last == "|" else { return nil }
    return line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map {
      var cell = $0.drop { $0 == " " || $0 == "`" || $0 == "*" }
      while let last = cell.last, " `*".contains(last) { cell.removeLast() }
      return String(cell)
    }
  }

  /// As Python prints it.
  private static func value(_ text: String) -> SettingValue {
    switch text {
    case "True", "true": return .bool(true)
    case "False", "false": return .bool(false)
    case "None", "null", "": return .none
    default: return TableNumber.value(text).map { .number($0) } ?? .text(text)
    }
  }
}
