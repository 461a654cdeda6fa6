import ReviewCore

/// What distances of samples are taken in; always named, since a Fréchet distance of pixels is not "FID".
package enum FeatureSpace: Hashable, Sendable {
  case pixels
  case points
  /// Pixels along the first axes of the reference's principal components.
  case principal(Int)
  /// Features that the run gives.
  case given(String)

  /// `pixels`, `points`, `pca32`, or the name of the features; features that are named like one of those are
  /// `given pixels`.
  package var name: String {
    switch self {
    case .pixels: return "pixels"
    case .points: return "points"
    case .principal(let count): return "pca\(count)"
    case .given(let name):
      let isOfOurs =
        name == "pixels" || name == "points" || name.hasPrefix("given ")
        || name.hasPrefix("pca") && name.dropFirst(3).allSatisfy(\.isNumber)
      return isOfOurs ? "given \(name)" : name
    }
  }
}
