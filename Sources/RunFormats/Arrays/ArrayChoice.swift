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

  private static func isOther(_ name: String?) -> Bool {
    otherNames.contains(name?.lowercased() ?? "")
  }

  /// Whether a name says by itself that it is of samples, or of something else.
  static func isTold(by name: String) -> Bool {
    name != "arr_0" && (sampleNames.contains(name.lowercased()) || isOther(name))
  }

  /// Whether an array could be taken for samples.
  static func mayBeSamples(_ member: ArrayFile.Member, of declaration: RunDeclaration) -> Bool {
    if let name = member.name, name == declaration.arrayName { return true }
    guard
      case .samples = ArrayLayout.reading(
        of: member.header.shape, sampleShape: declaration.sampleShape)
    else { return false }
    return !isOther(member.name)
  }

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
    let besides = ArrayWords.roles(ofKeys: file.members.compactMap(\.name))
    let plausible = fitting.filter {
      !Self.isOther($0.member.name) && besides[$0.member.name ?? ""] == nil
    }
    let declared = wanted.flatMap { name in fitting.last { $0.member.name == name } }
    let guess = file.mayBeWeights ? nil : plausible.first ?? fitting.first
    guard let (member, layout) = declared ?? byName ?? guess else { return nil }
    name = member.name
    header = member.header
    self.layout = layout
    others = file.members.compactMap(\.name).filter { $0 != member.name && besides[$0] == nil }
    isUnsure =
      declared == nil && byName == nil && (plausible.isEmpty ? fitting : plausible).count > 1
  }
}
