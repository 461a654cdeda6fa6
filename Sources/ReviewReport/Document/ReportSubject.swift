import ReviewCore

/// What a section of a report is about, in the order of the sections.
enum ReportSubject: CaseIterable {
  case decision, rule, runs, table, margins, families, settings, sameSeeds, failures, averages
  case notes, training, ratings, reviewers, coverage, model, trust, nextStep, command

  /// Those that a report has.
  static func all(of report: Report) -> [ReportSubject] {
    allCases.filter { subject in
      switch subject {
      case .runs, .families: return !report.run.members.isEmpty
      case .settings: return !report.run.samplingSettings.isEmpty
      case .reviewers: return report.agreement != nil
      // Those of every run stand side by side before.
      case .averages: return report.run.members.isEmpty
      default: return true
      }
    }
  }
}
