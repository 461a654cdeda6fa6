import ReviewCore
import RunFormats

/// What `config.toml` says; a setting that cannot be used is named and the rest counts.
struct Configuration {
  private(set) var reviewer: String?
  private(set) var theme: String?
  private(set) var warnings: [RunWarning] = []

  static func load() -> Configuration {
    let path = "\(Outside.configurationFolder)/config.toml"
    guard FileBytes.kind(path) != nil else { return Configuration() }
    do {
      return Configuration(
        text: String(decoding: try FileBytes.read(path), as: UTF8.self), path: path)
    } catch {
      var configuration = Configuration()
      configuration.warnings = [RunWarning(.unreadable, path: path, error.reason)]
      return configuration
    }
  }

  init() {}

  init(text: String, path: String) {
    do throws(TOMLError) {
      let table = try TOMLTable(string: text)
      for key in table.keys.sorted() {
        switch key {
        case "reviewer": reviewer = table[key]?.string
        case "theme": theme = table[key]?.string
        default:
          warnings.append(RunWarning(.badSetting, path: path, "\(key) is not a setting"))
          continue
        }
        if table[key]?.string == nil {
          warnings.append(RunWarning(.badSetting, path: path, "\(key) must be a text in quotes"))
        }
      }
    } catch {
      warnings.append(
        RunWarning(
          .badSetting, path: path,
          "line \(error.line), column \(error.column): \(PrintableText.escaped(error.message)); "
            + "nothing of the file is used"))
    }
  }
}
