/// Why an array cannot be read, and where in its file.
package struct ArrayFailure: Error, Equatable, Sendable {
  package let reason: String
  /// Bytes from the start of the file, where one is known.
  package let offset: Int?

  package init(_ reason: String, offset: Int? = nil) {
    self.reason = reason
    self.offset = offset
  }
}
