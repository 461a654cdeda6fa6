import ReviewCore
import RunFormats
import Testing

/// Configuration as Python's libraries write it.
@Suite struct SettingsTests {
  private func run(_ files: [(name: String, text: String)]) throws -> Run {
    let scratch = try Scratch()
    try scratch.write("metrics.csv", "epoch,quality\n1,0.5\n")
    for file in files { try scratch.write(file.name, file.text) }
    return try RunOpener.open(scratch.path)
  }

  private func text(_ name: String, _ run: Run) -> String? {
    run.settings.first { $0.name == name }?.value.words
  }

  @Test func hparamsOfLightning() throws {
    let run = try run([
      (
        "hparams.yaml",
        """
        act: !!python/name:torch.nn.functional.relu ''
        betas: !!python/tuple
        - 0.5
        - 0.999
        base: &base
          width: 32
          deep: true
        copy:
          <<: *base
          width: 64
        latent_dim: 16
        lr: 1e-4
        big: 60_000
        name: "0012"
        none: null
        ns: !!python/object:argparse.Namespace
          on: yes
          rate: .inf
        run: !!python/object/apply:pathlib.PosixPath
        - /
        - tmp

        """
      )
    ])
    #expect(text("act", run) == "torch.nn.functional.relu")
    #expect(text("betas", run) == "[0.5, 0.999]")
    #expect(text("copy.width", run) == "64" && text("copy.deep", run) == "true")
    #expect(text("lr", run) == "0.0001" && text("big", run) == "60000")
    #expect(text("name", run) == "0012" && text("none", run) == "none")
    #expect(text("ns.on", run) == "true" && text("ns.rate", run) == "inf")
    #expect(text("run", run) == "[/, tmp]")
    #expect(run.latentShape == [16] && run.family == nil && run.declaration.latentShape == nil)
    #expect(
      run.inference.sentences == ["latent_dim = 16 in hparams.yaml: latent shape [16]"])
    #expect(run.warnings.isEmpty)
  }

  @Test func hydra() throws {
    let run = try run([
      (".hydra/config.yaml", "net:\n  nz: 100\nlr: 0.0001\nepochs: ${oc.env:N}\n"),
      (".hydra/overrides.yaml", "- model=gan\n- lr=1e-4\n- +tag=x\n"),
      (".hydra/hydra.yaml", "hydra:\n  job:\n    name: vae\n"),
    ])
    #expect(run.settings.map(\.name) == ["net.nz", "lr", "epochs", "model", "tag"])
    #expect(run.settings[3].origin == ".hydra/overrides.yaml")
    #expect(run.family == .gan && run.latentShape == [100])
    #expect(run.reading.contains { $0.contains("command line: model=gan, lr=0.0001, tag=x") })
  }

  @Test func jsonAndTOML() throws {
    let run = try run([
      (
        "args.json",
        #"{"model": {"name": "BetaVAE", "kl_weight": NaN}, "sizes": [{"w": 1}, {"w": 2}]}"#
      ),
      ("config.toml", "[model]\nz_dim = 8\nname = \"x\"\n"),
    ])
    #expect(text("sizes.1.w", run) == "2" && text("model.kl_weight", run) == "nan")
    #expect(run.family == .vae && run.latentShape == [8])
  }

  @Test func aDeclarationOverrules() throws {
    let run = try run([
      ("hparams.yaml", "model: DCGAN\nnz: 100\n"),
      ("keepoch.toml", "family = \"flow\"\nlatent_shape = [4]\n"),
    ])
    #expect(run.family == .flow && run.latentShape == [4])
    #expect(run.inference.family == .gan)
  }

  @Test(arguments: [
    ("hparams.yaml", "a: [1, 2\n"), ("hparams.yaml", "- 1\n- 2\n"),
    ("hparams.yaml", "a: *nobody\n"),
    ("config.json", "{\"a\": "), ("config.toml", "a = \n"), ("config.yaml", "\tx: 1\n"),
  ])
  func whatIsBadIsNamed(_ name: String, _ text: String) throws {
    let run = try run([(name, text)])
    #expect(run.checkpoints.count == 1 && run.settings.isEmpty)
    #expect(run.warnings.map(\.code) == [.badSetting])
    #expect(run.warnings[0].path == name)
  }

  @Test func aliasesThatMultiply() throws {
    var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in 1...30 {
      let names = [String](repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      lines.append("a\(level): &a\(level) [\(names)]")
    }
    let run = try run([("hparams.yaml", lines.joined(separator: "\n"))])
    #expect(run.warnings.first?.message.contains("more than 100000 values") == true)
    let deep = String(repeating: "[", count: 50_000)
    #expect(
      try self.run([("hparams.yaml", "a: " + deep)]).warnings.first?.message.contains("too deep")
        == true)
  }

  @Test func theDraftWritesDownWhatWasInferred() throws {
    let scratch = try Scratch()
    try scratch.write("metrics.csv", "epoch,quality\n1,0.5\n")
    try scratch.write("hparams.yaml", "model: \"VAE\\n # x\"\nlatent_shape: [4, 8]\n")
    let run = try RunOpener.open(scratch.path)
    let text = ManifestDraft.text(run: run, rule: try RuleInForce(run: run).rule)
    let read = KeepochTOML.read(Array(text.utf8), path: "keepoch.toml")
    #expect(read.warnings.isEmpty, "\(text)")
    #expect(read.declaration.family == .vae && read.declaration.latentShape == [4, 8])
    #expect(text.contains("in hparams.yaml"))
  }

  // MARK: What is inferred

  private func inferred(_ pairs: [(String, SettingValue)]) -> SettingsInference {
    SettingsInference(pairs.map { Setting(name: $0.0, value: $0.1, origin: "config.json") })
  }

  @Test(arguments: [
    ("model", "VAE", ModelFamily.vae), ("model.name", "ConvVAE", .vae),
    ("_target_", "src.models.vae_module.VAELitModule", .vae), ("arch", "vq-vae-2", .vae),
    ("model_type", "VariationalAutoencoder", .vae), ("model", "WGAN-GP", .gan),
    ("G_kwargs.class_name", "training.networks_stylegan2.Generator", .gan),
    ("model", "dcgan", .gan),
    ("_class_name", "DDPMPipeline", .diffusion), ("model", "GaussianDiffusion", .diffusion),
    ("model", "RealNVP", .flow), ("network", "Glow", .flow),
    ("model", "PixelCNN++", .autoregressive),
    ("model", "made", .autoregressive),
  ])
  func familiesOfNames(_ key: String, _ name: String, _ family: ModelFamily) {
    #expect(inferred([(key, .text(name))]).family == family)
  }

  @Test(arguments: [
    ("model", "resnet"), ("dataset", "OrganVAE"), ("model", "organ"), ("model", "TensorFlow"),
    ("optimizer._target_", "torch.optim.Adam"), ("model", "unet"), ("name", "my vae run"),
    ("model", "self-made"),
  ])
  func whatIsNotClear(_ key: String, _ name: String) {
    #expect(inferred([(key, .text(name))]).family == nil)
  }

  @Test func familiesOfKeys() {
    #expect(inferred([("beta_kl", .number(4))]).family == .vae)
    #expect(inferred([("kl_weight", .number(0))]).family == nil)
    #expect(inferred([("noise_schedule", .text("cosine"))]).family == .diffusion)
    #expect(inferred([("lr_d", .number(1)), ("lr_g", .number(1))]).family == .gan)
    #expect(inferred([("lr_g", .number(1))]).family == nil)
    #expect(
      inferred([("model", .text("unet")), ("timesteps", .number(1000))]).family == .diffusion)
  }

  @Test func contradictionsAreSaid() {
    let result = inferred([
      ("model", .text("VAEGAN_vae_gan")), ("latent_dim", .number(8)), ("decoder.z_dim", .number(9)),
    ])
    #expect(result.family == nil && result.latentShape == nil)
    #expect(
      result.sentences.count == 2 && result.sentences.allSatisfy { $0.contains("contradict") })
  }

  @Test func latentShapes() {
    #expect(inferred([("latent_shape", .list([.number(4), .number(8)]))]).latentShape == [4, 8])
    #expect(inferred([("nz", .text("100"))]).latentShape == [100])
    for value: SettingValue in [.number(0), .number(.nan), .number(1.5), .text("big"), .list([])] {
      #expect(inferred([("nz", value)]).latentShape == nil)
    }
    #expect(inferred([("a.nz", .number(8)), ("b.nz", .number(8))]).latentShape == [8])
  }
}
