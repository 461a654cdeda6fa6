import ReviewCore

/// Reads a run that Weights & Biases keeps on disk: its log says what was logged at which step.
///
/// Names of media files are not asked: their number is the step of an earlier call.
struct WandbRun {
  private let root: String
  /// The run's folder, relative to the root; empty where it is the root.
  private let folder: String
  private var run: TrackedRun
  private var config: [(name: String, value: JSONValue)] = []
  private var configPlaces: [String: Int] = [:]
  private var rowCount = 0.0

  private static let mostSettings = 5_000
  private static let longestName = 400

  /// Whether a name is that of a run's log.
  static func isLog(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return name.hasSuffix(".wandb") && name.hasPrefix("run-")
  }

  /// - Parameters:
  ///   - log: relative to the root.
  ///   - files: of the root.
  static func read(_ log: String, root: String, files: [String]) -> TrackedRun {
    let folder = log.lastIndex(of: "/").map { String(log[..<$0]) } ?? ""
    var reader = WandbRun(
      root: root, folder: folder, run: TrackedRun(format: .wandb, path: log, title: "W&B"))
    reader.read(log)
    reader.settle(files)
    return reader.run
  }

  private init(root: String, folder: String, run: TrackedRun) {
    self.root = root
    self.folder = folder
    self.run = run
  }

  private func inside(_ name: String) -> String { folder.isEmpty ? name : "\(folder)/\(name)" }

  private mutating func read(_ path: String) {
    do throws(FileBytes.Failure) {
      let file = try OpenFile("\(root)/\(path)")
      let size = file.size
      let log = try WandbLog.scan(file) { self.record($0, $1) }
      run.warnings += log.damages.map {
        RunWarning(.badRecord, path: path, offset: $0.offset, $0.reason)
      }
      let name = PrintableText.escaped(path)
      if log.readEnd < size {
        run.reading.append(
          "\(name): \(size - log.readEnd) bytes at the end are no whole record yet")
      }
    } catch {
      run.warnings.append(RunWarning(.unreadable, path: path, error.reason))
    }
  }

  private mutating func settle(_ files: [String]) {
    let prefix = inside("")
    let media = inside("files/media/")
    let configPath = inside("files/config.yaml")
    for file in files where file.hasPrefix(prefix) {
      if file.hasPrefix(media) || file == run.path { run.told.insert(file) }
      let name = file.dropFirst(prefix.utf8.count)
      if name == "files/output.log", !run.history.isEmpty { run.told.insert(file) }
      if name == "files/config.yaml" || name == "files/wandb-summary.json" {
        run.told.insert(file)
      }
    }
    run.settings = config.flatMap { name, value in
      SettingsFile.settings(ConfigValue(value), name: name, path: run.path)
    }
    guard config.isEmpty, run.told.contains(configPath),
      let bytes = try? FileBytes.read("\(root)/\(configPath)")
    else { return }
    // Here each key has its value and a description.
    let read = SettingsFile.read(bytes, path: configPath)
    run.warnings += read.warnings
    run.settings = read.settings.compactMap { setting in
      let parts = setting.name.split(separator: ".", maxSplits: 2)
      guard parts.count >= 2, parts[1] == "value", !parts[0].hasPrefix("_") else { return nil }
      let name = parts.count == 3 ? "\(parts[0]).\(parts[2])" : String(parts[0])
      return Setting(name: name, value: setting.value, origin: configPath)
    }
  }

  // MARK: Records, as wandb_internal.proto numbers their fields

  private mutating func record(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> String? {
    var reader = WireReader(bytes, range)
    var rows: [Range<Int>] = []
    var configs: [Range<Int>] = []
    while let (number, field) = reader.next() {
      guard case .bytes(let part) = field else { continue }
      switch number {
      case 2: rows.append(part)
      case 5: configs.append(part)
      case 17:
        var inner = WireReader(bytes, part)
        while let (number, field) = inner.next() {
          if number == 4, case .bytes(let part) = field { configs.append(part) }
        }
      default: break
      }
    }
    guard reader.isAtEnd else { return "a record is none of W&B's; it is left out" }
    for part in configs { takeConfig(bytes, part) }
    for part in rows { takeRow(bytes, part) }
    return nil
  }

  /// The key of an item, as nested as it is, and its value as JSON.
  private static func item(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> (keys: [String], value: Range<Int>)? {
    var reader = WireReader(bytes, range)
    var keys: [String] = []
    var value: Range<Int>?
    while let (number, field) = reader.next() {
      guard case .bytes(let part) = field else { continue }
      switch number {
      case 1 where !part.isEmpty: keys = [bytes.text(part)]
      case 2: keys.append(bytes.text(part))
      case 16: value = part
      default: break
      }
    }
    guard let value, !keys.isEmpty else { return nil }
    return (keys, value)
  }

  private static func json(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> JSONValue? {
    let part = UnsafeRawBufferPointer(rebasing: bytes[range])
    if let number = part.withMemoryRebound(to: UInt8.self, { DecimalBytes.value($0) }) {
      return .number(number)
    }
    return try? JSONReader.value(in: Array(part))
  }

  private mutating func takeRow(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    var reader = WireReader(bytes, range)
    var step: Double?
    var single: [(key: String, value: JSONValue)] = []
    var nested: [(parent: String, members: [JSONObject.Member])] = []
    var parents: [String: Int] = [:]
    while let (number, field) = reader.next() {
      guard case .bytes(let part) = field else { continue }
      if number == 2 {
        var inner = WireReader(bytes, part)
        while let (number, field) = inner.next() {
          if number == 1, case .number(let value) = field {
            step = step ?? Double(Int64(bitPattern: value))
          }
        }
      }
      guard number == 1, let (keys, range) = Self.item(bytes, part),
        let value = Self.json(bytes, range)
      else { continue }
      if keys.count == 1 {
        if keys[0] == "_step", let number = value.number { step = number }
        single.append((keys[0], value))
      } else {
        let parent = keys.dropLast().joined(separator: ".")
        let member = JSONObject.Member(key: keys[keys.count - 1], value: value)
        if let place = parents[parent] {
          nested[place].members.append(member)
        } else {
          parents[parent] = nested.count
          nested.append((parent, [member]))
        }
      }
    }
    let place = step ?? rowCount
    rowCount = place + 1
    let files = inside("files")
    for (key, value) in single { run.history.add(value, key: key, step: place, folder: files) }
    for (parent, members) in nested {
      run.history.add(
        .object(JSONObject(members)), key: parent, step: place, folder: files)
    }
  }

  private mutating func takeConfig(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    var reader = WireReader(bytes, range)
    while let (number, field) = reader.next() {
      guard number == 1, case .bytes(let part) = field,
        let (keys, range) = Self.item(bytes, part), let first = keys.first,
        !first.hasPrefix("_"), let value = Self.json(bytes, range)
      else { continue }
      let name = keys.joined(separator: ".")
      guard name.utf8.count <= Self.longestName else { continue }
      if let place = configPlaces[name] {
        config[place].value = value
      } else if config.count < Self.mostSettings {
        configPlaces[name] = config.count
        config.append((name, value))
      }
    }
  }
}
