import ReviewCore

/// Finds array files that hold all checkpoints of a run: an array a checkpoint, or one array whose
/// first axis is the checkpoint.
struct ArraySheets {
  private let root: String
  private let declaration: RunDeclaration
  private(set) var candidates: [SampleCandidate] = []

  // A run has one such file, rarely some.
  private static let mostFiles = 16

  init(root: String, declaration: RunDeclaration) {
    self.root = root
    self.declaration = declaration
  }

  /// Whether one file holds more than one checkpoint.
  static func holdsCheckpoints(_ path: String) -> Bool {
    var sheets = ArraySheets(root: FileBytes.parent(of: path), declaration: RunDeclaration())
    sheets.look(into: [path.split(separator: "/").last.map(String.init) ?? path])
    return sheets.candidates.contains { $0.numbers.count > 1 }
  }

  /// - Parameter files: whose names have no number.
  mutating func look(into files: [String]) {
    for path in files.prefix(Self.mostFiles) {
      guard let file = try? ArrayFile("\(root)/\(path)") else { continue }
      let named = keyed(file, path) ?? sheet(file, path)
      if let named { candidates.append(named) }
    }
  }

  /// `epoch_1`, `epoch_5`: a key a checkpoint.
  private func keyed(_ file: ArrayFile, _ path: String) -> SampleCandidate? {
    let names = file.members.compactMap { member -> String? in
      guard
        case .samples = ArrayLayout.reading(
          of: member.header.shape, sampleShape: declaration.sampleShape)
      else { return nil }
      return member.name
    }
    // `arr_0` is how numpy names an array that nobody named.
    let groups = NumberedNames.groups(of: names.map { "\($0)." }).filter {
      $0.members.count > 1 && !$0.areSingles && !$0.template.hasPrefix("arr_")
    }
    guard let group = groups.first else { return nil }
    let members = group.distinctMembers
    return SampleCandidate(
      name: "\(path):\(group.template.dropLast())",
      pattern: "\(path):\(group.pattern.dropLast())", format: .arrays, axis: group.axis,
      numbers: members.map(\.number),
      content: .arrays(
        members.map { ArrayPlace(path: path, member: String($0.path.dropLast())) }),
      reason: "the number that changes in the names of its arrays",
      likelihood: NameWords.likelihood(of: "\(path)\(group.template)"),
      isOther: NameWords.speakOfOthers(path), warnings: group.duplicates)
  }

  /// (E,N,H,W): the first axis is the checkpoint.
  private func sheet(_ file: ArrayFile, _ path: String) -> SampleCandidate? {
    let fitting = file.members.filter { isSheet($0.header.shape) }
    let declared = declaration.arrayName.flatMap { name in fitting.last { $0.name == name } }
    guard let member = declared ?? fitting.first, let count = member.header.shape.first else {
      return nil
    }
    let place = ArrayPlace(path: path, member: member.name)
    let beside = numbers(beside: member, in: file, path)
    return SampleCandidate(
      name: member.name.map { "\(path):\($0)" } ?? path,
      pattern: "\(path):\(member.name ?? "")[{#}]", format: .arrays,
      axis: beside?.axis ?? .epoch,
      numbers: beside?.numbers ?? (0..<count).map { AxisValue(Double($0)) },
      content: .arrays(
        (0..<count).map { ArrayPlace(path: path, member: place.member, slice: $0) }),
      reason: beside.map { "as the array \(PrintableText.escaped($0.name)) beside it says" }
        ?? "the place on the first axis of \(ArrayHeader.text(of: member.header.shape))",
      likelihood: NameWords.likelihood(of: "\(path)\(member.name ?? "")"),
      isOther: NameWords.speakOfOthers(path), isCounted: beside == nil)
  }

  private func isSheet(_ shape: [Int]) -> Bool {
    guard shape.count == 4 || shape.count == 5, shape[0] > 1 else { return false }
    // Four axes of which one is channels are the samples of one checkpoint.
    if case .samples = ArrayLayout.reading(of: shape, sampleShape: declaration.sampleShape) {
      return false
    }
    guard
      case .samples = ArrayLayout.reading(
        of: Array(shape.dropFirst()), sampleShape: declaration.sampleShape)
    else { return false }
    return true
  }

  /// The numbers that an array of as many places beside it gives to the checkpoints.
  private func numbers(
    beside member: ArrayFile.Member, in file: ArrayFile, _ path: String
  ) -> (name: String, axis: Axis, numbers: [AxisValue])? {
    let words: [(String, Axis)] = [
      ("epoch", .epoch), ("epochs", .epoch), ("step", .step), ("steps", .step),
      ("iteration", .step), ("iterations", .step),
    ]
    for (word, axis) in words {
      guard
        let found = file.members.last(where: { $0.name?.lowercased() == word }),
        found.header.shape == [member.header.shape[0]],
        let array = try? ArrayFile.array(named: found.name, in: "\(root)/\(path)")
      else { continue }
      var values: [Double] = []
      array.forEachChunk { values += $0 }
      guard values.allSatisfy(\.isFinite), Set(values).count == values.count else { continue }
      return (found.name ?? word, axis, values.map { AxisValue($0) })
    }
    return nil
  }
}
