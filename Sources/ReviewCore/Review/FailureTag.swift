/// A failure mode that a reviewer sees in a sample or a checkpoint.
package struct FailureTag: Hashable, Sendable {
  package let name: String
  /// The key after `t`.
  package let key: Character
  /// What it looks like, in a few words.
  package let seenAs: String

  package init(name: String, key: Character, seenAs: String) {
    self.name = name
    self.key = key
    self.seenAs = seenAs
  }

  package static let builtIn: [FailureTag] = [
    FailureTag(name: "mode-collapse", key: "m", seenAs: "repeated outputs, one dominant style"),
    FailureTag(
      name: "posterior-collapse", key: "p", seenAs: "all samples alike, or a mean image"),
    FailureTag(name: "blurry", key: "b", seenAs: "no edges, averaged strokes"),
    FailureTag(name: "noise", key: "n", seenAs: "speckle, no structure yet"),
    FailureTag(
      name: "broken-structure", key: "s", seenAs: "parts missing, doubled, disconnected"),
    FailureTag(name: "memorised", key: "o", seenAs: "a copy of a training image"),
    FailureTag(name: "duplicate", key: "d", seenAs: "same as another sample of this checkpoint"),
    FailureTag(name: "artefact", key: "a", seenAs: "checkerboard, borders, ringing, clipping"),
    FailureTag(name: "off-target", key: "f", seenAs: "a clean picture of the wrong thing"),
    FailureTag(name: "bias", key: "i", seenAs: "one class or attribute over-represented"),
  ]

  /// The built-in tags, a reviewer's own and those a run declares, each with a key of its own.
  ///
  /// - Parameter chosen: names with the keys a reviewer gave them; a built-in tag that loses its key
  ///   by it takes another.
  package static func all(
    declared names: [String], chosen: [(name: String, key: Character)] = []
  ) -> [FailureTag] {
    var free = Array("ceghjklqrtuvwxyz0123456789mpbnsodafi")
    free.removeAll { letter in chosen.contains { $0.key == letter } }
    var tags: [FailureTag] = []
    for tag in builtIn {
      let own = chosen.first { $0.name == tag.name }?.key
      let isTaken = chosen.contains { $0.key == tag.key && $0.name != tag.name }
      guard let key = own ?? (isTaken ? free.first : tag.key) else { continue }
      free.removeAll { $0 == key }
      tags.append(FailureTag(name: tag.name, key: key, seenAs: tag.seenAs))
    }
    for (name, key) in chosen where !tags.contains(where: { $0.name == name }) {
      tags.append(FailureTag(name: name, key: key, seenAs: "your own"))
    }
    for name in names where !tags.contains(where: { $0.name == name }) && !name.isEmpty {
      let wanted = name.lowercased().first { free.contains($0) } ?? free.first
      guard let key = wanted else { break }
      free.removeAll { $0 == key }
      tags.append(FailureTag(name: name, key: key, seenAs: "declared by this run"))
    }
    return tags
  }

  /// Whether a name can stand in a journal, a rule and a table: 1...64 bytes of letters, digits, `-_`.
  package static func isValidName(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy {
        ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D
          || $0 == 0x5F
      }
  }
}

/// What the reviewer says of a checkpoint.
package enum Verdict: String, CaseIterable, Sendable {
  case keep, reject, undecided
}

/// What a note is about.
package enum NoteSubject: String, CaseIterable, Sendable {
  case general
  case quality
  case diversity
  case stability
  case nextStep = "next-step"
  case trust
  case model
  /// Why the kept checkpoint was selected, in place of the words that follow from the numbers.
  case why
}
