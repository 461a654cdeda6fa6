import ReviewCore

/// What MLflow's stores have in common: pictures in artifacts, parameters as words.
enum MLflowRun {
  /// A picture of `log_image` by its name: `KEY+step+S+timestamp+MS+UUID.png`, with `~` for `/` in the
  /// key; earlier releases wrote `%` for `+` and `#` for `~`.
  struct ImageName {
    let key: String
    let step: Double
    let time: Double
    /// The small copy that MLflow's pages show.
    let isThumbnail: Bool

    init?(_ name: Substring) {
      guard let dot = name.lastIndex(of: ".") else { return nil }
      let stem = name[..<dot]
      for sign: Character in ["+", "%"] {
        let parts = stem.split(separator: sign, omittingEmptySubsequences: false)
        // What stands before may hold the sign itself.
        let isThumbnail = parts.last == "compressed"
        let fields = isThumbnail ? parts.dropLast() : parts
        let end = fields.count
        guard end >= 6, fields[end - 5] == "step", fields[end - 3] == "timestamp",
          let step = Double(fields[end - 4]), let time = Double(fields[end - 2]), step.isFinite
        else { continue }
        key = String(
          fields[..<(end - 5)].joined(separator: String(sign)).map {
            $0 == "~" || $0 == "#" ? "/" : $0
          })
        (self.step, self.time, self.isThumbnail) = (step, time, isThumbnail)
        return
      }
      return nil
    }
  }

  /// Takes the pictures among the files of a run's artifacts.
  ///
  /// - Parameter folder: that of the artifacts, with a slash at its end.
  static func takeImages(_ files: [String], in folder: String, run: inout TrackedRun) {
    var found: [(name: ImageName, path: String)] = []
    for file in files where file.hasPrefix(folder) {
      guard let name = ImageName(file[(file.lastIndex(of: "/") ?? file.startIndex)...].dropFirst())
      else { continue }
      run.told.insert(file)
      if !name.isThumbnail, ImageFile.isPicture(file) { found.append((name, file)) }
    }
    // Of two of one step the later one counts.
    found.sort { ($0.name.time, $0.path) < ($1.name.time, $1.path) }
    for (name, path) in found {
      run.history.add(pictures: [path], key: name.key, step: name.step)
    }
  }

  /// A parameter, which MLflow keeps as the words of Python's `str`.
  static func setting(_ name: String, _ text: String, origin: String) -> Setting {
    let value: SettingValue
    switch text {
    case "True", "true": value = .bool(true)
    case "False", "false": value = .bool(false)
    case "None": value = .none
    default:
      if let number = TableNumber.value(text) {
        value = .number(number)
      } else if text.first == "[" || text.first == "(", let list = numbers(text) {
        value = .list(list)
      } else {
        value = .text(text)
      }
    }
    return Setting(name: name.replacing("/", with: "."), value: value, origin: origin)
  }

  private static func numbers(_ text: String) -> [SettingValue]? {
    guard text.utf8.count <= 400, let last = text.last, last == "]" || last == ")" else {
      return nil
    }
    let parts = text.dropFirst().dropLast().split(separator: ",").map {
      TableNumber.value(String($0.drop { $0 == " " }))
    }
    return parts.contains(nil) ? nil : parts.compactMap { $0.map { .number($0) } }
  }
}
