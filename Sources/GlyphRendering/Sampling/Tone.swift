/// The light that each gray level of a picture stands for.
struct Tone: Sendable {
  /// Light 0...`Light.one` for levels 0...255.
  let light: [Int32]

  init(_ settings: PictureSettings) {
    let gamma = settings.gamma > 0 && settings.gamma.isFinite ? settings.gamma : 1
    let contrast = settings.contrast >= 0 && settings.contrast.isFinite ? settings.contrast : 1
    light = (0...255).map { level in
      var signal = Double(settings.isInverted ? 255 - level : level) / 255
      if gamma != 1 { signal = RealPower.power(signal, 1 / gamma) }
      if contrast != 1 { signal = (signal - 0.5) * contrast + 0.5 }
      return Int32((Light.linear(min(1, max(0, signal))) * Double(Light.one)).rounded())
    }
  }
}
