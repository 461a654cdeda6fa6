import ReviewCore

/// A file of a run's configuration: YAML, JSON or TOML by its ending.
enum SettingsFile {
  // A configuration is written by people, or once by a script.
  // Lines of TOML are counted for each key, and libyaml looks through all directives for each one.
  private static func largest(_ path: String) -> Int {
    let name = path.lowercased()
    return name.hasSuffix(".json") ? 4 << 20 : name.hasSuffix(".toml") ? 64 << 10 : 256 << 10
  }
  private static let most = 5_000
  private static let deepest = 32
  private static let longestName = 400
  private static let longestList = 64

  private static let stems: Set = [
    "hparams", "hyperparams", "hyperparameters", "config", "args", "arguments", "params",
    "parameters", "options", "opt", "flags", "settings", "cfg", "conf", "configuration",
    "training_args", "training_options", "train_config", "training_config", "model_config",
    "model_index", "scheduler_config", "experiment_config",
  ]
  private static let endings: Set = [".yaml", ".yml", ".json", ".toml"]
  static let overridesName = ".hydra/overrides.yaml"

  /// Whether a file is worth looking into, by its name alone.
  static func maySet(_ path: String) -> Bool {
    if path.hasSuffix(overridesName) || path.hasSuffix(".hydra/config.yaml") { return true }
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    guard let dot = name.lastIndex(of: ".") else { return false }
    return endings.contains(String(name[dot...])) && stems.contains(String(name[..<dot]))
      && !path.contains(".hydra/")
  }

  /// The settings of a file in its order.
  ///
  /// Any bytes end in settings or in a warning; what is too large, too deep or too long is left out,
  /// and that is a warning, too.
  static func read(_ bytes: [UInt8], path: String) -> (settings: [Setting], warnings: [RunWarning])
  {
    guard bytes.count <= largest(path) else {
      let limit = "\(largest(path) >> 10) KiB"
      return (
        [], [RunWarning(.badSetting, path: path, "it is larger than \(limit); it is left out")]
      )
    }
    let text = TextBytes(bytes)
    let value: ConfigValue
    switch parse(text.bytes, path: path) {
    case .success(let parsed): value = parsed
    case .failure(let warning): return ([], [warning])
    }
    if path.hasSuffix(overridesName) { return (overrides(value, path: path), []) }
    guard case .mapping = value else {
      let warning = RunWarning(.badSetting, path: path, "it holds no names and values")
      return ([], value == .none ? [] : [warning])
    }
    var flattening = Flattening(path: path)
    flattening.add(value, name: "", depth: 0)
    return (flattening.settings, flattening.warnings)
  }

  /// The settings below one name, as a tracker keeps them.
  static func settings(_ value: ConfigValue, name: String, path: String) -> [Setting] {
    var flattening = Flattening(path: path)
    flattening.add(value, name: name, depth: 0)
    return flattening.settings
  }

  private static func parse(_ bytes: [UInt8], path: String) -> Result<ConfigValue, RunWarning> {
    let name = path.lowercased()
    if name.hasSuffix(".json") {
      do throws(JSONError) { return .success(ConfigValue(try JSONReader.value(in: bytes))) } catch {
        return .failure(
          RunWarning(
            .badSetting, path: path, offset: error.offset, "it is not JSON: \(error.message)"))
      }
    }
    if name.hasSuffix(".toml") {
      do throws(TOMLError) {
        let table = try TOMLTable(string: String(decoding: bytes, as: UTF8.self))
        return .success(ConfigValue(.table(table)))
      } catch {
        return .failure(
          RunWarning(
            .badSetting, path: path,
            "line \(error.line), column \(error.column): \(error.message)"))
      }
    }
    do throws(YAMLReader.Failure) { return .success(try YAMLReader.value(bytes)) } catch {
      let place = error.line.map { "line \($0): " } ?? ""
      return .failure(
        RunWarning(.badSetting, path: path, place + PrintableText.escaped(error.message)))
    }
  }

  /// What was said on the command line of a Hydra application: `model=vae`, `+lr=0.1`.
  private static func overrides(_ value: ConfigValue, path: String) -> [Setting] {
    guard case .list(let lines) = value else { return [] }
    return lines.prefix(most).compactMap { line in
      guard case .text(let text) = line, let sign = text.firstIndex(of: "=") else { return nil }
      let name = text[..<sign].drop { $0 == "+" || $0 == "~" }
      let value = String(text[text.index(after: sign)...])
      return Setting(
        name: String(name),
        value: TableNumber.value(value).map { .number($0) } ?? .text(value), origin: path)
    }
  }

  /// Walks through a configuration and writes its leaves down.
  private struct Flattening {
    let path: String
    var settings: [Setting] = []
    private var left: (many: Int, deep: Int) = (0, 0)

    init(path: String) { self.path = path }

    var warnings: [RunWarning] {
      left.many + left.deep == 0
        ? []
        : [
          RunWarning(
            .badSetting, path: path,
            "\(left.many + left.deep) of its values are left out: too many, or nested too deep")
        ]
    }

    mutating func add(_ value: ConfigValue, name: String, depth: Int) {
      guard settings.count < most else {
        left.many += 1
        return
      }
      guard depth <= deepest, name.utf8.count <= longestName else {
        left.deep += 1
        return
      }
      switch value {
      case .mapping(let members):
        for member in members {
          guard member.key.utf8.count <= longestName else {
            left.deep += 1
            continue
          }
          add(
            member.value, name: name.isEmpty ? member.key : "\(name).\(member.key)",
            depth: depth + 1)
        }
      case .list(let values) where values.contains(where: Self.isMapping):
        for (index, value) in values.enumerated() {
          add(value, name: "\(name).\(index)", depth: depth + 1)
        }
      default:
        settings.append(
          Setting(name: name, value: Self.leaf(value, depth: 0), origin: path))
      }
    }

    private static func isMapping(_ value: ConfigValue) -> Bool {
      if case .mapping = value { true } else { false }
    }

    private static func leaf(_ value: ConfigValue, depth: Int) -> SettingValue {
      switch value {
      case .none: return .none
      case .bool(let value): return .bool(value)
      case .number(let value): return .number(value)
      case .text(let value): return .text(value)
      case .list(let values):
        guard depth < 4 else { return .text("[...]") }
        var leaves = values.prefix(longestList).map { leaf($0, depth: depth + 1) }
        if values.count > longestList { leaves.append(.text("...")) }
        return .list(leaves)
      case .mapping: return .text("{...}")
      }
    }
  }
}
