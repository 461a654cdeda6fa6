import GlyphRendering
import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

/// What else a hand expects: panes, the mouse, pasted text, words, the rule, the log, its own keys.
@Suite struct HandTests {
  /// The rules of the hand: keys for a decision, with the move to the next.
  @Test(arguments: [
    ("status", "", "p", 1), ("reject", "", "x", 1), ("rating", "", "4", 1),
    ("rating of a sample", "<Enter>", "4", 1), ("first tag", "<Enter>", "tb", 2),
    ("the same tag again", "<Enter>tbl", ".", 1), ("winner against runner-up", "", "*c", 2),
    ("export", "", "om", 2),
  ])
  func whatADecisionCosts(_ what: String, _ before: String, _ keys: String, _ cost: Int) throws {
    var bench = try FrontBench()
    bench.press(before)
    let place = bench.place
    let (acts, effects) = (bench.journal.count, bench.effects.count)
    #expect(Key.keys(of: keys).count == cost, "\(what)")
    bench.press(keys)
    switch what {
    case "winner against runner-up":
      #expect(bench.state.comparison?.items.map(\.checkpoint) == [2, 1])
    case "export":
      #expect(bench.effects[effects...].contains(.export(.markdown, overwriting: false)))
    default:
      #expect(bench.journal[acts...].count { $0.act.isUndoable } == 1, "\(what)")
      let isTag = what.contains("tag")
      #expect((bench.place == place) == isTag, "\(what) moves on")
    }
  }

