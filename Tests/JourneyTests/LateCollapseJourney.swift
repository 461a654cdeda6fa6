import Foundation
import ReviewCore
import ReviewFront
import Testing

@testable import keepoch

/// A reviewer opens the GAN that collapses late, sees it, tags it, and proves the choice.
@Suite struct LateCollapseJourney {
  @Test(arguments: [(80, 24), (200, 50)])
  func fromOpeningToTheReport(_ width: Int, _ height: Int) throws {
    let journey = try Journey(copyOf: "gan", width: width, height: height)
    #expect(journey.screen[0].contains("gan-digits | GAN | 11 checkpoints"))
    #expect(journey.screen.contains { $0.hasPrefix(" * 030") })

    // To the winner, closer, a seed, and on to the collapse with that seed.
    journey.press("*<Enter>lll")
    #expect(journey.screen.contains { $0.contains("[3]") })
    journey.press("jjj")
    #expect(journey.state.place == Place(checkpoint: 10, sample: 3, depth: .grid))
    #expect(journey.screen[1].contains("epoch 060"))
    #expect(journey.screen.contains { $0.contains("[3]") })

    // Three samples tagged, one noted, one taken back, the winner kept.
    journey.press("tml.l.;the same nine again<Enter>h")
    journey.press("tdu")
    #expect(journey.screen.last?.contains("taken back: duplicate on epoch 60 sample 4") == true)
    journey.press("*p")
    // The verdict went on to the next one.
    #expect(journey.state.place.checkpoint == 8)

    // Why not the sharpest.
    journey.press("Gw")
    #expect(
      journey.screen.contains { $0.contains("diversity >= 0.55 fails: 0.153, short by 0.397") })
    journey.press("<Esc>om")
    #expect(journey.screen.last?.contains("report written") == true)

    let report = try journey.file("review/report.md")
    #expect(report.contains("**Keep epoch 30 of gan-digits**"))
    for sample in 3...5 {
      #expect(report.contains("### epoch 60, sample \(sample): mode-collapse"))
    }
    #expect(report.components(separatedBy: "### epoch").count == 4)
    #expect(!report.contains("duplicate"))
    #expect(report.contains("the same nine again"))
    #expect(report.contains("ann says keep"))
    let pictures = try FileManager.default.contentsOfDirectory(
      atPath: journey.folder + "/review/report-files")
    #expect(
      pictures.sorted() == [
        "average-epoch-030.png", "course.svg", "failure-epoch-060-sample-3.png",
        "failure-epoch-060-sample-4.png", "failure-epoch-060-sample-5.png", "front.svg", "map.svg",
        "same-seeds.png", "series-1.svg", "series-2.svg", "series-3.svg", "series-4.svg",
        "thresholds.svg",
      ])
    #expect(
      report.contains(
        "Epoch 60 has the highest quality of all (0.8665) and lost by `diversity >= 0.55`: 0.153, "
          + "short by 0.397; it would have won with a threshold of 0.153 or below."))

    // Exported again: the same bytes. Started again: all of it is there.
    journey.press("om")
    #expect(try journey.file("review/report.md") == report)
    let marks = journey.state.review.marks
    try journey.startAgain()
    #expect(journey.state.review.marks == marks)
    journey.press("G<Enter>lll")
    #expect(journey.screen.contains { $0.contains("[3] m") })
  }
}

@Suite struct OtherJourneys {
  @Test func samplesGeneratedAnewDoNotInheritATag() throws {
    let journey = try Journey(copyOf: "gan")
    journey.press("G<Enter>tm")
    #expect(journey.state.review.marks.count == 1)
    let samples = journey.folder + "/samples"
    try FileManager.default.removeItem(atPath: samples + "/fake_samples_epoch_060.png")
    try FileManager.default.copyItem(
      atPath: samples + "/fake_samples_epoch_050.png",
      toPath: samples + "/fake_samples_epoch_060.png")
    try journey.startAgain()
    let stale = StaleTags.find(in: journey.state.review, run: journey.state.run)
    #expect(stale.count == 1)
    journey.session.act(.stale(own: stale, others: []))
    #expect(journey.state.review.marks.isEmpty)
    #expect(journey.state.message?.text.contains("generated anew") == true)
  }

  @Test func aForeignFileIsNotOverwrittenUnasked() throws {
    let journey = try Journey(copyOf: "lab")
    try "my own words".write(
      toFile: journey.folder + "/review/report.md", atomically: true, encoding: .utf8)
    journey.press("om")
    #expect(journey.screen.last?.contains("Overwrite review/report.md") == true)
    journey.press("n")
    #expect(try journey.file("review/report.md") == "my own words")
    journey.press("omy")
    #expect(try journey.file("review/report.md").contains("Keep epoch 30"))
  }

  @Test func aTableWithoutSamplesIsReviewed() throws {
    let journey = try Journey(copyOf: "lab")
    journey.press("G<Enter>")
    #expect(journey.screen.contains { $0.contains("│ quality  0.75") })
    #expect(journey.screen.contains { $0.contains("no samples") })
    journey.press("qaxtb;late<Enter>om")
    let report = try journey.file("review/report.md")
    #expect(report.contains("| blurry | 1 |"))
    #expect(report.contains("- epoch 60, ann: late"))
  }

  @Test func longReviewsFoldToWhatTheScreenShows() throws {
    let journey = try Journey(copyOf: "vae")
    var dice = SplitMix64(seed: 21)
    let keys = [
      "j", "k", "l", "h", "<Enter>", "<Esc>", "p", "x", "U", "tm", "tb", ".", "u", "<Ctrl-R>", "J",
      "*", ";a<Enter>",
    ]
    for _ in 0..<400 { journey.press(keys[Int(dice.next(below: UInt64(keys.count)))]) }
    let marks = journey.state.review.marks
    #expect(!marks.isEmpty)
    try journey.startAgain()
    #expect(journey.state.review.marks == marks)
  }
}
