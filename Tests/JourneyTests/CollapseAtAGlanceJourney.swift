import Foundation
import GlyphRendering
import ReviewCore
import ReviewFront
import RunFormats
import TerminalSurface
import Testing

@testable import keepoch

/// A reviewer asks how far the samples differ, and what changed since the rule's winner.
@Suite struct CollapseAtAGlanceJourney {
  /// The root of the mean variance over all pixels, in two passes and real numbers.
  private func deviation(_ set: SampleSet) -> Double {
    let size = set.width * set.height
    var total = 0.0
    for place in 0..<size {
      let values = (0..<set.count).map { Double(set.pixels[$0 * size + place]) / 255 }
      let mean = values.reduce(0, +) / Double(set.count)
      total += values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(set.count)
    }
    return (total / Double(size)).squareRoot()
  }

  @Test func theDeviationFallsWhereTheRunCollapses() throws {
    let journey = try Journey(copyOf: "gan", width: 120, height: 40)
    journey.press("*<Enter>v")
    let winner = journey.state.place.checkpoint
    journey.press("G")
    let last = journey.state.place.checkpoint
    let reader = SampleReader(run: journey.state.run)
    for checkpoint in [winner, last] {
      let source = try #require(journey.state.run.checkpoints[checkpoint].samples)
      let expected = deviation(try reader.samples(source))
      let shown = try #require(journey.state.deviations[checkpoint]?.value)
      #expect((shown - expected).magnitude < 1e-9)
    }
    let number = try #require(journey.state.deviations[last]?.value)
    #expect(number < 0.8 * (journey.state.deviations[winner]?.value ?? 0))
    let words = "deviation \(NumberText.fixed(number, places: 3))"
    #expect(journey.screen.contains { $0.contains("epoch 060") && $0.contains(words) })
    // Two pictures, and the samples come back with the key that took them away.
    #expect(journey.screen.contains { $0.hasPrefix(" mean") && $0.contains(" deviation") })
    journey.press("v")
    #expect(journey.screen.contains { $0.contains("[0]") })
  }

  @Test func aPictureThatCannotBeReadSaysSoInItsPlace() throws {
    let journey = try Journey(copyOf: "lab", width: 120, height: 40) { folder in
      let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
      let picture = try Data(
        contentsOf: project.appendingPathComponent("sample-runs/gan/real_samples.png"))
      for epoch in [1, 10, 30, 60] {
        let samples = "\(folder)/samples/epoch_\(epoch)"
        try FileManager.default.createDirectory(
          atPath: samples, withIntermediateDirectories: true)
        for sample in 0..<3 {
          let isBroken = epoch == 30 && sample == 1
          try (isBroken ? picture.prefix(400) : picture).write(
            to: URL(fileURLWithPath: "\(samples)/sample_\(sample).png"))
        }
      }
    }
    journey.press("*<Enter>")
    #expect(journey.screen.contains { $0.contains("cannot be read:") })
    #expect(journey.state.warningLines.contains { $0.contains("sample_1.png") })
    journey.press("l<Enter>")
    #expect(journey.screen.contains { $0.contains("cannot be read:") })
    journey.press("v")
    #expect(journey.screen.contains { $0.contains("2 of 3") })
    journey.press("vkd")
    #expect(journey.screen.contains { $0.contains("epoch 30") && $0.contains("cannot be read") })
  }

  @Test func whatChangedSinceTheWinnerIsSignedAndWhatDidNotIsDots() throws {
    let journey = try Journey(copyOf: "gan", width: 120, height: 40)
    journey.press("*<Enter>")
    let winner = journey.state.place.checkpoint
    journey.press("Gd")
    #expect(journey.state.view == .difference(from: winner))
    let signs = journey.screen.joined()
    for sign in [".", "+", "-", "@", "O"] { #expect(signs.contains(sign)) }
    // Less itself nothing is left.
    journey.press("*")
    let tiles = journey.state.layout
    let row = journey.screen[tiles.samples.y + 3]
    #expect(row.prefix(tiles.tileWidth) == String(repeating: ".", count: tiles.tileWidth)[...])
    #expect(!journey.screen[(tiles.samples.y + 1)...(tiles.samples.y + 5)].joined().contains("@"))
  }
}
