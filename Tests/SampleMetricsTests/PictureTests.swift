import Glibc
import ReviewCore
import Testing

@testable import SampleMetrics

/// What single pictures, and pairs of them, are told by.
@Suite struct PictureTests {
  private func evaluate(
    _ name: String, _ pictures: [[UInt8]], _ width: Int, _ height: Int
  ) throws -> MetricAnswer {
    try MetricRegistry.evaluate(
      name,
      MetricCall(
        samples: .bytes(pictures), size: PictureSize(width: width, height: height)))
  }

  @Test(arguments: [(1, 1), (5, 3), (28, 28), (32, 32), (100, 41)], [0, 1, 127, 254, 255])
  func aConstantPictureStaysItself(size: (Int, Int), gray: Int) throws {
    let pixels = [UInt8](repeating: UInt8(gray), count: size.0 * size.1)
    for (wide, tall) in [(1, 1), (9, 8), (32, 32), (50, 3)] {
      let made = LanczosResize.resized(pixels[...], width: size.0, height: size.1, to: wide, tall)
      #expect(made == [UInt8](repeating: UInt8(gray), count: wide * tall))
    }
    let answer = try evaluate("hash", [pixels, pixels], size.0, size.1)
    // Only the first coefficient lies above the median, and that of black does not.
    let dct = gray == 0 ? "0000000000000000" : "8000000000000000"
    #expect(answer["phash_hex"] == .texts([dct, dct]))
    #expect(answer["dhash_hex"] == .texts(["0000000000000000", "0000000000000000"]))
    #expect(answer["ahash_hex"] == .texts(["0000000000000000", "0000000000000000"]))
    #expect(answer.number("cleanvision_near_dup_fraction") == 1)
  }

  @Test func aPictureOfItsOwnSizeIsNotChanged() {
    var dice = Dice(1)
    let pixels = dice.bytes(7 * 9)
    #expect(LanczosResize.resized(pixels[...], width: 7, height: 9, to: 7, 9) == pixels)
  }

  @Test func halvesAreSeenByHashes() throws {
    // Left half black, right half white: each row rises once in the gradient hash.
    let pixels = (0..<32 * 32).map { UInt8($0 % 32 < 16 ? 0 : 255) }
    let answer = try evaluate("hash", [pixels], 32, 32)
    guard case .texts(let average) = answer["ahash_hex"] else {
      Issue.record("no hash")
      return
    }
    #expect(average == [String(repeating: "0f", count: 8)])
    #expect(answer.number("cleanvision_near_dup_fraction") == 0)
    #expect(answer.number("imagededup_t10_fraction") == 0)
  }

  @Test func qualityOfKnownPictures() throws {
    // A point of 255 on black: Laplacian -1020 there, 255 around it; noise 4 * 255 in the middle.
    var point = [UInt8](repeating: 0, count: 25)
    point[12] = 255
    let flat = [UInt8](repeating: 51, count: 25)
    let answer = try evaluate("quality", [point, flat], 5, 5)
    let variance = (1020.0 * 1020 + 4 * 255 * 255) / 25
    #expect(answer["laplacian_var"] == .numbers([variance, 0]))
    #expect(answer.number("laplacian_var_mean") == variance / 2)
    #expect(answer.number("laplacian_var_median") == variance / 2)
    // |I * N| over the 3x3 places inside: 4 + 4 * 2 + 4 = 16 times 255.
    let noise = (Double.pi / 2).squareRoot() * 16 * 255 / (6 * 9)
    guard case .numbers(let noises) = answer["immerkaer"] else {
      Issue.record("no noise")
      return
    }
    #expect(isNear(noises[0], noise) && noises[1] == 0)
    let spread = (1.0 / 25 - 1.0 / 625).squareRoot()
    #expect(isNear(answer.number("rms_contrast_mean"), spread / 2))
    #expect(answer.number("michelson_mean") == 0.5)
    #expect(answer.number("constant_fraction") == 0.5)
    #expect(isNear(answer.number("brightness_mean"), (1.0 / 25 + 0.2) / 2))
    let entropy = -(0.04 * log2(0.04) + 0.96 * log2(0.96))
    #expect(isNear(answer.number("entropy_bits_mean"), entropy / 2))
    #expect(answer.remarks == ["1 of 2 pictures are blank"])
    let small = try evaluate("quality", [[1, 2]], 2, 1)
    guard case .undefined(let why) = small["immerkaer_mean"] else {
      Issue.record("noise of 2x1")
      return
    }
    #expect(why.contains("3x3") && why.contains("2x1"))
  }

  /// By the formula, window by window.
  @Test func similarityByItsFormula() throws {
    var dice = Dice(3)
    let (width, height) = (9, 8)
    let pictures = (0..<5).map { _ in dice.bytes(width * height) }
    var wanted: [Double] = []
    for pair in 0..<2 {
      var values: [Double] = []
      for top in 0...(height - 7) {
        for left in 0...(width - 7) {
          func window(_ picture: Int) -> [Double] {
            (0..<49).map {
              Double(pictures[picture][(top + $0 / 7) * width + left + $0 % 7])
            }
          }
          let (x, y) = (window(2 * pair), window(2 * pair + 1))
          let (mx, my) = (x.reduce(0, +) / 49, y.reduce(0, +) / 49)
          let sx = x.reduce(0) { $0 + ($1 - mx) * ($1 - mx) } / 48
          let sy = y.reduce(0) { $0 + ($1 - my) * ($1 - my) } / 48
          let sxy = zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) } / 48
          let (c1, c2) = (6.5025, 58.5225)
          values.append(
            (2 * mx * my + c1) * (2 * sxy + c2) / ((mx * mx + my * my + c1) * (sx + sy + c2)))
        }
      }
      wanted.append(values.reduce(0, +) / Double(values.count))
    }
    let answer = try evaluate("ssim", pictures, width, height)
    #expect(isNear(answer.number("ssim7"), (wanted[0] + wanted[1]) / 2, 1e-10))
    #expect(answer["ssim11gauss"] == nil)
    let twice = dice.bytes(13 * 12)
    let same = try evaluate("ssim", [twice, twice], 13, 12)
    #expect(isNear(same.number("ssim7"), 1) && isNear(same.number("ssim11gauss"), 1))
    #expect(throws: MetricFailure.self) { try evaluate("ssim", [[1], [2]], 1, 1) }
  }
}
