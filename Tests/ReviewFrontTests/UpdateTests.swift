import GlyphRendering
import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

@Suite struct UpdateTests {
  @Test func steppingEpochsKeepsTheSeed() throws {
    var bench = try FrontBench()
    bench.press("<Enter>llll")
    #expect(bench.place == Place(checkpoint: 0, sample: 4, depth: .grid))
    bench.press("jj")
    #expect(bench.place == Place(checkpoint: 2, sample: 4, depth: .grid))
    bench.press("<Enter>k")
    #expect(bench.place == Place(checkpoint: 1, sample: 4, depth: .sample))
    bench.press("<Esc><Esc>")
    #expect(bench.place == Place(checkpoint: 1, sample: 4, depth: .table))
  }

  @Test(arguments: [
    ("G", 3), ("Gg", 0), ("]", 3), ("][", 0), ("jjk", 1), ("<End><Up>", 2), ("*", 2), (":60\n", 3),
    (":epoch 10\n", 1), (":winner\n", 2), (":30\nk", 1),
  ])
  func movesBetweenCheckpoints(_ keys: String, _ checkpoint: Int) throws {
    var bench = try FrontBench()
    bench.press(
      keys.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "<Enter>"))
    #expect(bench.place.checkpoint == checkpoint)
    #expect(bench.place.sample == 0)
  }

  @Test func anEpochThatIsNotThereNamesTheNearest() throws {
    var bench = try FrontBench()
    bench.press(":42<Enter>")
    #expect(bench.message == "no epoch 42; nearest: 30, 60")
    #expect(bench.place.checkpoint == 0)
  }

  @Test func aTagTogglesAndRepeats() throws {
    var bench = try FrontBench()
    bench.press("G<Enter>ltb")
    let target = Target(Position(.epoch, 60), sample: 1)
    #expect(bench.state.review.mark(target).sortedTags == ["blurry"])
    #expect(bench.message == "saved: blurry on epoch 60 sample 1")
    bench.press("l.")
    #expect(
      bench.state.review.mark(Target(Position(.epoch, 60), sample: 2)).sortedTags == ["blurry"])
    bench.press(".")
    #expect(bench.state.review.mark(Target(Position(.epoch, 60), sample: 2)).isEmpty)
    bench.press("tZ")
    #expect(bench.message.contains("not a tag's letter"))
  }

  @Test func inTheTableACheckpointIsTagged() throws {
    var bench = try FrontBench()
    bench.press("Gtm")
    #expect(bench.state.review.mark(Target(Position(.epoch, 60))).sortedTags == ["mode-collapse"])
  }

  @Test func undoTakesTheCursorToTheThingUndone() throws {
    var bench = try FrontBench()
    bench.press("G<Enter>llltn<Esc>gp")
    #expect(bench.place.checkpoint == 1)
    bench.press("u")
    #expect(bench.message == "taken back: keep epoch 1")
    bench.press("u")
    #expect(bench.place == Place(checkpoint: 3, sample: 3, depth: .grid))
    #expect(bench.state.review.marks.isEmpty)
    bench.press("u")
    #expect(bench.message == "nothing to take back")
    bench.press("<Esc>g<Ctrl-R>")
    #expect(bench.place == Place(checkpoint: 3, sample: 3, depth: .grid))
    #expect(bench.message == "done again: noise on epoch 60 sample 3")
    bench.press("<Ctrl-R>")
    #expect(bench.state.review.mark(Target(Position(.epoch, 1))).verdict == .keep)
    bench.press("<Ctrl-R>")
    #expect(bench.message == "nothing was taken back")
  }

  @Test func verdictsAndTheNextUndecided() throws {
    var bench = try FrontBench()
    bench.press("jpx")
    #expect(bench.state.review.mark(Target(Position(.epoch, 10))).verdict == .keep)
    #expect(bench.state.review.mark(Target(Position(.epoch, 30))).verdict == .reject)
    bench.press("gJ")
    #expect(bench.place.checkpoint == 3)
    bench.press("K")
    #expect(bench.place.checkpoint == 0)
    bench.press("K")
    #expect(bench.message.contains("no undecided"))
    bench.press("jU")
    #expect(bench.state.review.mark(Target(Position(.epoch, 10))).verdict == .undecided)
    let count = bench.journal.count
    bench.press("kU")
    #expect(bench.message.hasPrefix("unchanged"))
    #expect(bench.journal.count == count)
  }

  @Test func oneKeyDecidesAndMoves() throws {
    var bench = try FrontBench()
    for (key, place) in [("p", 1), ("x", 2), ("4", 3)] {
      bench.press(key)
      #expect(bench.place.checkpoint == place)
    }
    #expect(bench.state.review.mark(Target(Position(.epoch, 30))).rating == 4)
    bench.press("5")
    #expect(bench.place.checkpoint == 3)
    bench.press("U")
    #expect(bench.place.checkpoint == 3)
    bench.press("<Enter>32")
    #expect(bench.place.sample == 2)
    #expect(bench.state.review.mark(Target(Position(.epoch, 60), sample: 1)).rating == 2)
    bench.press("u")
    #expect(bench.place.sample == 1)
    bench.canWrite = false
    bench.press("3")
    #expect(bench.place.sample == 1 && bench.message == "no space left")
    bench.canWrite = true
    bench.press("a3")
    #expect(bench.place.sample == 1)
    bench.press("0")
    #expect(bench.state.review.mark(Target(Position(.epoch, 60), sample: 1)).isEmpty)
  }

  @Test func aChoiceOfOnesOwnNeedsItsReason() throws {
    var bench = try FrontBench()
    bench.press("jE<Enter>")
    #expect(bench.state.review.override == nil)
    bench.press("Esofter strokes<Enter>")
    #expect(bench.state.review.override?.position == Position(.epoch, 10))
    #expect(bench.state.review.override?.reason == "softer strokes")
    #expect(bench.screen[0].contains("override: epoch 10"))
    bench.press("E<Ctrl-U><Enter>")
    #expect(bench.state.review.override == nil)
  }

  @Test func aNoteSaysWhatItIsAbout() throws {
    var bench = try FrontBench()
    bench.press("*;<Tab>clear strokes, jq?<Enter>")
    let target = Target(Position(.epoch, 30))
    #expect(bench.state.review.mark(target).notes == [.quality: "clear strokes, jq?"])
    #expect(bench.place.checkpoint == 2 && bench.state.mode == .browse)
    // The words stand there again, and an empty text takes them off.
    bench.press(";<Tab>")
    guard case .typing(let edit, .note(target, .quality)) = bench.state.mode else {
      Issue.record("a note about quality is typed")
      return
    }
    #expect(edit.text == "clear strokes, jq?")
    bench.press("<Ctrl-U><Enter>")
    #expect(bench.state.review.mark(target).isEmpty)
    bench.press(";words<Esc>")
    #expect(bench.state.review.mark(target).isEmpty)
  }

  @Test func whatCannotBeWrittenIsRefusedAloud() throws {
    var bench = try FrontBench()
    bench.canWrite = false
    bench.press("p")
    #expect(bench.message == "no space left")
    #expect(bench.state.message?.kind == .error)
    #expect(bench.state.review.marks.isEmpty)
    var readOnly = try FrontBench(readOnlyReason: "another sitting holds it")
    for keys in ["p", "x", "tm", ";", "u", ":tag blurry<Enter>", ":note x<Enter>"] {
      readOnly.press(keys)
      readOnly.press("<Esc>")
    }
    #expect(readOnly.journal.isEmpty)
    readOnly.press("p")
    #expect(readOnly.message.contains("another sitting holds it"))
  }

  @Test func everyCommandWorksByItsName() throws {
    for command in Command.allCases {
      var byName = try FrontBench()
      byName.press("*<Enter>ltbp:\(command.rawValue)<Enter>")
      #expect(!byName.message.contains("no command"), "\(command.rawValue)")
    }
    var bench = try FrontBench()
    bench.press(":nonsense<Enter>")
    #expect(bench.message.contains("no command \"nonsense\""))
  }

  @Test func completionAndHistory() throws {
    var bench = try FrontBench()
    bench.press(":wi<Tab>")
    guard case .typing(let edit, .command) = bench.state.mode else {
      Issue.record("a command is typed")
      return
    }
    #expect(edit.text == "winner")
    bench.press("<Enter>g:<Up><Enter>")
    #expect(bench.place.checkpoint == 2)
  }

  @Test func onlyWhatWasLookedAtIsSeen() throws {
    var bench = try FrontBench()
    // Held down: 33 ms a key is no look.
    for _ in 0..<3 {
      bench.clock += 33
      bench.act(.key(.character("j"), time: bench.clock))
    }
    bench.clock += 33
    bench.act(.key(.enter, time: bench.clock))
    bench.clock += 5000
    bench.act(.key(.character("p"), time: bench.clock))
    #expect(bench.state.review.seen.keys.map(\.value) == [60])
    #expect(bench.state.review.seen[Position(.epoch, 60)]?.contains(0) == true)
  }

  @Test func aJournalMayNameWhatIsNotThere() throws {
    let acts: [ReviewAct] = [
      .tag(Target(Position(.epoch, 60), sample: -5), tag: "blurry", isOn: true, digest: nil),
      .tag(Target(Position(.epoch, 60), sample: 9_999_999), tag: "x y", isOn: true, digest: nil),
      .verdict(Position(.epoch, 77), .keep), .verdict(Position(.step, 5), .keep),
      .seen(Position(.epoch, 60), samples: [-1, 1_000_000]), .unknown("later"),
    ]
    var review = Review(reviewer: "ann")
    for (place, act) in acts.enumerated() {
      review.apply(ReviewEvent(sequence: place + 1, time: "t", reviewer: "ann", act: act))
    }
    var bench = try FrontBench(review: review)
    bench.journal = review.events
    bench.press("G<Enter>uuuutb<Enter><Esc><Esc>")
    #expect(bench.screen.count == 24)
    #expect((0..<64).contains(bench.place.sample))
  }

  @Test func leavingSavesThePlace() throws {
    var bench = try FrontBench()
    bench.press("jq")
    #expect(bench.effects.suffix(2) == [.savePlace(Place(checkpoint: 1)), .quit])
    var deeper = try FrontBench()
    deeper.press("<Enter>q")
    #expect(deeper.place.depth == .table && !deeper.effects.contains(.quit))
  }

  @Test func picturesAreAskedForOnceAndAhead() throws {
    var state = try FrontState(
      run: frontRun(count: 30), review: Review(reviewer: "ann"), rule: RuleInForce(run: frontRun()),
      theme: Theme(name: "plain", isLight: false, styles: [:], colors: 0), width: 80, height: 24,
      abilities: TerminalAbilities(colors: 0, isUTF8: true))
    let first = update(&state, .resized(width: 80, height: 24))
    guard case .render(let requests)? = first.first else {
      Issue.record("pictures are asked for")
      return
    }
    #expect(requests.first?.checkpoint == 0)
    #expect(requests.map(\.checkpoint) == Array(0...8))
    #expect(requests.allSatisfy { $0.settings.quality == .instant })
    #expect(update(&state, .resized(width: 80, height: 24)).isEmpty)
    #expect(state.isWaitingForPictures)
  }

  @Test(arguments: [(true, 20.0, true), (true, 200, false), (false, 20, false)])
  func onALightGroundDarkPicturesAreInverted(
    _ isLight: Bool, _ mean: Double, _ isInverted: Bool
  ) throws {
    var state = try FrontState(
      run: frontRun(), review: Review(reviewer: "ann"), rule: RuleInForce(run: frontRun()),
      theme: Theme(name: "x", isLight: isLight, styles: [:], colors: 0), width: 80, height: 24,
      abilities: TerminalAbilities(colors: 0, isUTF8: true))
    guard case .render(let requests)? = update(&state, .resized(width: 80, height: 24)).first,
      let request = requests.first
    else {
      Issue.record("pictures are asked for")
      return
    }
    let batch = PictureBatch(
      request: request, grids: [], sampleCount: 64, sampleWidth: 28, sampleHeight: 28,
      meanLevel: mean)
    _ = update(&state, .rendered(batch))
    #expect(state.settings.isInverted == isInverted)
    // The reviewer has the last word.
    _ = update(&state, .key(.character("i"), time: 0))
    _ = update(&state, .rendered(batch))
    #expect(state.settings.isInverted == !isInverted)
  }

  @Test func brokenSamplesAreSaidAndStepped() throws {
    var bench = try FrontBench()
    bench.act(.unreadable(checkpoint: 1, reason: "bad-image: x.png: not a PNG"))
    bench.press("j")
    #expect(bench.screen.joined().contains("bad-image: x.png: not a PNG"))
    bench.press(":warnings<Enter>")
    #expect(bench.screen.contains { $0.contains("warnings") })
    bench.press("<Esc>")
    bench.press("<Enter>")
    #expect(bench.message.contains("not a PNG") && bench.place.depth == .table)
    bench.press("j<Enter>")
    #expect(bench.place == Place(checkpoint: 2, sample: 0, depth: .grid))
  }

  @Test func textModeTakesEveryKeyForItself() throws {
    var bench = try FrontBench()
    bench.press(";pxtmUqQ*JK.u1?:<Enter>")
    #expect(bench.journal.filter { $0.act.isUndoable }.count == 1)
    #expect(
      bench.state.review.mark(Target(Position(.epoch, 1))).notes[.general] == "pxtmUqQ*JK.u1?:")
  }
}

@Suite struct LineEditTests {
  @Test func editing() {
    var edit = LineEdit("one two")
    for key in [Key.control("w"), .character("3"), .home, .delete, .end, .left, .backspace] {
      _ = edit.take(key)
    }
    #expect(edit.text == "ne3")
    _ = edit.take(.control("u"))
    #expect(edit.text == "3")
    _ = edit.take(.control("k"))
    #expect(edit.text == "" && edit.place == 0)
    for key in [Key.backspace, .delete, .left, .right, .control("w")] { _ = edit.take(key) }
    #expect(edit.text == "")
  }
}
