/// Why a metric has no value.
package enum MetricFailure: Error, Equatable, Sendable {
  /// The number has no meaning here, such as the rank correlation of a constant series.
  case undefined(String)
  /// What was given cannot be measured: what, where and what would be needed.
  case unfit(String)
  /// OpenBLAS is not installed.
  case noLinearAlgebra
  /// Somebody asked for it to stop.
  case cancelled

  /// One sentence, without a full stop.
  package var words: String {
    switch self {
    case .undefined(let why): return "undefined: \(why)"
    case .unfit(let why): return "error: \(why)"
    case .noLinearAlgebra:
      return "error: OpenBLAS is not installed; on Debian: apt-get install libopenblas0-pthread"
    case .cancelled: return "error: cancelled"
    }
  }
}
