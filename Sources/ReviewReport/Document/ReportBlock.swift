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
  case pictures(PictureSheet)
  /// `words` say what is seen; `lines` stand for it where nothing can be drawn.
  case chart(Chart, name: String, words: String, lines: [String])
}

/// Samples in rows, each under its caption.
struct PictureSheet {
  struct Row {
    /// Before the row; nil where there is one row, or nothing to say.
    let title: String?
    let pictures: [GrayImage]
    /// One a picture.
    let captions: [String]
  }

  /// Of its file, without an ending.
  let name: String
  /// What is seen.
  let words: String
  let rows: [Row]

  /// The rows as characters, a blank line between.
  var lines: [String] {
    var lines: [String] = []
    for row in rows {
      if !lines.isEmpty { lines.append("") }
      if let title = row.title { lines.append(title) }
      lines += TextPicture.lines(row.pictures, captions: row.captions)
    }
    return lines
  }
}

/// One of the numbered parts of a report.
struct ReportSection {
  let subject: ReportSubject
  /// From 1, in the order of the report.
  let number: Int
  let title: String
  var blocks: [ReportBlock]
}
