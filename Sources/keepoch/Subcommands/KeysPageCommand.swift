import ArgumentParser
import ReviewCore
import ReviewFront
import TerminalSurface

/// Prints `docs/keys.md`; the house's checks compare it.
struct KeysPageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys-page", abstract: "Print the page of keys.", shouldDisplay: false)

  func run() {
    print("# Keys\n\nGenerated from the table of commands by `make docs`. Every command has a name")
    print("for the `:` line; a bare number there goes to that epoch or step.")
    for group in Command.Group.allCases {
      print("\n## \(group.rawValue)\n\n| keys | command | does |\n| --- | --- | --- |")
      for command in Command.allCases where command.record.group == group {
        let keys = command.record.keys.map { "`\($0.name == "|" ? "\\|" : $0.name)`" }
        print(
          "| \(keys.joined(separator: " ")) | `:\(command.rawValue)` | \(command.record.help) |")
      }
    }
    print("\n## Tags\n\n| keys | tag | seen as |\n| --- | --- | --- |")
    for tag in FailureTag.builtIn { print("| `t` `\(tag.key)` | \(tag.name) | \(tag.seenAs) |") }
  }
}
