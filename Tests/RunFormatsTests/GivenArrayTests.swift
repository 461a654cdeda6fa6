import ReviewCore
import ReviewReport
import Testing

@testable import RunFormats

/// Features, class probabilities and latents beside the samples.
@Suite struct GivenArrayTests {
  private static let picture = PNGWriter.bytes(
    of: grid(columns: 4, rows: 2, size: 8, padding: 2, seed: 3))
  private static let features = ArrayBytes.floats([6, 64])

  /// Samples of the epochs 1, 5 and 10 as pictures.
  private func scratch(_ files: [(name: String, bytes: [UInt8])]) throws -> Scratch {
    let scratch = try Scratch()
    for epoch in ["001", "005", "010"] {
      try scratch.write("samples_epoch_\(epoch).png", Self.picture)
    }
    for file in files { try scratch.write(file.name, file.bytes) }
    return scratch
  }

  private func run(_ files: [(name: String, bytes: [UInt8])], toml: String? = nil) throws -> Run {
    let scratch = try scratch(files)
    if let toml { try scratch.write("keepoch.toml", toml) }
    return try RunOpener.open(scratch.path)
  }

  /// A file under each epoch's name, `#` standing for it.
  private func each(
    _ name: String, _ bytes: [UInt8] = GivenArrayTests.features,
    _ epochs: [String] = ["001", "010"]
  ) -> [(name: String, bytes: [UInt8])] {
    epochs.map { (name.replacing("#", with: $0), bytes) }
  }

  private func paths(_ array: GivenArray?) -> [String?]? {
    array.map { array in array.places.map { $0?.text } }
  }

