import CSampleKernels
import Testing

/// The loops over bytes and over rows of distances, against loops without any trick.
@Suite struct ByteKernelTests {
  /// All that this processor has.
  static let levels = (Int(CSK_PLAIN.rawValue)...Int(csk_best_level()))

  private func distances(
    _ left: [UInt8], _ m: Int, _ right: [UInt8], _ n: Int, width: Int, level: Int, x0: Int, y0: Int
  ) throws -> [Int32] {
    let a = try #require(
      csk_rows_new(left, Int64(m), Int64(width), Int32(level), Int32(CSK_LEFT)))
    let b = try #require(
      csk_rows_new(right, Int64(n), Int64(width), Int32(level), Int32(CSK_RIGHT)))
    defer {
      csk_rows_free(a)
      csk_rows_free(b)
    }
    let grain = Int(CSK_GRAIN)
    let (rows, columns) = (m - x0, n - y0)
    let stride = (columns + grain - 1) / grain * grain
    var tile = [Int32](repeating: -1, count: (rows + 7) / 8 * 8 * stride)
    csk_squared_distances(
      a, Int64(x0), Int64(rows), b, Int64(y0), Int64(columns), &tile, Int64(stride))
    return (0..<rows).flatMap { Array(tile[$0 * stride..<$0 * stride + columns]) }
  }

  @Test(arguments: [1, 3, 4, 27, 64, 784, 785])
  func everyLevelGivesTheExactDistances(width: Int) throws {
    var dice = Dice(UInt64(width))
    let grain = Int(CSK_GRAIN)
    for (m, n, x0, y0) in [
      (1, 1, 0, 0), (7, 5, 0, 0), (9, 17, 0, 0), (49, 97, grain, 0), (97, 49, 0, grain),
      (100, 145, 2 * grain, 2 * grain), (48, 48, 0, 0), (53, 211, grain, 4 * grain),
    ] {
      var left = dice.bytes(m * width)
      var right = dice.bytes(n * width)
      // The farthest that two bytes can lie apart, and the same row on both sides.
      for place in 0..<width {
        left[(m - 1) * width + place] = 255
        right[(n - 1) * width + place] = 0
        if n > 1 { right[(n - 2) * width + place] = 255 }
      }
      var wanted: [Int32] = []
      for row in x0..<m {
        for column in y0..<n {
          var sum = 0
          for place in 0..<width {
            let difference = Int(left[row * width + place]) - Int(right[column * width + place])
            sum += difference * difference
          }
          wanted.append(Int32(sum))
        }
      }
      for level in Self.levels {
        let found = try distances(
          left, m, right, n, width: width, level: level, x0: x0, y0: y0)
        #expect(found == wanted, "level \(level), \(m)x\(n), from \(x0), \(y0)")
      }
    }
  }

  /// 33000 times 255 squared is just below 2^31.
  @Test func theWidestRowsDoNotOverflow() throws {
    let width = Int(CSK_WIDEST)
    let left = [UInt8](repeating: 255, count: width)
    let right = [UInt8](repeating: 0, count: width)
    for level in Self.levels {
      let found = try distances(left, 1, right, 1, width: width, level: level, x0: 0, y0: 0)
      #expect(found == [Int32(width * 255 * 255)])
      #expect(
        try distances(right, 1, left, 1, width: width, level: level, x0: 0, y0: 0) == found)
      #expect(try distances(left, 1, left, 1, width: width, level: level, x0: 0, y0: 0) == [0])
    }
  }

  @Test func everyLevelHasAName() {
    #expect(
      (0...2).map { String(cString: csk_level_name(Int32($0))) } == [
        "plain", "avx2", "avx512-vnni",
      ])
  }

  @Test func theSmallestAreKeptInOrder() {
    var dice = Dice(3)
    for round in 0..<200 {
      let n = 1 + dice.below(300)
      let k = 1 + dice.below(9)
      // Few values, so that many are tied.
      let row = (0..<n).map { _ in Int32(dice.below(round % 2 == 0 ? 12 : 1_000_000)) }
      var kept = [Int32](repeating: .max, count: k)
      // In two pieces, as tiles come.
      let cut = dice.below(n + 1)
      csk_take_smallest(Array(row[..<cut]), Int64(cut), &kept, Int64(k))
      csk_take_smallest(Array(row[cut...]), Int64(n - cut), &kept, Int64(k))
      let padded = row.sorted() + [Int32](repeating: .max, count: k)
      #expect(kept == Array(padded.prefix(k)))
    }
  }

  @Test func theMinimumIsTheFirstOfTheLeast() {
    var dice = Dice(4)
    for _ in 0..<200 {
      let row = (0..<1 + dice.below(200)).map { _ in Int32(dice.below(20)) }
      let start = Int32(dice.below(20))
      var (best, place) = (start, Int64(-1))
      csk_take_minimum(row, Int64(row.count), 1000, &best, &place)
      var wanted = (value: start, place: -1)
      for (index, value) in row.enumerated() where value < wanted.value {
        wanted = (value, 1000 + index)
      }
      #expect(best == wanted.value && Int(place) == wanted.place)
    }
  }

  @Test func ballsAreCountedOpenAndClosed() {
    var dice = Dice(5)
    for round in 0..<200 {
      let n = 1 + dice.below(round < 5 ? 9000 : 200)
      let row = (0..<n).map { _ in Int32(dice.below(40)) }
      let radii = (0..<n).map { _ in Int32(dice.below(40)) - (round % 3 == 0 ? 40 : 0) }
      let radius = Int32(dice.below(40))
      for closed in [false, true] {
        var hits = [UInt8](repeating: 0, count: n)
        hits[n / 2] = 1
        let found = csk_count_balls(row, Int64(n), radius, radii, &hits, closed ? 1 : 0)
        func isIn(_ distance: Int32, _ radius: Int32) -> Bool {
          closed ? distance <= radius : distance < radius
        }
        #expect(Int(found.inside) == row.filter { isIn($0, radius) }.count)
        #expect((found.is_covered != 0) == zip(row, radii).contains { isIn($0, $1) })
        #expect(
          hits == row.indices.map { isIn(row[$0], radius) || $0 == n / 2 ? 1 : 0 })
      }
    }
  }

  @Test func placesWithinALimit() {
    var dice = Dice(6)
    for _ in 0..<200 {
      let row = (0..<1 + dice.below(300)).map { _ in Int32(dice.below(1000)) }
      let limit = Int32(dice.below(1000)) - 1
      let room = dice.below(400)
      var places = [Int64](repeating: -1, count: room + 1)
      let found = csk_places_within(row, Int64(row.count), limit, 70, &places, Int64(room))
      let wanted = row.indices.filter { row[$0] <= limit }.map { Int64($0 + 70) }
      #expect(Int(found) == wanted.count)
      #expect(Array(places[..<min(room, wanted.count)]) == Array(wanted.prefix(room)))
      #expect(places[room] == -1)
    }
  }

  @Test func absoluteDifferencesAndRoots() {
    var dice = Dice(7)
    for width in [1, 15, 64, 785, 70_000] {
      let (a, b) = (dice.bytes(width), dice.bytes(width))
      let wanted = zip(a, b).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      #expect(Int(csk_absolute_difference(a, b, Int64(width))) == wanted)
    }
    #expect(csk_sum_of_roots([0, 1, 4, 9, 144], 5) == 18)
  }

  /// 1x1 to 70x41, with pictures of one gray, of noise and of stripes.
  @Test(arguments: [
    (1, 1), (1, 2), (2, 1), (1, 9), (9, 1), (2, 2), (2, 5), (3, 3), (3, 4), (4, 3), (5, 2), (7, 7),
    (28, 28), (33, 17), (64, 33), (70, 41), (41, 70),
  ])
  func picturesAreLookedAtInWholeNumbers(width: Int, height: Int) {
    var dice = Dice(UInt64(width * 100 + height))
    let area = width * height
    var pixels = dice.bytes(3 * area)
    pixels += (0..<area).map { $0 % 2 == 0 ? 255 : 0 }
    pixels += [UInt8](repeating: 37, count: area)
    let count = pixels.count / area
    var found = [csk_picture](repeating: csk_picture(), count: count)
    csk_look(pixels, Int64(count), Int64(width), Int64(height), &found)
    for picture in 0..<count {
      func pixel(_ x: Int, _ y: Int) -> Int {
        // Mirrored at the border, which is not repeated.
        func mirrored(_ place: Int, _ size: Int) -> Int {
          if size == 1 { return 0 }
          return place < 0 ? -place : place >= size ? 2 * size - 2 - place : place
        }
        return Int(pixels[picture * area + mirrored(y, height) * width + mirrored(x, width)])
      }
      var (sum, squares, slope, slopes, noise) = (0, 0, 0, 0, 0)
      var (least, greatest) = (255, 0)
      for y in 0..<height {
        for x in 0..<width {
          let own = pixel(x, y)
          sum += own
          squares += own * own
          least = min(least, own)
          greatest = max(greatest, own)
          let laplacian =
            pixel(x - 1, y) + pixel(x + 1, y) + pixel(x, y - 1) + pixel(x, y + 1) - 4 * own
          slope += laplacian
          slopes += laplacian * laplacian
          if x > 0, y > 0, x < width - 1, y < height - 1 {
            var value = 0
            for (dy, weights) in [(-1, [1, -2, 1]), (0, [-2, 4, -2]), (1, [1, -2, 1])] {
              for dx in -1...1 { value += weights[dx + 1] * pixel(x + dx, y + dy) }
            }
            noise += abs(value)
          }
        }
      }
      let one = found[picture]
      #expect([one.sum, one.squares] == [Int64(sum), Int64(squares)])
      #expect([one.laplacian_sum, one.laplacian_squares] == [Int64(slope), Int64(slopes)])
      #expect(one.noise_sum == Int64(noise))
      #expect([one.least, one.greatest] == [Int32(least), Int32(greatest)])
    }
  }

  @Test(arguments: [1, 2, 7, 8, 9, 31, 32, 33, 100])
  func equalRowsAreFoundAtTheirFirst(width: Int) {
    var dice = Dice(UInt64(width) + 40)
    for _ in 0..<20 {
      let count = 1 + dice.below(150)
      let kinds = (0..<1 + dice.below(20)).map { _ in dice.bytes(width) }
      var rows = (0..<count).map { _ in kinds[dice.below(kinds.count)] }
      // One that differs from another in its last byte alone.
      if count > 1 {
        rows[count - 1] = rows[0]
        rows[count - 1][width - 1] ^= 1
      }
      var capacity = 16
      while capacity < 2 * count { capacity *= 2 }
      var first = [Int64](repeating: -1, count: count)
      var scratch = [UInt64](repeating: 7, count: 2 * capacity)
      let distinct = csk_first_equals(
        rows.flatMap { $0 }, Int64(count), Int64(width), &first, &scratch, Int64(capacity))
      let wanted = rows.map { row in Int64(rows.firstIndex(of: row) ?? -1) }
      #expect(first == wanted)
      #expect(Int(distinct) == Set(rows).count)
    }
  }

  /// Every task once, on any number of threads.
  @Test(arguments: [1, 2, 3, 300])
  func everyTaskIsDoneOnce(threads: Int) {
    let count = 500
    let done = UnsafeMutablePointer<Int32>.allocate(capacity: count)
    done.initialize(repeating: 0, count: count)
    defer { done.deallocate() }
    csk_parallel(
      Int32(threads), Int64(count),
      { context, task in
        context?.assumingMemoryBound(to: Int32.self)[Int(task)] += 1
      }, done)
    #expect((0..<count).allSatisfy { done[$0] == 1 })
    csk_parallel(Int32(threads), 0, { _, _ in fatalError("there is no task") }, nil)
    #expect(csk_processor_count() >= 1)
  }
}
