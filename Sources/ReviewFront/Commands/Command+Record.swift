package import TerminalSurface

extension Command {
  /// What is known of a command before a key is pressed.
  package struct Record: Sendable {
    package let group: Group
    package let keys: [Key]
    /// One line, without a full stop.
    package let help: String
    /// One or two words for the footer; nil keeps the command out of it.
    package let hint: String?
    /// What may follow the name on the `:` line.
    package let argument: String?
  }

  package var record: Record {
    func record(
      _ group: Group, _ keys: [Key], _ help: String, hint: String? = nil, argument: String? = nil
    ) -> Record {
      Record(group: group, keys: keys, help: help, hint: hint, argument: argument)
    }
    switch self {
    case .nextCheckpoint:
      return record(
        .epoch, ["j", .down, .wheelDown], "the next checkpoint; the seed stays", hint: "epoch")
    case .previousCheckpoint:
      return record(.epoch, ["k", .up, .wheelUp], "the previous checkpoint; the seed stays")
    case .tenForward: return record(.epoch, ["]"], "ten checkpoints on")
    case .tenBack: return record(.epoch, ["["], "ten checkpoints back")
    case .firstCheckpoint: return record(.epoch, ["g", .home], "the first checkpoint")
    case .lastCheckpoint: return record(.epoch, ["G", .end], "the last checkpoint")
    case .pageForward:
      return record(.epoch, [.control("d"), .pageDown], "half a screen of checkpoints on")
    case .pageBack:
      return record(.epoch, [.control("u"), .pageUp], "half a screen of checkpoints back")
    case .goToEpoch: return record(.epoch, [], "the checkpoint of that epoch", argument: "NUMBER")
    case .goToStep: return record(.epoch, [], "the checkpoint of that step", argument: "NUMBER")
    case .nextSample: return record(.seed, ["l", .right], "the next sample", hint: "seed")
    case .previousSample: return record(.seed, ["h", .left], "the previous sample")
    case .rowDown: return record(.seed, [.shiftDown], "a row of the grid down")
    case .rowUp: return record(.seed, [.shiftUp], "a row of the grid up")
    case .firstSample: return record(.seed, ["^"], "the first sample")
    case .lastSample: return record(.seed, ["$"], "the last sample")
    case .goToSample: return record(.seed, [], "the sample of that index", argument: "NUMBER")
    case .closer:
      return record(
        .seed, [.enter], "closer: from the table to the samples, to one sample", hint: "closer")
    case .back: return record(.seed, [.escape], "back: from one sample to all, to the table")
    case .previousSetting:
      return record(.setting, ["<"], "the previous sampling setting; checkpoint and seed stay")
    case .nextSetting:
      return record(
        .setting, [">"], "the next sampling setting; checkpoint and seed stay", hint: "setting")
    case .allSettings:
      return record(.setting, [], "the table under every sampling setting, or under one")
    case .keep: return record(.decide, ["p"], "keep this checkpoint", hint: "keep")
    case .reject: return record(.decide, ["x"], "reject this checkpoint", hint: "reject")
    case .undecided: return record(.decide, ["U"], "undecided about this checkpoint")
    case .rate1: return record(.decide, ["1"], "rate 1 of 5, the worst")
    case .rate2: return record(.decide, ["2"], "rate 2 of 5")
    case .rate3: return record(.decide, ["3"], "rate 3 of 5")
    case .rate4: return record(.decide, ["4"], "rate 4 of 5")
    case .rate5: return record(.decide, ["5"], "rate 5 of 5, the best")
    case .rateOff: return record(.decide, ["0"], "take the rating off")
    case .autoAdvance:
      return record(.decide, ["a"], "after a verdict or a rating go on to the next, or stay")
    case .tag:
      return record(
        .tags, ["t"], "tag a failure: t and a letter; again takes it off", hint: "tag",
        argument: "[NAME]")
    case .repeatTag: return record(.tags, ["."], "the last tag again")
    case .tagMarked:
      return record(.tags, ["T"], "tag everything that is marked", hint: "tag marked")
    case .undo: return record(.undo, ["u"], "take the last act back", hint: "undo")
    case .redo: return record(.undo, [.control("r")], "bring back what was taken back")
    case .nextUndecided: return record(.next, ["J"], "the next checkpoint without a verdict")
    case .previousUndecided:
      return record(.next, ["K"], "the previous checkpoint without a verdict")
    case .winner: return record(.next, ["*"], "the rule's winner", hint: "winner")
    case .search:
      return record(
        .find, ["/"], "search epochs, tags, notes and verdicts", hint: "search", argument: "TEXT")
    case .nextMatch: return record(.find, ["n"], "the next match of the search")
    case .previousMatch: return record(.find, ["N"], "the previous match of the search")
    case .filter:
      return record(
        .find, ["&"], "show only some: tag:blurry quality>0.6 keep rating:none", hint: "filter",
        argument: "[TEXT]")
    case .clearFilter: return record(.find, ["\\"], "show all again")
    case .mark:
      return record(.compare, [" "], "mark this, or take the mark off, and go on", hint: "mark")
    case .clearMarks: return record(.compare, [], "take all marks off")
    case .compare:
      return record(
        .compare, ["c"],
        "the marked side by side; else runs at one moment, or this one beside the rule's winner",
        hint: "compare")
    case .timeline:
      return record(
        .compare, ["@"],
        "what runs are compared along: epoch, step, samples seen, time, equal quality",
        argument: "[epoch|step|samples|time|quality]")
    case .blink:
      return record(
        .compare, ["b"],
        "this one and another in the same cells, from one to the other; with a rate on their own",
        argument: "[RATE]")
    case .play:
      return record(
        .compare, ["z"],
        "play the checkpoints with the seed held; any key stops; :play 30 back once",
        argument: "[RATE] [back] [once]")
    case .filmStrip:
      return record(
        .compare, ["f"], "film strip: seeds down, epochs across; arrows go where they point",
        hint: "strip")
    case .difference:
      return record(
        .compare, ["d"],
        "each sample less the same seed's of the marked, the winner, the runner-up or the one before",
        hint: "difference")
    case .spread:
      return record(
        .compare, ["v"],
        "the mean of all samples, and their deviation: empty where all are alike; noise deviates, too",
        hint: "mean")
    case .nearest:
      return record(
        .compare, ["m"],
        "the sample beside the nearest real picture; the tag memorised takes the pair as its evidence"
      )
    case .overview:
      return record(
        .compare, ["O"],
        "all samples at a glance: mean, groups of near-duplicates, the nearest pairs; ( ) how near",
        hint: "overview")
    case .arrange:
      return record(
        .compare, ["#"], "arrange the samples by the next number, or by one that is named",
        hint: "arrange", argument: "[NUMBER]")
    case .alarms:
      return record(
        .chart, ["A"], "alarms, each a suggestion: y accepts, n refuses, Enter shows the samples",
        hint: "alarms")
    case .agree:
      return record(
        .decide, [],
        "how far reviewers agree, and where not: there p x U, 1 to 5, y n rule what counts")
    case .inbox:
      return record(.decide, [], "checkpoints that people see otherwise than the rule or a metric")
    case .measure:
      return record(
        .chart, [], "compute metrics from the samples, beside; again: stop", argument: "[METRIC]")
    case .darker:
      return record(
        .picture, ["{"],
        "darker middle grays (gamma); on the chart P a threshold down to the next winner")
    case .lighter:
      return record(
        .picture, ["}"],
        "lighter middle grays (gamma); on the chart P a threshold up to the next winner")
    case .lessContrast:
      return record(.picture, ["("], "less contrast; on the chart P a threshold a little down")
    case .moreContrast:
      return record(.picture, [")"], "more contrast; on the chart P a threshold a little up")
    case .invert: return record(.picture, ["i"], "invert the pictures")
    case .renderer: return record(.picture, ["r"], "the next renderer", argument: "[NAME]")
    case .texture:
      return record(.picture, ["~"], "even areas calm, or as near as glyphs come")
    case .larger: return record(.picture, ["+"], "larger samples in the grid")
    case .smaller: return record(.picture, ["-"], "smaller samples in the grid")
    case .resetPicture:
      return record(
        .picture, ["="], "pictures as at the start; on the chart P the thresholds as they were")
    case .editRule:
      return record(
        .rule, ["R"], "write the rule, with counts and errors while you type", hint: "rule",
        argument: "[TEXT]")
    case .why:
      return record(
        .rule, ["w"], "why this one is selected, or why not, and by how much", hint: "why")
    case .sort:
      return record(
        .rule, ["s"], "sort the table by the next column; on the chart, the next metric upward",
        hint: "sort", argument: "[COLUMN]")
    case .reverseSort:
      return record(
        .rule, ["S"], "turn the order round; on the chart, the next metric to the right")
    case .note:
      return record(
        .words, [";"], "a note of one line; Tab says what about", hint: "note", argument: "[TEXT]")
    case .editNote: return record(.words, ["e"], "a note in $EDITOR", argument: "[ABOUT]")
    case .select:
      return record(
        .words, ["E"],
        "choose this checkpoint whatever the rule says, with the reason; an empty one takes it back",
        argument: "[REASON]")
    case .trainingLog:
      return record(
        .chart, ["L"], "metrics and training log as charts; j and k move the epoch in them",
        hint: "log")
    case .writeWhy:
      return record(
        .words, ["W"], "why the kept one is kept, in $EDITOR: a draft that follows from the numbers"
      )
    case .checklist:
      return record(
        .export, ["C"], "the evidence: what is there, what is missing, and the way to it",
        hint: "evidence")
    case .pareto:
      return record(
        .chart, ["P"],
        "two metrics, the front and the rule's lines, which keys move; again: a map of two thresholds",
        hint: "chart")
    case .evaluate:
      return record(
        .evaluate, [],
        "people judge, blind: which is real, which is better, or ratings; goes on with what is open",
        argument: "[2afc|likert|pairwise|results] [TRIALS] ...")
    case .report:
      return record(
        .export, ["o"], "export the report", hint: "report", argument: "[FORMAT]")
    case .copyLine:
      return record(.export, ["y"], "copy the line of this checkpoint (OSC 52, and a file)")
    case .copyReport: return record(.export, ["Y"], "copy the report (OSC 52, and a file)")
    case .help: return record(.app, ["?", .function(1)], "all keys", hint: "help")
    case .commandLine:
      return record(.app, [":"], "command line: any command by name, or a number to go to")
    case .nextPane: return record(.app, [.tab], "the next pane: the table, the samples beside it")
    case .follow:
      return record(
        .app, ["F"], "follow a run that is being written: what comes appears, the cursor stays")
    case .theme: return record(.app, [], "another theme for this sitting", argument: "NAME")
    case .facts: return record(.app, [], "all metrics and notes of this checkpoint")
    case .warnings: return record(.app, [], "what could not be read of the run, and why")
    case .disk:
      return record(.app, [], "which training states to keep, and which could go; deletes nothing")
    case .redraw:
      return record(
        .app, [.control("l")], "draw the screen anew, and try again what could not be read")
    case .suspend: return record(.app, [.control("z")], "suspend; fg comes back")
    case .backOrQuit: return record(.app, ["q"], "back, or quit from the table", hint: "quit")
    case .quit:
      return record(
        .app, ["Q", .control("c")], "quit at once; Ctrl-C only leaves a line that is typed")
    }
  }
}