  @Test func tabMovesTheKeysToTheSamples() throws {
    var bench = try FrontBench()
    bench.press("<Tab>lltb")
    #expect(
      bench.state.review.mark(Target(Position(.epoch, 1), sample: 2)).sortedTags == ["blurry"])
    #expect(bench.place.depth == .table && bench.screen.contains { $0.contains("[2]") })
    bench.press("j<Esc>tb")
    #expect(bench.state.review.mark(Target(Position(.epoch, 10))).sortedTags == ["blurry"])
    var bare = try FrontBench(frontRun(hasSamples: false))
    bare.press("<Tab>")
    #expect(bare.message == "this screen has one pane")
  }

  @Test func theWheelStepsAndAClickChooses() throws {
    var bench = try FrontBench()
    bench.act(.key(.wheelDown, time: 1))
    bench.act(.key(.wheelDown, time: 2))
    bench.act(.key(.wheelUp, time: 3))
    #expect(bench.place.checkpoint == 1)
    let layout = bench.state.layout
    bench.act(.key(.click(column: 5, row: layout.table.y + layout.headerHeight + 3), time: 4))
    #expect(bench.place.checkpoint == 3 && bench.place.depth == .table)
    let samples = layout.samples
    bench.act(
      .key(.click(column: samples.x + layout.tileWidth + 3, row: samples.y + 2), time: 5))
    #expect(bench.place.sample == 1 && bench.state.pane == .samples)
    bench.act(
      .key(.click(column: samples.x + layout.tileWidth + 3, row: samples.y + 2), time: 6))
    #expect(bench.place.depth == .grid)
    // A hint of the footer is a button.
    let column = try #require(bench.screen.last?.firstRange(of: "w why")).lowerBound
    let offset = bench.screen.last?.distance(from: "".startIndex, to: column) ?? 0
    bench.act(.key(.click(column: offset, row: 23), time: 7))
    #expect(bench.state.mode == .why(top: 0))
    // Outside everything nothing happens.
    for (column, row) in [(500, 500), (0, 0), (79, 1)] {
      bench.act(.key(.click(column: column, row: row), time: 8))
    }
  }

  @Test func pastedTextIsNoCommand() throws {
    var bench = try FrontBench()
    bench.act(.key(.paste("pxq"), time: 1))
    #expect(bench.journal.isEmpty && bench.message.contains("no command"))
    bench.press(";")
    bench.act(.key(.paste("two\nlines\u{1B}[31m and q"), time: 2))
    bench.press("<Enter>")
    let note = bench.state.review.mark(Target(Position(.epoch, 1))).notes[.general]
    #expect(note == "two lines[31m and q")
  }

  @Test func refusedWordsAreStillThere() throws {
    var bench = try FrontBench()
    bench.press(";long thoughts")
    bench.canWrite = false
    bench.press("<Enter>")
    #expect(
      bench.message == "no space left" && bench.screen.last?.contains("long thoughts") == true)
    #expect(bench.screen.contains { $0.contains("! no space left") })
    bench.canWrite = true
    bench.press("<Enter>")
    #expect(
      bench.state.review.mark(Target(Position(.epoch, 1))).notes[.general] == "long thoughts")
    bench.canWrite = false
    bench.press("kEbecause<Enter>")
    bench.canWrite = true
    bench.press("<Enter>")
    #expect(bench.state.review.override?.reason == "because")
  }

  @Test func aNoteOfSeveralLinesIsForTheEditor() throws {
    var bench = try FrontBench()
    bench.press("*<Enter>e")
    let target = Target(Position(.epoch, 30), sample: 0)
    #expect(bench.effects.contains(.edit(.note(target, .general), text: "")))
    bench.act(.edited(.note(target, .general), text: "first\nsecond\n"))
    #expect(bench.state.review.mark(target).notes[.general] == "first\nsecond")
    bench.press(";")
    #expect(bench.message.contains("several lines") && bench.state.mode == .browse)
    bench.act(.edited(.note(target, .general), text: " \n"))
    #expect(bench.state.review.mark(target).isEmpty)
  }

  @Test func aLineGoesOnInTheEditor() throws {
    var bench = try FrontBench()
    let target = Target(Position(.epoch, 1))
    bench.press(";begun<Tab><Ctrl-O>")
    #expect(bench.effects.last == .edit(.note(target, .quality), text: "begun"))
    bench.act(.told("the editor cannot be started", isDone: false))
    #expect(bench.screen.last?.hasSuffix(": begun") == true)
    bench.press("<Esc>")
    bench.press("Esofter<Ctrl-O>")
    #expect(bench.effects.last == .edit(.reason(Position(.epoch, 1)), text: "softer"))
    bench.act(.edited(.reason(Position(.epoch, 1)), text: "softer\nand varied\n"))
    #expect(bench.state.review.override?.reason == "softer\nand varied")
    bench.press("E")
    #expect(
      bench.effects.last == .edit(.reason(Position(.epoch, 1)), text: "softer\nand varied"))
    bench.act(.edited(.reason(Position(.epoch, 1)), text: ""))
    #expect(bench.state.review.override == nil)
  }

  @Test func theRuleIsWrittenWithItsCountsInView() throws {
    var bench = try FrontBench()
    bench.press("R")
    #expect(bench.screen.contains { $0.contains("1 of 4 are candidates, 3 may be selected") })
    bench.press("<Down><End><Backspace><Backspace>40")
    #expect(bench.screen.contains { $0.contains("selects epoch 60 (before: epoch 30)") })
    bench.press(" and qality > 1")
    let caret = bench.screen.firstIndex { $0.contains("^") } ?? 0
    let column = bench.screen[caret].firstIndex(of: "^").map {
      bench.screen[caret].distance(from: bench.screen[caret].startIndex, to: $0)
    }
    let word = bench.screen[caret - 1].firstRange(of: "qality").map {
      bench.screen[caret - 1].distance(from: bench.screen[caret - 1].startIndex, to: $0.lowerBound)
    }
    #expect(column != nil && column == word)
    bench.press("<Enter>")
    #expect(bench.journal.isEmpty && bench.message.contains("no checkpoint has a metric qality"))
    for _ in 0..<15 { bench.press("<Backspace>") }
    bench.press("<Enter>")
    #expect(bench.message.contains("selects epoch 60") && bench.state.table.selected == 3)
    bench.press("u")
    #expect(bench.state.table.selected == 2)
    bench.press("R<Esc>")
    #expect(bench.message == "the rule stays as it was")
    bench.press(":rule select: max diversity<Enter>")
    #expect(bench.state.table.selected == 0)
    bench.press("R<Ctrl-U><Down><Ctrl-U><Enter>")
    #expect(bench.state.table.selected == 2)
  }

  @Test func anUnfinishedPartIsAnErrorOfItsOwnLine() throws {
    for (typed, column, words) in [
      ("quality >= 0.6 and ", 20, "end"), ("quality >= 0.55x", 16, "too much"),
      ("tagged(foo) and quality", 24, "comparison"), ("quality >= ", 12, "end"),
    ] {
      var bench = try FrontBench()
      bench.press("R<Ctrl-U><Ctrl-K>\(typed)")
      guard case .rule(let edit) = bench.state.mode,
        case .error(.candidate, let place, let message) = edit.preview
      else {
        Issue.record("\(typed) is an error of the candidate")
        continue
      }
      #expect(place == column && message.contains(words), "\(typed): \(place) \(message)")
    }
  }

  @Test func aRuleCanBeTriedWhereNothingCanBeWritten() throws {
    var bench = try FrontBench(readOnlyReason: "--read-only")
    bench.press("R<Down><End><Backspace><Backspace>40")
    #expect(bench.screen.contains { $0.contains("selects epoch 60") })
    bench.press("<Enter>")
    #expect(bench.journal.isEmpty && bench.message.contains("--read-only"))
    guard case .rule = bench.state.mode else {
      Issue.record("what was typed stays")
      return
    }
  }

  @Test func belowTheLeastSizeNothingIsDone() throws {
    var bench = try FrontBench()
    bench.act(.resized(width: 38, height: 10))
    bench.press("xx1tb;words<Enter>j")
    #expect(bench.journal.isEmpty && bench.place == Place())
    bench.act(.resized(width: 80, height: 24))
    bench.press(";begun")
    bench.act(.resized(width: 39, height: 24))
    bench.press("quietly<Enter>")
    bench.act(.resized(width: 80, height: 24))
    #expect(bench.screen.last?.hasSuffix(": begun") == true)
    bench.press("<Esc>")
    bench.act(.resized(width: 30, height: 5))
    bench.press("q")
    #expect(bench.effects.last == .quit)
  }

  @Test func longMessagesAreReadToTheirEnd() throws {
    var bench = try FrontBench()
    bench.act(.told(String(repeating: "a long story ", count: 20) + "and its end", isDone: false))
    #expect(bench.screen.last == "and its end" || bench.screen.last?.hasSuffix("its end") == true)
    #expect(bench.screen.contains { $0.hasPrefix("! a long story") })
    bench.press("j")
    #expect(!bench.screen.contains { $0.contains("long story") })
  }

  @Test func aLineThatIsTooLongSaysSo() throws {
    var bench = try FrontBench()
    bench.press(";")
    let text = String(repeating: "x", count: LineEdit.longest)
    bench.act(.key(.paste(text), time: 1))
    bench.press("y")
    #expect(bench.message.contains("a line holds"))
    bench.press("<Enter>")
    #expect(bench.state.review.mark(Target(Position(.epoch, 1))).notes[.general] == text)
  }

  @Test func everyMetricCanBeRead() throws {
    var run = frontRun(hasSamples: false)
    run.columns += (0..<30).map {
      MetricColumn(metric: Metric(name: "metric_number_\($0)"), values: [1, 2, 3, Double($0)])
    }
    var bench = try FrontBench(run)
    bench.press(":sort metric_number_29<Enter>")
    #expect(bench.screen[1].contains("metric~er_29v"))
    bench.press("G<Enter><End>")
    #expect(bench.screen.contains { $0.contains("metric_number_29  ") })
    bench.press("q:sort metric_number_29<Enter>:sort metric_number_29<Enter>")
    #expect(bench.message == "sorted by metric_number_29, the highest first")
  }

  @Test func aNoteOfSeveralLinesIsPassedOverByTab() throws {
    var bench = try FrontBench()
    let target = Target(Position(.epoch, 1))
    bench.act(.edited(.note(target, .quality), text: "two\nlines"))
    bench.press(";<Tab>short words<Enter>")
    #expect(bench.state.review.mark(target).notes[.diversity] == "short words")
    bench.press(";<Tab><Tab><Enter>")
    #expect(
      bench.state.review.mark(target).notes == [.quality: "two\nlines", .diversity: "short words"])
  }

  @Test func aRefusedRuleIsStillThere() throws {
    var bench = try FrontBench()
    bench.canWrite = false
    bench.press("R<Down><End><Backspace><Backspace>40<Enter>")
    #expect(bench.message == "no space left")
    guard case .rule(let edit) = bench.state.mode else {
      Issue.record("the editor is open")
      return
    }
    #expect(edit.text.text.contains("0.40"))
    bench.press("<Esc>:rule select: max diversity<Enter>")
    #expect(bench.screen.last == ":rule select: max diversity")
    bench.canWrite = true
    bench.press("<Enter>")
    #expect(bench.state.table.selected == 0)
  }

  @Test func whatWasSeenIsWrittenOnceItCanBe() throws {
    var bench = try FrontBench()
    bench.press("j")
    bench.canWrite = false
    bench.press(";words<Enter>")
    // The words are refused once, not taken for those of the looks that went before them.
    #expect(bench.screen.last?.hasSuffix("words") == true)
    bench.press("<Esc>")
    bench.canWrite = true
    bench.press("p")
    let seen = Review(reviewer: "ann", events: bench.journal).seen
    #expect(seen[Position(.epoch, 10)]?.isEmpty == false)
    var small = try FrontBench()
    small.act(.resized(width: 39, height: 20))
    small.press("jj")
    small.act(.leaving(time: 1_000_000))
    #expect(!small.journal.contains { $0.act.target?.position == Position(.epoch, 10) })
  }

  @Test func whatWasBeingTypedComesBackAfterTheHistory() throws {
    var bench = try FrontBench()
    bench.press(":winner<Enter>:rate-5<Down>")
    #expect(bench.screen.last == ":rate-5")
    bench.press("<Up>")
    #expect(bench.screen.last == ":winner")
    bench.press("<Up><Down>")
    #expect(bench.screen.last == ":rate-5")
  }

  @Test func copiedIsTheLineUnderTheCursor() throws {
    var bench = try FrontBench()
    bench.press("*y")
    guard
      case .copyLine(let line)? = bench.effects.last(where: { effect in
        if case .copyLine = effect { return true }
        return false
      })
    else {
      Issue.record("nothing is copied")
      return
    }
    #expect(line.hasPrefix("lab  epoch 030  quality 0.68  diversity 0.60  candidate, selected"))
    bench.press("Y")
    #expect(bench.effects.contains(.copyReport))
  }

  @Test func gammaAndContrastComeBackToOne() throws {
    var bench = try FrontBench()
    for _ in 0..<3 { bench.press("}))") }
    #expect(bench.state.settings.gamma > 1.7 && bench.state.settings.contrast > 2.9)
    for _ in 0..<3 { bench.press("{((") }
    #expect(bench.state.settings.gamma == 1 && bench.state.settings.contrast == 1)
    for _ in 0..<40 { bench.press("{") }
    #expect(bench.message.contains("as far as it goes") && bench.state.settings.gamma >= 0.25)
    bench.press("=")
    #expect(bench.state.settings.gamma == 1)
  }

  @Test func keysCanBeBoundOtherwise() throws {
    var bench = try FrontBench(
      keyMap: KeyMap([.keep: [.function(5)], .nextCheckpoint: ["p"], .help: []]))
    bench.press("p")
    #expect(bench.place.checkpoint == 1 && bench.journal.isEmpty)
    bench.act(.key(.function(5), time: 9))
    #expect(bench.state.review.mark(Target(Position(.epoch, 10))).verdict == .keep)
    #expect(bench.state.keyMap[.control("c")] == .quit)
    #expect(KeyMap([.quit: [], .keep: [.control("c")]])[.control("c")] == .quit)
    bench.press("j?")
    #expect(bench.message == "? means nothing here; :help shows all keys")
    #expect(bench.screen.last?.contains("F5 keep") == false)
    bench.press("<Ctrl-L>")
    #expect(bench.state.keyMap.keys(of: .reject) == ["x"])
  }

  @Test func aKeyThatTypesIsNoCommandWhileTextIsTyped() throws {
    var bench = try FrontBench(
      keyMap: KeyMap([.suspend: ["z"], .redraw: ["r"], .quit: ["e"]]))
    bench.press(";frozen zebra<Enter>")
    #expect(
      bench.state.review.mark(Target(Position(.epoch, 1))).notes[.general] == "frozen zebra")
    #expect(!bench.effects.contains(.suspend))
    bench.press("z")
    #expect(bench.effects.last == .suspend)
  }

  @Test func whatIsOutOfSightIsNotSeen() throws {
    var run = frontRun()
    run.series = [Series(name: "loss", axis: .epoch, positions: [1, 60], values: [2, 1])]
    var bench = try FrontBench(run)
    bench.press("LjjjkL")
    bench.act(.leaving(time: bench.clock + 10_000))
    let seen = Review(reviewer: "ann", events: bench.journal).seen
    #expect(seen[Position(.epoch, 10)] == nil && seen[Position(.epoch, 60)] == nil)
    #expect(seen[Position(.epoch, 30)]?.isEmpty == false)
  }

  @Test func everyCommandHasOneNameOneKeyAndItsWords() {
    var taken: [Key: Command] = [:]
    for command in Command.allCases {
      let record = command.record
      #expect(!record.help.isEmpty && !record.help.hasSuffix("."))
      for key in record.keys {
        #expect(
          taken[key] == nil, "\(key.name) is \(command) and \(String(describing: taken[key]))")
        taken[key] = command
        #expect(Key(named: key.name) == key)
      }
      #expect(KeyMap().keys(of: command) == record.keys)
    }
  }

  /// Where a command cannot be used it says why, changes nothing, and the next key works.
  @Test func everyCommandWorksOrSaysWhyNot() throws {
    var bare = frontRun(hasSamples: false)
    bare.columns = []
    for (run, readOnly) in [(frontRun(), nil), (frontRun(), "--read-only"), (bare, nil)] {
      for before in ["", "<Enter>", "*c", "&epoch>1<Enter>", "<Space>"] {
        for command in Command.allCases {
          var bench = try FrontBench(run, readOnlyReason: readOnly)
          bench.press(before)
          let (place, count) = (bench.place, bench.journal.count)
          let reason = bench.state.reason(against: command)
          let effects = bench.state.perform(command)
          if let reason {
            #expect(bench.message == reason && effects.isEmpty, "\(command)")
            #expect(bench.place == place && bench.journal.count == count, "\(command)")
          }
          bench.act(.resized(width: 80, height: 24))
          #expect(bench.screen.count == 24)
        }
      }
    }
  }

  @Test func completionKnowsArguments() throws {
    var bench = try FrontBench()
    func typed() -> String {
      guard case .typing(let edit, .command) = bench.state.mode else { return "" }
      return edit.text
    }
    bench.press(":ta<Tab>")
    #expect(typed() == "tag" && bench.message.contains("tag-marked"))
    bench.press(" blu<Tab>")
    #expect(typed() == "tag blurry")
    bench.press("<Ctrl-U>sort div<Tab><Enter>")
    #expect(bench.message.contains("diversity"))
    bench.press(":keep now<Enter>")
    #expect(bench.message == ":keep takes no further word" && bench.journal.isEmpty)
    bench.press(":report json<Enter>")
    #expect(bench.effects.contains(.export(.json, overwriting: false)))
    #expect(bench.effects.contains(.remember("report json")))
  }
}
