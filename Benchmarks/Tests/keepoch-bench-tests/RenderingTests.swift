import Testing

@testable import keepoch_bench

@Suite struct RenderingTests {
  @Test func floorsAreMissedFromBelow() {
    let budget = Budget(atLeast: 0.9)
    #expect(budget.ratio(of: Distribution([0.95])).map { $0 < 1 } == true)
    #expect(budget.ratio(of: Distribution([0.6])).map { abs($0 - 1.5) < 1e-12 } == true)
    #expect(budget.ratio(of: Distribution([])) == nil)
    #expect(Budget(p50: 2).ratio(of: Distribution([1])) == 0.5)
  }

  @Test func rowsSayWhatWasMissed() {
    let row = ResultRow(
      name: "x", measure: .share, values: Distribution([0.8]), medianOf: 30,
      budget: Budget(atLeast: 0.9))
    #expect(row.cells == ["x", "30", "0.8000", "-", "-", "-", "at least 0.9", "1.13 missed", ""])
    let nothing = ResultRow(
      name: "x", measure: .share, values: Distribution([0]), budget: Budget(atLeast: 0.9))
    #expect(nothing.cells[7] == "missed")
    let slow = ResultRow(name: "x", values: Distribution([3]), budget: .bestPicture)
    #expect(slow.cells == ["x", "1", "3.00 ms", "-", "-", "-", "2 ms", "1.50 over", ""])
  }

  @Test func readsTheRendererTimes() {
    let rows = RenderingSpeedScenario.rows(
      of:
        "ASCII, no colour, instant, 14x7\t4.9\t98\t\nASCII, no colour, best, 14x7\t1000\t98\t\nx\n")
    #expect(rows.map { $0.values.percentile(50) } == [98 / 4.9 * 1_000_000, 1])
    #expect(rows.map { $0.budget?.p50 } == [10_000_000, 2])
    #expect(rows[0].cells[2] == "20.0 Mcells/s")
  }

  @Test func resultsOfOneClassStandTogether() throws {
    func line(_ renderer: String, _ cells: String, _ value: Double) -> String {
      """
      {"kind": "fidelity", "class": "ascii", "title": "ASCII", "renderer": "\(renderer)", \
      "options": "-x", "pictures": "small", "cells": "\(cells)", "n": 30, \
      "measure": "ssim_gain", "value": \(value), "grad": 0.9}

      """
    }
    let output =
      line("Keepoch", "14x7", 0.97) + line("Keepoch", "28x14", 0.9) + line("peer", "14x7", 0.9)
      + line("peer", "28x14", 0.8)
      + "{\"kind\": \"skipped\", \"what\": \"fidelity\", \"renderer\": \"other\"}\n"
    let rows = RenderingScenario.rows(of: try RenderingResult.all(in: output))
    #expect(rows.count == 5)
    #expect(rows.map { $0.values.percentile(50) } == [0.97, 0.9, 0.9, 0.8, nil])
    #expect(rows.map { $0.budget?.p50 } == [0.95, nil, 0.935, nil, nil])
    #expect(rows[0].remark == "best peer: peer, 0.9000")
    #expect(rows[1].remark == "-x")
    #expect(rows[4].remark == "skipped: not installed")
    #expect(rows[2].cells[7] == "1.04 missed")
  }

  @Test func readsTimesRatesAndDigits() throws {
    let rows = RenderingScenario.rows(
      of: try RenderingResult.all(
        in: """
          {"kind": "speed", "renderer": "jp2a", "case": "28x28 px", "n": 21, "milliseconds": 5.5}
          {"kind": "rate", "renderer": "AAlib", "cells": "14x7", "cells_per_second": 90000000}
          {"kind": "legibility", "renderer": "Keepoch", "digits": "5,000 MNIST digits", \
          "cells": "10x5", "n": 300, "value": 0.94}
          {"kind": "legibility", "renderer": "Keepoch", "digits": "5,000 MNIST digits", \
          "cells": "10x5", "n": 60, "value": 0.9}
          {"kind": "legibility", "renderer": "Keepoch", "cells": "14x7", "n": 300, "value": 0.95}
          """))
    #expect(rows.map { $0.cells[2] } == ["5.50 ms", "90.0 Mcells/s", "0.9400", "0.9000", "0.9500"])
    #expect(rows.map { $0.budget?.p50 } == [nil, nil, 0.92, nil, nil])
  }

  @Test func refusesWhatIsNoResult() {
    #expect(throws: Failure.self) { try RenderingResult.all(in: "Traceback\n") }
  }
}
