package import ReviewCore

/// Which shapes and types an array of a role has.
enum ArrayShape {
  /// Why an array is none of a role; nil where it may be.
  ///
  /// - Parameter isDeclared: further axes are taken for one with the second.
  static func refusal(
    of header: ArrayHeader, as role: ArrayRole, isDeclared: Bool = false
  ) -> String? {
    let (letter, least) =
      role == .features ? ("d", 2) : role == .classProbabilities ? ("c", 2) : ("d", 1)
    let isFitting =
      header.type.kind == .float && !header.shape.contains(0)
      && (header.shape.count == 2 || (isDeclared && header.shape.count > 2))
      && columnCount(of: header) >= least
    if isFitting { return nil }
    return
      "\(role.words) are floats (n,\(letter))\(least > 1 ? ", \(letter) at least \(least)" : "")"
      + "; it is \(header.words)"
  }

  /// How many values a row has.
  static func columnCount(of header: ArrayHeader) -> Int {
    // The product of all axes fits, as the header was checked for that.
    header.shape.dropFirst().reduce(1, *)
  }
}

extension ArrayRole {
  /// `class probabilities`.
  package var words: String {
    switch self {
    case .features: return "features"
    case .classProbabilities: return "class probabilities"
    case .latentMean: return "means of latents"
    case .latentLogVariance: return "log variances of latents"
    }
  }
}
