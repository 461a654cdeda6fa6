import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

/// The rule's editor, the checklist, the words of why and held-out seeds, by key.
@Suite struct DecideTests {
  private func edit(_ bench: FrontBench) throws -> RuleEdit {
    guard case .rule(let edit) = bench.state.mode else {
      throw RuleError(line: 1, column: 1, message: "no rule is being written")
    }
    return edit
  }

  private func tally(_ bench: FrontBench) throws -> RuleTally {
    guard case .judged(let tally) = try edit(bench).preview else {
      throw RuleError(line: 1, column: 1, message: "the rule is not judged")
    }
    return tally
  }

  private static let clear = "<Ctrl-U><Ctrl-K>"

  @Test func theEditorCountsByClause() throws {
    var bench = try FrontBench()
    bench.press("R<Down>\(Self.clear)max quality where diversity >= 0.5 and quality < 0.7")
    let found = try tally(bench)
    #expect(found.selected == 2 && found.eligibleCount == 3)
    #expect(found.clauses.suffix(2).map(\.excluded) == [1, 1])
    #expect(found.clauses.suffix(2).map(\.alone) == [0, 0])
    bench.press("<Backspace><Backspace><Backspace>0.5")
    #expect(try tally(bench).clauses.last?.alone == 1)
    #expect(bench.screen.contains { $0.contains("where: quality < 0.5 excludes 2 of 4, 1 by it") })
    #expect(bench.journal.isEmpty)
  }

  @Test func tabCompletesAndElseGoesOn() throws {
    var bench = try FrontBench()
    bench.press("R\(Self.clear)quality >= 0.6 and div")
    #expect(bench.screen.contains { $0.contains("Tab: diversity") })
    bench.press("<Tab>")
    #expect(try edit(bench)[.candidate].text == "quality >= 0.6 and diversity")
    #expect(try edit(bench).focus == .candidate)
    bench.press(" > 0<Tab>")
    #expect(try edit(bench).focus == .select)
    #expect(try tally(bench).candidateCount == 2)
  }

  @Test func tabGoesThroughWordsThatShareNoStart() throws {
    var bench = try FrontBench()
    bench.press("R\(Self.clear)tagged(m<Tab>")
    #expect(try edit(bench)[.candidate].text == "tagged(mode-collapse")
    bench.press("<Tab>")
    #expect(try edit(bench)[.candidate].text == "tagged(memorised")
    bench.press("<Tab>)")
    #expect(try edit(bench)[.candidate].text == "tagged(mode-collapse)")
    bench.press("<Tab>")
    #expect(try edit(bench).focus == .select)
    bench.press("\(Self.clear)min rank(<Tab>")
    #expect(try edit(bench)[.select].text == "min rank(quality")
  }

