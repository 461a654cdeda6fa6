import ReviewCore

/// What the reviewers of a run said, by checkpoint, without the held-out seeds.
struct ReviewerWords {
  /// Who said or looked at anything, by name.
  let reviewers: [String]
  /// By reviewer.
  private let marks: [[Place: ReviewMark]]
  /// By reviewer and checkpoint the samples that were on the screen; nil where it never was.
  private let seen: [[Int: Set<Int>]]

  /// A checkpoint, or a sample of it.
  struct Place: Hashable, Comparable {
    let index: Int
    let sample: Int?

    /// A checkpoint itself comes before its samples.
    static func < (left: Place, right: Place) -> Bool {
      if left.index != right.index { return left.index < right.index }
      guard let other = right.sample else { return false }
      return left.sample.map { $0 < other } ?? true
    }
  }

  /// - Parameter isOfMarked: leaves out what was looked at and marked by nobody, which is nearly all of it.
  init(_ reviews: [Review], in run: Run, isOfMarked: Bool = false) {
    let names = Set(reviews.filter(\.hasLooked).map(\.reviewer)).sorted()
    reviewers = names
    var marks = [[Place: ReviewMark]](repeating: [:], count: names.count)
    var seen = [[Int: Set<Int>]](repeating: [:], count: names.count)
    for review in reviews {
      guard let reviewer = names.firstIndex(of: review.reviewer) else { continue }
      for (target, mark) in review.marks {
        guard let index = target.position.flatMap({ run.index(of: $0) }),
          target.sample.map({ !run.isHeldOut($0, at: index) }) ?? true
        else { continue }
        let place = Place(index: index, sample: target.sample)
        // A journal may name one checkpoint in two ways; that of the run counts.
        if marks[reviewer][place] != nil, target.position != run.position(of: index) { continue }
        marks[reviewer][place] = mark
      }
    }
    var marked: [Int: Set<Int>] = [:]
    if isOfMarked {
      for place in marks.joined().map(\.key) {
        marked[place.index, default: []].formUnion(place.sample.map { [$0] } ?? [])
      }
    }
    for review in reviews {
      guard let reviewer = names.firstIndex(of: review.reviewer) else { continue }
      for (position, samples) in review.seen {
        guard let index = run.index(of: position) else { continue }
        if isOfMarked {
          guard let wanted = marked[index] else { continue }
          seen[reviewer][index, default: []].formUnion(wanted.intersection(samples))
        } else {
          seen[reviewer][index, default: []].formUnion(
            samples.filter { !run.isHeldOut($0, at: index) })
        }
      }
    }
    self.marks = marks
    self.seen = seen
  }

  /// Everything that anybody marked, or that was on anybody's screen, ascending.
  var places: [Place] {
    var all = Set(marks.flatMap(\.keys))
    for one in seen {
      for (index, samples) in one {
        all.insert(Place(index: index, sample: nil))
        for sample in samples { all.insert(Place(index: index, sample: sample)) }
      }
    }
    return all.sorted()
  }

  /// Every tag that anybody gave, by name, with what it was given to: checkpoints, samples, or both.
  var tags: [(name: String, isOfCheckpoints: Bool, isOfSamples: Bool)] {
    var found: [String: (Bool, Bool)] = [:]
    for one in marks {
      for (place, mark) in one {
        for tag in mark.tags.keys {
          let known = found[tag] ?? (false, false)
          found[tag] = (known.0 || place.sample == nil, known.1 || place.sample != nil)
        }
      }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value.0, $0.value.1) }
  }

  /// By reviewer the level that was given, 0 the lowest; nil where none was.
  func levels(of matter: DisputedMatter, at place: Place) -> [Int?] {
    reviewers.indices.map { reviewer in
      let mark = marks[reviewer][place]
      switch matter {
      case .verdict:
        switch mark?.verdict ?? .undecided {
        case .keep: return 1
        case .reject: return 0
        case .undecided: return nil
        }
      case .rating: return mark?.rating.flatMap { (1...5).contains($0) ? $0 - 1 : nil }
      case .tag(let tag):
        guard mark != nil || hasSeen(place, reviewer) else { return nil }
        return mark?.tags[tag] == nil ? 0 : 1
      }
    }
  }

  private func hasSeen(_ place: Place, _ reviewer: Int) -> Bool {
    guard let samples = seen[reviewer][place.index] else { return false }
    return place.sample.map(samples.contains) ?? true
  }

  /// A level as it was given.
  static func word(_ level: Int, of matter: DisputedMatter) -> String {
    switch matter {
    case .verdict: return (level == 1 ? Verdict.keep : .reject).rawValue
    case .rating: return String(level + 1)
    case .tag: return level == 1 ? "on" : "off"
    }
  }
}
