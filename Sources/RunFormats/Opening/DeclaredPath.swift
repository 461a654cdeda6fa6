import ReviewCore

/// A path that a run declares, with the key of an `.npz` behind a colon.
struct DeclaredPath {
  let path: String
  let key: String?

  init(_ text: String) {
    if let colon = text.lastIndex(of: ":"), ArrayFile.holdsSeveral(String(text[..<colon])) {
      path = String(text[..<colon])
      key = String(text[text.index(after: colon)...])
    } else {
      path = text
      key = nil
    }
  }

  /// The array that is meant in a file.
  ///
  /// - Parameter isMeant: tells which, where the file holds several and no key is given.
  /// - Throws: `ArrayFailure` that says why none is.
  func member(
    of file: ArrayFile, isMeant: (String) -> Bool = { _ in false }
  ) throws(ArrayFailure) -> ArrayFile.Member {
    if let key {
      let header = try file.header(of: key)
      return ArrayFile.Member(name: key, header: header)
    }
    if file.members.count == 1 { return file.members[0] }
    let meant = file.members.filter { isMeant($0.name ?? "") }
    if meant.count == 1 { return meant[0] }
    if let failure = file.failures.first?.failure, file.members.isEmpty { throw failure }
    throw ArrayFailure(
      "it holds \(file.members.count) arrays; name one behind a colon, such as \"\(path):"
        + "\(PrintableText.escaped(file.members.first?.name ?? "key"))\"")
  }
}
