import CSampleKernels
import Glibc
import ReviewCore

/// What single pictures look like, without any model: sharp, noisy, flat, blank.
///
/// sharpness: variance (divisor n) of the 4-neighbour Laplacian, the border mirrored without repeating it (as
/// OpenCV's BORDER_REFLECT_101). noise: sqrt(pi/2) / (6 (W-2)(H-2)) sum |I * N|, N = [1 -2 1; -2 4 -2;
/// 1 -2 1] (Immerkaer 1996). contrast: standard deviation / 255; Michelson (max-min)/(max+min), 0/0 = 0.
/// Entropy of the gray values in bits. n >= 1; noise needs pictures of 3x3.
enum PictureQuality {
  static let card = MetricCard(
    name: "quality", title: "Sharpness, noise, contrast", reads: [.pictures],
    values: [
      MetricValueCard(
        "laplacian_var_mean", "0 and up", .higher, "sharpness: variance of the Laplacian, mean"),
      MetricValueCard("laplacian_var_median", "0 and up", .higher, "the same, median"),
      MetricValueCard("laplacian_var", "0 and up each", nil, "the same, sample by sample"),
      MetricValueCard("immerkaer_mean", "0 and up", .lower, "noise in gray values of 255"),
      MetricValueCard("immerkaer", "0 and up each", nil, "the same, sample by sample"),
      MetricValueCard("rms_contrast_mean", "0 to 0.5", nil, "standard deviation / 255"),
      MetricValueCard("michelson_mean", "0 to 1", nil, "(max - min) / (max + min)"),
      MetricValueCard("constant_fraction", "0 to 1", .lower, "share of pictures of one gray"),
      MetricValueCard("brightness_mean", "0 to 1", nil, "mean gray / 255"),
      MetricValueCard("entropy_bits_mean", "0 to 8", nil, "entropy of the gray values"),
    ],
    formula: "var(Laplacian); Immerkaer: sqrt(pi/2) / (6 (W-2)(H-2)) sum |I * N|; std / 255",
    minimumCount: "1 sample; noise: pictures of 3x3",
    source: "Pech-Pacheco et al. 2000; Immerkaer 1996, doi:10.1006/cviu.1996.0060; Michelson 1927",
    pitfalls:
      "noise is the sharpest of all: read sharpness beside the noise level; it grows with contrast squared and "
      + "depends on the size")

  static let metric = RegisteredMetric(card) { call, effort throws(MetricFailure) in
    let size = try call.wantedSize()
    guard call.samples.rowCount > 0 else { throw .unfit("there are no samples") }
    let look = try PictureLook(call.samples, size, effort)
    let sharpness = look.sharpness
    let isLarge = size.width >= 3 && size.height >= 3
    let noise = isLarge ? look.noise : []
    let tooSmall = MetricNumber.undefined(
      "error: noise needs pictures of at least 3x3, these are \(size.width)x\(size.height)")
    let constant = look.isConstant.count { $0 }
    var remarks: [String] = []
    if constant > 0 { remarks.append("\(constant) of \(look.pictures.count) pictures are blank") }
    return MetricAnswer(
      [
        ("laplacian_var_mean", .number(Statistics.mean(sharpness))),
        ("laplacian_var_median", .number(Statistics.median(sharpness))),
        ("laplacian_var", .numbers(sharpness)),
        ("immerkaer_mean", isLarge ? .number(Statistics.mean(noise)) : tooSmall),
        ("immerkaer", isLarge ? .numbers(noise) : tooSmall),
        ("rms_contrast_mean", .number(Statistics.mean(look.contrast))),
        ("michelson_mean", .number(Statistics.mean(look.michelson))),
        ("constant_fraction", .number(Double(constant) / Double(look.pictures.count))),
        ("brightness_mean", .number(Statistics.mean(look.brightness))),
        ("entropy_bits_mean", .number(Statistics.mean(try entropies(call.samples, effort)))),
      ], remarks: remarks)
  }

  private static func entropies(
    _ table: NumberTable, _ effort: Effort
  ) throws(MetricFailure) -> [Double] {
    let bytes = table.bytes ?? []
    let width = table.columnCount
    @Sendable func part(_ count: Int) -> Double {
      let share = Double(count) / Double(width)
      return share * log2(share)
    }
    // Most counts are small and come again.
    let known = [0] + (1...min(width, 4096)).map(part)
    return try [Double].filled(table.rowCount, with: 0) { places throws(MetricFailure) in
      try effort.forEachBlock(of: table.rowCount, size: 256) { block in
        var counts = [UInt32](repeating: 0, count: 256)
        for row in block {
          bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            csk_histogram(base + row * width, Int64(width), &counts)
          }
          var entropy = 0.0
          for count in counts where count > 0 {
            entropy -= count < known.count ? known[Int(count)] : part(Int(count))
          }
          places[row] = entropy
        }
      }
    }
  }
}
