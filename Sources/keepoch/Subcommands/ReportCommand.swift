import ArgumentParser
import ReviewCore
import ReviewJournal
import ReviewReport

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the review note.",
    discussion: """
      Without -o at RUN/review/report.md (.html, .json, .csv, .txt, .model-card.md), whose path is \
      printed; the pictures of Markdown stand in report-files beside it, those of HTML in the file \
      itself. -o - prints the text alone. Exporting twice gives the same bytes.
      """)

  @OptionGroup var options: ComparedOptions

  @Option(help: "markdown, html, json, csv (the table alone), text or model-card.")
  var format = ReportFormat.markdown

  @Option(name: .short, help: "Where to; - is standard output.")
  var output: String?

  func run() throws {
    try reporting {
      let opened = try open(options, showsPixels: true)
      let rule = try opened.ruleInForce()
      let exporter = ReportExporter(
        run: opened.run, reviews: opened.reviews, rule: rule,
        evaluator: try opened.evaluator(rule), reviewer: opened.reviewer, warnings: opened.warnings)
      if output == "-" {
        try Outside.put(exporter.text(format))
        return
      }
      guard !options.reader.readOnly else {
        throw RunError(
          "nothing is written in", place: options.run, why: "--read-only was given",
          remedy: "Print it instead with -o -")
      }
      let path = try output ?? "\(opened.folder.writable().folder)/report.\(format.fileExtension)"
      do throws(ReportExporter.Refusal) {
        try exporter.write(format, to: path, overwriting: false)
      } catch {
        switch error {
        case .foreign(let path):
          throw RunError(
            "not written:", place: path, why: "the file there was not written by Keepoch",
            remedy: "Move it away, or choose another place with -o")
        case .failed(let error): throw error
        }
      }
      try Outside.put(path + "\n")
      for caution in exporter.cautions { Outside.say("caution: \(caution)") }
    }
  }
}

extension ReportFormat: ExpressibleByArgument {}
