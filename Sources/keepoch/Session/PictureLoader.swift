import GlyphRendering
import ReviewCore
import ReviewFront
import RunFormats
import Synchronization

/// Decodes and renders samples beside the main thread; what it has done waits to be taken.
final class PictureLoader: Sendable {
  enum Answer: Sendable {
    case rendered(PictureBatch)
    case unreadable(checkpoint: Int, reason: String)
    case lost(PictureRequest, places: [Int])

    var action: Action {
      switch self {
      case .rendered(let batch): return .rendered(batch)
      case .unreadable(let checkpoint, let reason):
        return .unreadable(checkpoint: checkpoint, reason: reason)
      case .lost(let request, let places): return .lost(request, places: places)
      }
    }
  }

  private struct Work {
    var pending: [PictureRequest] = []
    var answers: [Answer] = []
    var isRunning = false
    var current: PictureRequest?
    /// Rises whenever other pictures are wanted.
    var generation = 0
    var sets: [(checkpoint: Int, set: SampleSet)] = []
    var run: Run
    /// One a run: of a run by itself, or of each that is compared.
    var readers: [SampleReader]
    /// Of checkpoints that lie in one packed array, the array, so that a step does not unpack it anew.
    var unpacked: UnpackedArray?
    /// Rises whenever samples are read otherwise than before.
    var reading = 0
    /// What was computed: the nearest real picture of each sample.
    var measures: RunMeasures?
    /// By run, the real pictures, once one of them was asked for.
    var real: [Int: SampleSet] = [:]
  }

  private let work: Mutex<Work>
  private let wake: @Sendable () -> Void
  private let niceness: Int32?

  // Decoded sets are kept for the next sizes and qualities; 50 KB each for 64 small samples,
  private static let mostSets = 12
  // and of large ones as many as fit here, at least the last: 100,000 small samples are 78 MB.
  private static let mostBytes = 96 << 20

  /// - Parameters:
  ///   - niceness: of the thread that renders; nil renders only in `drain`, for tests that wait for
  ///     idle.
  ///   - wake: called on another thread when an answer waits.
  init(run: Run, niceness: Int32?, wake: @escaping @Sendable () -> Void) {
    work = Mutex(Work(run: run, readers: Self.readers(of: run)))
    self.wake = wake
    self.niceness = niceness
  }

  private static func readers(of run: Run) -> [SampleReader] {
    run.members.isEmpty
      ? [SampleReader(run: run)] : run.members.map { SampleReader(run: $0.run) }
  }

  /// Takes the place of everything that was asked for and has not begun.
  func replace(_ requests: [PictureRequest]) {
    let starts = work.withLock { work in
      if let current = work.current, requests.contains(current) {
        work.pending = requests.filter { $0 != current }
      } else {
        work.generation += 1
        work.current = nil
        work.pending = requests
      }
      guard !work.isRunning, !work.pending.isEmpty, niceness != nil else { return false }
      work.isRunning = true
      return true
    }
    if starts, let niceness { WorkerThread.start(niceness: niceness) { self.runUntilEmpty() } }
  }

  /// Reads samples in another range from now on; what was read in the old one is forgotten.
  func take(_ range: ValueRange?, _ frame: PointFrame?) {
    work.withLock { work in
      work.readers = work.readers.map { $0.replacing(range: range, frame: frame) }
      work.reading += 1
      work.generation += 1
      work.current = nil
      work.pending = []
      work.sets = []
      work.real = [:]
      work.answers = []
    }
  }

  /// Reads the samples of a run that has grown; what is known of its files of before stays.
  func take(_ grown: GrownRun) {
    work.withLock { work in
      work.run = grown.run
      work.readers = Self.readers(of: grown.run)
      work.reading += 1
      work.generation += 1
      work.current = nil
      work.pending = []
      work.answers = []
      work.unpacked = nil
      work.real = [:]
      work.sets = work.sets.compactMap { checkpoint, set in
        guard grown.places.indices.contains(checkpoint), let now = grown.places[checkpoint],
          !grown.rewritten.contains(now)
        else { return nil }
        return (now, set)
      }
      work.measures = work.measures.map(grown.moved)
    }
  }

