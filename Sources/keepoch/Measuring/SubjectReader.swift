import ReviewCore
import RunFormats
import SampleMetrics

/// Reads what the numbers of a checkpoint are worked out from, without the seeds that are held out.
struct SubjectReader {
  private let run: Run
  private let samples: SampleReader
  private let numbers: NumberReader
  /// An array that holds several checkpoints is unpacked once.
  private var kept: UnpackedArray?

  /// - Parameter run: in its true range of values.
  init(run: Run) {
    self.run = run
    samples = SampleReader(run: run)
    numbers = NumberReader(run: run)
  }

  /// Everything a checkpoint has; what cannot be read is a warning.
  mutating func subject(of index: Int) -> (subject: MeasureSubject, warnings: [RunWarning]) {
    var subject = MeasureSubject()
    var warnings: [RunWarning] = []
    var rowCount: Int?
    if let source = run.checkpoints[index].samples {
      do throws(RunWarning) {
        if let points = try numbers.points(of: source) {
          subject = MeasureSubject(seeds: [], points: points)
        } else {
          let set = try samples.samples(source, keeping: &kept)
          rowCount = set.count
          subject = pictures(of: set)
          warnings += set.failures.sorted { $0.key < $1.key }.map(\.value)
        }
      } catch {
        warnings.append(error)
      }
    }
    for array in run.arrays {
      guard let place = array.places[index] else { continue }
      do throws(RunWarning) {
        var table = try numbers.table(of: place)
        if table.rowCount == rowCount { table = table.withoutHeldOut(run, index) }
        switch array.role {
        case .features: subject.features.append((array.name, table))
        case .classProbabilities: subject.probabilities.append((array.name, table))
        case .latentMean: subject.latentMeans = table
        case .latentLogVariance: subject.latentLogVariances = table
        }
      } catch {
        warnings.append(error)
      }
    }
    return (subject, warnings)
  }

  private func pictures(of set: SampleSet) -> MeasureSubject {
    let size = set.width * set.height
    let places = (0..<set.count).filter {
      set.failures[$0] == nil && !(run.holdsSeedsOut && run.isHeldOut(set.indices[$0]))
    }
    let pixels: [UInt8]
    if places.count == set.count {
      pixels = set.pixels
    } else {
      pixels = places.flatMap { set.pixels[$0 * size..<($0 + 1) * size] }
    }
    return MeasureSubject(
      seeds: places.map { set.indices[$0] },
      pictures: NumberTable(rowCount: places.count, columnCount: size, values: .bytes(pixels)),
      size: PictureSize(width: set.width, height: set.height))
  }

  /// The real data that checkpoints are measured against.
  ///
  /// - Parameter path: of a picture or an array elsewhere, in place of the run's reference.
  /// - Throws: `RunWarning` where what was named cannot be read.
  mutating func reference(
    _ path: String?
  ) throws(RunWarning) -> (reference: MeasureReference, warnings: [RunWarning]) {
    var warnings: [RunWarning] = []
    var features: [String: NumberTable] = [:]
    for array in run.arrays where array.role == .features {
      guard let place = array.reference else { continue }
      do throws(RunWarning) { features[array.name] = try numbers.table(of: place) } catch {
        warnings.append(error)
      }
    }
    var real: NumberTable?
    var points: NumberTable?
    if let path {
      (real, points) = try outside(path)
    } else if let source = run.reference {
      do throws(RunWarning) { (real, points) = try table(of: source) } catch {
        warnings.append(error)
      }
    }
    var test: NumberTable?
    if let source = run.testReference {
      do throws(RunWarning) {
        let found = try table(of: source)
        test = found.pictures ?? found.points
      } catch {
        warnings.append(error)
      }
    }
    var labels: [Int]?
    if let place = run.referenceLabels {
      do throws(RunWarning) { labels = try numbers.labels(of: place) } catch {
        warnings.append(error)
      }
    }
    return (
      MeasureReference(
        pictures: real, points: points, features: features, labels: labels, test: test,
        modes: run.modes), warnings
    )
  }

  private mutating func table(
    of source: SampleSource
  ) throws(RunWarning) -> (pictures: NumberTable?, points: NumberTable?) {
    if let points = try numbers.points(of: source) { return (nil, points) }
    let set = try samples.samples(source, keeping: &kept)
    return (Self.table(of: set), nil)
  }

  /// A picture, a folder or an array that need not be of the run, in the run's range of values.
  private func outside(
    _ path: String
  ) throws(RunWarning) -> (pictures: NumberTable?, points: NumberTable?) {
    let outside = OutsideReference(path, for: run)
    if let points = try outside.points() { return (nil, points) }
    return (Self.table(of: try outside.samples()), nil)
  }

  private static func table(of set: SampleSet) -> NumberTable {
    let size = set.width * set.height
    let places = (0..<set.count).filter { set.failures[$0] == nil }
    let pixels =
      places.count == set.count
      ? set.pixels : places.flatMap { set.pixels[$0 * size..<($0 + 1) * size] }
    return NumberTable(rowCount: places.count, columnCount: size, values: .bytes(pixels))
  }
}

extension NumberTable {
  /// Without the rows of seeds that are held out.
  fileprivate func withoutHeldOut(_ run: Run, _ index: Int) -> NumberTable {
    guard run.holdsSeedsOut, let source = run.checkpoints[index].samples else { return self }
    let places = (0..<rowCount).filter { !run.isHeldOut(source.index(at: $0)) }
    guard places.count < rowCount else { return self }
    func picked<Value>(_ values: [Value]) -> [Value] {
      places.flatMap { values[$0 * columnCount..<($0 + 1) * columnCount] }
    }
    let kept: Values
    switch values {
    case .bytes(let values): kept = .bytes(picked(values))
    case .single(let values): kept = .single(picked(values))
    case .double(let values): kept = .double(picked(values))
    }
    return NumberTable(rowCount: places.count, columnCount: columnCount, values: kept)
  }
}
