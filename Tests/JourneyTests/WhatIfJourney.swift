import Foundation
import ReviewCore
import ReviewFront
import Testing

@testable import keepoch

/// A reviewer asks on the chart how much diversity would have to be given up for a later epoch.
@Suite struct WhatIfJourney {
  @Test(arguments: [(80, 24), (200, 50)])
  func diversityIsGivenUpAndTakenBack(_ width: Int, _ height: Int) throws {
    let journey = try Journey(copyOf: "gan", width: width, height: height)
    journey.press("P")
    #expect(journey.screen.contains { $0.contains("[diversity >= 0.55 (candidate, where)]") })
    #expect(
      journey.screen.contains {
        $0.contains("same choice in (0.46, 0.747], beyond: epoch 40 / none")
      })
    // The run falls from 30 to 40 to 50 to 60.
    for winner in ["epoch 40", "epoch 50", "epoch 60"] {
      journey.press("{")
      let words = "\(winner) (as it is: epoch 30)"
      #expect(journey.screen[height - 2].hasPrefix("what if"))
      #expect(journey.screen[height - 2].contains(words))
    }
    #expect(journey.state.table.selected == journey.state.run.index(of: Position(.epoch, 30)))
    #expect(journey.state.chart?.table.selected == 10)
    journey.press("*")
    #expect(journey.screen.contains { $0.hasPrefix("epoch 60, candidate, selected: on the front") })
    if width > 100 { #expect(journey.screen.contains { $0.contains(">* 060") }) }
    journey.press("<Esc>")
    #expect(!journey.screen[height - 2].contains("what if"))
    #expect(journey.state.chart?.table.selected == 7)
    // Nothing was written, and the way back is the way in.
    let review = journey.folder + "/review"
    let files = (try? FileManager.default.contentsOfDirectory(atPath: review)) ?? []
    for file in files where file.hasSuffix(".jsonl") {
      #expect(try !journey.file("review/\(file)").contains("\"rule\""))
    }
    journey.press("<Esc>")
    #expect(journey.screen.contains { $0.contains("* 030") })

    // Taken for good it is the rule, until it is undone.
    journey.press("P{{{<Enter>")
    #expect(journey.state.table.selected == 10)
    #expect(try journey.file("review/ann.jsonl").contains("diversity >= 0.153"))
    journey.press("u")
    #expect(journey.state.table.selected == 7)
  }
}
