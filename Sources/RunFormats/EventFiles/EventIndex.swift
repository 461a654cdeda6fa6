import ReviewCore

/// What an event file holds, its scalars wherever they lie.
struct EventIndex: Sendable {
  struct Scalars: Sendable {
    let tag: String
    /// Ascending; of one step in the order of the file.
    let points: any SeriesStorage
  }

  let scalars: [Scalars]
  /// Seconds since 1970 by step.
  let clock: any SeriesStorage
  let images: [EventLog.Images]
  let texts: [EventLog.Text]
  let settings: [(name: String, value: EventSetting)]
  let damages: [EventLog.Damage]
  let firstTime: Double?
  /// Where the first record begins that is not whole yet.
  let readEnd: Int
  let recordCount: Int

  /// What has just been read.
  init(_ log: EventLog) {
    self.init(
      log, scalars: log.scalars.map { Scalars(tag: $0.tag, points: PointsInMemory($0)) },
      clock: PointsInMemory(log.clock))
  }

  /// - Parameter log: whose scalars stand elsewhere.
  init(_ log: EventLog, scalars: [Scalars], clock: any SeriesStorage) {
    self.scalars = scalars
    self.clock = clock
    images = log.images
    texts = log.texts
    settings = log.settings
    damages = log.damages
    firstTime = log.firstTime
    readEnd = log.readEnd
    recordCount = log.recordCount
  }
}

struct PointsInMemory: SeriesStorage {
  let steps: [Int64]
  let values: [Double]

  init(_ scalars: EventLog.Scalars) {
    let sorted = scalars.ascending
    steps = sorted.steps
    values = sorted.values
  }

  var count: Int { values.count }
  func position(at index: Int) -> Double { Double(steps[index]) }
  func value(at index: Int) -> Double { values[index] }
}

extension EventLog.Scalars {
  /// The same by step; those of one step stay in their order.
  var ascending: EventLog.Scalars {
    let isAscending = zip(steps, steps.dropFirst()).allSatisfy { $0 <= $1 }
    if isAscending { return self }
    let order = steps.indices.sorted { (steps[$0], $0) < (steps[$1], $1) }
    return EventLog.Scalars(
      tag: tag, steps: order.map { steps[$0] }, values: order.map { values[$0] })
  }
}

/// Several storages one after the other, of each a part.
struct JoinedPoints: SeriesStorage {
  private let parts: [(points: any SeriesStorage, range: Range<Int>)]
  /// How many points lie before each part.
  private let starts: [Int]
  let count: Int

  init(_ parts: [(points: any SeriesStorage, range: Range<Int>)]) {
    self.parts = parts.filter { !$0.range.isEmpty }
    var starts: [Int] = []
    var count = 0
    for part in self.parts {
      starts.append(count)
      count += part.range.count
    }
    self.starts = starts
    self.count = count
  }

  func position(at index: Int) -> Double {
    let (part, place) = find(index)
    return part.position(at: place)
  }

  func value(at index: Int) -> Double {
    let (part, place) = find(index)
    return part.value(at: place)
  }

  func extent(of range: Range<Int>) -> SeriesExtent {
    var extent = SeriesExtent()
    for (part, start) in zip(parts, starts) {
      let own = range.clamped(to: start..<start + part.range.count)
      guard !own.isEmpty else { continue }
      let shift = part.range.lowerBound - start
      extent.add(part.points.extent(of: own.lowerBound + shift..<own.upperBound + shift))
    }
    return extent
  }

  private func find(_ index: Int) -> (any SeriesStorage, Int) {
    // A run is hardly ever restarted more than some times.
    var part = parts.count - 1
    while part > 0, starts[part] > index { part -= 1 }
    return (parts[part].points, parts[part].range.lowerBound + index - starts[part])
  }
}
