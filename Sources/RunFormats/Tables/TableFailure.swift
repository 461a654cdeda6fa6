package import ReviewCore

/// Why a file is no table of epochs or steps.
package struct TableFailure: Error, Equatable, Sendable {
  /// A half sentence about the file: "no column is named epoch or step".
  package let reason: String
  /// What else was found wrong on the way.
  package let warnings: [RunWarning]

  init(_ reason: String, warnings: [RunWarning] = []) {
    self.reason = reason
    self.warnings = warnings
  }
}
