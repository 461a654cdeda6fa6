import ReviewCore

/// How far points of a plane reach, each coordinate by itself.
struct PointSpread: Equatable, Sendable {
  var x = ValueSpread()
  var y = ValueSpread()

  init() {}

  init(x: ValueSpread, y: ValueSpread) {
    self.x = x
    self.y = y
  }

  init(of array: StoredArray) {
    // A chunk holds an even number of values, so each begins with an x.
    array.forEachChunk { chunk in
      var (across, up) = ([Double](), [Double]())
      across.reserveCapacity(chunk.count / 2)
      up.reserveCapacity(chunk.count / 2)
      for (place, value) in chunk.enumerated() {
        if place.isMultiple(of: 2) { across.append(value) } else { up.append(value) }
      }
      across.withUnsafeBufferPointer { x.add($0) }
      up.withUnsafeBufferPointer { y.add($0) }
    }
  }

  mutating func add(_ other: PointSpread) {
    x.add(other.x)
    y.add(other.y)
  }

  /// What holds all points; nil where there is none.
  var frame: PointFrame? {
    guard x.least <= x.greatest, y.least <= y.greatest else { return nil }
    return PointFrame(x: x.least...x.greatest, y: y.least...y.greatest)
  }
}
