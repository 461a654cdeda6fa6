import Foundation
import ReviewCore
import ReviewFront
import RunFormats
import Testing

@testable import keepoch

/// A reviewer asks what a set is made of, tags what is all one, and puts the sharpest first.
@Suite struct OverviewJourney {
  private func set(_ journey: Journey, _ checkpoint: Int) throws -> SampleSet {
    let source = try #require(journey.state.run.checkpoints[checkpoint].samples)
    return try SampleReader(run: journey.state.run).samples(source)
  }

  private func difference(_ set: SampleSet, _ left: Int, _ right: Int) -> Double {
    let size = set.width * set.height
    let sum = (0..<size).reduce(0) { sum, place in
      let difference = Int(set.pixels[left * size + place]) - Int(set.pixels[right * size + place])
      return sum + difference * difference
    }
    return (Double(sum) / Double(size)).squareRoot()
  }

  @Test func aCollapsedCheckpointIsOneLook() throws {
    let journey = try Journey(copyOf: "vae-collapsed", width: 120, height: 40)
    journey.press("GO")
    let set = try set(journey, journey.state.place.checkpoint)
    // The one that most others look like, the first of several.
    let near = (0..<set.count).map { one in
      (0..<set.count).filter { difference(set, one, $0) <= 4 }
    }
    let most = try #require(near.map(\.count).max())
    let centre = try #require(near.firstIndex { $0.count == most })
    #expect(most > 32)
    #expect(journey.screen.contains { $0.contains("> \(most) of 64 look like this one") })
    #expect(journey.screen.contains { $0.contains("seed \(centre); ") })
    #expect(journey.screen.contains { $0.contains("deviation 0.0") })
    #expect(!journey.screen.contains { $0.contains("...") })
    // One key and a letter for all of them, on disk, and back with one.
    journey.press("tm")
    let tags = {
      try journey.file("review/ann.jsonl").split(separator: "\n")
        .count { $0.contains("\"event\":\"tag\"") }
    }
    #expect(try tags() == most)
    #expect(journey.screen.contains { $0.contains("tagged: \(most) mode-collapse") })
    journey.press("u")
    #expect(journey.state.review.marks.allSatisfy { $0.value.tags.isEmpty })
    journey.press("<Enter>")
    #expect(journey.state.place.depth == .grid && journey.state.seed == centre)
  }

  @Test func memorisedTwinsStandFirstAmongThePairs() throws {
    let journey = try Journey(copyOf: "memorising", width: 80, height: 24)
    journey.press("GO")
    let set = try set(journey, journey.state.place.checkpoint)
    var best = (left: 0, right: 0, difference: Double.infinity)
    for left in 0..<set.count {
      for right in left + 1..<set.count {
        let difference = difference(set, left, right)
        if difference < best.difference { best = (left, right, difference) }
      }
    }
    #expect(journey.screen.contains { $0.contains("> \(best.left) and \(best.right)") })
  }

  @Test func theSharpestFirstAtEveryEpochAndTheSeedStays() throws {
    let journey = try Journey(copyOf: "gan", width: 120, height: 40)
    journey.press("G<Enter>:sample 5<Enter>:arrange sharpness<Enter>")
    #expect(journey.state.seed == 5)
    #expect(journey.screen[1].contains("by sharpness, the sharpest first"))
    journey.press("k")
    #expect(journey.state.seed == 5)
    journey.press("^")
    let set = try set(journey, journey.state.place.checkpoint)
    let sharp = (0..<set.count).map { sharpness(set.image(at: $0)) }
    let sharpest = try #require(sharp.indices.max { sharp[$0] < sharp[$1] })
    #expect(journey.state.seed == sharpest)
    #expect(!journey.screen.contains { $0.contains("...") })
    journey.press("$")
    let dullest = try #require(sharp.indices.min { sharp[$0] < sharp[$1] })
    #expect(journey.state.seed == dullest)
    journey.press(":arrange nearest<Enter>^")
    let alone = (0..<set.count).map { one in
      (0..<set.count).filter { $0 != one }.map { difference(set, one, $0) }.min() ?? 0
    }
    #expect(alone[journey.state.place.sample] == alone.min())
  }

  /// Variance of the 4-neighbour Laplacian, the border mirrored.
  private func sharpness(_ image: GrayImage) -> Double {
    let (width, height) = (image.width, image.height)
    func value(_ x: Int, _ y: Int) -> Double {
      let x = x < 0 ? -x : x >= width ? 2 * width - 2 - x : x
      let y = y < 0 ? -y : y >= height ? 2 * height - 2 - y : y
      return Double(image.pixels[y * width + x])
    }
    var values: [Double] = []
    for y in 0..<height {
      for x in 0..<width {
        let around = value(x - 1, y) + value(x + 1, y) + value(x, y - 1) + value(x, y + 1)
        values.append(around - 4 * value(x, y))
      }
    }
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }

  @Test func seedsThatAreHeldOutAreInNoNumber() throws {
    let journey = try Journey(copyOf: "diffusion", width: 120, height: 40)
    journey.press("gO")
    let held = journey.state.run.heldOutSeeds(of: 0)
    #expect(held == Array(48..<64))
    #expect(journey.screen[1].contains("48 samples") && journey.screen[1].contains("16 held out"))
    // Without a number they stand last, by seed.
    journey.press("<Esc><Enter>:arrange sharpness<Enter>$")
    #expect(journey.state.seed == 63)
    journey.press(String(repeating: "h", count: 15))
    #expect(journey.state.seed == 48)
    journey.press("h")
    #expect(journey.state.seed < 48)
  }

  /// What cannot be read has its words, and the rest is compared.
  @Test func aTornSetHasItsWords() throws {
    let journey = try Journey(copyOf: "vae-collapsed", width: 120, height: 40) { folder in
      try Data("torn".utf8).write(
        to: URL(fileURLWithPath: "\(folder)/samples_epoch_040.png"))
    }
    journey.press("GO")
    // It is refused with the reason, and stepped over with the same.
    #expect(journey.screen.contains { $0.contains("samples_epoch_040.png") })
    journey.press("kOj")
    #expect(journey.screen.contains { $0.contains("samples_epoch_040.png") })
    journey.press("lht$<Enter>k")
    #expect(journey.screen[1].contains("64 samples, "))
    #expect(journey.screen.contains { $0.contains(" of 255 apart") })
  }
}
