package import ReviewCore

/// A metric log: rows of numbers, and words, each at an epoch or a step.
///
/// Any reader can make one. Rows are sparse: they hold the numbers that are there, so a log of many
/// columns takes no more memory than its numbers do.
package struct LoggedTable: Equatable, Sendable {
  /// A number under a column of `names`.
  package struct Cell: Equatable, Sendable {
    package let column: Int
    package let value: Double

    package init(_ column: Int, _ value: Double) {
      self.column = column
      self.value = value
    }
  }

  package struct Row: Equatable, Sendable {
    /// From 1, where the row starts in its file; of several that became one, the last.
    package var line: Int
    package var epoch: AxisValue?
    package var step: AxisValue?
    package var note: String?
    /// Failure modes that the trainer wrote down.
    package var failures: [String] = []
    package var cells: [Cell]
    /// The sampler of the samples that the numbers are of, where a column of words names it.
    package var sampler: String?

    package init(
      line: Int, epoch: AxisValue?, step: AxisValue?, note: String? = nil,
      failures: [String] = [], cells: [Cell]
    ) {
      self.line = line
      self.epoch = epoch
      self.step = step
      self.note = note
      self.failures = failures
      self.cells = cells
    }
  }

  /// What a table is, where its format tells.
  package enum Role: Equatable, Sendable {
    case checkpoints
    case log
  }

  /// Two lines that say another value of the same place; the later one counts.
  package struct Repeat: Equatable, Sendable {
    package let earlier: Int
    package let later: Int
  }

  /// Relative to the run.
  package var path: String
  /// The columns that hold numbers, in the file's order.
  package var names: [String]
  package var rows: [Row]
  /// Whether a column of it holds the trainer's words: notes or failure modes.
  package var hasNotes: Bool
  /// Nil where it depends on the rest of the run.
  package var role: Role?
  package var repeats: [Repeat]
  package var warnings: [RunWarning]

  package init(
    path: String, names: [String], rows: [Row], hasNotes: Bool = false, role: Role? = nil,
    repeats: [Repeat] = [], warnings: [RunWarning] = []
  ) {
    self.path = path
    self.names = names
    self.rows = rows
    self.hasNotes = hasNotes
    self.role = role
    self.repeats = repeats
    self.warnings = warnings
  }
}
