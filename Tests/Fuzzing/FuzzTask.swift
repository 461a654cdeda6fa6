import Glibc
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
  /// Does one thing to one fixture again.
  case replay(reader: String, fixture: String, damage: Damage)

  init?(environment: (String) -> String?) {
    let reader = environment("KEEPOCH_FUZZ_READER") ?? ""
    switch environment("KEEPOCH_FUZZ_TASK") {
    case "list": self = .list
    case "seeds": self = .seeds(reader: reader, folder: environment("KEEPOCH_FUZZ_FOLDER") ?? ".")
    case "mutate": self = .mutate(environment("KEEPOCH_FUZZ_CHANGES").flatMap { Int($0) } ?? 10_000)
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
    case .mutate(let changes):
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
}
