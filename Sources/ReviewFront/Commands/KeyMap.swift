package import TerminalSurface

/// Which key means which command.
package struct KeyMap: Equatable, Sendable {
  private var commands: [Key: Command] = [:]
  /// By command, the first one first.
  private var keys: [Command: [Key]] = [:]

  /// The keys of the commands' records, but for those that a reviewer binds otherwise.
  ///
  /// - Parameter bindings: all keys of a command; a key that another command had by its record goes
  ///   over to it.
  package init(_ bindings: [Command: [Key]] = [:]) {
    // Whatever is bound to what, there is one way out.
    add(.control("c"), .quit)
    // In the order of the commands, so that two that ask for one key are always settled alike.
    for command in Command.allCases {
      for key in bindings[command] ?? [] where commands[key] == nil { add(key, command) }
    }
    for command in Command.allCases where bindings[command] == nil {
      for key in command.record.keys where commands[key] == nil { add(key, command) }
    }
  }

  private mutating func add(_ key: Key, _ command: Command) {
    commands[key] = command
    keys[command, default: []].append(key)
  }

  package subscript(key: Key) -> Command? { commands[key] }

  /// In the order in which they were bound.
  package func keys(of command: Command) -> [Key] {
    // The one that can only be had with a control key is the last to be shown.
    let all = keys[command] ?? []
    return command == .quit ? Array(all.dropFirst()) + all.prefix(1) : all
  }

  /// The key to show for a command; its name for the `:` line where it has none.
  package func name(of command: Command) -> String {
    keys(of: command).first { $0 != .wheelUp && $0 != .wheelDown }?.name ?? ":\(command.rawValue)"
  }
}
