import ReviewCore

@testable import RunFormats

extension Subject {
  static let trackers: [Subject] = [
    Subject(
      name: "W&B log", fixtures: Fixture.firstOfEach.filter { $0.ending == "wandb" },
      boundaries: { [6, 7, 11, 13, 14, $0.count / 2] }, check: wandbLog),
    Subject(
      name: "database",
      fixtures: Fixture.firstOfEach.filter { ["db", "sqlite"].contains($0.ending) },
      boundaries: { bytes in stride(from: 0, to: bytes.count, by: 4096).map { $0 } },
      check: database),
  ]

  private static func things(_ run: TrackedRun) -> [String: [String]] {
    var things: [String: [String]] = [:]
    for series in run.history.series {
      things["series \(series.name)"] = zip(series.positions, series.values).map {
        "\($0) \($1.bitPattern)"
      }
    }
    for set in run.history.pictures {
      things["pictures \(set.key)"] = set.entries.map { "\($0.step) \($0.paths)" }
    }
    return things
  }

  private static func wandbLog(_ fixture: Fixture, _ seat: Seat) -> Check {
    func read(_ bytes: [UInt8]) -> [String: [String]] {
      _ = seat.put(bytes, as: "run-x.wandb")
      return things(WandbRun.read("run-x.wandb", root: seat.folder, files: ["run-x.wandb"]))
    }
    let whole = read(fixture.bytes)
    let known = Set(whole.flatMap { key, values in values.map { "\(key) \($0)" } })
    let others = Set(
      Fixture.firstOfEach.filter { $0.ending == "wandb" }.flatMap { other in
        read(other.bytes).flatMap { key, values in values.map { "\(key) \($0)" } }
      })
    return { bytes, damage in
      let found = read(bytes)
      if damage.isSealed { return nil }
      for (key, values) in found {
        if damage.isCut, !(whole[key] ?? []).starts(with: values) {
          return "\(key) is not the beginning of what the whole file says"
        }
        for value in values where !known.contains("\(key) \(value)") {
          if !others.contains("\(key) \(value)") {
            return "\(key) \(value) is in no record that is whole"
          }
        }
      }
      return nil
    }
  }

  /// SQLite has no checksums: what is changed may be read, and must only be survived.
  private static func database(_ fixture: Fixture, _ seat: Seat) -> Check {
    return { bytes, damage in
      let path = seat.put(bytes, as: fixture.fileName)
      guard let runs = (try? DatabaseRuns(path)) ?? nil else { return nil }
      for place in runs.places.indices.prefix(8) {
        _ = things(runs.read(place, path: fixture.fileName, files: [fixture.fileName]))
      }
      return nil
    }
  }
}
