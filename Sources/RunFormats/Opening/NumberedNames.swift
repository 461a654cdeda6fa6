import ReviewCore

/// Files whose names differ in one number, the checkpoint's, or in two, its sample's as well.
struct NumberedNames {
  struct Member {
    let path: String
    let number: AxisValue
    /// The sample's own number, where a file holds one sample.
    var index: Int?
  }

  /// The name with `#` for its numbers, as a reader may recognise it.
  let template: String
  /// The name as `keepoch.toml` has it, with `{#}` for the checkpoint's number, and `*` for numbers
  /// that say something else.
  let pattern: String
  let axis: Axis
  /// Whether a word of the names says what the number counts.
  var isAxisTold = true
  /// Which part of the names is the checkpoint's number; nil where a pattern was declared.
  private(set) var numberPart: Int?
  let members: [Member]
  /// Whether the names speak of something else than samples.
  let isOther: Bool

  /// Whether each file holds one sample.
  var areSingles: Bool { members.first?.index != nil }

  /// One file a number, ascending; of two of one number the first by name.
  var distinctMembers: [Member] { inOrder.kept }

  // Of settings that a run was sampled with there may be hundreds of such files.
  private static let mostDuplicates = 3

  /// Warnings of files that another one of the same number stands in for.
  var duplicates: [RunWarning] {
    let all = inOrder.warnings
    guard all.count > Self.mostDuplicates else { return all }
    return all.prefix(Self.mostDuplicates) + [
      RunWarning(
        .duplicateCheckpoint,
        "so are \(all.count - Self.mostDuplicates) more files of this name: if they differ in how "
          + "they were sampled, name one of them in samples of \(KeepochTOML.fileName)")
    ]
  }

  private var inOrder: (kept: [Member], warnings: [RunWarning]) {
    var kept: [Member] = []
    var warnings: [RunWarning] = []
    let sorted = members.sorted {
      ($0.number.value, $0.index ?? 0) < ($1.number.value, $1.index ?? 0)
    }
    for member in sorted {
      if let last = kept.last, last.number == member.number, last.index == member.index {
        warnings.append(
          RunWarning(
            .duplicateCheckpoint, path: member.path,
            "\(PrintableText.escaped(last.path)) has the same number \(member.number.text)"
              + (member.index.map { " and sample \($0)" } ?? "") + "; that one is shown"))
      } else {
        kept.append(member)
      }
    }
    return (kept, warnings)
  }

  /// Groups of at least one file, the likeliest to be samples first; those of other things last.
  static func groups(of paths: [String]) -> [NumberedNames] {
    var byTemplate: [String: [(path: String, parts: [Part])]] = [:]
    for path in paths {
      let parts = Part.parts(of: path)
      guard parts.contains(where: \.isNumber) else { continue }
      // No name has a zero byte, but some have a `#` or a `*` of their own.
      let template = parts.map { $0.isNumber ? "\0#" : $0.isChecksum ? "\0*" : $0.text }.joined()
      byTemplate[template, default: []].append((path, parts))
    }
    // One look a template: a thousand names of one run share it.
    let groups = byTemplate.sorted { $0.key < $1.key }.compactMap {
      group($0.key.replacing("\0", with: ""), $0.value)
    }
    func rank(_ group: NumberedNames) -> (Int, Int, Int) {
      (group.isOther ? 0 : 1, NameWords.likelihood(of: group.template), group.members.count)
    }
    return groups.sorted { left, right in
      let (a, b) = (rank(left), rank(right))
      return a == b ? left.template < right.template : a > b
    }
  }

  private static func group(
    _ template: String, _ files: [(path: String, parts: [Part])]
  ) -> NumberedNames? {
    let parts = files[0].parts
    let places = parts.indices.filter { parts[$0].isNumber }
    let varying = places.filter { place in
      files.contains { $0.parts[place].text != parts[place].text }
    }
    func before(_ place: Int) -> String { place > 0 ? parts[place - 1].text : "" }
    func axis(_ place: Int) -> Axis? {
      if let axis = NameWords.axis(before: before(place)) { return axis }
      let after = place + 1 < parts.count ? parts[place + 1].text : ""
      return NameWords.countsThousands(behind: after) ? .step : nil
    }
    let all = varying.isEmpty ? places : varying
    // A measurement or a setting is no checkpoint's number, nor is a fraction beside whole numbers.
    let plain = all.filter {
      !NameWords.isOfMeasurement(before: before($0)) && !NameWords.isOfSetting(before: before($0))
        && !ArrayWords.isSizeOfFeatures(before: before($0))
    }
    let whole = plain.filter { place in !files.contains { $0.parts[place].text.contains(".") } }
    let choices = whole.isEmpty ? (plain.isEmpty ? all : plain) : whole
    // Of two numbers of which each checkpoint has many, the outer one is the checkpoint's.
    let isNested =
      varying.count == 2
      && varying.allSatisfy { place in
        Set(files.map { $0.parts[place].text }).count < files.count
      }
    guard
      let place = all.first(where: { axis($0) == .epoch })
        ?? all.first(where: { axis($0) == .step })
        ?? (isNested ? choices.first : choices.last)
    else { return nil }
    let singles = samplePlace(files, checkpoint: place, varying: varying)
    let members = files.compactMap { file -> Member? in
      guard let number = AxisValue(parsing: file.parts[place].text) else { return nil }
      guard let singles else { return Member(path: file.path, number: number) }
      guard let index = Int(file.parts[singles].text) else { return nil }
      return Member(path: file.path, number: number, index: index)
    }
    let pattern = parts.indices.map { part in
      if part == place { return "{#}" }
      if part == singles { return "{sample}" }
      return varying.contains(part) ? "*" : parts[part].plainText
    }.joined()
    let told = axis(place)
    var group = NumberedNames(
      template: template, pattern: pattern,
      axis: told ?? NameWords.axis(byHabitOf: members.map(\.number.value)), members: members,
      isOther: NameWords.speakOfOthers(parts, checkpoint: place))
    group.isAxisTold = told != nil
    group.numberPart = place
    return group
  }