  /// Takes in which real picture is nearest to each sample.
  func take(_ measures: RunMeasures?) {
    work.withLock { work in
      if work.measures?.referencePath != measures?.referencePath { work.real = [:] }
      work.measures = measures
      work.generation += 1
    }
  }

  func takeAnswers() -> [Answer] {
    work.withLock { work in
      defer { work.answers = [] }
      return work.answers
    }
  }

  /// Does all that is pending on this thread.
  func drain() {
    while let (request, reading) = next() { finish(answer(request), reading) }
  }

  private func runUntilEmpty() {
    while let (request, reading) = next() {
      finish(answer(request), reading)
      wake()
    }
  }

  private func next() -> (request: PictureRequest, reading: Int)? {
    work.withLock { work in
      guard !work.pending.isEmpty else {
        work.isRunning = false
        work.current = nil
        return nil
      }
      let request = work.pending.removeFirst()
      work.current = request
      return (request, work.reading)
    }
  }

  private func finish(_ answer: Answer, _ reading: Int) {
    work.withLock { work in
      guard reading == work.reading else { return }
      work.answers.append(answer)
      work.current = nil
    }
  }

  private func answer(_ request: PictureRequest) -> Answer {
    let run = work.withLock { $0.run }
    guard run.checkpoints.indices.contains(request.checkpoint) else {
      return .unreadable(checkpoint: request.checkpoint, reason: "this checkpoint is gone")
    }
    do {
      let set = try samples(at: request.checkpoint)
      var spread: SampleSpread?
      let count: Int
      let render: (Int) -> GlyphGrid
      switch request.view {
      case .samples:
        let renderer = GlyphRenderer(request.settings)
        count = set.count
        render = { place in
          if let failure = set.failures[place] {
            return GlyphGrid(
              words: "cannot be read: \(PrintableText.singleLine(failure.message))",
              columns: request.columns, rows: request.rows)
          }
          return renderer.render(
            set.image(at: place), columns: request.columns, rows: request.rows)
        }
      case .spread:
        let renderer = GlyphRenderer(request.settings)
        // Seeds that are held out from the choice are in no picture that it is made by.
        spread = SampleSpread(set, isLeftOut: { run.isHeldOut($0, at: request.checkpoint) })
        let pictures = spread.map { [$0.mean, $0.deviation] } ?? []
        count = pictures.count
        render = { renderer.render(pictures[$0], columns: request.columns, rows: request.rows) }
      case .nearest:
        let renderer = GlyphRenderer(request.settings)
        let real = try? realSamples(besides: request.checkpoint)
        let measures = work.withLock { $0.measures?.checkpoints[request.checkpoint] }
        count = 2 * set.count
        render = { place in
          func words(_ text: String) -> GlyphGrid {
            GlyphGrid(words: text, columns: request.columns, rows: request.rows)
          }
          let sample = place / 2
          if place % 2 == 0 {
            if let failure = set.failures[sample] {
              return words("cannot be read: \(PrintableText.singleLine(failure.message))")
            }
            return renderer.render(
              set.image(at: sample), columns: request.columns, rows: request.rows)
          }
          guard let near = measures?.nearestReal(to: set.indices[sample]) else {
            return words("not measured")
          }
          guard let real, real.indices.indices.contains(near.other) else {
            return words("the real pictures cannot be read")
          }
          return renderer.render(
            real.image(at: near.other), columns: request.columns, rows: request.rows)
        }
      case .blind(let isReal, let isScrambled):
        let renderer = GlyphRenderer(request.settings)
        let shown = isReal ? try? realSamples(besides: request.checkpoint) : set
        count = .max
        let lost = request.samples.filter { place in
          guard let shown else { return true }
          return !shown.indices.indices.contains(place) || shown.failures[place] != nil
        }
        // Which of them cannot be read is told, and nothing is shown in its place.
        guard lost.isEmpty, let shown else { return .lost(request, places: lost) }
        render = { place in
          let image = shown.image(at: place)
          return renderer.render(
            isScrambled ? image.scrambled(seed: UInt64(place) + 1) : image,
            columns: request.columns, rows: request.rows)
        }
      case .difference(let reference):
        let renderer = DifferenceRenderer(request.settings)
        let other = try? samples(at: reference)
        let words = run.position(of: reference).words
        count = set.count
        render = { place in
          switch set.difference(at: place, from: other) {
          case .success(let difference):
            return renderer.render(difference, columns: request.columns, rows: request.rows)
          case .failure(let absence):
            return GlyphGrid(
              words: absence.words(other: words), columns: request.columns, rows: request.rows)
          }
        }
      }
      let generation = work.withLock { $0.generation }
      var grids: [GlyphGrid] = []
      for place in request.samples {
        // The set may have turned out smaller than was thought; the first that is missing ends it.
        guard place < count else { break }
        // The best rendering takes its time, and gives way as soon as something else is wanted.
        if request.settings.quality == .best, work.withLock({ $0.generation }) != generation {
          break
        }
        grids.append(render(place))
      }
      return .rendered(
        PictureBatch(
          request: request, grids: grids, sampleCount: set.count, sampleWidth: set.width,
          sampleHeight: set.height, meanLevel: Self.mean(set),
          deviation: spread.map { ($0.meanDeviation, $0.count) },
          failures: set.failures.sorted { $0.key < $1.key }.map(\.value)))
    } catch {
      return .unreadable(checkpoint: request.checkpoint, reason: error.line)
    }
  }

