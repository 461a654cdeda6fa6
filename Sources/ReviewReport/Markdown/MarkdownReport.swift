package import ReviewCore

/// A report as Markdown, with the pictures that lie beside it.
package struct MarkdownReport {
  /// The last line of every report; what tells our own files from others.
  package static let signature = "<!-- written by Keepoch, report 1 -->"
  /// The pictures' folder, beside the report.
  package static let pictureFolder = "report-files"

  let report: Report
  private let pictureMark: String
  private(set) var pictures: [(name: String, image: GrayImage)] = []
  private var output = ""

  /// The text, and each picture under its name in `pictureFolder`.
  ///
  /// - Parameter pictureMark: before the pictures' names, so that two reports keep theirs apart.
  package static func write(
    _ report: Report, pictureMark: String = ""
  ) -> (text: String, pictures: [(name: String, image: GrayImage)]) {
    var writer = MarkdownReport(report: report, pictureMark: pictureMark)
    writer.writeAll()
    return (writer.output, writer.pictures)
  }

  private init(report: Report, pictureMark: String) {
    self.report = report
    self.pictureMark = pictureMark
  }

  private mutating func writeAll() {
    output += "# Review note: \(MarkdownText.escaped(report.run.name))\n"
    writeDecision()
    writeRule()
    writeTable()
    writeMargins()
    writeSameSeeds()
    writeFailures()
    writeAverages()
    writeNotes()
    writeCoverage()
    writeModel()
    writeTrust()
    writeNextStep()
    writeCommand()
    output += "\n\(Self.signature)\n"
  }

  mutating func section(_ number: Int, _ title: String) { output += "\n## \(number). \(title)\n\n" }

  mutating func add(_ text: String) { output += text }

  /// Adds a picture, if there is one, and its place in the text.
  mutating func picture(_ rows: [[GrayImage]], name: String, words: String) {
    guard let image = ContactSheet.image(rows) else { return }
    pictures.append(("\(pictureMark)\(name).png", image))
    output += "\n![\(words)](\(Self.pictureFolder)/\(pictureMark)\(name).png)\n"
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

  /// `on epoch 30 sample 4`.
  func words(_ target: Target) -> String {
    guard let position = target.position else { return "the run" }
    return position.words + (target.sample.map { ", sample \($0)" } ?? "")
  }
}
