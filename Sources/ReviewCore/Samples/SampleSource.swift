/// Where the samples of a checkpoint lie, before any pixel is read.
package enum SampleSource: Hashable, Sendable {
  /// One picture that holds all samples; the layout is nil while nobody has looked.
  case grid(path: String, layout: GridLayout?)

  /// Known without reading a pixel; nil when not.
  package var count: Int? {
    switch self {
    case .grid(_, let layout): return layout?.count
    }
  }

  /// Relative to the run.
  package var path: String {
    switch self {
    case .grid(let path, _): return path
    }
  }
}
