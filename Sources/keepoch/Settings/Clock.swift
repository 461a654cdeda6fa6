import FoundationEssentials

/// The time as journals write it.
enum Clock {
  /// Now, in UTC with milliseconds: `2026-01-02T03:04:05.678Z`.
  static var now: String {
    Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
