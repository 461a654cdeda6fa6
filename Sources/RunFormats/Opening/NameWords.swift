import ReviewCore

/// What the words of a file's name say of what it holds.
enum NameWords {
  /// Words of pictures and arrays that are not samples of a checkpoint.
  private static let otherWords: Set = [
    "real", "reals", "reference", "references", "ground", "truth", "gt", "input", "inputs",
    "target",
    "targets", "original", "originals", "orig", "loss", "losses", "curve", "curves", "plot",
    "plots",
    "metric", "metrics", "hist", "histogram", "histograms", "mask", "masks", "weight", "weights",
    "filter", "filters", "confusion", "figure", "figures", "attention", "spectrogram",
  ]
  /// Of these any word that begins so: `reconstruction`, `interpolated`.
  private static let otherBeginnings = ["recon", "interpol"]
  private static let otherArrayWords: Set = [
    "latent", "latents", "label", "labels", "embed", "embeds", "embedding", "embeddings", "feature",
    "features", "stat", "stats", "statistics",
  ]
  private static let sampleWords = [
    "sample", "fake", "gen", "epoch", "grid", "out", "step", "iter",
  ]
  /// Words whose number is a measurement, or how samples were drawn.
  private static let measureWords: Set = [
    "loss", "fid", "kid", "is", "acc", "accuracy", "psnr", "ssim", "score", "lr", "quality", "mse",
    "l", "kl",
  ]
  private static let settingWords: Set = [
    "cfg", "guidance", "scale", "temp", "temperature", "w", "t", "tau", "steps", "ddim", "k", "v",
    "version", "sigma", "eta", "ema",
  ]
  /// Folders of what a model was trained on.
  private static let dataFolders: Set = [
    "data", "dataset", "datasets", "rawdata", "trainset", "testset", "mnist", "cifar", "celeba",
    "imagenet",
  ]

  /// In small letters; a capital behind a small letter begins a word.
  static func words(of text: some StringProtocol) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var wasSmall = false
    func end() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word = []
    }
    for byte in text.utf8 {
      let isCapital = (0x41...0x5A).contains(byte)
      let isLetter = isCapital || (0x61...0x7A).contains(byte) || byte >= 0x80
      if !isLetter || (isCapital && wasSmall) { end() }
      if isLetter { word.append(isCapital ? byte | 0x20 : byte) }
      wasSmall = isLetter && !isCapital
    }
    end()
    return words
  }

  private static func isOther(_ word: String, isArray: Bool) -> Bool {
    otherWords.contains(word) || otherBeginnings.contains(where: word.hasPrefix)
      || (isArray && otherArrayWords.contains(word))
  }

  /// Whether a file or a tag is by its name something else than samples.
  static func speakOfOthers(_ path: String) -> Bool {
    guard let name = path.split(separator: "/").last else { return false }
    if liesInData(path) { return true }
    let words = words(of: name)
    let isArray = ArrayFile.isArray(path)
    return words.contains { isOther($0, isArray: isArray) }
      || zip(words, words.dropFirst()).contains { $0 == ("train", "batch") }
  }

  /// Whether a path leads through a folder of what a model was trained on.
  static func liesInData(_ path: String) -> Bool {
    path.split(separator: "/").dropLast().contains { dataFolders.contains($0.lowercased()) }
  }

  /// As `speakOfOthers`, for a name with numbers: `loss` before a number beside an epoch's is a
  /// measurement of the samples, and no picture of a loss.
  static func speakOfOthers(_ parts: [NumberedNames.Part], checkpoint: Int) -> Bool {
    var text = ""
    for (place, part) in parts.enumerated() {
      if part.isNumber {
        text += "#"
      } else if place + 1 < parts.count, parts[place + 1].isNumber, place + 1 != checkpoint,
        isOfMeasurement(before: part.text)
      {
        text += "_"
      } else {
        text += part.plainText
      }
    }
    return speakOfOthers(text)
  }

  /// Whether one of the words is that of samples.
  static func speakOfSamples(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return words(of: name).contains {
      ["sample", "samples", "fake", "fakes", "generated"].contains($0)
    }
  }

  /// Whether a picture holds real images, by the first word of its name.
  static func speaksOfReals(_ path: some StringProtocol) -> Bool {
    let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    // A thousand names need not be cut into words.
    guard let first = name.utf8.first, first | 0x20 == 0x72 else { return false }
    return words(of: name).first.map { ["real", "reals", "reference"].contains($0) } ?? false
  }

  /// 1 where a name speaks of samples, else 0.
  static func likelihood(of name: String) -> Int {
    let name = name.lowercased()
    return sampleWords.contains { name.contains($0) } ? 1 : 0
  }

  private static func lastWord(_ text: String) -> String { words(of: text).last ?? "" }

  /// Whether a number is by the word before it a measurement.
  static func isOfMeasurement(before text: String) -> Bool {
    measureWords.contains(lastWord(text))
  }

  /// Whether a number is by the word before it one of how samples were drawn.
  static func isOfSetting(before text: String) -> Bool { settingWords.contains(lastWord(text)) }

  /// What a number counts by the word before it; nil where that does not tell.
  static func axis(before text: String) -> Axis? {
    let word = lastWord(text)
    if ["ep", "e"].contains(word) || word.hasSuffix("epoch") || word.hasSuffix("epochs") {
      return .epoch
    }
    let steps = ["step", "iter", "iters", "iteration", "it", "kimg"]
    if steps.contains(word) { return .step }
    // StyleGAN numbers its grids of fakes and its snapshots by thousands of images. A folder that
    // is called so says nothing of the numbers in it.
    let habits = ["fakes", "snapshot", "checkpoint", "ckpt"]
    return habits.contains(word) && text.last != "/" ? .step : nil
  }

  /// Whether a number is one of thousands or millions, as `10k` is.
  static func countsThousands(behind text: String) -> Bool {
    guard let first = text.utf8.first, "kKM".utf8.contains(first) else { return false }
    return words(of: text).first.map { $0 == "k" || $0 == "m" } ?? false
  }

  // Fewer than this between two checkpoints, or in all, are epochs.
  private static let leastStepGap = 100.0
  private static let leastSteps = 1000.0

  /// What numbers count that no word tells of: those far apart and large count steps.
  static func axis(byHabitOf numbers: [Double]) -> Axis {
    let sorted = numbers.sorted()
    let gap = zip(sorted, sorted.dropFirst()).map { $1 - $0 }.min() ?? 0
    let isLarge = sorted.last ?? 0 >= leastSteps
    return isLarge && (gap >= leastStepGap || sorted.count < 2) ? .step : .epoch
  }
}
