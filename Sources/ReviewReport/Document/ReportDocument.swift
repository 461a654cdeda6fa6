import ReviewCore

/// What a report says, in order, before it is written in any format.
struct ReportDocument {
  let report: Report
  /// The run's name as it is.
  var title: String { report.run.name }
  private(set) var sections: [ReportSection] = []

  init(_ report: Report) {
    self.report = report
    addDecision()
    addRule()
    addTable()
    addMargins()
    addSameSeeds()
    addFailures()
    addAverages()
    addNotes()
    addTraining()
    addRatings()
    addCoverage()
    addModel()
    addTrust()
    addNextStep()
    addCommand()
  }

  /// Adds a section; one without blocks is left out.
  mutating func section(_ number: Int, _ title: String, _ blocks: [ReportBlock]) {
    guard !blocks.isEmpty else { return }
    sections.append(ReportSection(number: number, title: title, blocks: blocks))
  }

  func words(_ index: Int) -> String { report.run.position(of: index).words }

  /// `epoch-030`, for a file name.
  func fileWord(_ index: Int) -> String {
    "\(report.run.axis.rawValue)-\(report.run.axisValue(of: index).padded)"
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
    return position.words + (target.sample.map { ", sample \($0)" } ?? "")
  }

  func items(_ remarks: [Report.Remark]) -> [[Span]] {
    remarks.map { ["\(words($0.target)), \($0.reviewer): \($0.text)"] }
  }
}
