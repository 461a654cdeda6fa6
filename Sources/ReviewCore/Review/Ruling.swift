/// What reviewers may disagree about.
package enum DisputedMatter: Hashable, Sendable {
  case verdict
  case rating
  case tag(String)

  /// `verdict`, `rating`, `tag NAME`.
  package var words: String {
    switch self {
    case .verdict: return "verdict"
    case .rating: return "rating"
    case .tag(let tag): return "tag \(tag)"
    }
  }

  /// Whether a ruling may have this value.
  package func takes(_ value: String) -> Bool {
    switch self {
    case .verdict: return Verdict(rawValue: value) != nil
    case .rating: return value.utf8.count == 1 && (1...5).contains(Int(value) ?? 0)
    case .tag: return value == "on" || value == "off"
    }
  }
}

/// A matter of one sample, or of one checkpoint.
package struct DisputedPoint: Hashable, Sendable {
  package let target: Target
  package let matter: DisputedMatter

  package init(_ target: Target, _ matter: DisputedMatter) {
    self.target = target
    self.matter = matter
  }
}

/// What counts after a disagreement was talked over; what everybody said stays where it was.
package struct Ruling: Equatable, Sendable {
  /// `keep`, `reject`, `undecided`; `1`...`5`; `on`, `off`.
  package let value: String
  package let reason: String
  package let reviewer: String
  /// ISO 8601, UTC.
  package let time: String
}
