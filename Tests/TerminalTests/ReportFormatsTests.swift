import Foundation
import Testing

/// Every format of the report, written by the built program.
@Suite struct ReportFormatsTests {
  @Test(arguments: [
    ("html", "report.html", "<!DOCTYPE html>\n"), ("model-card", "report.model-card.md", "---\n"),
    ("text", "report.txt", "Keep epoch 30 of gan-digits: max quality where diversity >= 0.55\n\n"),
  ])
  func aFormatHasItsFileAndKnowsIt(_ format: String, _ name: String, _ start: String) throws {
    let run = try RunCopy("gan")
    let words = ["report", run.path, "--format", format]
    #expect(try run.run(words).output == "\(run.path)/review/\(name)\n")
    let text = run.text("review/\(name)")
    #expect(text.hasPrefix(start))
    // It is overwritten as ours, with the same bytes, and has nothing beside it.
    #expect(try run.run(words).code == 0)
    #expect(run.text("review/\(name)") == text)
    #expect(!FileManager.default.fileExists(atPath: run.path + "/review/report-files"))
    let printed = try run.run(words + ["-o", "-", "--read-only"])
    #expect(printed.code == 0 && printed.output.hasPrefix(start))
    try "mine".write(toFile: run.path + "/review/\(name)", atomically: true, encoding: .utf8)
    #expect(try run.run(words).code == 2)
    #expect(run.text("review/\(name)") == "mine")
  }

  @Test func anHTMLReportAsksNobodyForAnything() throws {
    let run = try RunCopy("diffusion")
    let page = try run.run(["report", run.path, "--format", "html", "-o", "-"]).output
    #expect(page.contains("content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'"))
    #expect(page.contains("src=\"data:image/png;base64,"))
    for part in ["<script", "http://", "https://", "src=\"/", "@import"] {
      #expect(!page.contains(part), "\(part)")
    }
  }

  /// Charts of ours go when the report shows them no more; what is not ours stays.
  @Test func oldChartsGoAndForeignOnesStay() throws {
    let run = try RunCopy("gan")
    _ = try run.run(["report", run.path])
    let folder = run.path + "/review/report-files/"
    for (name, text) in [
      ("old.svg", "<!-- written by Keepoch for report.md -->\n<svg/>\n"),
      ("of-another.svg", "<!-- written by Keepoch for other.md -->\n<svg/>\n"),
      ("mine.svg", "<svg/>\n"),
    ] {
      try text.write(toFile: folder + name, atomically: true, encoding: .utf8)
    }
    #expect(try run.run(["report", run.path]).code == 0)
    let left = ["old.svg", "of-another.svg", "mine.svg"].filter {
      FileManager.default.fileExists(atPath: folder + $0)
    }
    #expect(left == ["of-another.svg", "mine.svg"])
  }
}
