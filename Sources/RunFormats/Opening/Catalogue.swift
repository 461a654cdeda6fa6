import ReviewCore

/// A folder that holds several runs: versions of Lightning, jobs of Hydra, runs of trackers, or
/// folders beside each other that each have samples or logs of their own.
package struct Catalogue: Equatable, Sendable {
  package struct Entry: Equatable, Sendable {
    /// The folder, relative to the catalogue.
    package let name: String
    package let path: String

    package init(name: String, path: String) {
      self.name = name
      self.path = path
    }
  }

  package let path: String
  /// By name, numbers in it by their value.
  package let entries: [Entry]

  package init(path: String, entries: [Entry]) {
    self.path = path
    self.entries = entries
  }

  /// The runs in a folder; nil for what is one run, or none.
  ///
  /// Looks at names, and at the first lines of tables where names do not tell. Links are not
  /// followed, so no run is counted twice and loops end.
  package static func find(_ path: String) -> Catalogue? {
    guard FileBytes.kind(path) == .folder else {
      let names = FileBytes.kind(path) == .file ? CatalogueSearch.runs(ofDatabase: path) : []
      return names.count > 1
        ? Catalogue(
          path: path, entries: names.map { Entry(name: $0, path: "\(path)#\($0)") }) : nil
    }
    var trimmed = Substring(path)
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    var search = CatalogueSearch(root: String(trimmed))
    let names = search.runs(in: "", depth: 0)
    guard names.count > 1 else { return nil }
    return Catalogue(
      path: String(trimmed),
      entries: names.sorted(by: NameOrder.isBefore).map {
        Entry(name: $0, path: "\(trimmed)/\($0)")
      })
  }

  /// Why one of its runs must be named.
  var error: RunError {
    let more = entries.count > 8 ? ", ..." : ""
    if FileBytes.kind(path) == .file {
      let paths = entries.prefix(8).map { PrintableText.escaped($0.path) }.joined(separator: ", ")
      return RunError(
        "cannot open", place: path, why: "it holds \(entries.count) runs",
        remedy: "Give one of them: \(paths)\(more)")
    }
    let shown = entries.prefix(8).map { PrintableText.escaped($0.name) }
    return RunError(
      "cannot open", place: path,
      why: "it is a folder of \(entries.count) runs: \(shown.joined(separator: ", "))\(more)",
      remedy: "Give one of them, such as \(PrintableText.escaped(entries[0].path))")
  }
}

/// Names with numbers in them, as a person sorts them.
enum NameOrder {
  /// `version_2` stands before `version_10`.
  static func isBefore(_ left: String, _ right: String) -> Bool {
    let (a, b) = (
      NumberedNames.Part.parts(of: left + "."), NumberedNames.Part.parts(of: right + ".")
    )
    for (one, other) in zip(a, b) where one.text != other.text {
      if one.isNumber, other.isNumber, let x = Double(one.text), let y = Double(other.text), x != y
      {
        return x < y
      }
      return one.text < other.text
    }
    return a.count < b.count
  }
}
