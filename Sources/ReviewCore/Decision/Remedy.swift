/// Something the literature tries against a failure mode.
package struct Remedy: Hashable, Sendable {
  /// The tag it is offered for.
  package let tag: String
  /// What to do, in a few words.
  package let action: String
  /// Who found it, and where it is read.
  package let source: String

  /// `gradient penalty on the critic (Gulrajani et al. 2017, arXiv:1704.00028)`.
  package var words: String { "\(action) (\(source))" }

  /// What it is of any use to; empty: to every family.
  let families: Set<ModelFamily>

  private init(
    _ tag: String, _ action: String, _ source: String, of families: Set<ModelFamily> = []
  ) {
    self.tag = tag
    self.action = action
    self.source = source
    self.families = families
  }

  /// Those for some tags, in the order of the tags; of a family that is known, what it has use for.
  package static func offered(for tags: [String], family: ModelFamily? = nil) -> [Remedy] {
    tags.flatMap { tag in
      let known = all.filter { $0.tag == tag }
      guard let family, family != .other else { return known }
      let useful = known.filter { $0.families.isEmpty || $0.families.contains(family) }
      // Where nobody wrote of the family, what was written of others is better than nothing.
      return useful.isEmpty ? known.map(\.named) : useful
    }
  }

  /// With the families that it was written of.
  private var named: Remedy {
    let of = ModelFamily.allCases.filter(families.contains).map(\.title).joined(separator: ", ")
    return Remedy(tag, of.isEmpty ? action : "\(action), as for \(of)", source, of: families)
  }

  package static let all: [Remedy] = [
    Remedy(
      "mode-collapse", "gradient penalty on the critic",
      "Gulrajani et al. 2017, arXiv:1704.00028", of: [.gan]),
    Remedy(
      "mode-collapse", "minibatch discrimination", "Salimans et al. 2016, arXiv:1606.03498",
      of: [.gan]),
    Remedy(
      "mode-collapse", "spectral normalisation of the discriminator",
      "Miyato et al. 2018, arXiv:1802.05957", of: [.gan]),
    Remedy(
      "mode-collapse", "two samples at a time to the discriminator (PacGAN)",
      "Lin et al. 2018, arXiv:1712.04086", of: [.gan]),
    Remedy(
      "mode-collapse", "two learning rates, the discriminator's higher",
      "Heusel et al. 2017, arXiv:1706.08500", of: [.gan]),
    Remedy(
      "posterior-collapse", "KL annealing: raise the KL term's weight from 0",
      "Bowman et al. 2016, arXiv:1511.06349", of: [.vae]),
    Remedy(
      "posterior-collapse", "free bits: no penalty below a floor of KL per latent",
      "Kingma et al. 2016, arXiv:1606.04934", of: [.vae]),
    Remedy(
      "posterior-collapse", "a posterior that cannot match the prior (delta-VAE)",
      "Razavi et al. 2019, arXiv:1901.03416", of: [.vae]),
    Remedy(
      "posterior-collapse", "more encoder updates early in training",
      "He et al. 2019, arXiv:1901.05534", of: [.vae]),
    Remedy(
      "blurry", "a learned or calibrated decoder variance", "Rybkin et al. 2021, arXiv:2006.13202",
      of: [.vae]),
    Remedy(
      "blurry", "a perceptual loss beside the pixel loss",
      "Dosovitskiy and Brox 2016, arXiv:1602.02644", of: [.vae, .autoregressive, .flow]),
    Remedy(
      "blurry", "an adversarial loss on the decoder", "Larsen et al. 2016, arXiv:1512.09300",
      of: [.vae]),
    Remedy(
      "noise", "sample from an average of the weights", "Yazici et al. 2019, arXiv:1806.04498",
      of: [.gan, .diffusion]),
    Remedy(
      "noise", "a cosine noise schedule, or more sampling steps",
      "Nichol and Dhariwal 2021, arXiv:2102.09672", of: [.diffusion]),
    Remedy(
      "broken-structure", "self-attention between distant parts",
      "Zhang et al. 2019, arXiv:1805.08318"),
    Remedy(
      "broken-structure", "sample from an average of the weights",
      "Yazici et al. 2019, arXiv:1806.04498", of: [.gan, .diffusion]),
    Remedy(
      "memorised", "differentiable augmentation of what the discriminator sees",
      "Zhao et al. 2020, arXiv:2006.10738", of: [.gan]),
    Remedy(
      "memorised", "augmentation that adapts to overfitting",
      "Karras et al. 2020, arXiv:2006.06676", of: [.gan]),
    Remedy(
      "memorised", "removing duplicates from the training data",
      "Somepalli et al. 2023, arXiv:2212.03860"),
    Remedy(
      "duplicate", "the deviation over the minibatch as a feature",
      "Karras et al. 2018, arXiv:1710.10196", of: [.gan]),
    Remedy(
      "duplicate", "minibatch discrimination", "Salimans et al. 2016, arXiv:1606.03498", of: [.gan]),
    Remedy(
      "artefact", "resizing before a convolution instead of transposed ones",
      "Odena et al. 2016, doi:10.23915/distill.00003"),
    Remedy(
      "artefact", "layers without aliasing", "Karras et al. 2021, arXiv:2106.12423"),
    Remedy(
      "off-target", "conditioning with classifier-free guidance",
      "Ho and Salimans 2022, arXiv:2207.12598", of: [.diffusion]),
    Remedy(
      "off-target", "rejection of samples by the discriminator",
      "Azadi et al. 2019, arXiv:1810.06758", of: [.gan]),
    Remedy(
      "bias", "weights on the training data by a classifier",
      "Choi et al. 2020, arXiv:1910.12008"),
    Remedy(
      "bias", "conditioning on the class, and equal draws of each",
      "Mirza and Osindero 2014, arXiv:1411.1784"),
  ]
}
