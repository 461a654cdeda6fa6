import Foundation
import Glibc
import ReviewCore
import RunFormats

@testable import Robustness

/// What else the program does, as `KEEPOCH_FUZZ_TASK` says.
enum FuzzTask {
  /// Prints the names of the readers.
  case list
  /// Writes the fixtures of a reader into a folder, as libFuzzer's first corpus.
  case seeds(reader: String, folder: String)
  /// Does so many mutations to each fixture of all readers, and a tenth of it to whole runs.
  case mutate(Int)
  /// Writes so many copies of each source into a folder, of which some files are changed.
  case runs(Int, folder: String)
  /// Does one thing to one fixture again.
  case replay(reader: String, fixture: String, damage: Damage)

  init?(environment: (String) -> String?) {
    let reader = environment("KEEPOCH_FUZZ_READER") ?? ""
    switch environment("KEEPOCH_FUZZ_TASK") {
    case "list": self = .list
    case "seeds": self = .seeds(reader: reader, folder: environment("KEEPOCH_FUZZ_FOLDER") ?? ".")
    case "mutate": self = .mutate(environment("KEEPOCH_FUZZ_CHANGES").flatMap { Int($0) } ?? 10_000)
    case "runs":
      self = .runs(
        environment("KEEPOCH_FUZZ_CHANGES").flatMap { Int($0) } ?? 20,
        folder: environment("KEEPOCH_FUZZ_FOLDER") ?? ".")
    case "replay":
      guard let damage = Damage(environment("KEEPOCH_FUZZ_DAMAGE") ?? "") else { return nil }
      self = .replay(
        reader: reader, fixture: environment("KEEPOCH_FUZZ_FIXTURE") ?? "", damage: damage)
    default: return nil
    }
  }

  /// Whether nothing was found.
  func run() -> Bool {
    switch self {
    case .list:
      for subject in Subject.all { print(subject.name) }
      return true
    case .seeds(let reader, let folder):
      let fixtures = Subject.all.first { $0.name == reader }?.fixtures ?? []
      let seat = Seat(isWatched: false)
      for (number, fixture) in fixtures.enumerated() {
        seat.put(fixture.bytes, at: "\(folder)/fixture-\(number)")
      }
      return !fixtures.isEmpty
    case .mutate(let changes): return Self.mutate(changes)
    case .runs(let count, let folder):
      Self.writeRuns(count, into: folder)
      return true
    case .replay(let reader, let name, let damage):
      guard let subject = (Subject.all + [Subject.runs]).first(where: { $0.name == reader }),
        let fixture = subject.fixtures.first(where: { $0.name == name })
      else {
        print("no such reader or fixture")
        return false
      }
      let complaints = subject.complaints(of: fixture, .usual, only: damage)
      complaints.forEach { print($0) }
      return complaints.isEmpty
    }
  }

  private static func mutate(_ changes: Int) -> Bool {
    var isClean = true
    for subject in Subject.all + [Subject.runs] {
      let isRuns = subject.name == Subject.runs.name
      var measure = Damage.Measure(changes: isRuns ? changes / 100 : changes)
      if isRuns { (measure.everyCut, measure.furtherCuts) = (64, 64) }
      let clock = ContinuousClock()
      let time = clock.measure {
        for fixture in subject.fixtures {
          for complaint in subject.complaints(of: fixture, measure) {
            print(complaint)
            isClean = false
          }
        }
      }
      print("\(subject.name): \(subject.fixtures.count) fixtures, \(time)")
    }
    return isClean
  }

  private static func writeRuns(_ count: Int, into folder: String) {
    let seat = Seat(isWatched: false)
    let sources = Set(Fixture.all.map(\.source)).filter { $0.hasPrefix("sources/") }
    for source in sources.sorted() {
      let files = Fixture.all.filter { $0.source == source }
      for number in 0..<count {
        var dice = SplitMix64(seed: UInt64(number))
        for file in files {
          var bytes = file.bytes
          if files.count == 1 || dice.next(below: 2) == 0 {
            var mutator = Mutator(seed: dice.next(), donor: files[0].bytes)
            bytes = mutator.changed(bytes)
            if dice.next(below: 2) == 0 { bytes = EventFrames.sealed(PNGChunks.sealed(bytes)) }
          }
          let rest = file.name.dropFirst(source.utf8.count + 1)
          seat.put(bytes, at: "\(folder)/\(source.dropFirst(8))-\(number)/\(rest)")
        }
      }
    }
  }
}
