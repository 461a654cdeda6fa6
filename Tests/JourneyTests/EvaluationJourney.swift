import Foundation
import ReviewCore
import ReviewFront
import Testing

@testable import keepoch

/// A reviewer judges blind, stops in the middle, goes on, and reads what came of it.
@Suite struct EvaluationJourney {
  /// Whoever always knows which is real is never fooled, and no trial is lost or asked twice.
  @Test func fortyTrialsWithAPause() throws {
    let journey = try Journey(copyOf: "vae")
    journey.press(":eval 2afc 40<Enter>")
    #expect(journey.screen.contains { $0.contains("40 trials") })
    journey.press("<Enter>")
    var asked: [Int] = []
    while let trial = journey.state.askedTrial {
      asked.append(trial.number)
      #expect(journey.screen[0].contains("trial \(trial.number) of 40"))
      let words = journey.screen.joined(separator: "\n")
      for telling in ["epoch", "vae", "VAE", "quality", "0."] { #expect(!words.contains(telling)) }
      let isLeft = trial.realSide == .left || trial.isPassed(.choice(.left)) == true
      journey.press(isLeft ? "<Left>" : "<Right>")
      if asked.count == 17 {
        try journey.startAgain()
        #expect(journey.state.askedTrial == nil)
        journey.press(":eval 2afc<Enter>")
      }
    }
    #expect(asked == Array(1...40))
    let record = try #require(journey.state.review.blocks.first)
    #expect(record.ending == .complete && record.answers.count == 40)
    #expect(record.answers.values.allSatisfy { $0.milliseconds == 1000 })
    let results = journey.screen.joined(separator: "\n")
    #expect(results.contains("what people said"))
    #expect(results.contains("taken for real 0 of"))
    // Four checks, as many repetitions, all of them passed.
    #expect(results.contains("checks 4/4") && results.contains("repeats alike 4/4"))
  }

  /// The pictures themselves: a check is a picture beside its own pixels in disorder.
  @Test func picturesOfBothSidesAreRendered() throws {
    let journey = try Journey(copyOf: "gan")
    journey.press(":eval 2afc 30<Enter><Enter>")
    var kinds: Set<String> = []
    while let trial = journey.state.askedTrial, kinds.count < 2 {
      let body = journey.screen[3..<21].map {
        Array($0.padding(toLength: 80, withPad: " ", startingAt: 0))
      }
      let ink = [0..<40, 40..<80].map { range in
        body.reduce(0) { $0 + $1[range].count { $0 != " " } }
      }
      #expect(ink.allSatisfy { $0 > 20 }, "a side is empty in trial \(trial.number)")
      if case .check(let side?) = trial.purpose {
        kinds.insert("check")
        // Disorder covers more cells than strokes do.
        #expect(side == .left ? ink[0] < ink[1] : ink[1] < ink[0])
      } else {
        kinds.insert("question")
      }
      journey.press("<Left>")
    }
    #expect(kinds.count == 2)
  }

  @Test func whatIsMarkedIsAskedAbout() throws {
    let journey = try Journey(copyOf: "gan")
    journey.press("g jj :eval pairwise 20 show=2<Enter><Enter>")
    let trials = try #require(journey.state.review.blocks.first?.trials)
    let positions = Set(trials.filter { $0.purpose == .question }.flatMap(\.sides).map(\.position))
    let marked = Set(journey.state.marked.map(\.position))
    #expect(positions == marked && marked.count == 2)
    #expect(trials.allSatisfy { $0.sides.allSatisfy { $0.pictures.count == 2 } })
  }

  @Test func withoutRealPicturesNothingIsPickedAsReal() throws {
    let journey = try Journey(copyOf: "gan") { folder in
      let path = folder + "/keepoch.toml"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try text.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.hasPrefix("reference") }.joined(separator: "\n")
        .write(toFile: path, atomically: true, encoding: .utf8)
      for name in try FileManager.default.contentsOfDirectory(atPath: folder)
      where name.hasPrefix("real") {
        try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      }
    }
    journey.press(":eval 2afc<Enter>")
    #expect(journey.screen.contains { $0.contains("there are no real pictures") })
    #expect(journey.state.review.blocks.isEmpty)
    journey.press(":eval likert 10<Enter><Enter>")
    #expect(journey.state.askedTrial?.number == 1)
  }
}
