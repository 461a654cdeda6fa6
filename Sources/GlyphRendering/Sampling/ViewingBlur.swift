/// What an eye at reading distance makes of a cell: a Gaussian blur of sigma 4 px, sampled at 4 px.
enum ViewingBlur {
  /// How many pixels the kernel reaches beyond its sample on each side: three sigma.
  static let reach = 12

  /// Weights of the pixels from `-reach` to `3 + reach` about a sample's first; they add up to 1.
  static let kernel: [Double] = {
    // exp(-d * d / 32) as powers of exp(-1 / 32), by multiplication alone.
    let gaussian = (-reach...reach).map { distance in
      (0..<distance * distance).reduce(1.0) { product, _ in product * 0.96923323447634413 }
    }
    let total = gaussian.reduce(0, +)
    var kernel = [Double](repeating: 0, count: 4 + 2 * reach)
    for pixel in 0..<4 {
      for (offset, weight) in gaussian.enumerated() {
        kernel[pixel + offset] += weight / (4 * total)
      }
    }
    return kernel
  }()
}
