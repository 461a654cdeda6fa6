/// What a row of the table counts.
enum Measure: Sendable {
  case milliseconds
  case bytes
  /// Counted in bytes too.
  case megabytes
  /// Of 1: a similarity, or a part of all.
  case share
  /// Counted in cells a second.
  case megacells
  /// How many times as long another takes.
  case times

  /// A value with its unit, short.
  func text(_ value: Double) -> String {
    switch self {
    case .milliseconds: return "\(Decimals.text(value, value < 100 ? 2 : 0)) ms"
    case .bytes: return "\(Int(value)) B"
    case .megabytes: return "\(Decimals.text(value / 1_000_000, 1)) MB"
    case .share: return Decimals.text(value, 4)
    case .megacells: return "\(Decimals.text(value / 1_000_000, 1)) Mcells/s"
    case .times: return "\(Decimals.text(value, 2)) times"
    }
  }
}
