import ReviewCore

/// Which array of a file holds the samples.
struct ArrayChoice {
  /// Nil for the one array of an `.npy`.
  let name: String?
  let header: ArrayHeader
  let layout: ArrayLayout
  /// What else the file holds.
  let others: [String]
  /// Whether another array could be meant just as well.
  let isUnsure: Bool

  private static let sampleNames = [
    "samples", "sample", "images", "image", "imgs", "fake", "fakes", "fake_images", "generated",
    "gen", "x_gen", "x", "arr_0",
  ]
  private static let otherNames = [
    "z", "latent", "latents", "noise", "label", "labels", "y", "target", "targets", "class",
    "classes", "seed", "seeds", "real", "reals", "mask", "masks", "mean", "std", "mu", "sigma",
  ]

  /// The likeliest array; nil when none has the shape of samples.
  ///
  /// - Parameters:
  ///   - wanted: the declared name; another one is taken where the file has none of it.
  ///   - isSliced: the first axis is the checkpoint and takes no part in the layout.
  ///   - firstNames: looked for before the usual ones.
  init?(
    _ file: ArrayFile, wanted: String?, isSliced: Bool = false,
    sampleShape: (width: Int, height: Int)?, firstNames: [String] = []
  ) {
    let fitting = file.members.compactMap { member -> (member: ArrayFile.Member, ArrayLayout)? in
      let shape = member.header.shape
      guard
        case .samples(let layout) = ArrayLayout.reading(
          of: isSliced ? Array(shape.dropFirst()) : shape, sampleShape: sampleShape)
      else { return nil }
      return (member, layout)
    }
    let names = firstNames + Self.sampleNames.filter { !firstNames.contains($0) }
    let byName = names.lazy.compactMap { name in
      fitting.first { $0.member.name?.lowercased() == name }
    }.first
    let plausible = fitting.filter {
      !Self.otherNames.contains($0.member.name?.lowercased() ?? "")
    }
    let declared = wanted.flatMap { name in fitting.last { $0.member.name == name } }
    let guess = file.mayBeWeights ? nil : plausible.first ?? fitting.first
    guard let (member, layout) = declared ?? byName ?? guess else { return nil }
    name = member.name
    header = member.header
    self.layout = layout
    others = file.members.compactMap(\.name).filter { $0 != member.name }
    isUnsure =
      declared == nil && byName == nil && (plausible.isEmpty ? fitting : plausible).count > 1
  }
}
