import ReviewCore

/// What a section of a report is about, in the order of the sections.
enum ReportSubject: CaseIterable {
  case decision, rule, runs, table, margins, families, settings, sameSeeds, failures, averages
  case notes, training, ratings, coverage, model, trust, nextStep, command

  /// Those that the report of a run has.
  static func all(of run: Run) -> [ReportSubject] {
    allCases.filter { subject in
      switch subject {
      case .runs, .families: return !run.members.isEmpty
      case .settings: return !run.samplingSettings.isEmpty
      // Those of every run stand side by side before.
      case .averages: return run.members.isEmpty
      default: return true
      }
    }
  }
}
