/// What a run's configuration says of its model, where it is clear, and by which of its lines.
///
/// A family is taken from the name of a model or from settings that only one family has; a latent
/// shape from a setting that is named for it. Where two lines contradict each other, neither counts.
package struct SettingsInference: Equatable, Sendable {
  package private(set) var family: ModelFamily?
  package private(set) var latentShape: [Int]?
  /// `model = VAE in hparams.yaml`: what the family was taken from; nil without one.
  package private(set) var familySource: String?
  package private(set) var latentSource: String?
  /// One sentence for each thing that was inferred, or that was not since lines contradict.
  package private(set) var sentences: [String] = []

  package init() {}

  package init(_ settings: [Setting]) {
    inferFamily(settings)
    inferLatentShape(settings)
  }

  private static let longestValue = 80

  private static func words(_ setting: Setting) -> String {
    let value = setting.value.words
    let short = value.count > longestValue ? "\(value.prefix(longestValue))..." : value
    return "\(PrintableText.singleLine(setting.name)) = \(short) in "
      + PrintableText.escaped(setting.origin)
  }

  // MARK: Family

  private mutating func inferFamily(_ settings: [Setting]) {
    var found: [(family: ModelFamily, source: String)] = []
    func add(_ family: ModelFamily, _ source: String) {
      if !found.contains(where: { $0.family == family }) { found.append((family, source)) }
    }
    let hasSteps = settings.contains { FamilyWords.countsTimesteps($0.key.lowercased()) }
    for setting in settings {
      if case .text(let text) = setting.value, FamilyWords.namesModel(setting) {
        let families = FamilyWords.families(in: text, withTimesteps: hasSteps)
        for family in families { add(family, Self.words(setting)) }
      }
      if setting.isOn, let family = FamilyWords.family(ofKey: setting.key.lowercased()) {
        add(family, Self.words(setting))
      }
    }
    // A GAN is two networks that learn side by side.
    let parts = Set(settings.flatMap { FamilyWords.adversaries(in: $0.name) })
    if parts.count == 2 { add(.gan, "the settings of a generator and of a discriminator") }
    if found.count == 1 {
      family = found[0].family
      familySource = found[0].source
      sentences.append("\(found[0].source): the family is \(found[0].family.title)")
    } else if found.count > 1 {
      let parts = found.map { "\($0.source) (\($0.family.title))" }
      sentences.append(
        "the family is not inferred, as settings contradict: \(parts.joined(separator: "; "))")
    }
  }

  // MARK: Latent shape

  private static let latentNames: Set = [
    "latent_dim", "latent_dims", "latentdim", "latent_dimension", "n_latent", "latent_size", "nz",
    "n_z", "z_dim", "zdim", "dim_z", "z_size", "noise_dim", "noise_size", "latent_shape",
  ]

  private mutating func inferLatentShape(_ settings: [Setting]) {
    var found: [(shape: [Int], source: String)] = []
    for setting in settings
    where Self.latentNames.contains(setting.key.lowercased().replacing("-", with: "_")) {
      guard let shape = Self.shape(setting.value) else { continue }
      if !found.contains(where: { $0.shape == shape }) {
        found.append((shape, Self.words(setting)))
      }
    }
    if found.count == 1 {
      let text = found[0].shape.map(String.init).joined(separator: ", ")
      latentShape = found[0].shape
      latentSource = found[0].source
      sentences.append("\(found[0].source): latent shape [\(text)]")
    } else if found.count > 1 {
      sentences.append(
        "the latent shape is not inferred, as settings contradict: "
          + found.prefix(4).map(\.source).joined(separator: "; "))
    }
  }

  private static func shape(_ value: SettingValue) -> [Int]? {
    func size(_ value: SettingValue) -> Int? {
      var number: Double?
      if case .number(let value) = value { number = value }
      if case .text(let text) = value { number = AxisValue(parsing: text)?.value }
      guard let number, number >= 1, number <= 1_000_000 else { return nil }
      return Int(exactly: number)
    }
    guard case .list(let values) = value else { return size(value).map { [$0] } }
    let sizes = values.compactMap(size)
    return sizes.count == values.count && (1...4).contains(sizes.count) ? sizes : nil
  }
}

extension Setting {
  /// Whether it switches something on: neither none, nor false, nor 0.
  fileprivate var isOn: Bool {
    switch value {
    case .none, .bool(false): return false
    case .number(let number): return number != 0
    case .text(let text): return !text.isEmpty && text.lowercased() != "none"
    default: return true
    }
  }
}
