import ArgumentParser
import ReviewCore
import ReviewJournal

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Print what all reviewers did, by time.",
    discussion: """
      TAB-separated: sequence, time, reviewer, event, checkpoint, sample, value. What was only \
      looked at is in --json alone.
      """)

  @OptionGroup var options: RunOptions

  @Flag(help: "Print the journals' lines as they are.")
  var json = false

  func run() throws {
    try reporting {
      let opened = try open(options.run, options.reader)
      if json {
        let lines = opened.journals.flatMap { journal in
          journal.lines.map { (Self.time(of: $0), $0) }
        }
        let order = lines.indices.sorted { (lines[$0].0, $0) < (lines[$1].0, $1) }
        for place in order { try Outside.put(lines[place].1 + "\n") }
        return
      }
      let events = opened.journals.flatMap(\.events).filter { event in
        if case .seen = event.act { return false }
        return true
      }
      let order = events.indices.sorted { (events[$0].time, $0) < (events[$1].time, $1) }
      for place in order { try Outside.put(events[place].logLine + "\n") }
    }
  }

  private static func time(of line: String) -> String {
    guard let range = line.firstRange(of: "\"time\":\"") else { return "" }
    return String(line[range.upperBound...].prefix { $0 != "\"" })
  }
}
