/// One of the runs that are compared.
package struct RunMember: Equatable, Sendable {
  /// Told apart from the others.
  package let name: String
  /// Without what all names begin or end with: `gan` of `gan-digits` beside `vae-digits`.
  package let shortName: String
  package let run: Run
  /// Where its checkpoints stand among those of all runs.
  package let rows: Range<Int>
}
