import ReviewCore

/// What a run declares of the numbers beside its samples.
extension KeepochTOML.Reader {
  private static var roleKeys: String { ArrayRole.allCases.map(\.tomlKey).joined(separator: ", ") }

  mutating func arrays(
    _ value: TOMLValue, _ key: String, into result: inout RunDeclaration
  ) {
    guard let table = value.table else {
      warn(key, "must be a table with \(Self.roleKeys)")
      return
    }
    for name in table.keys.sorted() {
      guard let role = ArrayRole.allCases.first(where: { $0.tomlKey == name }),
        let value = table[name]
      else {
        warn("\(key).\(name)", "is not a key that Keepoch knows")
        continue
      }
      result.arrayPatterns[role] = pattern(value, "\(key).\(name)")
    }
  }

  mutating func modes(
    _ value: TOMLValue, _ key: String
  ) -> RunDeclaration.DeclaredModes? {
    guard let table = value.table else {
      warn(key, "must be a table with centres and deviation")
      return nil
    }
    var centres: String?
    var deviation: Double?
    var isRefused = false
    for name in table.keys.sorted() {
      guard let value = table[name] else { continue }
      switch name {
      case "centres":
        centres = text(value, "\(key).\(name)")
        isRefused = isRefused || centres == nil
      case "deviation":
        deviation = (value.double ?? value.int.map(Double.init)).flatMap {
          $0 > 0 && $0.isFinite ? $0 : nil
        }
        if deviation == nil {
          warn("\(key).\(name)", "must be a number above 0, such as 0.02")
          isRefused = true
        }
      default: warn("\(key).\(name)", "is not a key that Keepoch knows")
      }
    }
    guard let centres, let deviation else {
      if !isRefused { warn(key, "must have both centres and deviation") }
      return nil
    }
    return RunDeclaration.DeclaredModes(centresPath: centres, deviation: deviation)
  }
}

extension ArrayRole {
  /// How `[arrays]` calls it.
  var tomlKey: String { rawValue.replacing("-", with: "_") }
}
