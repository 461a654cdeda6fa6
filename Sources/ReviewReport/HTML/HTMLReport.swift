/// A report as one HTML file that holds its pictures and asks nobody for anything.
package struct HTMLReport {
  /// The last line of every report; what tells our own files from others.
  package static let signature = "<!-- written by Keepoch, report 1, HTML -->"

  /// No script, no request; styles and pictures are those of the file.
  private static let policy =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; "
    + "form-action 'none'"

  /// The same bytes for the same report.
  package static func write(_ report: Report) -> String { page(ReportDocument(report)) }

  /// A document as a page.
  static func page(_ document: ReportDocument) -> String {
    let title = MarkupText.escaped(document.title)
    var writer = HTMLBlocks()
    var sections = document.sections.map { writer.section($0) }
    // The decision comes before the list of what follows it.
    sections.insert(contents(document.sections), at: min(1, sections.count))
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta name="generator" content="Keepoch">
      <title>Review note: \(title)</title>
      <style>
      \(HTMLStyle.sheet)</style>
      </head>
      <body>
      <header>
      <p class="eyebrow">Review note</p>
      <h1>\(title)</h1>
      </header>
      <main>
      \(sections.joined())</main>
      <footer>
      <p>Written by Keepoch, report 1. Exporting it again from the same run gives the same bytes.</p>
      </footer>
      </body>
      </html>
      \(signature)

      """
  }

  private static func contents(_ sections: [ReportSection]) -> String {
    let items = sections.map { section in
      "<li><a href=\"#section-\(section.number)\"><span class=\"number\">\(section.number)</span>"
        + "<span>\(MarkupText.escaped(section.title))</span></a></li>\n"
    }.joined()
    return "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n"
      + "<ul>\n\(items)</ul>\n</nav>\n"
  }
}
