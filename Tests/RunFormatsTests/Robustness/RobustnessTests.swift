import Testing

/// Every reader survives every truncation and many mutations of real files, and shows nothing that
/// such a file does not say.
@Suite struct RobustnessTests {
  /// A reader and one of its fixtures.
  struct Pair: CustomStringConvertible, Sendable {
    let subject: Subject
    let fixture: Fixture
    var description: String { "\(subject) \(fixture)" }
  }

  static let pairs = Subject.all.flatMap { subject in
    subject.fixtures.map { Pair(subject: subject, fixture: $0) }
  }

  @Test func everyReaderHasFixtures() {
    for subject in Subject.all { #expect(!subject.fixtures.isEmpty, "\(subject)") }
    #expect(Self.pairs.count > 150)
  }

  @Test(arguments: RobustnessTests.pairs)
  func damagedFiles(_ pair: Pair) {
    for complaint in pair.subject.complaints(of: pair.fixture, .usual) {
      Issue.record("\(complaint)")
    }
  }

  /// Slow without optimization, so only some of each; `make fuzz` does more.
  @Test(arguments: Subject.runs.fixtures)
  func runsWithADamagedFile(_ fixture: Fixture) {
    let measure = Damage.Measure(everyCut: 4, furtherCuts: 8, changes: 12)
    for complaint in Subject.runs.complaints(of: fixture, measure) {
      Issue.record("\(complaint)")
    }
  }
}