  @Test func theMarginIsWhatANarrowLineKeeps() throws {
    var bench = try FrontBench(width: 40, height: 12)
    bench.press("G")
    #expect(bench.screen[10] == "epoch 60: 0.07 off diversity >= 0.55")
    bench.press("*")
    #expect(
      bench.screen[10] == "epoch 30: selected, 0.23 ahead of epoch~"
        || bench.screen[10].hasPrefix("epoch 30: selected, 0.23"))
    bench.press("Gw")
    // Nothing of a number is cut off where a line is broken.
    #expect(bench.screen.joined().contains("0.07"))
    bench.press("q<Enter>tb")
    #expect(bench.screen[10].hasSuffix("| 0.07 off diversity >= 0.55"))
  }

  @Test func everythingIsReachedOnTheSmallestScreen() throws {
    var bench = try FrontBench(width: 40, height: 12)
    bench.press("o<Down><Down><PgDn><PgDn><PgDn><PgDn>")
    #expect(bench.screen.contains { $0.contains("No failure was") })
    bench.press("<Up>")
    guard case .exporting = bench.state.mode else {
      Issue.record("the menu is closed")
      return
    }
    bench.press("<Esc>t<PgDn><PgDn><PgDn><PgDn>")
    #expect(bench.screen.contains { $0.contains("bias") })
    bench.press("i")
    #expect(bench.acts.last == "tag")
    bench.press("CG")
    #expect(bench.screen.contains { $0.contains("never") || $0.contains("looked at") })
    bench.press("k<Esc>R")
    #expect(bench.screen.contains { $0.contains("selects epoch 30") })
    #expect(bench.screen.contains { $0.contains("are candidates") })
    // A message of several lines covers no margin.
    bench.press("<Esc>C7")
    #expect(bench.screen.contains { $0.contains("off diversity") || $0.contains("behind epoch") })
    #expect(bench.screen.contains { $0.contains("latent_shape") })
  }

  @Test func whatWasLookedAtCountsAtOnce() throws {
    var bench = try FrontBench()
    bench.press("*<Enter>ll")
    bench.press("C")
    #expect(!bench.screen.contains { $0.contains("were never looked at") })
  }

  @Test func aDifferenceShowsNoHeldOutSeed() throws {
    var run = frontRun()
    run.declaration.heldOutSeeds = Array(0..<64)
    var bench = try FrontBench(run)
    bench.press("*<Enter>")
    #expect(!bench.screen.contains { $0.contains("held out") })
    bench.press("d")
    #expect(bench.screen.contains { $0.contains("held out") })
    #expect(!bench.screen.contains { $0.contains("####") })
  }

  @Test func aChoiceOfOnesOwnIsSaidWhereItMatters() throws {
    var bench = try FrontBench()
    bench.press("jEsofter<Enter>w")
    #expect(bench.screen.contains { $0.contains("chosen     epoch 10 by you: softer") })
    bench.press("q<Enter><Enter>")
    #expect(bench.screen.contains { $0.contains("! chosen by you") })
  }

  @Test func presetsAreWrittenInOneAfterTheOther() throws {
    var bench = try FrontBench()
    bench.press("R<Ctrl-P>")
    #expect(try edit(bench).preset == .qualityWithinDiversity)
    bench.press("<Ctrl-P>")
    #expect(try edit(bench).preset == .knee)
    let rule = try RuleParser.rule(RulePreset.knee.text(for: bench.state.run))
    #expect(try RuleParser.rule(try edit(bench).text) == rule)
    bench.press("<Enter>")
    #expect(bench.state.rule.rule == rule && bench.state.rule.origin == .reviewer)
    bench.press("u")
    #expect(bench.state.rule.origin == .builtIn)
  }

  @Test func aDefaultRuleCanBeTaken() throws {
    var bench = try FrontBench()
    let count = bench.state.evidenceCount
    bench.press("R<Enter>")
    #expect(bench.acts == ["rule"] && bench.state.rule.origin == .reviewer)
    #expect(bench.state.evidenceCount == count + 1)
    bench.press("R<Enter>")
    #expect(bench.acts == ["rule"] && bench.message == "the rule is as it was")
  }

  @Test func theChecklistGoesToEachPiece() throws {
    var bench = try FrontBench()
    bench.press("C3")
    #expect(
      bench.state.mode
        == .typing(LineEdit(""), .note(Target(Position(.epoch, 30)), .diversity)))
    bench.press("wide<Enter>C9trust me<Enter>")
    #expect(bench.state.review.mark(Target(Position(.epoch, 30))).notes[.diversity] == "wide")
    #expect(bench.state.review.mark(Target()).notes[.trust] == "trust me")
    bench.press("C2")
    #expect(bench.place.depth == .grid && bench.place.checkpoint == 2)
    bench.press("<Esc>C6")
    #expect(try edit(bench).focus == .candidate)
    bench.press("<Esc>Cjjj<Enter>")
    #expect(
      bench.state.mode == .typing(LineEdit(""), .note(Target(Position(.epoch, 30)), .quality)))
    bench.press("<Esc>Cq")
    #expect(bench.state.mode == .browse)
  }

  @Test func remediesAreOfferedForWhatIsTagged() throws {
    var bench = try FrontBench()
    bench.press("C0<Up>")
    #expect(bench.message.contains("nothing is yet"))
    bench.press("<Esc>tmC0")
    #expect(bench.message.contains("remedies"))
    bench.press("<Down>")
    let first = try #require(Remedy.offered(for: ["mode-collapse"]).first).words
    guard case .typing(let line, _) = bench.state.mode else {
      Issue.record("no line is being typed")
      return
    }
    #expect(line.text == first)
    bench.press("<Down><Up><Enter>")
    #expect(bench.state.review.mark(Target()).notes[.nextStep] == first)
  }

  @Test func theDraftOfWhyCountsUntilItIsChanged() throws {
    var bench = try FrontBench()
    bench.press("W")
    guard case .edit(.note(let target, .why), let draft)? = bench.effects.last else {
      Issue.record("no editor was opened")
      return
    }
    #expect(target == Target() && draft.contains("I keep epoch 30 of lab"))
    bench.act(.edited(.note(Target(), .why), text: draft))
    #expect(bench.journal.isEmpty && bench.message.contains("follow from the numbers"))
    bench.act(.edited(.note(Target(), .why), text: "Because."))
    #expect(bench.state.review.mark(Target()).notes[.why] == "Because.")
    bench.press("oW")
    #expect(bench.effects.last == .edit(.note(Target(), .why), text: "Because."))
  }

  @Test func heldOutSeedsAreShownAtTheChoiceAlone() throws {
    var run = frontRun()
    run.declaration.heldOutSeeds = [0, 63]
    var bench = try FrontBench(run)
    bench.press("<Enter>")
    #expect(bench.screen.contains { $0.contains("held out") })
    #expect(bench.screen.contains { $0.contains("##") })
    bench.press("t")
    #expect(bench.acts.isEmpty && bench.message.contains("held out from the choice"))
    bench.press("ltb")
    #expect(bench.acts == ["tag"])
    // Of what was on the screen, those out of sight were not seen.
    bench.press("hj")
    bench.act(.leaving(time: bench.clock + 1000))
    let seen = bench.journal.compactMap { event -> [Int]? in
      if case .seen(let position, let samples) = event.act, position.value == 1 { return samples }
      return nil
    }.joined()
    #expect(seen.contains(1) && !seen.contains(0))
    var choice = try FrontBench(run)
    choice.press("*<Enter>")
    #expect(!choice.screen.contains { $0.contains("held out") })
    choice.press("tb")
    #expect(choice.acts == ["tag"])
    // The rule reads nothing of it.
    #expect(choice.state.evaluator.facts.tagged["blurry"]?[2] ?? false == false)
  }

  @Test func theDiskPlanIsShownWhereThereIsState() throws {
    var bench = try FrontBench()
    bench.press(":disk<Enter>")
    #expect(bench.message.contains("no training state"))
    var run = frontRun()
    for index in run.checkpoints.indices {
      run.checkpoints[index].states = [StateFile(path: "\(index).pt", size: 2_000_000)]
    }
    run.columns[1].values[1] = 0.1
    var full = try FrontBench(run)
    full.press(":disk<Enter>")
    #expect(full.screen.contains { $0.contains("+ keep      epoch 30  2.0 MB  selected") })
    #expect(full.screen.contains { $0.contains("- could go  epoch 10  2.0 MB  no candidate") })
    #expect(full.screen.contains { $0.contains("to keep 6.0 MB, could go 2.0 MB") })
    full.press("q")
    #expect(full.state.mode == .browse)
  }

  @Test func anExportNamesItsCautions() throws {
    var bench = try FrontBench()
    bench.press("o")
    #expect(bench.screen.contains { $0.contains("! No failure was recorded") })
    bench.press("m")
    bench.act(.exported(path: "lab/review/report.md"))
    #expect(bench.message.hasPrefix("report written: review/report.md; 3 cautions"))
  }
}

extension FrontBench {
  /// What was recorded, but for what was looked at.
  fileprivate var acts: [String] { journal.map(\.act.name).filter { $0 != "seen" } }
}
