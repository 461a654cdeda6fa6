import ReviewCore

/// A stretch of a report's text; no format may take any of it for markup.
enum Span: Equatable {
  /// Words, of ours or from outside; they may have line breaks.
  case text(String)
  /// Something that is typed or read by a program.
  case code(String)
  case strong([Span])
}

extension Span: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  init(stringLiteral value: String) { self = .text(value) }
}

/// A part of a section, as every format writes it in its own way.
enum ReportBlock {
  case paragraph([Span])
  /// What makes the evidence weaker.
  case caution([Span])
  case heading([Span])
  case table(header: [[Span]], rows: [[[Span]]])
  case list([[Span]])
  /// Items under the last item of a list.
  case subList([[Span]])
  /// Lines as they are; `language` for formats that colour them.
  case lines([String], language: String)
  /// Pictures side by side, in rows; where there are no files, the lines before them must do.
  case pictures([[GrayImage]], name: String, words: String)
}

/// One of the numbered parts of a report.
struct ReportSection {
  let number: Int
  let title: String
  var blocks: [ReportBlock]
}
