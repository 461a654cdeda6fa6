import ReviewCore

/// What the words of a path, and of a key in an `.npz`, say of an array beside the samples.
struct ArrayWords {
  let role: ArrayRole
  /// What the words say besides; where that is nothing, a word for the role.
  let name: String
  /// All the words besides, those of the folders around it too, which tell two of one name apart.
  let longName: String
  /// Whether it is of the real images: `real_features`.
  let speaksOfReals: Bool
  /// As `speaksOfReals`, by a word that may mean something else beside a checkpoint's number.
  let maySpeakOfReals: Bool
  /// `mean`, which is one of latents only where a logarithm of variances lies beside it.
  let isWeak: Bool

  private static let featureWords: Set = [
    "features", "feature", "feats", "feat", "embeddings", "embedding", "activations", "pool3",
  ]
  private static let probabilityWords: Set = [
    "probs", "prob", "probabilities", "softmax",
  ]
  private static let logVarianceWords: Set = ["logvar", "logvariance"]
  /// What each role's array is also told by, and says nothing more.
  private static let besides: [ArrayRole: Set<String>] = [
    .features: [],
    .classProbabilities: ["class", "classes", "p", "yx", "y", "x"],
    .latentMean: ["z", "latent", "latents", "q", "posterior"],
    .latentLogVariance: ["z", "latent", "latents", "q", "posterior", "log", "var", "variance"],
  ]
  private static let realWords: Set = ["real", "reals", "reference", "references", "ref"]
  private static let weakRealWords: Set = ["train", "training", "data", "dataset"]
  private static let sampleNouns: Set = ["sample", "samples", "image", "images", "imgs"]
  /// Words that say nothing of which features they are.
  private static let plainWords: Set = [
    "epoch", "epochs", "ep", "e", "step", "steps", "iter", "iters", "iteration", "iterations", "it",
    "kimg", "k", "checkpoint", "checkpoints", "ckpt", "snapshot", "fake", "fakes", "gen",
    "generated", "img", "arr", "array", "arrays", "of", "from", "for", "and", "the",
  ]
  /// Words of a file that is not of its folder's kind.
  private static let otherWords: Set = [
    "label", "labels", "target", "targets", "seed", "seeds", "noise", "mask", "masks", "loss",
    "losses", "stat", "stats", "statistics", "sigma", "cov", "std",
  ]

  /// Nil where no word tells what the array is.
  ///
  /// - Parameters:
  ///   - path: relative to the run, whose checkpoint's number may be `{#}`.
  ///   - key: the array's name in a file of several.
  init?(path: String, key: String? = nil) {
    var parts = path.split(separator: "/").map(String.init)
    guard let file = parts.popLast() else { return nil }
    parts.append(Self.withoutEnding(file))
    // `arr_0` is how numpy names an array that nobody named.
    if let key, !key.hasPrefix("arr_") { parts.append(key) }
    let words = parts.map { Self.words(of: $0) }
    var found: (part: Int, told: Told)?
    for part in words.indices.reversed() where found == nil {
      if let told = Self.told(by: words[part]) {
        found = (part, told)
      } else if !Self.otherWords.isDisjoint(with: words[part]) {
        return nil
      }
    }
    guard let (part, told) = found else { return nil }
    // `softmax_samples` are samples; `features_samples` are their features.
    if told.role != .features {
      let behind = words[part][told.place.upperBound...] + words[(part + 1)...].joined()
      if behind.contains(where: Self.sampleNouns.contains) { return nil }
    }
    role = told.role
    isWeak = told.isWeak
    let all = words.joined()
    speaksOfReals = all.contains(where: Self.realWords.contains)
    maySpeakOfReals =
      speaksOfReals || all.contains(where: Self.weakRealWords.contains)
      || NameWords.liesInData(path)
    let kind = words[part][told.place].joined(separator: "_")
    func rest(_ words: some Sequence<String>) -> String {
      let left = words.filter { Self.tells($0, besides: told.role) }
      if left.isEmpty {
        return told.role == .latentMean || told.role == .latentLogVariance ? "latent" : kind
      }
      let hasLetters = left.contains { !$0.allSatisfy(\.isNumber) }
      return (hasLetters ? left : [kind] + left).joined(separator: "_")
    }
    // `inception_features.npz` with a key `features`: the outer name says more of the same.
    var first = part
    while first > 0,
      !words[first...].joined().contains(where: { Self.tells($0, besides: told.role) }),
      Self.told(by: words[first - 1])?.role == told.role
    {
      first -= 1
    }
    name = rest(words[first...].joined())
    longName = rest(all)
  }

