import FoundationEssentials
import Glibc

/// Another terminal program, for comparison; skipped where it is not installed.
struct PeerScenario {
  let name: String
  var arguments: [String] = []
  let keyName: String
  let key: String
  let quitKeys: String

  private static let quiet = 25.0

  /// Starts it a few times, and presses a key often.
  func measure(_ bench: Bench) throws(Failure) -> [ResultRow] {
    guard let path = Self.find(name) else {
      return [ResultRow(name: "peer: \(name)", remark: "skipped: not installed")]
    }
    var starts: [Double] = []
    var startBytes: [Double] = []
    var times: [Double] = []
    var bytes: [Double] = []
    for turn in 0..<bench.count(6, quick: 2) {
      let session = try PseudoTerminal(
        [path] + arguments, environment: bench.workplace.environment(hasColor: true), size: .large,
        hasMarkers: false)
      let start = session.listen(quiet: Self.quiet * 4, until: session.start + 2000)
      if let last = start.lastByte { starts.append(last - session.start) }
      startBytes.append(Double(start.bytes))
      if turn == 0 {
        for _ in 0..<bench.count(30, quick: 8) {
          let sent = session.send(key)
          let heard = session.listen(quiet: Self.quiet, until: sent + 300)
          guard let last = heard.lastByte else { continue }
          times.append(last - sent)
          bytes.append(Double(heard.bytes))
        }
      }
      session.end(keys: quitKeys)
    }
    return [
      ResultRow(
        name: "peer: \(name), start, \(ScreenSize.large)", values: Distribution(starts),
        bytes: Distribution(startBytes)),
      ResultRow(
        name: "peer: \(name), \(keyName), \(ScreenSize.large)", values: Distribution(times),
        bytes: Distribution(bytes)),
    ]
  }

  static func find(_ name: String) -> String? {
    let search = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return search.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// `less`, `vim`, `htop` and `tig`, on a long table and on this repository.
  static func all(_ runs: BenchmarkRuns) -> [PeerScenario] {
    let text = "\(runs.long)/metrics.csv"
    let repository = FileManager.default.fileExists(atPath: "Benchmarks") ? "." : ".."
    return [
      PeerScenario(
        name: "less", arguments: [text], keyName: "a page", key: " ", quitKeys: "q"),
      PeerScenario(
        name: "vim", arguments: ["-u", "NONE", "-n", text], keyName: "a page", key: "\u{6}",
        quitKeys: ":q!\r"),
      PeerScenario(name: "htop", keyName: "down", key: "\u{1B}OB", quitKeys: "q"),
      PeerScenario(
        name: "tig", arguments: ["-C\(repository)"], keyName: "j", key: "j", quitKeys: "Q"),
    ]
  }
}
