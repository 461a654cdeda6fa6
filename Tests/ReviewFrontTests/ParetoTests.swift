import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

/// The chart of two metrics, and thresholds that are moved in it.
@Suite struct ParetoTests {
  private func view(_ bench: FrontBench) throws -> ParetoView {
    guard case .pareto(let view) = bench.state.mode else {
      Issue.record("no chart is shown")
      throw CancellationError()
    }
    return view
  }

  /// The place of the threshold of diversity, which the chart begins with.
  private let diversity = 1

  @Test func itOpensOnTheMetricsARunIsWeighedBy() throws {
    var bench = try FrontBench()
    bench.press("P")
    let view = try view(bench)
    #expect((view.x, view.y) == (1, 0))
    #expect(view.focus == diversity && view.moved.isEmpty)
    #expect(bench.screen[1].hasPrefix("quality, higher is better"))
    #expect(bench.screen.contains { $0.contains("4 of 4 on the front") })
    #expect(
      bench.screen.contains {
        $0.contains("same choice in (0.48, 0.6], beyond: epoch 60 / epoch 10")
      })
    bench.press("q")
    #expect(bench.state.mode == .browse && bench.state.chart == nil)
    var run = frontRun()
    run.columns.removeLast()
    #expect(
      try FrontBench(run).state.reason(against: .pareto)
        == "a chart is of two metrics; this run has one")
  }

  @Test func aThresholdMovesToTheNextWinnerAndBack() throws {
    var bench = try FrontBench()
    bench.press("P{")
    #expect(try view(bench).moved == [diversity: 0.48])
    #expect(bench.state.chart?.table.selected == 3)
    #expect(bench.screen[22].hasPrefix("what if: epoch 60 (as it is: epoch 30)  | epoch 1 0.55"))
    #expect(bench.screen.contains { $0.contains("[diversity >= 0.48 (was 0.55") })
    // Nothing of the rule itself has changed.
    #expect(bench.state.table.selected == 2 && bench.journal.isEmpty)
    bench.press("{")
    #expect(bench.message == "farther down the winner stays the same")
    // 0.48 is excluded from the stretch above: the next short decimal in it.
    bench.press("}")
    #expect(try view(bench).moved == [diversity: 0.49])
    #expect(bench.state.chart?.table.selected == 2)
    #expect(bench.screen[22].hasPrefix("what if diversity >= 0.49: still epoch 30"))
    bench.press("}")
    #expect(try view(bench).moved == [diversity: 0.61])
    #expect(bench.state.chart?.table.selected == 1)
    bench.press("<Esc>")
    #expect(try view(bench).moved.isEmpty && bench.state.chart?.table.selected == 2)
    bench.press("<Esc>")
    #expect(bench.state.mode == .browse)
  }

  @Test func aStepIsARoundPartOfTheAxis() throws {
    var bench = try FrontBench()
    bench.press("P(")
    #expect(try view(bench).moved == [diversity: 0.545])
    bench.press("((")
    #expect(try view(bench).moved == [diversity: 0.535])
    bench.press(")))")
    // Where it was it is not moved.
    #expect(try view(bench).moved.isEmpty)
    bench.press(")=")
    #expect(try view(bench).moved.isEmpty)
    // Far beyond every checkpoint there is nothing to see.
    for _ in 0..<300 { bench.press("(") }
    #expect(bench.message == "no checkpoint is farther down")
    #expect(try view(bench).moved[diversity].map { $0 > 0 } == true)
  }

  @Test func everyMoveIsJudgedAsTheRuleWouldBe() throws {
    var dice = SplitMix64(seed: 17)
    var run = frontRun(hasSamples: false, count: 60)
    let odd: [Double?] = [nil, .nan, .infinity]
    run.columns = ["quality", "diversity", "fid"].map { name in
      MetricColumn(
        metric: Metric(name: name),
        values: run.checkpoints.map { _ in
          dice.next(below: 12) == 0
            ? odd[Int(dice.next(below: 3))] : Double(dice.next(below: 1000)) / 1000
        })
    }
    var bench = try FrontBench(run)
    let text =
      "select: max quality where diversity > 0.4 and fid <= 0.7; candidate: quality >= 0.5 and diversity > 0.4"
    bench.press(":rule \(text)<Enter>P")
    var winners: Set<Int?> = []
    let keys = ["(", ")", "{", "}", "<Tab>", "<Shift-Tab>", "{", "}", "s", "S", "P", "="]
    for _ in 0..<250 {
      let before = bench.state.chart?.table.selected
      let key = keys[Int(dice.next(below: UInt64(keys.count)))]
      bench.press(key)
      let view = try view(bench)
      var values: [Int: Double] = [:]
      for (place, value) in view.moved {
        for member in view.rule.thresholdGroups[place].members {
          values[member.literal.ordinal] = value
        }
      }
      let judged = try RuleEvaluator(
        bench.state.rule.rule.replacing(values), facts: bench.state.evaluator.facts)
      let chart = try #require(bench.state.chart)
      #expect(chart.table == CheckpointTable(judging: judged))
      #expect(chart.line.map { $0.stretches.contains { $0.winner == judged.selected() } } != false)
      // A step to the next winner is one, unless the screen says that there is none.
      if key == "{" || key == "}" {
        #expect((chart.table.selected != before) == bench.message.isEmpty, "\(values)")
      }
      winners.insert(chart.table.selected)
      #expect(bench.screen.count == 24)
    }
    #expect(winners.count > 4)
  }

  @Test func enterTakesTheMovedRule() throws {
    var bench = try FrontBench()
    bench.press("P{<Enter>")
    #expect(bench.journal.count == 1)
    guard case .rule(let text) = bench.journal.first?.act else {
      Issue.record("no rule was written")
      return
    }
    #expect(text.contains("diversity >= 0.48"))
    // Both comparisons of the group have moved, that of the candidates and that of the choice.
    #expect(!text.contains("0.55"))
    #expect(bench.state.table.selected == 3 && bench.state.rule.origin == .reviewer)
    #expect(try view(bench).moved.isEmpty)
    #expect(bench.message.hasPrefix("saved: a rule, which selects epoch 60"))
    bench.press("u")
    #expect(bench.state.table.selected == 2 && bench.state.chart?.table.selected == 2)
  }

  @Test func whatCannotBeWrittenStaysMoved() throws {
    var full = try FrontBench()
    full.press("P{")
    full.canWrite = false
    full.press("<Enter>")
    #expect(full.message == "no space left")
    #expect(try view(full).moved == [diversity: 0.48])
    var readOnly = try FrontBench(readOnlyReason: "--read-only")
    readOnly.press("P{<Enter>")
    #expect(readOnly.message == "nothing can be written: --read-only")
    #expect(try view(readOnly).moved == [diversity: 0.48])
    #expect(readOnly.effects.allSatisfy { if case .record = $0 { false } else { true } })
  }

  @Test func theCursorIsExplainedWhereItIs() throws {
    var run = frontRun()
    run.columns[0].values[1] = 0.1
    run.columns[1].values[0] = nil
    var bench = try FrontBench(run)
    bench.press("P")
    #expect(bench.screen.contains { $0.contains("3 not placed") } == false)
    #expect(bench.screen.contains { $0.contains("1 not placed") })
    #expect(
      bench.screen.contains {
        $0.hasPrefix("epoch 1, review: not placed: quality and diversity are not both finite")
      })
    bench.press("j")
    #expect(bench.place.checkpoint == 1)
    bench.press("w")
    #expect(bench.screen.contains { $0.contains("why epoch 10") })
    bench.press("<Esc>")
    #expect(try view(bench).moved.isEmpty)
    bench.press("{w")
    #expect(
      bench.message.hasPrefix(
        "what if: epoch 10 not selected: max quality 0.1, 0.65 behind epoch 60"))
    bench.press("*")
    #expect(bench.place.checkpoint == 3)
    bench.press("?")
    #expect(bench.screen.contains { $0.contains("keys") })
    bench.press("q")
    #expect(try view(bench).moved == [diversity: 0.48])
    bench.press("=<Enter>")
    #expect(bench.place == Place(checkpoint: 3, depth: .grid))
  }

  @Test func dominatedOnesSayByWhom() throws {
    var run = frontRun()
    run.columns[0].values[1] = 0.1
    run.columns[1].values[1] = 0.5
    var bench = try FrontBench(run)
    bench.press("Pj")
    #expect(
      bench.screen.joined(separator: " ").contains(
        "dominated by epoch 30: quality 0.68 against 0.10, diversity 0.60 against 0.50"))
  }

  @Test func otherMetricsTakeTheAxes() throws {
    var run = frontRun()
    run.columns.append(
      MetricColumn(metric: Metric(name: "fid", direction: .lower), values: [90, 40, 12, 9]))
    var bench = try FrontBench(run)
    bench.press("Ps")
    #expect(try view(bench).y == 2)
    #expect(bench.screen[1].hasPrefix("fid, lower is better"))
    bench.press("S")
    #expect(try view(bench).x == 0)
    // The threshold under the cursor is no axis any more; it moves all the same.
    bench.press("{")
    #expect(bench.state.chart?.table.selected == 3)
  }

  @Test func theMapHasTheWinnerOfEveryPlace() throws {
    var bench = try FrontBench()
    bench.press("PP")
    #expect(try view(bench).isMap)
    #expect(bench.screen.contains { $0.contains("DDDD") && $0.contains("....") })
    #expect(bench.screen.contains { $0.contains("epochs A 1, B 10, C 30, D 60") })
    #expect(bench.screen.contains { $0.contains("C-+-C") })
    bench.press("{")
    #expect(bench.screen.contains { $0.contains("D-+-D") })
    bench.press("P")
    #expect(try !view(bench).isMap && view(bench).moved == [diversity: 0.48])
    bench.press("P<Esc><Esc>")
    #expect(try !view(bench).isMap)
    bench.press("q:rule select: max quality where diversity >= 0.55<Enter>PP")
    #expect(bench.message == "a map is of two thresholds; the rule has one")
    bench.press("q:rule select: max quality; candidate: quality > 0.1 and diversity > 0.5<Enter>PP")
    #expect(bench.message.hasPrefix("a map needs a threshold in the where"))
    bench.press("}")
    #expect(bench.message == "the winner is the same wherever this threshold stands")
    bench.press("q:rule select: max quality<Enter>P(")
    #expect(bench.message == "the rule has no threshold that could be moved")
  }

  /// The cell of every point says who it is, and a click on it goes there.
  @Test func aClickGoesToAPoint() throws {
    var bench = try FrontBench()
    bench.press("P")
    let row = try #require(
      bench.screen.firstIndex { $0.contains("│") && $0.contains("r") && $0.contains("10") })
    let column = try #require(bench.screen[row].firstIndex(of: "r"))
    let place = bench.screen[row].distance(from: bench.screen[row].startIndex, to: column)
    bench.act(.key(.click(column: place, row: row), time: 5000))
    #expect(bench.place.checkpoint == 1)
  }

  @Test func odderRunsAreDrawnAtEverySize() throws {
    var dice = SplitMix64(seed: 5)
    let odd: [Double?] = [
      1e308, -1e308, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0, 0.5, nil, .nan,
      .infinity, .leastNonzeroMagnitude, 7,
    ]
    for count in [1, 2, 3, 40, 1000] {
      for _ in 0..<6 {
        var run = frontRun(hasSamples: false, count: max(5, count))
        run.columns = ["quality", "diversity"].map { name in
          MetricColumn(
            metric: Metric(name: name),
            values: run.checkpoints.map { _ in odd[Int(dice.next(below: UInt64(odd.count)))] })
        }
        for (width, height) in [(40, 12), (80, 24), (200, 50)] {
          var bench = try FrontBench(
            run, width: width, height: height, isUTF8: dice.next(below: 2) == 0)
          bench.press("P{}()jG<Tab>P{)P*wq?q=sS<Esc>")
          #expect(bench.screen.count == height)
        }
      }
    }
    // None has both.
    var run = frontRun()
    run.columns[0].values = [nil, 1, nil, 2]
    run.columns[1].values = [3, nil, .nan, nil]
    var bench = try FrontBench(run)
    bench.press("P")
    #expect(bench.screen.contains { $0.contains("no checkpoint has both quality and diversity") })
    #expect(bench.screen.contains { $0.contains("4 not placed") })
  }
}
