import GlyphRendering
import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

/// Where reviewers disagree, and what is ruled there; where people and numbers do.
@Suite struct AgreementScreenTests {
  private static func epoch(_ value: Double) -> Position { Position(.epoch, value) }

  private static func review(_ name: String, _ acts: [ReviewAct]) -> Review {
    Review(
      reviewer: name,
      events: acts.enumerated().map {
        ReviewEvent(
          sequence: $0 + 1, time: "2025-12-31T00:00:00.000Z", reviewer: name, act: $1)
      })
  }

  /// Ann keeps 10 and 60 and finds sample 4 of 30 blurry, which the others looked at.
  private static let ann = review(
    "ann",
    [
      .verdict(epoch(10), .keep), .verdict(epoch(60), .keep), .rate(Target(epoch(60)), 5),
      .tag(Target(epoch(30), sample: 4), tag: "blurry", isOn: true, digest: nil),
    ])

  private static func other(_ name: String) -> Review {
    review(
      name,
      [
        .seen(epoch(30), samples: Array(0..<20)), .verdict(epoch(10), .keep),
        .verdict(epoch(60), .reject), .rate(Target(epoch(60)), 1),
      ])
  }

  static func bench(
    others: [String] = ["bob"], width: Int = 80, height: Int = 24, isUTF8: Bool = true,
    readOnlyReason: String? = nil
  ) throws -> FrontBench {
    try FrontBench(
      width: width, height: height, isUTF8: isUTF8, review: ann, others: others.map(other),
      readOnlyReason: readOnlyReason)
  }

  private func row(_ bench: FrontBench) -> Int? {
    if case .agreement(let row) = bench.state.mode { return row }
    return nil
  }

  private func acts(_ bench: FrontBench) -> [ReviewAct] {
    bench.journal.map(\.act).filter { $0.name != "seen" }
  }

  private func ruling(_ bench: FrontBench, _ row: Int) -> Ruling? {
    bench.state.agreement.flatMap { $0.rulings[$0.agreement.disagreements[row].point] }
  }

  private func has(_ bench: FrontBench, _ words: String) -> Bool {
    bench.screen.contains { $0.contains(words) }
  }

  @Test func oneReviewerHearsWhatItTakes() throws {
    var bench = try Self.bench(others: [])
    bench.press(":agree<Enter>")
    #expect(row(bench) == nil && bench.message.contains("agreement takes two"))
  }

  @Test func theListHasAgreementThenDisagreementsWithWhoSaidWhat() throws {
    var bench = try Self.bench()
    bench.press("g:agree<Enter>")
    #expect(row(bench) == 0)
    #expect(has(bench, "2 reviewers, disagreement 1/3"))
    #expect(has(bench, "verdict 2 items  agree 0.50"))
    #expect(has(bench, "> ? 030 #4 tag blurry: ann on, bob off"))
    #expect(has(bench, "  ? 060 verdict: ann keep, bob reject"))
    #expect(has(bench, "  ? 060 rating: ann 5, bob 1"))
    #expect(has(bench, "open: y on, n off"))
    bench.press("jj")
    #expect(row(bench) == 2 && has(bench, "open: 1 to 5 rule"))
    bench.press("j")
    #expect(row(bench) == 2)
    bench.press("g<Esc>")
    #expect(row(bench) == nil && bench.state.agreement == nil)
  }

  @Test func keysRuleWhatTheRowIsAboutAndNothingElse() throws {
    var bench = try Self.bench()
    bench.press("g:agree<Enter>p")
    #expect(acts(bench).isEmpty && bench.message.contains("keep is no ruling on a tag"))
    bench.press("n")
    let point = DisputedPoint(Target(Self.epoch(30), sample: 4), .tag("blurry"))
    #expect(acts(bench) == [.adjudicate(point, value: "off", reason: "")])
    #expect(row(bench) == 0 && ruling(bench, 0)?.value == "off")
    #expect(has(bench, "> = 030 #4 tag blurry") && has(bench, "off counts: ruled by ann"))
    bench.press("n")
    #expect(acts(bench).count == 1 && bench.message.contains("unchanged"))
    bench.press("jxj4")
    #expect(ruling(bench, 1)?.value == "reject" && ruling(bench, 2)?.value == "4")
    #expect(acts(bench).count == 3)
    // What each said stays.
    #expect(bench.state.review.mark(Target(Self.epoch(60))).verdict == .keep)
    #expect(bench.state.evaluator.facts.kept[3] == false)
    #expect(bench.state.evaluator.facts.ratings[3] == 4)
    bench.press("0")
    #expect(ruling(bench, 2) == nil && acts(bench).count == 4)
    bench.press("u")
    #expect(ruling(bench, 2)?.value == "4" && row(bench) == 2)
    bench.press("uu")
    #expect(ruling(bench, 2) == nil && ruling(bench, 1) == nil && ruling(bench, 0)?.value == "off")
  }

