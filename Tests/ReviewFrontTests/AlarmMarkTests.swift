import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

/// What a reviewer should look at, in the table and in the log.
@Suite struct AlarmMarkTests {
  @Test func theTableMarksAndSaysThem() throws {
    var bench = try FrontBench(width: 180)
    #expect(bench.screen.contains { $0.contains("060! ") })
    #expect(!bench.screen.contains { $0.contains("001!") })
    bench.press("G")
    #expect(
      bench.screen[22].contains(
        "short by 0.07  ! possible collapse: diversity fell 0.80 to 0.48 while quality rose 0.20 to"
      ))
    bench.act(.resized(width: 80, height: 24))
    #expect(!bench.screen[22].contains("possible"))
    bench.act(.resized(width: 110, height: 24))
    bench.press("k")
    #expect(bench.screen[22].contains("first of 3 eligible  ! possible collapse"))
  }

  @Test func theLogMarksThemAndTheWinner() throws {
    var run = frontRun()
    run.series = [
      Series(
        name: "loss", axis: .step, positions: (0..<600).map(Double.init),
        values: (0..<600).map { $0 == 95 ? .nan : Double($0 % 7) },
        epochs: (0..<600).map { Double($0 / 10 + 1) })
    ]
    var bench = try FrontBench(run, height: 30)
    // The log is not read for the table.
    #expect(bench.state.alarms.alarms(at: 1, in: run).map(\.kind) == [.possibleCollapse])
    bench.press("LG")
    #expect(bench.screen[2].hasPrefix("! possible collapse: diversity fell 0.80 to 0.48"))
    let axes = bench.screen.filter {
      $0.contains("*") && $0.contains("!") && !$0.contains("possible")
    }
    #expect(axes.count >= 3)
    // Step 95 is of epoch 10, the second checkpoint.
    #expect(
      bench.state.alarms.alarms(at: 1, in: run).map(\.kind) == [.possibleCollapse, .badSeries])
    bench.press("gj")
    #expect(bench.screen[2].contains("(and 1 more)") || bench.screen[3].contains("(and 1 more)"))
  }

  @Test func anAlarmOfTheLogIsMarkedAtItsCheckpoint() throws {
    var run = frontRun()
    run.columns = []
    run.series = [
      Series(
        name: "loss", axis: .epoch, positions: (1...60).map(Double.init),
        values: (1...60).map { $0 >= 20 ? .nan : Double($0) })
    ]
    var bench = try FrontBench(run)
    #expect(bench.state.alarms.checkpoints.isEmpty)
    bench.press("Ljj")
    #expect(bench.state.alarms.checkpoints == [2])
    #expect(bench.screen[2].contains("! the log breaks off: loss is nan at epoch 20"))
    let axis = try #require(bench.screen.first { $0.contains("epoch 1 ") && $0.contains("!") })
    let plot = 80 - 10
    let place = axis.distance(
      from: axis.startIndex, to: try #require(axis.firstIndex(of: "!")))
    #expect(abs(place - 10 - 29 * (plot - 1) / 59) <= 1)
  }
}
