/// Something in a run that could not be read as it stands; the rest of the run opens.
package struct RunWarning: Error, Hashable, Sendable {
  /// The codes of `docs/formats/warnings.md`.
  package enum Code: String, CaseIterable, Sendable {
    case badImage = "bad-image"
    case gridUnsure = "grid-unsure"
    case gridMismatch = "grid-mismatch"
    case figure
    case badArray = "bad-array"
    case arrayUnsure = "array-unsure"
    case badRecord = "bad-record"
    case restart
    case nanPixels = "nan-pixels"
    case clampedValues = "clamped-values"
    case duplicateCheckpoint = "duplicate-checkpoint"
    case conflict
    case badTable = "bad-table"
    case badNumber = "bad-number"
    case raggedRow = "ragged-row"
    case badSetting = "bad-setting"
    case unreadable
    case oddName = "odd-name"
    case tornLine = "torn-line"
    case badLine = "bad-line"
    case staleTag = "stale-tag"
    case leftOut = "left-out"
  }

  package let code: Code
  /// Relative to the run; nil when it concerns the run as a whole.
  package let path: String?
  /// Bytes from the start of the file, where one is known.
  package let offset: Int?
  package let message: String

  package init(_ code: Code, path: String? = nil, offset: Int? = nil, _ message: String) {
    self.code = code
    self.path = path
    self.offset = offset
    self.message = message
  }

  package var line: String {
    var place = path.map { PrintableText.escaped($0) } ?? ""
    if let offset { place += " at byte \(offset)" }
    return place.isEmpty
      ? "\(code.rawValue): \(message)" : "\(code.rawValue): \(place): \(message)"
  }
}

/// Why a run, a file or an act could not be taken: what, where, why, and what to do.
package struct RunError: Error, Equatable, Sendable, CustomStringConvertible {
  package let what: String
  package let place: String?
  package let why: String
  package let remedy: String

  package init(_ what: String, place: String? = nil, why: String, remedy: String) {
    self.what = what
    self.place = place
    self.why = why
    self.remedy = remedy
  }

  /// What and why, for a line of a screen that has no room for a path.
  package var short: String { what.isEmpty ? why : "\(what): \(why)" }

  /// One sentence for standard error.
  package var description: String {
    let where_ = place.map { " \(PrintableText.escaped($0))" } ?? ""
    return "\(what)\(where_): \(why). \(remedy)"
  }
}
