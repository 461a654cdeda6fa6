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
  /// `keep`, `reject`, `undecided`; `1`...`5`; `on`, `off`; nil takes back whatever was ruled before.
  package let value: String?
  package let reason: String
  package let reviewer: String
  /// ISO 8601, UTC.
  package let time: String
}

extension Ruling {
  /// What counts of everything that was ruled: of each point the latest, by its time, over all reviewers.
  ///
  /// Points are of the run's checkpoints as `Run.position(of:)` names them. One that was taken back, is of no
  /// checkpoint of the run, or has a value that its matter does not take is left out.
  package static func inForce(
    among reviews: [Review], in run: Run
  ) -> [DisputedPoint: Ruling] {
    var latest: [DisputedPoint: Ruling] = [:]
    for review in reviews {
      for (point, ruling) in review.rulings {
        guard let position = point.target.position, let index = run.index(of: position),
          ruling.value.map(point.matter.takes) ?? true
        else { continue }
        let known = DisputedPoint(
          Target(run.position(of: index), sample: point.target.sample), point.matter)
        if let other = latest[known],
          (other.time, other.reviewer) >= (ruling.time, ruling.reviewer)
        {
          continue
        }
        latest[known] = ruling
      }
    }
    return latest.filter { $0.value.value != nil }
  }

  /// Whether a ruling would leave what counts as it is.
  ///
  /// - Parameters:
  ///   - value: nil takes back what counts.
  ///   - counting: what counts now; nil where nothing was ruled.
  package static func isUnchanged(_ counting: Ruling?, by value: String?, reason: String) -> Bool {
    counting?.value == value && (value == nil || counting?.reason == reason)
  }
}
