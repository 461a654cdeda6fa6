import FoundationEssentials
import ReviewCore

/// Samples of a report as pictures within a page.
enum HTMLPictures {
  private static let wanted = 112

  static func element(_ sheet: PictureSheet) -> String {
    var text = "<figure class=\"sheet\">\n"
    for row in sheet.rows {
      if let title = row.title { text += "<p class=\"title\">\(MarkupText.lines(title))</p>\n" }
      text += "<div class=\"row\">\n"
      for (place, picture) in row.pictures.enumerated() {
        let caption = row.captions.indices.contains(place) ? row.captions[place] : ""
        text += sample(picture, caption: caption, of: row.title ?? sheet.words)
      }
      text += "</div>\n"
    }
    // One picture says it all beside its own caption.
    if sheet.rows.count > 1 || sheet.rows.contains(where: { $0.pictures.count > 1 }) {
      text += "<figcaption>\(MarkupText.lines(sheet.words))</figcaption>\n"
    }
    return text + "</figure>\n"
  }

  private static func sample(_ picture: GrayImage, caption: String, of words: String) -> String {
    let scale = max(1, wanted / max(1, max(picture.width, picture.height)))
    let data = Data(PNGWriter.bytes(of: picture)).base64EncodedString()
    let alternative = MarkupText.escaped(words.contains(caption) ? words : "\(caption), \(words)")
    return "<figure class=\"sample\"><img alt=\"\(alternative)\" "
      + "width=\"\(picture.width * scale)\" height=\"\(picture.height * scale)\" "
      + "src=\"data:image/png;base64,\(data)\">"
      + "<figcaption>\(MarkupText.escaped(caption))</figcaption></figure>\n"
  }
}
