extension SampleSet {
  /// Why a sample cannot be taken from another.
  package enum NoDifference: Error, Equatable, Sendable {
    /// Why this sample could not be read.
    case notRead(String)
    case unreadable
    case noSuchSeed(Int)
    case otherSize(width: Int, height: Int)

    /// - Parameter other: what the other set is of, such as `epoch 30`.
    package func words(other: String) -> String {
      switch self {
      case .notRead(let reason): "cannot be read: \(reason)"
      case .unreadable: "that of \(other) cannot be read"
      case .noSuchSeed(let seed): "\(other) has no sample \(seed)"
      case .otherSize(let width, let height): "that of \(other) is \(width)x\(height)"
      }
    }
  }

  /// The sample at a place less the same seed's of another set; nil is a set that cannot be read.
  package func difference(
    at place: Int, from other: SampleSet?
  ) -> Result<SignedImage, NoDifference> {
    if let failure = failures[place] { return .failure(.notRead(failure.message)) }
    guard let other else { return .failure(.unreadable) }
    if let there = other.place(ofSeed: indices[place]), other.failures[there] != nil {
      return .failure(.unreadable)
    }
    guard let base = other.image(ofSeed: indices[place]) else {
      return .failure(.noSuchSeed(indices[place]))
    }
    guard let difference = SignedImage(image(at: place), minus: base) else {
      return .failure(.otherSize(width: other.width, height: other.height))
    }
    return .success(difference)
  }
}
