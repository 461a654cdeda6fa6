extension SampleSet {
  /// Why a sample cannot be taken from another.
  package enum NoDifference: Error, Equatable, Sendable {
    case unreadable
    case noSuchSeed(Int)
    case otherSize(width: Int, height: Int)

    package var words: String {
      switch self {
      case .unreadable: "the other cannot be read"
      case .noSuchSeed(let seed): "the other has no sample \(seed)"
      case .otherSize(let width, let height): "the other is \(width)x\(height)"
      }
    }
  }

  /// The sample at a place less the same seed's of another set; nil is a set that cannot be read.
  package func difference(
    at place: Int, from other: SampleSet?
  ) -> Result<SignedImage, NoDifference> {
    guard let other else { return .failure(.unreadable) }
    guard let base = other.image(ofSeed: indices[place]) else {
      return .failure(.noSuchSeed(indices[place]))
    }
    guard let difference = SignedImage(image(at: place), minus: base) else {
      return .failure(.otherSize(width: other.width, height: other.height))
    }
    return .success(difference)
  }
}