  /// Which number of the names is the sample's; nil where each checkpoint has one file.
  private static func samplePlace(
    _ files: [(path: String, parts: [Part])], checkpoint: Int, varying: [Int]
  ) -> Int? {
    let checkpoints = Set(files.map { $0.parts[checkpoint].text }).count
    guard checkpoints < files.count else { return nil }
    return varying.last { place in
      place != checkpoint
        && !NameWords.isOfSetting(before: place > 0 ? files[0].parts[place - 1].text : "")
        && !NameWords.isOfMeasurement(before: place > 0 ? files[0].parts[place - 1].text : "")
        && files.allSatisfy { Int($0.parts[place].text) != nil }
        && Set(files.map { "\($0.parts[checkpoint].text) \($0.parts[place].text)" }).count
          == files.count
    }
  }

  /// A run of digits in a name, or what stands between two.
  struct Part {
    let text: String
    let isNumber: Bool
    /// Whether it is a checksum, such as trackers put into names; its digits say nothing.
    var isChecksum = false

    /// As it stands in a template, for what differs from file to file.
    var plainText: String { isChecksum ? "*" : text }

    static func parts(of path: String) -> [Part] {
      var parts: [Part] = []
      let bytes = Array(path.utf8)
      let end = bytes.lastIndex(of: UInt8(ascii: ".")) ?? bytes.count
      func isNumeral(_ place: Int) -> Bool {
        place >= 0 && place < end && (0x30...0x39).contains(bytes[place])
      }
      func append(_ range: Range<Int>, isNumber: Bool) {
        parts.append(Part(text: String(decoding: bytes[range], as: UTF8.self), isNumber: isNumber))
      }
      let checksum = checksum(in: bytes[..<end])
      var start = 0
      var isNumber = false
      var hasPoint = false
      for place in 0..<end {
        if let checksum, checksum.contains(place) {
          if place == checksum.lowerBound {
            if start < place { append(start..<place, isNumber: isNumber) }
            parts.append(
              Part(
                text: String(decoding: bytes[checksum], as: UTF8.self), isNumber: false,
                isChecksum: true))
          }
          (start, isNumber, hasPoint) = (checksum.upperBound, false, false)
          continue
        }
        // A point between digits is the point of a fractional epoch.
        let isPoint =
          bytes[place] == UInt8(ascii: ".") && isNumeral(place - 1) && isNumeral(place + 1)
        let isDigit = isNumeral(place) || (isPoint && isNumber && !hasPoint)
        if isDigit != isNumber {
          if start < place { append(start..<place, isNumber: isNumber) }
          start = place
          isNumber = isDigit
          hasPoint = false
        }
        if isPoint { hasPoint = true }
      }
      if start < end { append(start..<end, isNumber: isNumber) }
      append(end..<bytes.count, isNumber: false)
      return parts
    }

    // Shorter ones, and such as change little between letters and digits, are words with a number.
    private static let shortestChecksum = 12
    private static let leastChanges = 4

    /// The last word of hexadecimal digits that is no word with a number.
    private static func checksum(in bytes: ArraySlice<UInt8>) -> Range<Int>? {
      func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
      func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte) }
      func isOfWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x61...0x7A).contains(byte | 0x20)
      }
      var end = bytes.endIndex
      while end - bytes.startIndex >= shortestChecksum {
        var start = end
        while start > bytes.startIndex, isOfWord(bytes[start - 1]) { start -= 1 }
        if end - start >= shortestChecksum, bytes[start..<end].allSatisfy(isHex) {
          let word = bytes[start..<end]
          let changes = zip(word, word.dropFirst()).count { isDigit($0) != isDigit($1) }
          if changes >= leastChanges { return start..<end }
        }
        end = max(start - 1, bytes.startIndex)
      }
      return nil
    }
  }
}
