/// What the overview of a set has under its cursor: first the groups, then the pairs.
package struct OverviewView: Equatable, Sendable {
  package internal(set) var item = 0
}

/// Root mean squares of gray values up to which samples count as nearly the same.
enum Nearness {
  static let levels = [1, 2, 4, 8, 12, 16, 24, 32, 48]
  /// That of the metric `neardup`.
  static let usual = 4
}
