import ReviewCore

/// Files whose names differ in one number: the checkpoints' pictures of a run.
struct NumberedNames {
  struct Member {
    let path: String
    let number: AxisValue
  }

  /// The name with `#` for its numbers, as a reader may recognise it.
  let template: String
  let axis: Axis
  let members: [Member]

  /// Words of pictures that are not samples of a checkpoint.
  private static let otherWords = [
    "real", "reference", "recon", "ground", "truth", "input", "target", "original", "orig", "loss",
    "curve",
    "plot", "metric", "hist", "mask", "train_batch", "interp",
  ]
  private static let sampleWords = [
    "sample", "fake", "gen", "epoch", "grid", "out", "step", "iter",
  ]

  /// Words of arrays that are no pictures.
  private static let otherArrayWords = ["latent", "label", "weight", "embed", "feature", "stat"]

  private static func isOther(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    let words = ArrayFile.isArray(name) ? otherWords + otherArrayWords : otherWords
    return words.contains { name.contains($0) }
  }

  /// One file a number, ascending; of two of one number the first by name.
  var distinctMembers: [Member] { inOrder.kept }

  /// A warning for each file that another one of the same number stands in for.
  var duplicates: [RunWarning] { inOrder.warnings }

  private var inOrder: (kept: [Member], warnings: [RunWarning]) {
    var kept: [Member] = []
    var warnings: [RunWarning] = []
    for member in members.sorted(by: { $0.number.value < $1.number.value }) {
      if let last = kept.last, last.number == member.number {
        warnings.append(
          RunWarning(
            .duplicateCheckpoint, path: member.path,
            "\(PrintableText.escaped(last.path)) has the same number \(member.number.text); "
              + "that one is shown"))
      } else {
        kept.append(member)
      }
    }
    return (kept, warnings)
  }

  /// Groups of at least one file, the likeliest to be samples first.
  static func groups(of paths: [String]) -> [NumberedNames] {
    var byTemplate: [String: [(path: String, parts: [Part])]] = [:]
    for path in paths {
      let parts = Part.parts(of: path)
      guard parts.contains(where: \.isNumber) else { continue }
      let template = parts.map { $0.isNumber ? "#" : $0.text }.joined()
      byTemplate[template, default: []].append((path, parts))
    }
    // One look a template: a thousand names of one run share it.
    let groups = byTemplate.filter { !isOther($0.key) }.sorted { $0.key < $1.key }.compactMap {
      group($0.key, $0.value)
    }
    return groups.sorted { left, right in
      (left.likelihood, left.members.count, right.template)
        > (right.likelihood, right.members.count, left.template)
    }
  }

  /// The files that a pattern of `keepoch.toml` names, with `{epoch}` or `{step}` for the number.
  static func matching(pattern: String, in paths: [String]) -> NumberedNames? {
    for (mark, axis) in [("{epoch}", Axis.epoch), ("{step}", Axis.step)] {
      guard let range = pattern.firstRange(of: mark) else { continue }
      let prefix = pattern[..<range.lowerBound]
      let suffix = pattern[range.upperBound...]
      let members = paths.compactMap { path -> Member? in
        guard path.hasPrefix(prefix), path.hasSuffix(suffix),
          path.utf8.count > prefix.utf8.count + suffix.utf8.count
        else { return nil }
        let number = path.dropFirst(prefix.count).dropLast(suffix.count)
        return AxisValue(parsing: number).map { Member(path: path, number: $0) }
      }
      return NumberedNames(template: pattern, axis: axis, members: members)
    }
    return nil
  }

  private var likelihood: Int {
    let name = template.lowercased()
    return Self.sampleWords.contains { name.contains($0) } ? 1 : 0
  }

  private static func group(
    _ template: String, _ files: [(path: String, parts: [Part])]
  ) -> NumberedNames? {
    let places = files[0].parts.indices.filter { files[0].parts[$0].isNumber }
    let varying = places.filter { place in
      files.contains { $0.parts[place].text != files[0].parts[place].text }
    }
    let choices = varying.isEmpty ? places : varying
    let words = { (place: Int) in place > 0 ? files[0].parts[place - 1].text.lowercased() : "" }
    func axis(_ place: Int) -> Axis? {
      let word = words(place).split { !$0.isLetter }.last.map(String.init) ?? ""
      if ["ep", "e"].contains(word) || word.hasSuffix("epoch") || word.hasSuffix("epochs") {
        return .epoch
      }
      let steps = ["step", "steps", "iter", "iteration", "it", "kimg", "sample", "samples"]
      return steps.contains(word) ? .step : nil
    }
    guard
      let place = choices.first(where: { axis($0) == .epoch })
        ?? choices.first(where: { axis($0) == .step }) ?? choices.last
    else { return nil }
    let members = files.compactMap { file in
      AxisValue(parsing: file.parts[place].text).map { Member(path: file.path, number: $0) }
    }
    return NumberedNames(template: template, axis: axis(place) ?? .epoch, members: members)
  }

  /// A run of digits in a name, or what stands between two.
  struct Part {
    let text: String
    let isNumber: Bool

    static func parts(of path: String) -> [Part] {
      var parts: [Part] = []
      var stem = Substring(path)
      var ending = ""
      if let dot = stem.lastIndex(of: ".") {
        ending = String(stem[dot...])
        stem = stem[..<dot]
      }
      var text = ""
      var isNumber = false
      let characters = Array(stem)
      func isNumeral(_ place: Int) -> Bool {
        characters.indices.contains(place) && ("0"..."9").contains(characters[place])
      }
      for (place, character) in characters.enumerated() {
        // A point between digits is the point of a fractional epoch.
        let isPoint = character == "." && isNumeral(place - 1) && isNumeral(place + 1)
        let isDigit = isNumeral(place) || (isPoint && isNumber && !text.contains("."))
        if isDigit != isNumber, !text.isEmpty {
          parts.append(Part(text: text, isNumber: isNumber))
          text = ""
        }
        isNumber = isDigit
        text.append(character)
      }
      if !text.isEmpty { parts.append(Part(text: text, isNumber: isNumber)) }
      parts.append(Part(text: ending, isNumber: false))
      return parts
    }
  }
}
