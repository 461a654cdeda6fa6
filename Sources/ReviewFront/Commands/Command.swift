package import TerminalSurface

/// Everything a reviewer can do, by name.
package enum Command: String, CaseIterable, Sendable {
  case nextCheckpoint = "next-checkpoint"
  case previousCheckpoint = "previous-checkpoint"
  case tenForward = "ten-forward"
  case tenBack = "ten-back"
  case firstCheckpoint = "first-checkpoint"
  case lastCheckpoint = "last-checkpoint"
  case pageForward = "page-forward"
  case pageBack = "page-back"
  case nextSample = "next-sample"
  case previousSample = "previous-sample"
  case rowDown = "row-down"
  case rowUp = "row-up"
  case firstSample = "first-sample"
  case lastSample = "last-sample"
  case closer
  case back
  case keep
  case reject
  case undecided
  case rate1 = "rate-1"
  case rate2 = "rate-2"
  case rate3 = "rate-3"
  case rate4 = "rate-4"
  case rate5 = "rate-5"
  case rateOff = "rate-off"
  case autoAdvance = "auto-advance"
  case select
  case tag
  case repeatTag = "repeat-tag"
  case undo
  case redo
  case nextUndecided = "next-undecided"
  case previousUndecided = "previous-undecided"
  case winner
  case why
  case note
  case warnings
  case invert
  case renderer
  case larger
  case smaller
  case resetPicture = "reset-picture"
  case report
  case help
  case commandLine = "command-line"
  case redraw
  case suspend
  case backOrQuit = "back-or-quit"
  case quit

  package enum Group: String, CaseIterable, Sendable {
    case epoch = "Epoch"
    case seed = "Seed"
    case decide = "Decide"
    case tags = "Tags and words"
    case undo = "Undo"
    case next = "Next to do"
    case rule = "Rule"
    case picture = "Picture"
    case export = "Export"
    case app = "Program"
  }

  /// What is known of a command before a key is pressed.
  package struct Record: Sendable {
    package let group: Group
    package let keys: [Key]
    /// One line, without a full stop.
    package let help: String
    /// One or two words for the footer; nil keeps the command out of it.
    package let hint: String?
  }

  package var record: Record {
    func record(_ group: Group, _ keys: [Key], _ help: String, hint: String? = nil) -> Record {
      Record(group: group, keys: keys, help: help, hint: hint)
    }
    switch self {
    case .nextCheckpoint:
      return record(
        .epoch, [.character("j"), .down], "the next checkpoint; the seed stays", hint: "epoch")
    case .previousCheckpoint:
      return record(.epoch, [.character("k"), .up], "the previous checkpoint; the seed stays")
    case .tenForward: return record(.epoch, [.character("]")], "ten checkpoints on")
    case .tenBack: return record(.epoch, [.character("[")], "ten checkpoints back")
    case .firstCheckpoint: return record(.epoch, [.character("g"), .home], "the first checkpoint")
    case .lastCheckpoint: return record(.epoch, [.character("G"), .end], "the last checkpoint")
    case .pageForward:
      return record(.epoch, [.control("d"), .pageDown], "half a screen of checkpoints on")
    case .pageBack:
      return record(.epoch, [.control("u"), .pageUp], "half a screen of checkpoints back")
    case .nextSample:
      return record(.seed, [.character("l"), .right], "the next sample", hint: "seed")
    case .previousSample:
      return record(.seed, [.character("h"), .left], "the previous sample")
    case .rowDown: return record(.seed, [.shiftDown], "a row of the grid down")
    case .rowUp: return record(.seed, [.shiftUp], "a row of the grid up")
    case .firstSample: return record(.seed, [.character("^")], "the first sample")
    case .lastSample: return record(.seed, [.character("$")], "the last sample")
    case .closer:
      return record(
        .seed, [.enter], "closer: from the table to the samples, to one sample", hint: "closer")
    case .back: return record(.seed, [.escape], "back: from one sample to all, to the table")
    case .keep: return record(.decide, [.character("p")], "keep this checkpoint", hint: "keep")
    case .reject:
      return record(.decide, [.character("x")], "reject this checkpoint", hint: "reject")
    case .undecided:
      return record(.decide, [.character("U")], "undecided about this checkpoint")
    case .rate1: return record(.decide, [.character("1")], "rate 1 of 5, the worst")
    case .rate2: return record(.decide, [.character("2")], "rate 2 of 5")
    case .rate3: return record(.decide, [.character("3")], "rate 3 of 5")
    case .rate4: return record(.decide, [.character("4")], "rate 4 of 5")
    case .rate5: return record(.decide, [.character("5")], "rate 5 of 5, the best")
    case .rateOff: return record(.decide, [.character("0")], "take the rating off")
    case .autoAdvance:
      return record(
        .decide, [.character("a")], "after a verdict or a rating go on to the next, or stay")
    case .select:
      return record(
        .decide, [.character("E")],
        "choose this checkpoint whatever the rule says, with the reason; an empty one takes it back"
      )
    case .tag:
      return record(
        .tags, [.character("t")], "tag a failure: t and a letter; again takes it off", hint: "tag")
    case .repeatTag: return record(.tags, [.character(".")], "the last tag again")
    case .note:
      return record(
        .tags, [.character(";")], "a note of one line; Tab says what about", hint: "note")
    case .undo: return record(.undo, [.character("u")], "take the last act back", hint: "undo")
    case .redo: return record(.undo, [.control("r")], "bring back what was taken back")
    case .nextUndecided:
      return record(.next, [.character("J")], "the next checkpoint without a verdict")
    case .previousUndecided:
      return record(.next, [.character("K")], "the previous checkpoint without a verdict")
    case .winner: return record(.next, [.character("*")], "the rule's winner", hint: "winner")
    case .why:
      return record(
        .rule, [.character("w")], "why this one is selected, or why not, and by how much",
        hint: "why")
    case .invert: return record(.picture, [.character("i")], "invert the pictures")
    case .renderer: return record(.picture, [.character("r")], "the next renderer")
    case .larger: return record(.picture, [.character("+")], "larger samples in the grid")
    case .smaller: return record(.picture, [.character("-")], "smaller samples in the grid")
    case .resetPicture: return record(.picture, [.character("=")], "pictures as at the start")
    case .report: return record(.export, [.character("o")], "export the report", hint: "report")
    case .help: return record(.app, [.character("?"), .function(1)], "all keys", hint: "help")
    case .commandLine:
      return record(
        .app, [.character(":")], "command line: any command by name, or a number to go to")
    case .warnings:
      return record(.app, [], "what could not be read of the run, and why")
    case .redraw: return record(.app, [.control("l")], "draw the screen anew")
    case .suspend: return record(.app, [.control("z")], "suspend; fg comes back")
    case .backOrQuit:
      return record(.app, [.character("q")], "back, or quit from the table", hint: "quit")
    case .quit: return record(.app, [.character("Q"), .control("c")], "quit at once")
    }
  }

  /// The commands a footer shows first, at a depth.
  package static func footer(at depth: Depth) -> [Command] {
    switch depth {
    case .table:
      return [
        .closer, .tag, .keep, .reject, .note, .why, .winner, .undo, .report, .help, .backOrQuit,
      ]
    case .grid, .sample:
      return [
        .nextCheckpoint, .nextSample, .tag, .keep, .note, .undo, .why, .report, .help, .backOrQuit,
      ]
    }
  }
}

/// Which key means which command.
package struct KeyMap: Equatable, Sendable {
  private var commands: [Key: Command] = [:]

  /// The keys of the commands' records.
  package init() {
    for command in Command.allCases {
      for key in command.record.keys { commands[key] = command }
    }
  }

  package subscript(key: Key) -> Command? { commands[key] }

  /// The keys of a command, the recorded order first.
  package func keys(of command: Command) -> [Key] {
    command.record.keys.filter { commands[$0] == command }
  }
}
