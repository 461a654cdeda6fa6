/// Which screen of Keepoch.
enum Depth: String, CaseIterable, Sendable {
  case table
  case grid
  case sample

  /// Keys that lead there from the start.
  var keys: [String] {
    switch self {
    case .table: return []
    case .grid: return ["\r"]
    case .sample: return ["\r", "\r"]
    }
  }
}
