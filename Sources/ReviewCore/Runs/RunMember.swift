/// One of the runs that are compared.
package struct RunMember: Equatable, Sendable {
  /// Told apart from the others.
  package let name: String
  package let run: Run
  /// Where its checkpoints stand among those of all runs.
  package let rows: Range<Int>
}
