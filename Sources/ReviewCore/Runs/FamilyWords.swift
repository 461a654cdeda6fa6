/// Words by which a configuration names the family of its model.
enum FamilyWords {
  private static let words: [(family: ModelFamily, words: Set<String>)] = [
    (
      .vae,
      [
        "vae", "betavae", "cvae", "convvae", "vqvae", "nvae", "hvae", "iwae", "tcvae", "infovae",
        "variational",
      ]
    ),
    (
      .gan,
      [
        "gan", "gans", "dcgan", "wgan", "wgangp", "lsgan", "cgan", "acgan", "infogan", "stylegan",
        "cyclegan", "biggan", "progan", "pggan", "sagan", "sngan", "began", "ebgan", "ragan",
        "generativeadversarial",
      ]
    ),
    (.diffusion, ["diffusion", "ddpm", "ddim", "ncsn", "edm", "diffusionmodel"]),
    (.flow, ["realnvp", "glow", "normalizingflow", "maf", "ffjord", "coupling", "nvp"]),
    (
      .autoregressive,
      ["autoregressive", "pixelcnn", "pixelrnn", "pixelsnail", "wavenet", "gatedpixelcnn"]
    ),
  ]

  private static let modelKeys: Set = [
    "model", "model_name", "model_type", "model_class", "arch", "architecture", "architectures",
    "type", "_target_", "class_name", "_class_name", "class_path", "network", "net", "family",
    "method", "algorithm", "algo", "pipeline",
  ]
  private static let modelParents: Set = [
    "model", "network", "net", "generator", "decoder", "scheduler", "noise_scheduler",
  ]

  private static let familyOfKey: [String: ModelFamily] = [
    "beta_kl": .vae, "kl_beta": .vae, "kl_weight": .vae, "kld_weight": .vae, "kl_coeff": .vae,
    "lambda_kl": .vae, "num_train_timesteps": .diffusion, "beta_schedule": .diffusion,
    "noise_schedule": .diffusion, "num_diffusion_timesteps": .diffusion,
    "diffusion_steps": .diffusion, "ddim_steps": .diffusion, "n_critic": .gan, "lambda_gp": .gan,
    "gp_weight": .gan, "num_coupling_layers": .flow, "n_coupling_layers": .flow,
    "coupling_layers": .flow,
  ]

  /// Whether a setting says which model is trained.
  static func namesModel(_ setting: Setting) -> Bool {
    let keys = setting.name.lowercased().split(separator: ".").filter { Int($0) == nil }
    guard let key = keys.last.map(String.init) else { return false }
    if modelKeys.contains(key) { return true }
    return key == "name" && keys.dropLast().last.map { modelParents.contains(String($0)) } == true
  }

  /// A family that has a setting of this name and no other has; the name in small letters.
  static func family(ofKey key: String) -> ModelFamily? { familyOfKey[key] }

  static func countsTimesteps(_ key: String) -> Bool {
    ["timesteps", "num_timesteps", "n_timesteps", "num_train_timesteps", "diffusion_steps"]
      .contains(key)
  }

  /// Which of the two networks of a GAN a setting is of, by its keys.
  static func adversaries(in name: String) -> [String] {
    name.split(separator: ".").compactMap { key in
      switch key.lowercased() {
      case "generator", "netg", "g_kwargs", "lr_g", "g_lr", "generator_lr", "lr_gen": return "G"
      case "discriminator", "netd", "d_kwargs", "lr_d", "d_lr", "discriminator_lr", "critic",
        "lr_disc", "lr_critic":
        return "D"
      default: return nil
      }
    }
  }

  /// The families that a model's name speaks of, such as `ConvVAE`, `models.gan.DCGAN` or `WGAN-GP`.
  ///
  /// Of a dotted path the last part counts, where it says one.
  static func families(in text: String, withTimesteps: Bool) -> [ModelFamily] {
    guard text.utf8.count <= 200 else { return [] }
    if let dot = text.lastIndex(of: ".") {
      let last = families(ofName: text[text.index(after: dot)...], withTimesteps: withTimesteps)
      if !last.isEmpty { return last }
    }
    return families(ofName: text[...], withTimesteps: withTimesteps)
  }

  private static func families(ofName name: Substring, withTimesteps: Bool) -> [ModelFamily] {
    let parts = parts(of: name)
    let joined = zip(parts, parts.dropFirst()).map { $0 + $1 }
    let all = Set(parts + joined)
    var found = words.filter { !$0.words.isDisjoint(with: all) }.map(\.family)
    // A word of every day, unless it stands alone or in capitals.
    if name.lowercased() == "made" || name.contains("MADE") { found.append(.autoregressive) }
    if withTimesteps, all.contains("unet"), !found.contains(.diffusion) { found.append(.diffusion) }
    return found
  }

  /// The words of a name in small letters, without the numbers behind them: `StyleGAN2` is
  /// `stylegan` and `style`, `gan`.
  private static func parts(of name: Substring) -> [String] {
    var parts: [String] = []
    for piece in name.split(whereSeparator: { !$0.isLetter }) {
      parts.append(piece.lowercased())
      var word = ""
      let letters = Array(piece)
      for (place, letter) in letters.enumerated() {
        let startsWord =
          letter.isUppercase && !word.isEmpty
          && (!letters[place - 1].isUppercase
            || (place + 1 < letters.count && letters[place + 1].isLowercase))
        if startsWord {
          parts.append(word.lowercased())
          word = ""
        }
        word.append(letter)
      }
      if word.count < piece.count { parts.append(word.lowercased()) }
    }
    return parts
  }
}