  private static func tells(_ word: String, besides role: ArrayRole) -> Bool {
    let stem = stem(of: word)
    if plainWords.contains(stem) || sampleNouns.contains(stem) || realWords.contains(word)
      || weakRealWords.contains(word) || besides[role]?.contains(word) == true
    {
      return false
    }
    return Self.told(by: [word])?.role != role
  }

  private struct Told {
    let role: ArrayRole
    let place: Range<Int>
    var isWeak = false
  }

  /// The role that the words of one name tell, and which of them.
  private static func told(by words: [String]) -> Told? {
    func place(_ isMeant: (String) -> Bool) -> Range<Int>? {
      words.firstIndex(where: isMeant).map { $0..<$0 + 1 }
    }
    func pair(_ firsts: Set<String>, _ second: String) -> Range<Int>? {
      words.indices.dropLast().first { firsts.contains(words[$0]) && words[$0 + 1] == second }
        .map { $0..<$0 + 2 }
    }
    if let place = place({ logVarianceWords.contains($0) }) ?? pair(["log"], "var")
      ?? pair(["log"], "variance")
    {
      return Told(role: .latentLogVariance, place: place)
    }
    if let place = place({ $0 == "mu" }) ?? pair(["z", "latent", "latents"], "mean") {
      return Told(role: .latentMean, place: place)
    }
    if let place = place({ probabilityWords.contains($0) }) ?? pair(["p"], "yx") {
      return Told(role: .classProbabilities, place: place)
    }
    if let place = place({ isOfFeatures($0) }) { return Told(role: .features, place: place) }
    return place({ $0 == "mean" }).map { Told(role: .latentMean, place: $0, isWeak: true) }
  }

  /// `features`, and `feat64` as well.
  private static func isOfFeatures(_ word: String) -> Bool {
    featureWords.contains(word) || featureWords.contains(stem(of: word))
  }

  private static func stem(of word: String) -> String {
    let letters = word.prefix { !$0.isNumber }
    return letters.isEmpty ? word : String(letters)
  }

  /// Whether a file of several arrays is one of real images by its path.
  static func mayHoldReals(_ path: String) -> Bool {
    guard ArrayFile.holdsSeveral(path) else { return false }
    return words(of: path).contains { realWords.contains($0) || weakRealWords.contains($0) }
  }

  /// Whether a number belongs to the word before it, as in `feat64`.
  static func isSizeOfFeatures(before text: String) -> Bool {
    guard let last = text.last, last.isLetter, let word = words(of: text).last else { return false }
    return featureWords.contains(word) || word == "pool"
  }

  /// In small letters, digits belonging to the letters before them; a capital behind a small letter
  /// begins a word.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var wasSmall = false
    for byte in text.replacing("{#}", with: " ").utf8 {
      let isCapital = (0x41...0x5A).contains(byte)
      let isOfWord =
        isCapital || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte >= 0x80
      if !word.isEmpty, !isOfWord || (isCapital && wasSmall) {
        words.append(String(decoding: word, as: UTF8.self))
        word = []
      }
      if isOfWord { word.append(isCapital ? byte | 0x20 : byte) }
      wasSmall = (0x61...0x7A).contains(byte)
    }
    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }

  private static func withoutEnding(_ file: String) -> String {
    var stem = Substring(file)
    for ending in [".gz", ".npy", ".npz", ".safetensors", ".idx", "-ubyte"]
    where stem.lowercased().hasSuffix(ending) {
      stem = stem.dropLast(ending.count)
    }
    return String(stem)
  }

  /// By the keys of one file, what those say that are told by themselves.
  static func roles(ofKeys keys: [String]) -> [String: ArrayRole] {
    var roles: [String: ArrayRole] = [:]
    var weak: [String] = []
    for key in keys {
      guard let words = ArrayWords(path: key) else { continue }
      if words.isWeak { weak.append(key) } else { roles[key] = words.role }
    }
    guard roles.values.contains(.latentLogVariance) else { return roles }
    for key in weak { roles[key] = .latentMean }
    return roles
  }
}
