/// What kind of generative model a run trains.
package enum ModelFamily: String, CaseIterable, Sendable {
  case vae, gan, diffusion, autoregressive, flow, other

  package var title: String {
    switch self {
    case .vae: return "VAE"
    case .gan: return "GAN"
    case .diffusion: return "diffusion"
    case .autoregressive: return "autoregressive"
    case .flow: return "flow"
    case .other: return "other"
    }
  }
}
