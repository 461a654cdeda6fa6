import Glibc

/// Measures Keepoch from outside, through a pseudo-terminal, and prints one table.
@main
struct KeepochBench {
  /// Asserts nothing: the exit code is 0 unless something could not be run.
  static func main() {
    do throws(Failure) {
      guard let options = try Options(Array(CommandLine.arguments.dropFirst())) else {
        print(Options.usage)
        return
      }
      let workplace = try Workplace()
      defer { workplace.remove() }
      guard try measureAll(options, workplace) else {
        workplace.remove()
        exit(1)
      }
    } catch {
      StandardError.say("keepoch-bench: \(error)")
      exit(2)
    }
  }

  /// - Returns: whether everything could be run.
  private static func measureAll(
    _ options: Options, _ workplace: Workplace
  ) throws(Failure) -> Bool {
    let begin = Stopwatch.now
    let loadBefore = Machine.load
    StandardError.say("making runs")
    let bench = try Bench(options, workplace: workplace)
    var table = ResultTable()
    var isComplete = true
    for (name, measure) in scenarios(bench)
    where options.only.map({ name.contains($0) }) ?? true {
      if bench.isLate {
        table.append([ResultRow(name: name, remark: "skipped: out of time")])
        continue
      }
      StandardError.say("\(Int((Stopwatch.now - begin) / 1000)) s  \(name)")
      do throws(Failure) { table.append(try measure(bench)) } catch {
        StandardError.say("keepoch-bench: \(name): \(error)")
        table.append([ResultRow(name: name, remark: "could not be run")])
        isComplete = false
      }
    }
    print("\(Machine.line); load before \(loadBefore)")
    print("\(options.isQuick ? "quick, " : "")\(Int((Stopwatch.now - begin) / 1000)) s\n")
    print(table.text)
    return isComplete
  }

  private typealias Scenario = (name: String, measure: (Bench) throws(Failure) -> [ResultRow])

  private static func scenarios(_ bench: Bench) -> [Scenario] {
    let runs = bench.runs
    var result: [Scenario] = []
    let starts = [
      StartScenario(name: "1,000 x 64", run: runs.many, look: .mono, budget: .start),
      StartScenario(name: "1,000 x 64", run: runs.many, look: .color, budget: .start),
      StartScenario(
        name: "1,000 x 64", run: runs.many, look: .mono, size: .small, budget: .start),
      StartScenario(
        name: "100,000 rows", run: runs.long, look: .mono, hasPictures: false,
        budget: .startOfLongTable),
      StartScenario(
        name: "1,000 x 64 as npz", run: runs.arrays, look: .mono, budget: .start, isKnown: true),
      StartScenario(
        name: "1,000 x 64 in one event file of 2,001,001 records", run: runs.events, look: .mono,
        budget: .start, isKnown: true),
      StartScenario(name: "the real run", run: runs.real, look: .mono, budget: nil),
    ]
    for start in starts { result.append(("start \(start.name)", start.measure)) }
    let openings = [
      OpeningScenario(
        name: "2,001,001 records of events", run: runs.events,
        peer: ("events", "TensorBoard's EventAccumulator")),
      OpeningScenario(name: "1,000 grids", run: runs.many, peer: ("grids", "Pillow")),
      OpeningScenario(name: "1,000 npz", run: runs.arrays, peer: ("arrays", "numpy")),
    ]
    for opening in openings { result.append(("opening \(opening.name)", opening.measure)) }
    result.append(("eight samples", EightSamplesScenario(run: runs.many).measure))
    result.append(("memory", MemoryScenario(run: runs.many, look: .mono).measure))
    result.append(
      ("memory", MemoryScenario(name: "in an event file", run: runs.events, look: .mono).measure))
    if !bench.options.isQuick {
      result.append(("memory", MemoryScenario(run: runs.many, look: .halfBlocks).measure))
    }
    var steps: [StepScenario] = []
    let looks = bench.options.isQuick ? [Look.mono, .halfBlocks] : Look.allCases
    for look in looks {
      for depth in Depth.allCases {
        steps.append(
          StepScenario(
            name: depth.rawValue, run: runs.many, look: look, size: .large, keys: depth.keys,
            budget: look.keyBudget))
      }
    }
    steps.append(
      StepScenario(
        name: "film strip", run: runs.many, look: .mono, size: .large, keys: ["f"],
        budget: .keyMono))
    steps.append(
      StepScenario(
        name: "grid", run: runs.many, look: .mono, size: .small, keys: Depth.grid.keys, budget: nil)
    )
    steps.append(
      StepScenario(
        name: "table of 100,000", run: runs.long, look: .mono, size: .large, keys: [],
        hasPictures: false, budget: .keyMono))
    steps.append(
      StepScenario(
        name: "the real run's grid", run: runs.real, look: .mono, size: .large,
        keys: Depth.grid.keys, budget: .keyMono))
    for step in steps { result.append(("\(step.name), \(step.look.rawValue)", step.measure)) }
    for (look, way) in [(Look.mono, 2.0), (.mono, 100), (.color, 2), (.halfBlocks, 2)] {
      result.append(
        ("play, \(look.rawValue)", PlayScenario(run: runs.many, look: look, way: way).measure))
    }
    result.append(("rendering speed", RenderingSpeedScenario().measure))
    for part in RenderingScenario.Part.allCases {
      result.append(("rendering \(part.rawValue)", RenderingScenario(part: part).measure))
    }
    for comparison in MetricComparison.all {
      result.append(
        ("metrics \(comparison.word)", MetricScenario(comparison: comparison).measure))
    }
    result.append(("peer wandb leet", LeetScenario().measure))
    for peer in PeerScenario.all(runs) { result.append(("peer \(peer.name)", peer.measure)) }
    return result
  }
}
