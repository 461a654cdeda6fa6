import Glibc
import ReviewCore

/// 64 bits that pictures of the same look share.
///
/// pHash: 32x32 by Lanczos, DCT-II without scaling, the 8x8 lowest; a bit is whether a coefficient lies above
/// the median of all (as ImageHash), or at or above the median without the first (as imagededup). dHash: 9x8,
/// whether a pixel is brighter than its left neighbour. aHash: 8x8, above the mean. n >= 1.
enum PerceptualHash {
  static let card = MetricCard(
    name: "hash", title: "Perceptual hashes", reads: [.pictures],
    values: [
      MetricValueCard("phash_hex", "16 digits each", nil, "DCT hash, above the median of all 64"),
      MetricValueCard("dhash_hex", "16 digits each", nil, "gradient hash"),
      MetricValueCard("ahash_hex", "16 digits each", nil, "average hash"),
      MetricValueCard(
        "cleanvision_near_dup_fraction", "0 to 1", .lower, "samples that share their pHash"),
      MetricValueCard(
        "imagededup_t10_fraction", "0 to 1", .lower,
        "samples with another within 10 bits of the pHash without the first coefficient"),
    ],
    formula: "bits of the 8x8 lowest coefficients of the DCT-II of 32x32 against their median",
    minimumCount: "1 sample",
    source: "ImageHash 4.3; imagededup 0.3; cleanvision 0.3; Pillow's LANCZOS in 8 bits",
    pitfalls: "10 bits flag many clean, different digits: for looking, not for a rule")

  static let metric = RegisteredMetric(card) { call, effort throws(MetricFailure) in
    let size = try call.wantedSize()
    let bytes = call.samples.bytes ?? []
    let area = size.width * size.height
    let n = call.samples.rowCount
    guard n > 0 else { throw .unfit("there are no samples") }
    let empty = Hashes()
    let hashes = try [Hashes].filled(n, with: empty) { places throws(MetricFailure) in
      try effort.forEachBlock(of: n, size: 32) { block in
        for row in block {
          places[row] = Hashes(
            bytes[row * area..<(row + 1) * area], width: size.width, height: size.height)
        }
      }
    }
    var counts: [UInt64: Int] = [:]
    for hash in hashes { counts[hash.dct, default: 0] += 1 }
    let shared = hashes.count { (counts[$0.dct] ?? 0) > 1 }
    let near = hashes.indices.count { one in
      hashes.indices.contains { other in
        other != one
          && (hashes[one].dctWithoutFirst ^ hashes[other].dctWithoutFirst).nonzeroBitCount <= 10
      }
    }
    return MetricAnswer([
      ("phash_hex", .texts(hashes.map { hex($0.dct) })),
      ("dhash_hex", .texts(hashes.map { hex($0.gradient) })),
      ("ahash_hex", .texts(hashes.map { hex($0.average) })),
      ("cleanvision_near_dup_fraction", .number(Double(shared) / Double(n))),
      ("imagededup_t10_fraction", .number(Double(near) / Double(n))),
    ])
  }

  private static func hex(_ bits: UInt64) -> String {
    let text = String(bits, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }

  struct Hashes: Sendable {
    var dct: UInt64 = 0
    var dctWithoutFirst: UInt64 = 0
    var gradient: UInt64 = 0
    var average: UInt64 = 0

    init() {}

    init(_ pixels: ArraySlice<UInt8>, width: Int, height: Int) {
      let large = LanczosResize.resized(pixels, width: width, height: height, to: 32, 32)
      let low = PerceptualHash.lowest(large)
      let all = Statistics.median(low)
      let rest = Statistics.median(Array(low.dropFirst()))
      for value in low {
        dct = dct << 1 | (value > all ? 1 : 0)
        dctWithoutFirst = dctWithoutFirst << 1 | (value >= rest ? 1 : 0)
      }
      let nine = LanczosResize.resized(pixels, width: width, height: height, to: 9, 8)
      for y in 0..<8 {
        for x in 0..<8 {
          gradient = gradient << 1 | (nine[y * 9 + x + 1] > nine[y * 9 + x] ? 1 : 0)
        }
      }
      let eight = LanczosResize.resized(pixels, width: width, height: height, to: 8, 8)
      let mean = Double(eight.reduce(0) { $0 + Int($1) }) / 64
      for value in eight { average = average << 1 | (Double(value) > mean ? 1 : 0) }
    }
  }

  private static let cosines: [Double] = (0..<64).map { cos(.pi * Double($0) / 64) }

  /// sum x_n cos(pi k (2n+1) / (2N)) by halves: what is symmetric or constant gives zeros that are exact.
  private static func coefficient(_ frequency: Int, _ values: [Double]) -> Double {
    let count = values.count
    if frequency == 0 { return values.reduce(0, +) }
    let half = count / 2
    if frequency % 2 == 0 {
      return coefficient(frequency / 2, (0..<half).map { values[$0] + values[count - 1 - $0] })
    }
    var sum = 0.0
    for place in 0..<half {
      let difference = values[place] - values[count - 1 - place]
      let turn = frequency * (2 * place + 1) * (32 / count) % 128
      let cosine = turn < 64 ? cosines[turn] : -cosines[turn - 64]
      sum += difference * cosine
    }
    return sum
  }

  /// The 8x8 lowest coefficients, row by row: 2 sum x cos along each axis.
  private static func lowest(_ pixels: [UInt8]) -> [Double] {
    var down = [[Double]](repeating: [], count: 8)
    for x in 0..<32 {
      let column = (0..<32).map { Double(pixels[$0 * 32 + x]) }
      for frequency in 0..<8 { down[frequency].append(2 * coefficient(frequency, column)) }
    }
    return down.flatMap { row in (0..<8).map { 2 * coefficient($0, row) } }
  }
}