  @Test(arguments: [
    ("features_epoch_#.npy", "features"), ("inception_features_epoch_#.npy", "inception"),
    ("feat64/epoch_#.npy", "feat64"), ("feat64/#.npy", "feat64"),
    ("features/inception/epoch_#.npy", "inception"), ("out/Embeddings_#.npy", "embeddings"),
    ("pool3_epoch_#.npy", "pool3"), ("fake_activations_epoch_#.npy", "activations"),
    ("resnet18_feats_epoch_#.npy", "resnet18"), ("epoch_#/features.npy", "features"),
    ("features_2048_epoch_#.npy", "features_2048"), ("sampleFeatures_#.npy", "features"),
  ])
  func featuresByTheirNames(_ pattern: String, _ name: String) throws {
    let run = try run(each(pattern))
    #expect(run.arrays.map(\.role) == [.features] && run.arrays.first?.name == name)
    #expect(
      paths(run.arrays.first)
        == [pattern.replacing("#", with: "001"), nil, pattern.replacing("#", with: "010")])
    #expect(run.format == .imageGrids && run.checkpoints.count == 3 && run.warnings.isEmpty)
    #expect(run.reading.contains { $0.contains("features \"\(name)\" of 2 checkpoints") })
    #expect(run.reading.contains { $0.contains("float32 (6,64)") })
    #expect(!run.reading.contains { $0.contains("to review them") }, "\(run.reading)")
  }

  @Test func severalKindsOfFeaturesAreToldApart() throws {
    var run = try self.run(
      each("feat64/#.npy") + each("feat128/#.npy", ArrayBytes.floats([6, 128])))
    #expect(run.arrays.map(\.name) == ["feat128", "feat64"])
    #expect(paths(run.arrays.last) == ["feat64/001.npy", nil, "feat64/010.npy"])
    run = try self.run(
      each("inception_features/epoch_#.npy") + each("clip_features/epoch_#.npy"))
    #expect(run.arrays.map(\.name) == ["clip", "inception"])
    run = try self.run(each("eval/a/features_epoch_#.npy") + each("eval/b/features_epoch_#.npy"))
    #expect(run.arrays.map(\.name) == ["eval_a", "eval_b"])
  }

  @Test func aStepBesideTheEpochPartsNothing() throws {
    var files: [(name: String, bytes: [UInt8])] = []
    for (epoch, step) in [(1, 400), (10, 4000)] {
      for size in [32, 64] {
        let name = "feat\(size)/epoch_\(epoch)_step_\(step).npy"
        files.append((name, ArrayBytes.floats([6, size])))
      }
      files.append(("eval/epoch_\(epoch)_step_\(step)_embeddings.npy", Self.features))
    }
    let run = try run(files)
    #expect(run.arrays.map(\.name) == ["embeddings", "feat32", "feat64"])
    #expect(run.arrays.allSatisfy { $0.places.count { $0 != nil } == 2 })
  }

  @Test func probabilitiesAndLatents() throws {
    let run = try run(
      each("class_probs_epoch_#.npy", ArrayBytes.floats([6, 10]))
        + each("mu_epoch_#.npy", ArrayBytes.floats([6, 16]))
        + each("logvar_epoch_#.npy", ArrayBytes.floats([6, 16])))
    #expect(run.arrays.map(\.role) == [.classProbabilities, .latentMean, .latentLogVariance])
    #expect(run.arrays.map(\.name) == ["probs", "latent", "latent"])
    #expect(paths(run.arrays[2]) == ["logvar_epoch_001.npy", nil, "logvar_epoch_010.npy"])
    #expect(run.checkpoints.count == 3 && run.warnings.isEmpty)
  }

  @Test(arguments: [
    ("mu", "logvar"), ("z_mean", "z_logvar"), ("mean", "log_var"), ("latent_mean", "latent_logvar"),
  ])
  func latentsInOneFile(_ mean: String, _ logVariance: String) throws {
    let file = ArrayBytes.npz([
      (mean, ArrayBytes.floats([6, 16])), (logVariance, ArrayBytes.floats([6, 16])),
    ])
    let run = try run(each("latents/latents_epoch_#.npz", file))
    #expect(run.arrays.map(\.role) == [.latentMean, .latentLogVariance])
    #expect(run.arrays.map(\.name) == ["latent", "latent"])
    #expect(
      paths(run.arrays[0])
        == ["latents/latents_epoch_001.npz:\(mean)", nil, "latents/latents_epoch_010.npz:\(mean)"])
    #expect(run.warnings.isEmpty && run.format == .imageGrids)
  }

  @Test func aMeanAloneIsNothing() throws {
    let run = try run(each("mean_epoch_#.npy", ArrayBytes.floats([6, 7])))
    #expect(run.arrays.isEmpty)
    let both = try self.run(
      each("z/mean_epoch_#.npy", ArrayBytes.floats([6, 7]))
        + each("z/logvar_epoch_#.npy", ArrayBytes.floats([6, 7])))
    #expect(both.arrays.map(\.role) == [.latentMean, .latentLogVariance])
  }

  @Test func aFileOfSamplesHoldsTheirFeaturesToo() throws {
    let scratch = try Scratch()
    for epoch in [1, 2] {
      try scratch.write(
        "samples_epoch_\(epoch).npz",
        ArrayBytes.npz([
          ("features", ArrayBytes.floats([6, 64])), ("p_yx", ArrayBytes.floats([6, 10])),
          ("images_out", ArrayBytes.floats([6, 1, 8, 8])), ("z", ArrayBytes.floats([6, 4])),
        ]))
    }
    let run = try RunOpener.open(scratch.path)
    #expect(run.format == .arrays && run.warnings.isEmpty)
    #expect(
      run.checkpoints.map { $0.samples.map { $0.count } } == [6, 6])
    if case .array(let place, _)? = run.checkpoints[0].samples {
      #expect(place.member == "images_out")
    }
    #expect(run.arrays.map(\.role) == [.features, .classProbabilities])
    #expect(
      paths(run.arrays[0]) == ["samples_epoch_1.npz:features", "samples_epoch_2.npz:features"])
    #expect(run.reading.contains("arrays beside it are left out: z"))
  }

  @Test func keysOfAFileOfFeatures() throws {
    let file = ArrayBytes.npz([
      ("inception", Self.features), ("clip", ArrayBytes.floats([6, 32])),
      ("labels", ArrayBytes.integers([6])),
    ])
    let run = try run(each("features_epoch_#.npz", file))
    #expect(run.arrays.map(\.name) == ["clip", "inception"])
    let alone = try self.run(
      each("features_epoch_#.npz", ArrayBytes.npz([("arr_0", Self.features)])))
    #expect(alone.arrays.map(\.name) == ["features"])
  }

  @Test func featuresAreNoSamplesAndFlatSamplesAre() throws {
    let scratch = try Scratch()
    for epoch in 1...3 {
      try scratch.write("samples_epoch_\(epoch).npy", ArrayBytes.floats([5, 784]))
      for more in 0...1 {
        let number = 2 * epoch - more
        try scratch.write("feats_epoch_\(number).npy", ArrayBytes.floats([5, 784]))
        try scratch.write("probs_epoch_\(number).npy", ArrayBytes.floats([5, 64]))
        try scratch.write("mu_epoch_\(number).npy", ArrayBytes.floats([5, 16]))
      }
    }
    var run = try RunOpener.open(scratch.path)
    #expect(run.samplesPattern == "samples_epoch_{epoch}.npy" && run.checkpoints.count == 3)
    #expect(run.checkpoints[0].samples?.sampleSize ?? (0, 0) == (28, 28))
    #expect(run.arrays.map(\.role) == [.features, .classProbabilities, .latentMean])
    #expect(run.arrays.allSatisfy { $0.places.allSatisfy { $0 != nil } })
    #expect(
      run.reading.contains(
        "feats_epoch_#.npy: 3 left out, as no checkpoint has epoch 4, 5, 6"), "\(run.reading)")
    // Unless the run says so.
    try scratch.write("keepoch.toml", "samples = \"feats_epoch_{epoch}.npy\"\n")
    run = try RunOpener.open(scratch.path)
    #expect(run.checkpoints.count == 6 && run.warnings.isEmpty)
    #expect(run.arrays.map(\.role) == [.classProbabilities, .latentMean])
  }

  @Test func aDeclaredArrayIsOfSamples() throws {
    let scratch = try Scratch()
    let file = ArrayBytes.npz([("features", Self.features)])
    for epoch in [1, 2] { try scratch.write("features_epoch_\(epoch).npz", file) }
    let error = #expect(throws: RunError.self) { try RunOpener.open(scratch.path) }
    #expect(error?.why.contains("are by their name features") == true, "\(error?.why ?? "")")
    try scratch.write(
      "keepoch.toml", "array = \"features\"\nsamples = \"features_epoch_{epoch}.npz\"\n")
    let run = try RunOpener.open(scratch.path)
    #expect(run.checkpoints.count == 2 && run.arrays.isEmpty && run.warnings.isEmpty)
  }

  @Test func whatHasAnotherShapeIsLeftOut() throws {
    var run = try run(each("features_epoch_#.npy", ArrayBytes.floats([6])))
    #expect(run.arrays.isEmpty && run.warnings.isEmpty)
    #expect(
      run.reading.contains {
        $0 == "features_epoch_#.npy: left out: features are floats (n,d), d at least 2; "
          + "it is float32 (6,)"
      }, "\(run.reading)")
    run = try self.run(each("softmax_epoch_#.npy", ArrayBytes.integers([6, 10])))
    #expect(run.arrays.isEmpty && run.warnings.isEmpty)
    // Pictures that a name calls probabilities are samples, by their shape.
    let scratch = try Scratch()
    try scratch.write("probs_epoch_1.npy", ArrayBytes.floats([6, 1, 8, 8]))
    #expect(try RunOpener.open(scratch.path).checkpoints[0].samples?.count == 6)
  }

  @Test func oneBadFileIsAWarning() throws {
    var files = each("features_epoch_#.npy", Self.features, ["001", "005"])
    files.append(("features_epoch_010.npy", ArrayBytes.pickled))
    let one = try run(files)
    #expect(one.arrays.count == 1 && one.warnings.map(\.code) == [.badArray])
    #expect(one.warnings.first?.path == "features_epoch_010.npy")
    #expect(one.warnings.first?.message.contains("pickle") == true)
    let all = try self.run(each("mu_epoch_#.npy", ArrayBytes.pickled))
    #expect(all.arrays.isEmpty && Set(all.warnings.map(\.code)) == [.badArray])
    #expect(all.checkpoints.count == 3)
  }

  @Test(arguments: [
    "reference_features.npy", "real_features.npy", "features_real.npy", "train_features.npy",
    "real/features.npy", "data/features.npy", "ref_feat64.npy",
  ])
  func featuresOfRealImages(_ name: String) throws {
    let run = try run(each("features_epoch_#.npy") + [(name, Self.features)])
    #expect(run.arrays.first?.reference == ArrayPlace(path: name), "\(run.reading)")
    #expect(run.reference == nil && run.warnings.isEmpty && run.arrays.count == 1)
  }

  @Test func featuresOfRealImagesByName() throws {
    let wide = ArrayBytes.floats([6, 96])
    let run = try run(
      each("inception_features_epoch_#.npy") + each("clip_features_epoch_#.npy", wide) + [
        ("inception_features_real.npy", Self.features), ("real_clip_features.npy", wide),
      ])
    #expect(run.arrays.map(\.name) == ["clip", "inception"])
    #expect(
      run.arrays.map { $0.reference?.path } == [
        "real_clip_features.npy", "inception_features_real.npy",
      ])
    let other = try self.run(each("features_epoch_#.npy") + [("real_features.npy", wide)])
    #expect(other.arrays.first?.reference == nil)
    #expect(
      other.reading.contains { $0.contains("real_features.npy: features of real images are") })
  }

  @Test func aThousandOpenByThreeHeaders() throws {
    let scratch = try Scratch()
    for epoch in 1...1000 {
      let isBroken = epoch % 7 == 0
      try scratch.write("f/features_epoch_\(epoch).npy", isBroken ? [] : Self.features)
    }
    try scratch.write(
      "metrics.csv", "epoch,fid\n" + (1...1000).map { "\($0),1\n" }.joined())
    let run = try RunOpener.open(scratch.path)
    // Of the broken ones none is among the first, middle and last.
    #expect(run.arrays.first?.places.count { $0 != nil } == 1000 && run.warnings.isEmpty)
  }

  @Test func stepsAreMatchedAsTheSamplesAre() throws {
    let scratch = try Scratch()
    for step in [1000, 2000] {
      try scratch.write("sample-\(step).png", Self.picture)
      try scratch.write("features-\(step).npy", Self.features)
    }
    let run = try RunOpener.open(scratch.path)
    #expect(run.axis == .step && run.arrays.first?.places.count { $0 != nil } == 2)
  }

  @Test func theDraftGivesTheSameArrays() throws {
    let scratch = try scratch(
      each("feat64/epoch_#.npy") + [("real_features.npy", Self.features)]
        + each(
          "latents/latents_epoch_#.npz",
          ArrayBytes.npz([
            ("mu", ArrayBytes.floats([6, 4])), ("logvar", ArrayBytes.floats([6, 4])),
          ])))
    let run = try RunOpener.open(scratch.path)
    let text = ManifestDraft.text(run: run, rule: try RuleInForce(run: run).rule)
    for line in [
      "[arrays]", "features = \"feat64/epoch_{epoch}.npy\"",
      "latent_mean = \"latents/latents_epoch_{epoch}.npz:mu\"",
      "reference_features = \"real_features.npy\"",
    ] {
      #expect(text.contains("\n\(line)\n"), "\(text)")
    }
    try scratch.write("keepoch.toml", text)
    let again = try RunOpener.open(scratch.path)
    #expect(again.arrays == run.arrays && again.warnings.isEmpty)
    #expect(again.declaration.arrayPatterns.count == 3)
  }
}
