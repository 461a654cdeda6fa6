import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

@testable import keepoch

/// Frames that come on their own never pile up on the way to a terminal.
@Suite struct FramePaceTests {
  @Test func aSlowWayHoldsNoMoreThanItTakes() {
    var pace = FramePace()
    pace.giveUp(at: 0)
    #expect(pace.allows(interval: 33))
    pace.sent(at: 0)
    pace.giveUp(at: 33)
    #expect(!pace.allows(interval: 33))
    pace.answered(at: 100)
    // 100 ms are four frames of 33 ms, and one.
    for time in [100.0, 110, 120, 130, 140] {
      pace.giveUp(at: time)
      #expect(pace.allows(interval: 33))
      pace.sent(at: time)
    }
    pace.giveUp(at: 150)
    #expect(!pace.allows(interval: 33))
    pace.answered(at: 205)
    pace.giveUp(at: 205)
    #expect(pace.allows(interval: 33))
  }

  @Test func aTerminalThatNeverAnswersIsNotAskedForEver() {
    var pace = FramePace()
    pace.sent(at: 0)
    pace.giveUp(at: 900)
    #expect(!pace.allows(interval: 33))
    for time in [1100.0, 1133, 1166, 1200] {
      pace.giveUp(at: time)
      #expect(pace.allows(interval: 33))
      pace.sent(at: time)
    }
  }

  @Test func anAnswerThatIsLostHoldsForASecondAtMost() {
    var pace = FramePace()
    pace.sent(at: 0)
    pace.answered(at: 2)
    pace.sent(at: 10)
    pace.sent(at: 20)
    pace.giveUp(at: 30)
    #expect(!pace.allows(interval: 33))
    pace.giveUp(at: 1100)
    #expect(pace.allows(interval: 33))
    // It answered before, so it is asked on.
    pace.sent(at: 1100)
    pace.sent(at: 1110)
    pace.giveUp(at: 1120)
    #expect(!pace.allows(interval: 33))
  }

  /// A terminal that takes 200 ms a frame sees the checkpoint of the moment, not one of long ago.
  @Test func theSessionDropsWhatCannotBeShown() throws {
    let journey = try Journey(copyOf: "gan")
    journey.press("<Enter>:play 30<Enter>")
    let start = 100_000.0
    var frames: [(time: Double, checkpoint: Int)] = []
    for step in 0..<200 {
      let time = start + Double(step) * 5
      if step % 40 == 39 { journey.terminal.giveReceipt() }
      let before = journey.terminal.presentCount
      journey.session.tick(at: time)
      journey.settle()
      if journey.terminal.presentCount > before {
        frames.append((time, journey.state.place.checkpoint))
      }
    }
    #expect((3...12).contains(frames.count))
    let count = journey.state.run.checkpoints.count
    for frame in frames.dropFirst() {
      let due = Int((frame.time - start) * 30 / 1000 + 1e-6) % count
      #expect(frame.checkpoint == due)
    }
  }
}
