import CYAML

/// Reads YAML 1.1 as Python's scripts write it, through libyaml.
///
/// Tags such as `!!python/object` or `!!python/tuple` are never acted on: what they stand before is
/// taken for the plain mapping, list or text that it is.
struct YAMLReader {
  struct Failure: Error, Equatable {
    /// From 1; nil where no place is to blame.
    let line: Int?
    let message: String
  }

  private let reader: OpaquePointer
  private var anchors: [String: (value: ConfigValue, weight: Int)] = [:]
  private var weight = 0
  private var depth = 0

  // No configuration of a person is larger, with its aliases written out, or deeper.
  private static let heaviest = 100_000
  private static let deepest = 64

  /// The first document of a text; `none` when there is nothing in it.
  static func value(_ bytes: [UInt8]) throws(Failure) -> ConfigValue {
    let result = bytes.withUnsafeBufferPointer { bytes -> Result<ConfigValue, Failure> in
      guard let reader = kym_open(bytes.baseAddress, bytes.count) else {
        let reason =
          kym_is_there() == 0
          ? "YAML is read by libyaml, which is not installed (libyaml-0-2)"
          : "there is no memory to read it"
        return .failure(Failure(line: nil, message: reason))
      }
      defer { kym_close(reader) }
      var yaml = YAMLReader(reader: reader)
      do throws(Failure) { return .success(try yaml.document()) } catch { return .failure(error) }
    }
    return try result.get()
  }

  private init(reader: OpaquePointer) { self.reader = reader }

  private enum Kind: Equatable {
    case end, document, scalar, alias, list, listEnd, mapping, mappingEnd
  }

  private struct Event {
    let kind: Kind
    let line: Int
    let text: String
    let isPlain: Bool
    let anchor: String?
    let tag: String?
  }

  private func next() throws(Failure) -> Event {
    var event = kym_event()
    kym_next(reader, &event)
    var text = ""
    if let start = event.text {
      let bytes = UnsafeRawBufferPointer(start: start, count: event.length)
      text = String(decoding: bytes, as: UTF8.self)
    }
    let line = Int(clamping: event.line)
    let kinds: [Kind] = [
      .end, .document, .scalar, .alias, .list, .listEnd, .mapping, .mappingEnd,
    ]
    guard event.kind >= 0, Int(event.kind) < kinds.count else {
      throw Failure(line: line, message: text)
    }
    return Event(
      kind: kinds[Int(event.kind)], line: line, text: text, isPlain: event.is_plain != 0,
      anchor: event.anchor.map { String(cString: $0) }, tag: event.tag.map { String(cString: $0) })
  }

  private mutating func document() throws(Failure) -> ConfigValue {
    var event = try next()
    if event.kind == .document { event = try next() }
    return event.kind == .end ? .none : try value(event)
  }

  private mutating func value(_ event: Event) throws(Failure) -> ConfigValue {
    let before = weight
    weight += 1
    try check(event)
    var result = ConfigValue.none
    switch event.kind {
    case .scalar: result = Self.scalar(event)
    case .alias:
      let name = event.anchor ?? ""
      guard let known = anchors[name] else {
        throw Failure(line: event.line, message: "the alias *\(name) has no anchor before it")
      }
      weight += known.weight
      try check(event)
      return known.value
    case .list: result = .list(try list(event))
    case .mapping: result = .mapping(try mapping(event))
    case .end, .document, .listEnd, .mappingEnd:
      throw Failure(line: event.line, message: "a value is missing")
    }
    if let anchor = event.anchor { anchors[anchor] = (result, weight - before) }
    return result
  }

  private func check(_ event: Event) throws(Failure) {
    guard weight <= Self.heaviest else {
      throw Failure(line: event.line, message: "it holds more than \(Self.heaviest) values")
    }
    guard depth <= Self.deepest else {
      throw Failure(line: event.line, message: "it is nested too deep")
    }
  }

  private mutating func list(_ start: Event) throws(Failure) -> [ConfigValue] {
    depth += 1
    defer { depth -= 1 }
    var values: [ConfigValue] = []
    while true {
      let event = try next()
      if event.kind == .listEnd { return values }
      values.append(try value(event))
    }
  }

  private mutating func mapping(_ start: Event) throws(Failure) -> [ConfigValue.Member] {
    depth += 1
    defer { depth -= 1 }
    var members: [ConfigValue.Member] = []
    var places: [String: Int] = [:]
    var merged: [ConfigValue] = []
    while true {
      let event = try next()
      if event.kind == .mappingEnd { break }
      let key = Self.key(event.kind == .scalar ? .text(event.text) : try value(event))
      let value = try value(try next())
      if key == "<<" {
        merged.append(value)
        continue
      }
      let member = ConfigValue.Member(key: key, value: value)
      if let place = places[key] {
        members[place] = member
      } else {
        places[key] = members.count
        members.append(member)
      }
    }
    // What is merged in counts where the mapping does not say it itself.
    for case .mapping(let others) in merged.flatMap(Self.sources) {
      for member in others where places[member.key] == nil {
        places[member.key] = members.count
        members.append(member)
      }
    }
    return members
  }

  private static func sources(_ value: ConfigValue) -> [ConfigValue] {
    if case .list(let values) = value { values } else { [value] }
  }

  private static func key(_ value: ConfigValue) -> String {
    switch value {
    case .text(let text): return text
    case .number(let number): return "\(number)"
    case .bool(let value): return "\(value)"
    default: return "?"
    }
  }

  // MARK: Scalars

  private static func scalar(_ event: Event) -> ConfigValue {
    if let tag = event.tag, tag != "!" {
      let name = tag.hasPrefix("tag:yaml.org,2002:") ? tag.dropFirst(18) : tag.drop { $0 == "!" }
      // `!!python/name:torch.relu ''` says all in its tag.
      if event.text.isEmpty, name.hasPrefix("python/"), let colon = name.firstIndex(of: ":") {
        return .text(String(name[name.index(after: colon)...]))
      }
      guard ["int", "float", "bool", "null"].contains(name) else { return .text(event.text) }
    } else if !event.isPlain {
      return .text(event.text)
    }
    return plain(event.text)
  }

  private static func plain(_ text: String) -> ConfigValue {
    switch text.lowercased() {
    case "", "~", "null": return .none
    case "true", "yes", "on": return .bool(true)
    case "false", "no", "off": return .bool(false)
    case ".nan": return .number(.nan)
    case ".inf", "+.inf": return .number(.infinity)
    case "-.inf": return .number(-.infinity)
    case "nan", "inf", "infinity": return .text(text)
    default: break
    }
    if let value = TableNumber.value(text) { return .number(value) }
    let plain = text.filter { $0 != "_" }
    if plain.hasPrefix("0x"), let value = Int(plain.dropFirst(2), radix: 16) {
      return .number(Double(value))
    }
    let isDigits = plain.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    if isDigits, plain.utf8.count < text.utf8.count, text.utf8.first != 0x5F,
      let value = TableNumber.value(plain)
    {
      return .number(value)
    }
    return .text(text)
  }
}
