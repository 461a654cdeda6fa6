import ReviewCore

/// Warnings of one file: of a kind that comes again and again the first ones, and how many more.
struct WarningList {
  private let path: String
  private var kept: [RunWarning] = []
  private var counts: [RunWarning.Code: Int] = [:]

  private static let mostOfAKind = 20

  init(path: String) { self.path = path }

  mutating func add(
    _ code: RunWarning.Code, offset: Int? = nil, _ message: @autoclosure () -> String
  ) {
    counts[code, default: 0] += 1
    guard counts[code, default: 0] <= Self.mostOfAKind else { return }
    kept.append(RunWarning(code, path: path, offset: offset, message()))
  }

  var all: [RunWarning] {
    kept
      + RunWarning.Code.allCases.compactMap { code in
        let more = (counts[code] ?? 0) - Self.mostOfAKind
        guard more > 0 else { return nil }
        return RunWarning(code, path: path, "and \(more) more of this kind")
      }
  }
}
