import ReviewCore

@testable import RunFormats

extension Subject {
  static let texts: [Subject] = [
    Subject(
      name: "delimited",
      fixtures: Fixture.firstOfEach.filter { ["csv", "tsv"].contains($0.ending) },
      boundaries: lineBoundaries, check: table),
    Subject(
      name: "JSON table",
      fixtures: Fixture.firstOfEach.filter {
        ["json", "jsonl"].contains($0.ending) && TableFile.mayBeTable($0.name)
      }, boundaries: lineBoundaries, check: table),
    Subject(
      name: "printed log",
      fixtures: Fixture.firstOfEach.filter { ["log", "txt"].contains($0.ending) },
      boundaries: lineBoundaries, check: table),
    settings("YAML", ["yaml", "yml"]), settings("JSON", ["json"]), settings("TOML", ["toml"]),
    Subject(
      name: "keepoch.toml", fixtures: declarations, boundaries: lineBoundaries, check: declaration),
  ]

  /// Names and numbers of all rows but the last, as many rows may say the same.
  private static func cells(_ bytes: [UInt8], _ path: String) -> (all: Set<String>, last: Int)? {
    guard case .tables(let tables, _) = TableFile.read(bytes, path: path) else { return nil }
    var cells: Set<String> = []
    var last = 0
    for table in tables {
      for row in table.rows {
        last = max(last, row.line)
        for cell in row.cells {
          cells.insert("\(table.names[cell.column]) \(cell.value.bitPattern) \(row.line)")
        }
      }
      _ = table.series
      _ = table.byEpochs
      _ = table.bySteps
      _ = table.keeping(table.columnsOfEpochs, role: .log)
      guard table.rows.allSatisfy({ $0.epoch != nil || $0.step != nil }) else {
        return (["a row has no place"], -1)
      }
    }
    return (cells, last)
  }

  private static func table(_ fixture: Fixture, _ seat: Seat) -> Check {
    let path = fixture.name
    let whole = cells(fixture.bytes, path)?.all ?? []
    // Where later lines count, or join, a part says truly other things than the whole.
    let isMerged = ["duplicates", "tidy", "lightning", "hydra"].contains { path.contains($0) }
    return { bytes, damage in
      guard let (found, last) = cells(bytes, path) else {
        return bytes.count == fixture.bytes.count && damage.isCut && !whole.isEmpty
          ? "it is refused" : nil
      }
      if last < 0 { return found.first }
      guard damage.isCut, !isMerged else { return nil }
      // Of the last line nobody can tell that a digit is missing.
      let wrong = found.filter { !whole.contains($0) && !$0.hasSuffix(" \(last)") }
      return wrong.sorted().first.map { "\($0) is in no line of the whole file" }
    }
  }

  private static func settings(_ language: String, _ endings: [String]) -> Subject {
    Subject(
      name: "\(language) settings",
      fixtures: Fixture.firstOfEach.filter {
        endings.contains($0.ending) && SettingsFile.maySet($0.name)
      }, boundaries: lineBoundaries, check: settings)
  }

  private static func settings(_ fixture: Fixture, _ seat: Seat) -> Check {
    let whole = SettingsFile.read(fixture.bytes, path: fixture.name).settings
    return { bytes, damage in
      let found = SettingsFile.read(bytes, path: fixture.name).settings
      _ = SettingsInference(found)
      _ = found.map(\.value.words)
      guard damage.isCut else { return nil }
      // The last line may be torn, and nothing says so in these languages.
      for setting in found.dropLast() where !whole.contains(setting) {
        return "\(setting.name) is \(setting.value.words), which the whole file does not say"
      }
      return nil
    }
  }

  private static let declarations: [Fixture] = [
    Fixture(
      name: "declaration/keepoch.toml",
      bytes: Array(
        """
        # What the run says of itself.
        name = "digits \\u00e9"
        family = "vae"
        samples = "out/epoch_{epoch}.png"
        reference = 'real.png'
        metrics_file = \"\"\"metrics.csv\"\"\"
        sample_shape = [28, 28]
        value_range = [-1.0, 1e0]
        grid = { columns = 8, padding = 2, count = 64 }
        tags = ["blurry", "holes"]
        [metrics.quality]
        direction = "higher"
        description = "how like"
        [rule]
        select = "quality"
        candidate = "diversity > 0.5"
        [[more]]
        a.b.c = 0x1F
        d = 1979-05-27T07:32:00Z

        """.utf8))
  ]

  private static func declaration(_ fixture: Fixture, _ seat: Seat) -> Check {
    return { bytes, _ in
      let read = KeepochTOML.read(bytes, path: KeepochTOML.fileName)
      _ = read.warnings.map(\.message)
      return nil
    }
  }
}
