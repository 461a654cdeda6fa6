package import ReviewCore

/// Reads `keepoch.toml`, what a run declares of itself.
package enum KeepochTOML {
  package static let fileName = "keepoch.toml"
  // Written by a person; the lines before each key are counted.
  private static let largest = 64 << 10

  /// The declaration and what of it could not be used; a file that is not TOML declares nothing.
  package static func read(
    _ bytes: [UInt8], path: String
  ) -> (declaration: RunDeclaration, warnings: [RunWarning]) {
    var reader = Reader(path: path)
    guard bytes.count <= largest else {
      let warning = RunWarning(
        .badSetting, path: path,
        "it is larger than \(largest >> 10) KiB; nothing of the file is used")
      return (RunDeclaration(), [warning])
    }
    do throws(TOMLError) {
      let table = try TOMLTable(string: String(decoding: bytes, as: UTF8.self))
      return (reader.declaration(table), reader.warnings)
    } catch {
      let warning = RunWarning(
        .badSetting, path: path,
        "line \(error.line), column \(error.column): \(PrintableText.escaped(error.message)); "
          + "nothing of the file is used")
      return (RunDeclaration(), [warning])
    }
  }

  struct Reader {
    let path: String
    private(set) var warnings: [RunWarning] = []

    init(path: String) { self.path = path }

    mutating func declaration(_ table: TOMLTable) -> RunDeclaration {
      var result = RunDeclaration()
      for key in table.keys.sorted() {
        guard let value = table[key] else { continue }
        switch key {
        case "name": result.name = text(value, key)
        case "family": result.family = family(value, key)
        case "data": result.data = text(value, key)
        case "why": result.why = text(value, key)
        case "latent_shape": result.latentShape = shape(value, key)
        case "output_shape": result.outputShape = shape(value, key)
        case "samples": result.samplesPattern = pattern(value, key)
        case "array": result.arrayName = text(value, key)
        case "held_out": heldOut(value, key, into: &result)
        case "fixed_seeds":
          result.hasFixedSeeds = value.bool
          if value.bool == nil { warn(key, "must be true or false") }
        case "reference": result.referencePath = text(value, key)
        case "reference_test": result.testReferencePath = text(value, key)
        case "reference_labels": result.referenceLabelsPath = text(value, key)
        case "reference_features": result.referenceFeaturesPath = text(value, key)
        case "arrays": arrays(value, key, into: &result)
        case "modes": result.modes = modes(value, key)
        case "value_range": result.valueRange = range(value, key)
        case "grid": result.grid = grid(value, key)
        case "rule": result.rule = rule(value, key)
        case "samples_per_epoch":
          let count = value.double ?? value.int.map(Double.init)
          result.samplesPerEpoch = count.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
          if result.samplesPerEpoch == nil { warn(key, "must be a number above 0") }
        case "seeds": result.seedsName = text(value, key)
        case "setting": setting(value, key, into: &result)
        case "metrics": metrics(value, key, into: &result)
        case "tags": result.tags = tags(value, key)
        default: warn(key, "is not a key that Keepoch knows")
        }
      }
      return result
    }

    mutating func text(_ value: TOMLValue, _ key: String) -> String? {
      guard let text = value.string else {
        warn(key, "must be a text in quotes")
        return nil
      }
      return text
    }

    private mutating func family(
      _ value: TOMLValue, _ key: String
    ) -> ModelFamily? {
      guard let word = text(value, key) else { return nil }
      guard let family = ModelFamily(rawValue: word.lowercased()) else {
        warn(key, "must be one of \(ModelFamily.allCases.map(\.rawValue).joined(separator: ", "))")
        return nil
      }
      return family
    }

    mutating func pattern(_ value: TOMLValue, _ key: String) -> String? {
      guard let text = text(value, key) else { return nil }
      guard text.contains("{epoch}") || text.contains("{step}") else {
        warn(key, "must hold {epoch} or {step} where the number stands")
        return nil
      }
      return text
    }

    private mutating func shape(_ value: TOMLValue, _ key: String) -> [Int]? {
      guard let array = value.array else {
        warn(key, "must be a list of whole numbers, such as [28, 28]")
        return nil
      }
      let sizes = array.compactMap { $0.int }
      guard sizes.count == array.count, sizes.allSatisfy({ (1...1_000_000).contains($0) }) else {
        warn(key, "must be a list of whole numbers from 1, such as [28, 28]")
        return nil
      }
      return sizes
    }

    /// The seeds themselves, or the part of all that a fixed draw holds out.
    private mutating func heldOut(
      _ value: TOMLValue, _ key: String, into result: inout RunDeclaration
    ) {
      if let share = value.double ?? value.int.map(Double.init) {
        guard share > 0, share < 1 else {
          warn(key, "as a part of all seeds must lie between 0 and 1, such as 0.25")
          return
        }
        result.heldOutShare = share
        return
      }
      result.heldOutSeeds = seeds(value, key)
    }

    private mutating func seeds(_ value: TOMLValue, _ key: String) -> [Int] {
      let array = value.array ?? []
      let seeds = array.compactMap { $0.int }
      guard value.array != nil, seeds.count == array.count,
        seeds.allSatisfy({ (0...1_000_000).contains($0) })
      else {
        warn(
          key,
          "must be a list of sample indices, such as [48, 49, 50], or a part of all, such as 0.25")
        return []
      }
      return Set(seeds).sorted()
    }

    private mutating func range(
      _ value: TOMLValue, _ key: String
    ) -> ClosedRange<Double>? {
      let numbers = value.array.map { $0.compactMap { $0.double ?? $0.int.map(Double.init) } } ?? []
      guard value.array?.count == 2, numbers.count == 2, numbers[0] < numbers[1],
        numbers.allSatisfy(\.isFinite)
      else {
        warn(key, "must be two ascending numbers, such as [-1, 1]")
        return nil
      }
      return numbers[0]...numbers[1]
    }

    private mutating func grid(
      _ value: TOMLValue, _ key: String
    ) -> RunDeclaration.DeclaredGrid? {
      guard let table = value.table else {
        warn(key, "must be a table with columns, padding and count")
        return nil
      }
      var grid = RunDeclaration.DeclaredGrid()
      for name in table.keys.sorted() {
        guard let number = table[name]?.int, (0...65_535).contains(number) else {
          warn("\(key).\(name)", "must be a whole number from 0 to 65535")
          continue
        }
        switch name {
        case "columns" where number > 0: grid.columns = number
        case "padding": grid.padding = number
        case "count" where number > 0: grid.count = number
        default: warn("\(key).\(name)", "is not a key that Keepoch knows")
        }
      }
      return grid
    }

    private mutating func rule(_ value: TOMLValue, _ key: String) -> RuleText? {
      guard let table = value.table else {
        warn(key, "must be a table with candidate, select and tie")
        return nil
      }
      var parts: [String: String] = [:]
      for name in table.keys.sorted() {
        guard ["candidate", "select", "tie"].contains(name) else {
          warn("\(key).\(name)", "is not a key that Keepoch knows")
          continue
        }
        if let part = table[name].flatMap({ text($0, "\(key).\(name)") }) { parts[name] = part }
      }
      return RuleText(
        candidate: parts["candidate"], select: parts["select"], tie: parts["tie"])
    }

    /// `default = "temperature=1"` and `parameters = ["w"]`.
    private mutating func setting(
      _ value: TOMLValue, _ key: String, into result: inout RunDeclaration
    ) {
      guard let table = value.table else {
        warn(key, "must be a table with default and parameters")
        return
      }
      for name in table.keys.sorted() {
        guard let value = table[name] else { continue }
        switch name {
        case "default":
          guard let words = text(value, "\(key).default") else { continue }
          result.usualSetting = SamplingSetting(parsing: words)
          if result.usualSetting == nil {
            warn(
              "\(key).default", "must be such as \"temperature=1\" or \"guidance=3 sampler=ddim\"")
          }
        case "parameters":
          let names = value.array?.compactMap { $0.string } ?? []
          guard let array = value.array, names.count == array.count else {
            warn("\(key).parameters", "must be a list of names, such as [\"w\"]")
            continue
          }
          result.settingNames = names
        default: warn("\(key).\(name)", "is not a key that Keepoch knows")
        }
      }
    }

    private mutating func metrics(
      _ value: TOMLValue, _ key: String, into result: inout RunDeclaration
    ) {
      guard let table = value.table else {
        warn(key, "must be a table with one table a metric")
        return
      }
      for name in table.keys.sorted() {
        guard let metric = table[name]?.table else {
          warn("\(key).\(name)", "must be a table with direction and description")
          continue
        }
        for field in metric.keys.sorted() {
          let place = "\(key).\(name).\(field)"
          guard let value = metric[field] else { continue }
          switch field {
          case "description": result.explanations[name] = text(value, place)
          case "direction":
            guard let word = text(value, place) else { continue }
            result.directions[name] = Metric.Direction(rawValue: word)
            if result.directions[name] == nil { warn(place, "must be \"higher\" or \"lower\"") }
          default: warn(place, "is not a key that Keepoch knows")
          }
        }
      }
    }

    private mutating func tags(_ value: TOMLValue, _ key: String) -> [String] {
      guard let array = value.array else {
        warn(key, "must be a list of names")
        return []
      }
      return array.compactMap { element in
        guard let name = element.string, FailureTag.isValidName(name) else {
          warn(key, "a tag is 1 to 64 letters, digits, hyphens and underscores")
          return nil
        }
        return name
      }
    }

    mutating func warn(_ key: String, _ message: String) {
      warnings.append(
        RunWarning(.badSetting, path: path, "\(PrintableText.escaped(key)) \(message)"))
    }
  }
}
