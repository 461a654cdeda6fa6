/// One line of a run's configuration.
package struct Setting: Equatable, Sendable {
  /// Its keys from the outermost, with points between: `model.latent_dim`.
  package let name: String
  package let value: SettingValue
  /// The file it stands in, relative to the run.
  package let origin: String

  package init(name: String, value: SettingValue, origin: String) {
    self.name = name
    self.value = value
    self.origin = origin
  }

  /// The last of its keys.
  package var key: Substring {
    name.lastIndex(of: ".").map { name[name.index(after: $0)...] } ?? name[...]
  }
}

extension [Setting] {
  /// Without those that an earlier one, of whatever file, says alike.
  package var withoutRepeats: [Setting] {
    var known: [String: [SettingValue]] = [:]
    return filter { setting in
      guard known[setting.name]?.contains(setting.value) != true else { return false }
      known[setting.name, default: []].append(setting.value)
      return true
    }
  }
}

/// What a setting is set to.
package enum SettingValue: Equatable, Sendable {
  case none
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([SettingValue])

  /// On one line: `64`, `VAE`, `[1, 28, 28]`, `none`.
  package var words: String {
    switch self {
    case .none: return "none"
    case .bool(let value): return value ? "true" : "false"
    case .number(let value): return NumberText.shortest(value)
    case .text(let value): return PrintableText.singleLine(value)
    case .list(let values): return "[\(values.map(\.words).joined(separator: ", "))]"
    }
  }

  package var json: JSONText {
    switch self {
    case .none: return .null
    case .bool(let value): return .bool(value)
    case .number(let value): return .number(value)
    case .text(let value): return .string(value)
    case .list(let values): return .array(values.map(\.json))
    }
  }
}
