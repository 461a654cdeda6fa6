/// What the name of a metric says: which way is better, and what it is a metric of.
///
/// `metrics/fid50k_full`, `val_fid`, `Loss/train` and `fid` are read alike: of the last part that says
/// more than which data were used or how numbers were taken together.
package struct MetricName: Equatable, Sendable {
  /// Nil where the field does not agree, as on the losses of networks that play against each other.
  package private(set) var direction: Metric.Direction?
  package private(set) var isLoss = false
  /// Whether it says that it is of the data the model was trained on.
  package let isOfTraining: Bool
  package let isOfValidation: Bool
  private var plain = ""

  package init(_ name: String) {
    // What stands in brackets says which features a computed metric is of.
    let parts = name.prefix { $0 != "[" }.split { "/.:|".contains($0) }.suffix(8).map(Self.words)
    let words = Set(parts.joined().map(\.text))
    isOfTraining = !words.isDisjoint(with: Self.trainingWords)
    isOfValidation = !words.isDisjoint(with: Self.validationWords)
    for part in parts.reversed() {
      let rest = Self.withoutQualifiers(part)
      guard !rest.isEmpty else { continue }
      read(rest, words)
      return
    }
  }

  /// Whether it says how much of the data samples cover, rather than how good each is.
  package var isOfDiversity: Bool {
    Self.diversities.contains(plain) && !isOfTraining
  }

  private static let diversities: Set = ["diversity", "coverage", "recall", "vendi", "modes"]

  /// The order in which metrics are asked for a rule where a run declares none: of quality first,
  /// then losses on other data than those trained on, then other losses, then what is of training.
  package var rank: Int {
    if isOfTraining { return isLoss ? 12 : 11 }
    if isLoss { return isOfValidation ? 9 : 10 }
    return Self.qualities.firstIndex { $0.contains(plain) } ?? Self.qualities.count
  }

  // MARK: Words

  private typealias Word = (text: String, isUpper: Bool)

  private static let trainingWords: Set = ["train", "training", "trn"]
  private static let validationWords: Set = [
    "val", "valid", "validation", "eval", "evaluation", "test", "testing", "dev", "heldout",
  ]
  /// What stands beside a name and says which data, or how numbers were taken together.
  private static let qualifiers = trainingWords.union(validationWords).union([
    "metric", "metrics", "mean", "avg", "average", "epoch", "full", "ema", "wend", "zfull", "zend",
  ])

  private static let adversaries: Set = [
    "g", "d", "gen", "dis", "disc", "generator", "discriminator", "critic", "adv", "adversarial",
    "gan", "netg", "netd", "gp", "gloss", "dloss",
  ]

  /// Of each rank, the best known first.
  private static let qualities: [Set<String>] = [
    ["quality"],
    ["fid", "frechet", "frechet_distance", "frechet_inception_distance"],
    ["kid", "kernel_inception_distance"],
    ["is", "inception_score", "inception"],
  ]

  private static let higher: Set = [
    "quality", "diversity", "precision", "recall", "density", "coverage", "inception_score", "is",
    "accuracy", "acc", "psnr", "ssim", "ms_ssim", "msssim", "vendi", "fidelity", "realism", "elbo",
    "clip_score", "clipscore", "log_likelihood",
  ]
  private static let lower: Set = [
    "fid", "kid", "mse", "mae", "rmse", "nll", "bpd", "bits_per_dim", "perplexity", "ppl", "lpips",
    "frechet", "frechet_distance", "frechet_inception_distance", "kernel_inception_distance", "mmd",
    "cmmd", "fvd", "fad", "swd", "wasserstein", "wasserstein_distance", "sliced_wasserstein",
  ]

  /// `valLoss`, `val-loss` and `val_loss` are two words each.
  private static func words(_ part: Substring) -> [Word] {
    var words: [Word] = []
    var word = ""
    var isUpper = true
    func end() {
      if !word.isEmpty { words.append((word.lowercased(), isUpper)) }
      word = ""
      isUpper = true
    }
    var last: Character = " "
    for character in part.prefix(80) {
      if !character.isLetter, !character.isNumber {
        end()
      } else {
        if character.isUppercase, last.isLowercase { end() }
        if character.isLowercase { isUpper = false }
        word.append(character)
      }
      last = character
    }
    end()
    return words
  }

  /// `fid50k` is `fid`; `50k` is nothing.
  private static func withoutCount(_ word: String) -> String {
    var rest = word[...]
    if rest.hasSuffix("k") {
      rest.removeLast()
      guard rest.last?.isNumber == true else { return word }
    }
    while rest.last?.isNumber == true { rest.removeLast() }
    return String(rest)
  }

  private static func withoutQualifiers(_ words: [Word]) -> [Word] {
    func isQualifier(_ word: Word) -> Bool {
      qualifiers.contains(word.text) || withoutCount(word.text).isEmpty
    }
    var rest = words[...]
    while let first = rest.first, isQualifier(first) { rest.removeFirst() }
    while let last = rest.last, isQualifier(last) { rest.removeLast() }
    // StyleGAN's pr50k3_full_precision.
    if rest.count > 1, let first = rest.first, first.text.hasPrefix("pr"),
      first.text.dropFirst(2).first?.isNumber == true
    {
      rest.removeFirst()
      return withoutQualifiers(Array(rest))
    }
    return Array(rest)
  }

  private mutating func read(_ words: [Word], _ all: Set<String>) {
    guard let first = words.first, let last = words.last else { return }
    if words.contains(where: { $0.text.hasSuffix("loss") }) {
      isLoss = true
      if all.isDisjoint(with: Self.adversaries) { direction = .lower }
      return
    }
    var texts = words.map { Self.withoutCount($0.text) }
    if texts.count > 1, texts.last == "score", texts != ["inception", "score"],
      texts != ["clip", "score"]
    {
      texts.removeLast()
    }
    plain = texts.joined(separator: "_")
    // A word of every language, unless it is written as the score is, or counts its samples.
    if plain == "is", !first.isUpper, first.text == "is", words.count == 1 {
      plain = ""
      return
    }
    if Self.higher.contains(plain) {
      direction = .higher
    } else if Self.lower.contains(plain) {
      direction = .lower
    } else if texts.first == "fid", !["std", "var", "stderr"].contains(last.text) {
      plain = "fid"
      direction = .lower
    }
  }
}
