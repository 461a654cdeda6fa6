/// Where the samples of a checkpoint lie, before any pixel is read.
package enum SampleSource: Hashable, Sendable {
  /// One picture that holds all samples; the layout is nil while nobody has looked.
  case grid(path: String, layout: GridLayout?)
  /// One array that holds all samples.
  ///
  /// The member is of an `.npz`, nil for an `.npy`. The layout is that of the run's other arrays:
  /// a file may turn out to hold more or fewer. Nil while nobody has looked.
  case array(path: String, member: String?, layout: ArrayLayout?)

  /// Known without reading a pixel; nil when not.
  package var count: Int? {
    switch self {
    case .grid(_, let layout): return layout?.count
    case .array(_, _, let layout): return layout?.count
    }
  }

  /// Width and height of one sample, known without reading a pixel; nil when not.
  package var sampleSize: (width: Int, height: Int)? {
    switch self {
    case .grid(_, let layout): return layout.map { ($0.sampleWidth, $0.sampleHeight) }
    case .array(_, _, let layout): return layout.map { ($0.width, $0.height) }
    }
  }

  /// Relative to the run.
  package var path: String {
    switch self {
    case .grid(let path, _), .array(let path, _, _): return path
    }
  }
}
