import ArgumentParser
import FoundationEssentials
import ReviewCore

/// Prints the manual page, made of what `--help` says.
struct ManualPageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual-page", abstract: "Print the manual page.", shouldDisplay: false)

  func run() throws {
    guard
      let tool = try? JSONDecoder().decode(
        ToolDescription.self, from: Data(Keepoch._dumpHelp().utf8))
    else {
      throw ValidationError("The description of the commands cannot be read.")
    }
    try reporting { try Outside.put(ManualPage(tool.command).text) }
  }
}

/// What the argument parser tells of its commands.
struct ToolDescription: Decodable {
  let command: Command

  struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let shouldDisplay: Bool?
    let subcommands: [Command]?
    let arguments: [Argument]?
  }

  struct Argument: Decodable {
    let kind: String
    let shouldDisplay: Bool
    let names: [Name]?
    let valueName: String?
    let isOptional: Bool
    let abstract: String?
    let allValueStrings: [String]?
    let defaultValue: String?
  }

  struct Name: Decodable {
    let kind: String
    let name: String
  }
}

/// A manual page in the man macros of troff.
struct ManualPage {
  private let root: ToolDescription.Command

  init(_ root: ToolDescription.Command) { self.root = root }

  var text: String {
    let title = Keepoch.configuration.version
    var text = ".TH KEEPOCH 1 \"\" \"\(Self.plain(title))\" \"User Commands\"\n"
    text += ".SH NAME\nkeepoch \\- \(Self.plain(Self.lowered(root.abstract ?? "")))\n"
    text += ".SH SYNOPSIS\n.B keepoch\n.RI [ RUN ]\n.br\n.B keepoch\n.I COMMAND\n.RI [ RUN ]\n"
    text += ".RI [ OPTION ...]\n"
    text += ".SH DESCRIPTION\n" + Self.paragraphs(root.discussion ?? "")
    text += ".SH COMMANDS\n"
    for command in root.subcommands ?? [] where command.shouldDisplay ?? true {
      guard command.commandName != "help" else { continue }
      text += section(command)
    }
    text += Self.ending
    return text
  }

  private func section(_ command: ToolDescription.Command) -> String {
    let shown = (command.arguments ?? []).filter { argument in
      // Every command has these two.
      argument.shouldDisplay
        && !(argument.names ?? []).contains { ["help", "version"].contains($0.name) }
    }
    var text = ".SS keepoch \(Self.plain(command.commandName))"
    for argument in shown where argument.kind == "positional" {
      let name = Self.valueName(argument)
      text += argument.isOptional ? " [\(name)]" : " \(name)"
    }
    text += "\n" + Self.paragraphs(command.abstract ?? "")
    if let discussion = command.discussion { text += ".PP\n" + Self.paragraphs(discussion) }
    for argument in shown where argument.kind != "positional" || argument.abstract != nil {
      text += ".TP\n" + Self.term(argument) + Self.paragraphs(Self.words(argument))
    }
    return text
  }

  private static func term(_ argument: ToolDescription.Argument) -> String {
    let value = argument.kind == "flag" ? "" : " \\fI\(valueName(argument))\\fR"
    let names = (argument.names ?? []).map { name in
      "\\fB\(plain((name.kind == "long" ? "--" : "-") + name.name))\\fR"
    }
    return
      (names.isEmpty ? "\\fI\(valueName(argument))\\fR" : names.joined(separator: ", ") + value)
      + "\n"
  }

  private static func valueName(_ argument: ToolDescription.Argument) -> String {
    plain((argument.valueName ?? "value").uppercased())
  }

  private static func words(_ argument: ToolDescription.Argument) -> String {
    var text = argument.abstract ?? ""
    if let value = argument.defaultValue { text += " (default: \(value))" }
    return text.isEmpty ? "As its name says." : text
  }

  private static func lowered(_ text: String) -> String {
    let sentence = text.hasSuffix(".") ? String(text.dropLast()) : text
    return sentence.prefix(1).lowercased() + sentence.dropFirst()
  }

  /// Lines of text; an empty line starts a new paragraph.
  private static func paragraphs(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.allSatisfy(\.isWhitespace) ? ".PP\n" : plain(String($0)) + "\n" }.joined()
  }

  /// Text in which nothing is a request or an escape of troff.
  private static func plain(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      default: result.append(character)
      }
    }
    // Only at the start of a line is a point a request.
    return result.hasPrefix(".") ? "\\&" + result : result
  }

  private static let ending = """
    .SH EXIT STATUS
    0 done, 1 the answer is no, 2 cannot do it, 64 wrong usage.
    .SH FILES
    .TP
    .I RUN/keepoch.toml
    What a run declares of itself; optional.
    .TP
    .I RUN/review/NAME.jsonl
    The journal of one reviewer.
    .TP
    .I $XDG_CONFIG_HOME/keepoch/config.toml
    Reviewer, theme, keys and tags; its folder themes holds themes of your own.
    .TP
    .I $XDG_STATE_HOME/keepoch/
    Where the cursor was, what was typed and copied, and journals of runs that cannot be written to.
    .TP
    .I $XDG_CACHE_HOME/keepoch/
    Safe to delete.
    .SH ENVIRONMENT
    .TP
    .B NO_COLOR
    Draws without colour.
    .TP
    .B VISUAL, EDITOR
    What opens for a note; else vi.
    .TP
    .B COLORFGBG
    Tells a light ground from a dark one before the terminal does.

    """
}