  /// The pictures that samples were measured against.
  private func realSamples(besides checkpoint: Int) throws(RunWarning) -> SampleSet {
    let (readers, all, path, run) = work.withLock {
      ($0.readers, $0.real, $0.measures?.referencePath, $0.run)
    }
    let member = run.checkpoints[checkpoint].member ?? 0
    if let known = all[member] { return known }
    let owner = run.origin(of: checkpoint).run
    let set = try RealSamples(of: owner, at: path ?? owner.measures?.referencePath)
      .read(readers[member])
    work.withLock { $0.real[member] = set }
    return set
  }

  /// Of at most the first 64 samples, which tell as much as all.
  private static func mean(_ set: SampleSet) -> Double {
    let count = min(set.count, 64) * set.width * set.height
    guard count > 0 else { return 0 }
    var sum = 0
    set.pixels.withUnsafeBufferPointer { pixels in
      for place in 0..<count { sum += Int(pixels[place]) }
    }
    return Double(sum) / Double(count)
  }

  private func samples(at checkpoint: Int) throws(RunWarning) -> SampleSet {
    let reading = work.withLock { $0.reading }
    let known = work.withLock { work -> SampleSet? in
      guard let place = work.sets.firstIndex(where: { $0.checkpoint == checkpoint }) else {
        return nil
      }
      let entry = work.sets.remove(at: place)
      work.sets.append(entry)
      return entry.set
    }
    if let known { return known }
    let found = work.withLock { work -> (source: SampleSource, reader: SampleReader)? in
      guard work.run.checkpoints.indices.contains(checkpoint) else { return nil }
      let one = work.run.checkpoints[checkpoint]
      return one.samples.map { ($0, work.readers[one.member ?? 0]) }
    }
    guard let (source, reader) = found else {
      throw RunWarning(.leftOut, "this checkpoint has no samples")
    }
    // Nobody else decodes at the same time; what is taken out is put back.
    var unpacked = work.withLock { $0.readers.count == 1 ? $0.unpacked.take() : nil }
    // Arrays of two runs may be called alike.
    defer { work.withLock { if $0.readers.count == 1 { $0.unpacked = unpacked } } }
    let set = try reader.samples(source, keeping: &unpacked)
    work.withLock { work in
      guard reading == work.reading else { return }
      work.sets.append((checkpoint, set))
      var bytes = work.sets.reduce(0) { $0 + $1.set.pixels.count }
      while work.sets.count > 1, work.sets.count > Self.mostSets || bytes > Self.mostBytes {
        bytes -= work.sets.removeFirst().set.pixels.count
      }
    }
    return set
  }
}
