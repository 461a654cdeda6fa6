import ReviewCore

/// Files or records that may hold the samples of a run's checkpoints.
struct SampleCandidate {
  enum Content {
    /// One picture a checkpoint.
    case grids([PicturePlace])
    /// One picture a sample.
    case pictures([[NumberedPicture]])
    /// One array a checkpoint.
    case arrays([ArrayPlace])
  }

  /// As a reader of the run may recognise it: a name with `#` for numbers, or a tag.
  let name: String
  /// The line of `keepoch.toml` that names it, with `{#}` for the checkpoint's number.
  let pattern: String
  let format: RunFormat
  let axis: Axis
  /// One a checkpoint, ascending.
  let numbers: [AxisValue]
  let content: Content
  /// How the axis and the numbers are known.
  var reason = "the number that changes in the names"
  /// 0 or 1: whether the name speaks of samples.
  let likelihood: Int
  /// Whether the name speaks of something else; such a one is only offered.
  let isOther: Bool
  var warnings: [RunWarning] = []
  /// Whether the numbers are mere counting, which a table of as many checkpoints corrects.
  var isCounted = false
  /// Whether anything says what the numbers count.
  var isAxisTold = true
  var isDeclared = false

  /// `11 sample grids`.
  var sizeWords: String {
    let ending = size == 1 ? "" : "s"
    switch content {
    case .grids: return "\(size) sample grid\(ending)"
    case .pictures: return "\(size) single sample\(ending)"
    case .arrays: return "\(size) array\(ending) of samples"
    }
  }

  /// How many files or records it has.
  var size: Int {
    if case .pictures(let sets) = content { return sets.reduce(0) { $0 + $1.count } }
    return numbers.count
  }

  /// As `keepoch.toml` names it, if its numbers count by an axis.
  func pattern(by axis: Axis) -> String { pattern.replacing("{#}", with: "{\(axis.rawValue)}") }
}

extension SampleCandidate {
  /// Files told apart by the numbers in their names.
  init(_ group: NumberedNames) {
    let members = group.distinctMembers
    let isArray = members.first.map { ArrayFile.isArray($0.path) } ?? false
    var numbers: [AxisValue] = []
    let content: Content
    if group.areSingles, !isArray {
      var sets: [[NumberedPicture]] = []
      for member in members {
        if numbers.last != member.number {
          numbers.append(member.number)
          sets.append([])
        }
        sets[sets.count - 1].append(
          NumberedPicture(index: member.index ?? 0, place: PicturePlace(path: member.path)))
      }
      content = .pictures(sets)
    } else {
      numbers = members.map(\.number)
      content =
        isArray
        ? .arrays(members.map { ArrayPlace(path: $0.path) })
        : .grids(members.map { PicturePlace(path: $0.path) })
    }
    self.init(
      name: group.template, pattern: group.pattern,
      format: isArray ? .arrays : group.areSingles ? .singleImages : .imageGrids,
      axis: group.axis, numbers: numbers, content: content,
      reason: group.isAxisTold
        ? "the number that changes in the names"
        : "by the habit of such numbers, as no word in the names says what they count",
      likelihood: NameWords.likelihood(of: group.template), isOther: group.isOther,
      warnings: group.duplicates, isAxisTold: group.isAxisTold)
  }
}

extension SampleCandidate {
  /// Relative to the run; of records the file they lie in, once.
  var paths: [String] {
    switch content {
    case .grids(let places): return Self.distinct(places.map(\.path))
    case .pictures(let sets): return Self.distinct(sets.flatMap { $0.map(\.place.path) })
    case .arrays(let places): return Self.distinct(places.map(\.path))
    }
  }

  private static func distinct(_ paths: [String]) -> [String] {
    var known: Set<String> = []
    return paths.filter { known.insert($0).inserted }
  }

  /// The same with numbers that count by another axis, as a run declares it.
  func counting(by axis: Axis) -> SampleCandidate {
    SampleCandidate(
      name: name, pattern: pattern, format: format, axis: axis, numbers: numbers,
      content: content, reason: reason, likelihood: likelihood, isOther: isOther,
      warnings: warnings, isCounted: isCounted)
  }
}
