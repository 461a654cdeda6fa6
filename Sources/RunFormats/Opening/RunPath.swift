/// What a RUN names: a folder or a file, or one of the runs of a database as `FILE#RUN`.
package struct RunPath: Equatable, Sendable {
  /// The folder or the file.
  package let file: String
  /// Of a database of several runs the one that is meant.
  package let run: String?

  /// A file whose name holds a `#` is itself.
  package init(_ path: String) {
    let isOfDatabase = path.contains("#") && FileBytes.kind(path) == nil
    let places = isOfDatabase ? path.indices.filter { path[$0] == "#" } : []
    let split = places.first { FileBytes.kind(String(path[..<$0])) == .file }
    file = split.map { String(path[..<$0]) } ?? path
    run = split.map { String(path[path.index(after: $0)...]) }
  }

  /// Whatever path it is reached by, the same for one run; nil when nothing is there.
  package var identity: String? {
    FileBytes.realPath(file).map { run == nil ? $0 : "\($0)#\(run ?? "")" }
  }
}
