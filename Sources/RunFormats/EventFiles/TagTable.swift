import Glibc

/// Numbers for tags, in the order in which they first come.
///
/// Scripts log their tags in the same order at every step: the tag that followed last time is tried
/// first, and hardly ever anything is hashed. The names lie in memory of our own, as two million
/// looks at an array of arrays would count references most of the time.
final class TagTable {
  private struct Entry {
    var name: UnsafeMutableRawPointer
    var length: Int
    /// The tag that came after it the last time.
    var follower: Int
  }

  private var entries: UnsafeMutablePointer<Entry>
  private var capacity = 16
  private(set) var count = 0
  private var numbers: [[UInt8]: Int] = [:]
  private var last = 0

  init() { entries = .allocate(capacity: capacity) }

  deinit {
    for place in 0..<count { entries[place].name.deallocate() }
    entries.deallocate()
  }

  func name(of number: Int) -> String {
    String(
      decoding: UnsafeRawBufferPointer(start: entries[number].name, count: entries[number].length),
      as: UTF8.self)
  }

  @inline(__always)
  func number(of name: UnsafeRawBufferPointer) -> Int {
    if count > 0 {
      let guess = entries[last].follower
      if entries[guess].length == name.count,
        name.isEmpty || Self.isSame(entries[guess].name, name)
      {
        last = guess
        return guess
      }
    }
    return found(name)
  }

  @inline(__always)
  private static func isSame(_ known: UnsafeMutableRawPointer, _ name: UnsafeRawBufferPointer)
    -> Bool
  {
    name.baseAddress.map { memcmp(known, $0, name.count) == 0 } ?? true
  }

  private func found(_ name: UnsafeRawBufferPointer) -> Int {
    let bytes = Array(name)
    let number = numbers[bytes] ?? count
    if number == count { add(bytes) }
    entries[last].follower = number
    last = number
    return number
  }

  private func add(_ name: [UInt8]) {
    if count == capacity {
      let larger = UnsafeMutablePointer<Entry>.allocate(capacity: 2 * capacity)
      larger.moveInitialize(from: entries, count: count)
      entries.deallocate()
      entries = larger
      capacity *= 2
    }
    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, name.count), alignment: 1)
    name.withUnsafeBytes {
      copy.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(copy), byteCount: $0.count)
    }
    (entries + count).initialize(to: Entry(name: copy, length: name.count, follower: 0))
    numbers[name] = count
    count += 1
  }
}

/// Points of many tags as they come, each tag's in a row of its own.
final class PointColumns {
  private struct Column {
    var steps: UnsafeMutablePointer<Int64>
    var values: UnsafeMutablePointer<Double>
    var count = 0
    var capacity: Int

    init(capacity: Int) {
      self.capacity = capacity
      steps = .allocate(capacity: capacity)
      values = .allocate(capacity: capacity)
    }

    mutating func grow() {
      let (oldSteps, oldValues) = (steps, values)
      capacity *= 2
      steps = .allocate(capacity: capacity)
      values = .allocate(capacity: capacity)
      steps.moveInitialize(from: oldSteps, count: count)
      values.moveInitialize(from: oldValues, count: count)
      oldSteps.deallocate()
      oldValues.deallocate()
    }
  }

  private var columns: UnsafeMutablePointer<Column>
  private var capacity = 16
  private(set) var count = 0

  private static let leastPoints = 16

  init() { columns = .allocate(capacity: capacity) }

  deinit {
    for place in 0..<count {
      columns[place].steps.deallocate()
      columns[place].values.deallocate()
    }
    columns.deallocate()
  }

  /// A new column, empty; its number.
  func add() -> Int {
    if count == capacity {
      let larger = UnsafeMutablePointer<Column>.allocate(capacity: 2 * capacity)
      larger.moveInitialize(from: columns, count: count)
      columns.deallocate()
      columns = larger
      capacity *= 2
    }
    (columns + count).initialize(to: Column(capacity: Self.leastPoints))
    count += 1
    return count - 1
  }

  @inline(__always)
  func append(step: Int64, value: Double, to column: Int) {
    precondition(column >= 0 && column < count)
    if columns[column].count == columns[column].capacity { columns[column].grow() }
    let place = columns[column].count
    (columns[column].steps + place).initialize(to: step)
    (columns[column].values + place).initialize(to: value)
    columns[column].count = place + 1
  }

  func steps(of column: Int) -> [Int64] {
    Array(UnsafeBufferPointer(start: columns[column].steps, count: columns[column].count))
  }

  func values(of column: Int) -> [Double] {
    Array(UnsafeBufferPointer(start: columns[column].values, count: columns[column].count))
  }
}
