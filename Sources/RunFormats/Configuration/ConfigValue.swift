/// A value of a configuration, whatever it was written in.
enum ConfigValue: Equatable {
  case none
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([ConfigValue])
  /// In the order of the file; of a key that comes again the last one counts.
  case mapping([Member])

  struct Member: Equatable {
    let key: String
    let value: ConfigValue
  }

  init(_ json: JSONValue) {
    switch json {
    case .null: self = .none
    case .bool(let value): self = .bool(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .text(value)
    case .array(let values): self = .list(values.map { ConfigValue($0) })
    case .object(let object):
      self = .mapping(
        object.members.map { Member(key: $0.key, value: ConfigValue($0.value)) })
    }
  }

  /// Keys of a TOML table stand in the order of their lines.
  init(_ toml: TOMLValue) {
    switch toml {
    case .string(let value): self = .text(value)
    case .integer(let value): self = .number(Double(value))
    case .float(let value): self = .number(value)
    case .boolean(let value): self = .bool(value)
    case .array(let values): self = .list(values.map { ConfigValue($0) })
    case .moment(let value): self = .text(value)
    case .table(let table):
      let keys = table.keys.sorted {
        (table.lines[$0] ?? Int.max, $0) < (table.lines[$1] ?? Int.max, $1)
      }
      self = .mapping(
        keys.compactMap { key in table[key].map { Member(key: key, value: ConfigValue($0)) } })
    }
  }
}