  @Test func aReasonIsTypedForARulingAndLeavesTheListThere() throws {
    var bench = try Self.bench()
    bench.press("g:agree<Enter>j;")
    #expect(bench.message.contains("a reason is for a ruling"))
    bench.press("x;modes are lost")
    #expect(has(bench, "why reject counts: modes are lost"))
    #expect(has(bench, "disagreement 2/3"))
    bench.press("<Enter>")
    #expect(row(bench) == 1 && ruling(bench, 1)?.reason == "modes are lost")
    #expect(has(bench, "modes are lost"))
    bench.press(";, all of them<Esc>")
    #expect(row(bench) == 1 && ruling(bench, 1)?.reason == "modes are lost")
  }

  @Test func wordsThatWereRefusedStayOnTheirLine() throws {
    var bench = try Self.bench()
    bench.press("g:agree<Enter>jx;lost")
    bench.canWrite = false
    bench.press("<Enter>")
    #expect(bench.message.contains("no space left") && has(bench, "why reject counts: lost"))
    bench.canWrite = true
    bench.press("<Enter>")
    #expect(ruling(bench, 1)?.reason == "lost" && row(bench) == 1)
  }

  @Test func intervalsAreAskedForOnceAndThoseOfBeforeAreLeft() throws {
    func asked(_ bench: FrontBench) -> Int { bench.effects.count { $0 == .agree } }
    var bench = try Self.bench()
    bench.press("g:agree<Enter>")
    #expect(asked(bench) == 1)
    // The answer is there: it says why there are none.
    #expect(bench.state.agreement?.agreement.rows[0].observed.remark?.contains("10 items") == true)
    bench.press("jx")
    #expect(asked(bench) == 1)
    let late = ReviewerAgreement(
      reviewers: ["ann", "bob"], rows: [], disagreements: [], byCheckpoint: [nil, nil, nil, nil])
    bench.act(.agreed(late))
    #expect(bench.state.agreement?.agreement.rows.isEmpty == false)
    bench.press("<Esc>")
    bench.act(.agreed(late))
    #expect(bench.state.agreement == nil)
  }

  @Test func readOnlySaysSoAndEnterGoesThere() throws {
    var bench = try Self.bench(readOnlyReason: "--read-only")
    bench.press("g:agree<Enter>n")
    #expect(acts(bench).isEmpty && bench.message.contains("nothing can be written"))
    bench.press("<Enter>")
    #expect(bench.place.checkpoint == 2 && bench.place.sample == 4 && bench.place.depth == .grid)
    #expect(bench.message.contains("ann on, bob off"))
    bench.press(":agree<Enter>")
    #expect(row(bench) == 0)
  }

  @Test func itIsReadableOnTheSmallestScreenWithManyReviewers() throws {
    let names = (1...20).map { "reviewer-\($0)" }
    for (width, height) in [(40, 12), (80, 24), (200, 60)] {
      for isUTF8 in [true, false] {
        var bench = try Self.bench(others: names, width: width, height: height, isUTF8: isUTF8)
        bench.press("g:agree<Enter>")
        for _ in 0..<3 {
          #expect(has(bench, "verdict 2"), "\(width)")
          #expect(bench.screen.contains { $0.contains("> ? 0") }, "\(width)")
          #expect(has(bench, "open: "), "\(width)")
          if !isUTF8 {
            #expect(bench.screen.allSatisfy { $0.unicodeScalars.allSatisfy(\.isASCII) })
          }
          bench.press("j")
        }
      }
    }
  }

  // MARK: People and numbers

  @Test func theInboxListsVerdictsAgainstTheRuleAndOrdersOfMetrics() throws {
    var bench = try Self.bench(others: [])
    bench.press("G:inbox<Enter>")
    // One reviewer alone contradicts the rule, too.
    #expect(has(bench, "people and numbers disagree, 2/2"))
    #expect(has(bench, "> epoch 60: kept by ann, and no candidate"))
    bench.press("k")
    #expect(has(bench, "> epoch 10: kept by ann, and no candidate"))
    bench.press("<Enter>")
    #expect(bench.place.checkpoint == 1 && bench.message.contains("kept by ann"))
    bench.press(":inbox<Enter><Esc>x")
    #expect(acts(bench) == [.verdict(Self.epoch(10), .reject)])
    bench = try FrontBench()
    bench.press(":inbox<Enter>")
    #expect(bench.message.contains("people and numbers do not disagree"))
  }
}
