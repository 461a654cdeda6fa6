import ArgumentParser
import Glibc
import ReviewCore
import ReviewJournal
import RunFormats
import SampleMetrics

struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Compute quality, diversity and failure metrics from the samples.",
    discussion: """
      Every metric is named with what it was taken in: precision[pixels], frechet[pca32]. The numbers become \
      columns of the table, terms of the rule and lines of the report; what was computed before is not computed \
      again unless the samples changed. Seeds that are held out have no part in them.

      Several machines: run --shard 1/N to --shard N/N, each anywhere that sees the run, then --merge; the result is \
      the same to the last bit as without. docs/metrics.md has every metric.
      """)

  @OptionGroup var options: RunOptions

  @Option(
    help: "Real samples: a picture, an array or a folder of pictures; else the run's reference.",
    completion: .file())
  var reference: String?

  @Option(
    name: .customLong("metric"), parsing: .upToNextOption,
    help: "Only these, by metric (frechet) or by column (sharpness).")
  var metrics: [String] = []

  @Flag(help: "Print keepoch.measure/1.")
  var json = false

  @Option(help: "Do the Ith of N parts of the work and write it as a file, I/N.")
  var shard: ShardNumber?

  @Flag(help: "Join the files of all parts.")
  var merge = false

  @Option(
    help: "The folder of the parts; else review/parts beside the run's journals.",
    completion: .directory)
  var parts: String?

  @Option(help: "Threads; else one a processor.")
  var threads: Int?

  func validate() throws {
    if shard != nil, merge { throw ValidationError("Give --shard or --merge, not both.") }
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads takes a whole number from 1 to 256.")
    }
  }

  func run() throws {
    try reporting {
      do { try measure() } catch let failure as MetricFailure {
        throw RunError(
          "cannot measure", place: options.run, why: failure.words,
          remedy: "Run it again: what was done is kept")
      }
    }
  }

  private func measure() throws {
    let opened = try open(options.run, options.reader, showsPixels: true)
    let effort = threads.map { Effort(threads: $0) } ?? .whole()
    Effort.prepare(threads: effort.threads)
    let wish = RunMeasurer.Wish(
      metrics: metrics.isEmpty ? nil : Set(metrics), referencePath: reference)
    let cacheFolder = options.reader.readOnly ? nil : Outside.cacheFolder
    var measurer = RunMeasurer(
      run: opened.run, wish: wish, effort: effort, cacheFolder: cacheFolder)
    let bar = ProgressLine()
    let measures: RunMeasures
    if shard != nil || merge {
      let folder = try partsFolder(opened)
      var sharded = ShardedMeasurer(measurer, folder: folder)
      if let shard {
        if options.reader.readOnly {
          throw RunError(
            "cannot write", place: folder, why: "--read-only was given",
            remedy: "Leave --read-only or --shard out")
        }
        let path = try sharded.write(shard: shard.number, of: shard.count) {
          bar.show($0.done, of: $0.total)
        }
        bar.end()
        Outside.warn(sharded.warnings)
        try Outside.put("\(path)\n")
        return
      }
      measures = try sharded.merge { bar.show($0.done, of: $0.total) }
      bar.end()
      Outside.warn(sharded.warnings)
    } else {
      measures = try measurer.measure { progress, _ in bar.show(progress.done, of: progress.total) }
      bar.end()
      Outside.warn(measurer.warnings)
    }
    var run = opened.run
    run.take(measures)
    let answer = MeasureAnswer(run: run, measures: measures, engine: effort.engineWords)
    for remark in answer.remarkLines { Outside.say("note: \(remark)") }
    try Outside.put(json ? answer.json : answer.text)
  }

  private func partsFolder(_ opened: OpenedRun) throws -> String {
    if let parts { return parts }
    return "\(try opened.folder.writable().folder)/parts"
  }
}

/// `I/N`.
struct ShardNumber: ExpressibleByArgument {
  let number: Int
  let count: Int

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]),
      (1...100_000).contains(count), (1...count).contains(number)
    else { return nil }
    self.number = number
    self.count = count
  }
}

/// How far a work is, on one line of standard error where that is a terminal.
final class ProgressLine {
  private let isShown = isatty(2) == 1
  private var last = -1.0
  private var hasLine = false

  func show(_ done: Int, of total: Int) {
    guard isShown else { return }
    let now = Outside.milliseconds
    guard now - last > 80 || done == total else { return }
    last = now
    hasLine = true
    let width = 30
    let filled = total > 0 ? done * width / total : width
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    let line = "\r\(bar) \(done)/\(total)"
    _ = line.withCString { write(2, $0, strlen($0)) }
  }

  func end() {
    guard hasLine else { return }
    hasLine = false
    _ = "\r\u{1B}[K".withCString { write(2, $0, strlen($0)) }
  }
}
