import ReviewCore
import RunFormats

/// Finds tags whose samples have other values now than when they were tagged.
enum StaleTags {
  /// By checkpoint, sample and tag, so that the same tags are always told alike.
  static func sorted(_ tags: Set<StaleTag>) -> [StaleTag] {
    tags.sorted { left, right in
      func place(_ tag: StaleTag) -> (String, Double, String, Int, String) {
        let position = tag.target.position
        return (
          position?.run ?? "", position?.value ?? 0, position?.setting ?? "",
          tag.target.sample ?? -1, tag.tag
        )
      }
      return place(left) < place(right)
    }
  }

  /// One a tag that does not count.
  static func warnings(of stale: Set<StaleTag>, by reviewer: String) -> [RunWarning] {
    sorted(stale).map { tag in
      RunWarning(
        .staleTag,
        "\(tag.tag) on \(tag.target.position?.words ?? "") sample \(tag.target.sample ?? 0) by "
          + "\(PrintableText.escaped(reviewer)) does not count: the sample was generated anew since"
      )
    }
  }

  /// What cannot be decoded, or has no digest, is not called stale.
  static func find(in review: Review, run: Run) -> Set<StaleTag> {
    var byCheckpoint: [Int: [StaleTag]] = [:]
    for (target, mark) in review.marks {
      guard let position = target.position, target.sample != nil,
        let index = run.index(of: position)
      else { continue }
      for case (let tag, let digest?) in mark.tags {
        byCheckpoint[index, default: []].append(
          StaleTag(target: target, tag: tag, digest: digest))
      }
    }
    var stale: Set<StaleTag> = []
    for (index, tags) in byCheckpoint {
      guard let source = run.checkpoints[index].samples,
        let digests = try? SampleReader(run: run, at: index).digests(
          of: tags.map { $0.target.sample ?? -1 }, in: source)
      else { continue }
      for (tag, digest) in zip(tags, digests) {
        if let digest, digest != tag.digest { stale.insert(tag) }
      }
    }
    return stale
  }
}
