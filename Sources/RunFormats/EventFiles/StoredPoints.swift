import ReviewCore
import Synchronization

/// The points of one tag in an index that is on disk, read block by block as they are asked for.
///
/// The file is read and not mapped: to touch a page of a mapping whose file was made shorter ends the
/// program. What cannot be read any more is no number.
final class StoredPoints: SeriesStorage {
  /// Points of a block.
  static let blockLength = 512
  /// Bytes that the table has of a block.
  static let entrySize = 32

  /// What the table says of a block.
  private struct Block {
    let first: Int64
    let extent: SeriesExtent
  }

  private struct Memory {
    var table: [Block]?
    var steps: (block: Int, numbers: [Int64]) = (-1, [])
    var values: (block: Int, numbers: [Int64]) = (-1, [])
  }

  private let file: IndexHandle
  /// Where the steps begin; the values and the table of blocks follow.
  private let start: Int
  let count: Int
  private let memory = Mutex(Memory())

  init(file: IndexHandle, start: Int, count: Int) {
    self.file = file
    self.start = start
    self.count = count
  }

  /// In bytes, of so many points with their table.
  static func size(of count: Int) -> Int {
    16 * count + (count + blockLength - 1) / blockLength * entrySize
  }

  /// The points by step, and their table.
  static func bytes(steps: [Int64], values: [Double]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size(of: steps.count))
    steps.withUnsafeBytes { bytes += $0 }
    values.withUnsafeBytes { bytes += $0 }
    for start in stride(from: 0, to: steps.count, by: blockLength) {
      var extent = SeriesExtent()
      for value in values[start..<min(values.count, start + blockLength)] { extent.add(value) }
      for number in [
        UInt64(bitPattern: steps[start]), extent.low.bitPattern, extent.high.bitPattern,
        UInt64(extent.gapCount),
      ] {
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
      }
    }
    return bytes
  }

  func position(at index: Int) -> Double {
    let number = memory.withLock { memory -> Int64? in
      self.number(at: index, in: &memory.steps, from: start)
    }
    return number.map { Double($0) } ?? 0
  }

  func value(at index: Int) -> Double {
    let number = memory.withLock { memory -> Int64? in
      self.number(at: index, in: &memory.values, from: start + 8 * count)
    }
    return number.map { Double(bitPattern: UInt64(bitPattern: $0)) } ?? .nan
  }

  /// - Complexity: O(log n), with one block read.
  func places(upTo position: Double) -> Int {
    let table = table()
    var (low, high) = (0, table.count)
    while low < high {
      let middle = (low + high) / 2
      if Double(table[middle].first) <= position { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    var (first, last) = ((low - 1) * Self.blockLength, min(count, low * Self.blockLength))
    while first < last {
      let middle = (first + last) / 2
      if self.position(at: middle) <= position { first = middle + 1 } else { last = middle }
    }
    return first
  }

  /// - Complexity: O(n / 512), with two blocks read.
  func extent(of range: Range<Int>) -> SeriesExtent {
    let table = table()
    var extent = SeriesExtent()
    var index = range.lowerBound
    while index < range.upperBound {
      let block = index / Self.blockLength
      let end = min(count, (block + 1) * Self.blockLength)
      if index == block * Self.blockLength, end <= range.upperBound, table.indices.contains(block) {
        extent.add(table[block].extent)
      } else {
        addPart(of: block, index..<min(end, range.upperBound), to: &extent)
      }
      index = end
    }
    return extent
  }

  private func addPart(of block: Int, _ range: Range<Int>, to extent: inout SeriesExtent) {
    let numbers = memory.withLock { memory -> [Int64] in
      _ = self.number(at: range.lowerBound, in: &memory.values, from: start + 8 * count)
      return memory.values.numbers
    }
    let first = block * Self.blockLength
    for index in range {
      let place = index - first
      extent.add(
        numbers.indices.contains(place)
          ? Double(bitPattern: UInt64(bitPattern: numbers[place])) : .nan)
    }
  }

  private func number(
    at index: Int, in kept: inout (block: Int, numbers: [Int64]), from start: Int
  ) -> Int64? {
    let block = index / Self.blockLength
    if kept.block != block {
      let first = block * Self.blockLength
      kept = (block, read(at: start + 8 * first, count: min(Self.blockLength, count - first)))
    }
    let place = index % Self.blockLength
    return kept.numbers.indices.contains(place) ? kept.numbers[place] : nil
  }

  /// So many numbers of 64 bits, or as many as the file still has.
  private func read(at offset: Int, count: Int) -> [Int64] {
    let bytes = (try? file.file.bytes(at: offset, count: 8 * max(0, count))) ?? []
    return bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / 8).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self) }
    }
  }

  private func table() -> [Block] {
    memory.withLock { memory in
      if let table = memory.table { return table }
      let blocks = (count + Self.blockLength - 1) / Self.blockLength
      let numbers = read(at: start + 16 * count, count: 4 * blocks)
      func double(_ place: Int) -> Double { Double(bitPattern: UInt64(bitPattern: numbers[place])) }
      var table: [Block] = []
      for place in stride(from: 0, to: numbers.count - 3, by: 4) {
        let extent = SeriesExtent(
          low: double(place + 1), high: double(place + 2), gapCount: Int(numbers[place + 3]))
        table.append(Block(first: numbers[place], extent: extent))
      }
      memory.table = table
      return table
    }
  }
}

/// An index file that is open for as long as points are asked of it.
final class IndexHandle: Sendable {
  let file: OpenFile

  /// Nil for what cannot be read.
  init?(_ path: String) {
    guard let file = try? OpenFile(path) else { return nil }
    self.file = file
  }
}
