import ReviewCore

/// What a report says, in order, before it is written in any format.
struct ReportDocument {
  let report: Report
  /// The run's name as it is.
  var title: String { report.run.name }
  private(set) var sections: [ReportSection] = []
  /// One a run that is compared; empty for a run by itself.
  let runChoices: [RunChoice]

  init(_ report: Report) {
    self.report = report
    runChoices = report.evidence.runChoices
    for subject in ReportSubject.all(of: report) { add(subject) }
  }

  private mutating func add(_ subject: ReportSubject) {
    switch subject {
    case .decision: addDecision()
    case .rule: addRule()
    case .runs: addRuns()
    case .table: addTable()
    case .margins: addMargins()
    case .families: addFamilies()
    case .settings: addSettings()
    case .sameSeeds: addSameSeeds()
    case .failures: addFailures()
    case .averages: addAverages()
    case .notes: addNotes()
    case .training: addTraining()
    case .ratings: addRatings()
    case .reviewers: addReviewers()
    case .coverage: addCoverage()
    case .model: addModel()
    case .trust: addTrust()
    case .nextStep: addNextStep()
    case .command: addCommand()
    }
  }

  /// Adds a section; one without blocks is left out.
  mutating func section(_ subject: ReportSubject, _ title: String, _ blocks: [ReportBlock]) {
    guard !blocks.isEmpty else { return }
    sections.append(
      ReportSection(
        subject: subject, number: number(of: subject), title: title, blocks: blocks))
  }

  /// Where a section stands; behind all others what the report of such a run has no place for.
  func number(of subject: ReportSubject) -> Int {
    let all = ReportSubject.all(of: report)
    return (all.firstIndex(of: subject) ?? all.count) + 1
  }

  func words(_ index: Int) -> String { report.run.words(of: index) }

  /// `epoch-030`, for a file name: with the places of its run and its setting where there are several,
  /// since names of both may be anything.
  func fileWord(_ index: Int) -> String {
    let (run, checkpoint) = (report.run, report.run.checkpoints[index])
    let member = checkpoint.member.map { "run-\($0 + 1)-" } ?? ""
    let setting = checkpoint.setting.map { "-setting-\($0 + 1)" } ?? ""
    return "\(member)\(run.axis(of: index).rawValue)-\(run.axisValue(of: index).padded)\(setting)"
  }

  func images(_ index: Int, _ samples: [Int]) -> [GrayImage] {
    guard let set = report.samples[index] else { return [] }
    return samples.compactMap { set.image(ofSeed: $0) }
  }

  /// `sample 4`, or that it could not be read: then its picture is black and means nothing.
  func captions(_ index: Int, _ samples: [Int]) -> [String] {
    samples.map { sample in
      let set = report.samples[index]
      let isRead = set?.place(ofSeed: sample).map { set?.failures[$0] == nil } ?? true
      return isRead ? "sample \(sample)" : "\(sample) unreadable"
    }
  }

  /// `epoch 30, sample 4`.
  func words(_ target: Target) -> String {
    guard let position = target.position else { return "the run" }
    return report.run.words(of: position) + (target.sample.map { ", sample \($0)" } ?? "")
  }

  func items(_ remarks: [Report.Remark]) -> [[Span]] {
    remarks.map { ["\(words($0.target)), \($0.reviewer): \($0.text)"] }
  }
}
