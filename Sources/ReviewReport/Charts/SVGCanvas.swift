import ReviewCore

/// Elements of a picture, gathered as SVG.
///
/// Kinds are classes of `ChartStyle`; places are in pixels from the upper left.
struct SVGCanvas {
  /// Where a text stands against its place.
  enum Anchor: String { case start, middle, end }

  static let width = 640.0

  /// Before every id, so that several charts can stand in one page.
  let mark: String
  private(set) var elements = ""
  /// What patterns were used, in the order of their first use.
  private var patterns: [Int] = []

  init(mark: String) { self.mark = mark }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ kind: String) {
    path("M\(Self.number(x1)) \(Self.number(y1))L\(Self.number(x2)) \(Self.number(y2))", kind)
  }

  /// - Parameter title: what is said of it when it is pointed at.
  mutating func path(_ data: String, _ kind: String, title: String? = nil) {
    close("<path class=\"\(kind)\" d=\"\(data)\"", "path", title: title)
  }

  mutating func rectangle(_ box: LabelBox, _ kind: String, title: String? = nil) {
    close("<rect class=\"\(kind)\"\(Self.attributes(box))", "rect", title: title)
  }

  /// A rectangle of one of the patterns of `ChartPattern`.
  mutating func rectangle(_ box: LabelBox, pattern: Int, title: String? = nil) {
    close(
      "<rect\(Self.attributes(box)) fill=\"url(#\(use(pattern)))\"", "rect", title: title)
  }

  mutating func path(_ data: String, pattern: Int) {
    // As a style: an attribute would lose against the rule that paths are not filled.
    close("<path d=\"\(data)\" style=\"fill:url(#\(use(pattern)))\"", "path", title: nil)
  }

  mutating func circle(
    _ x: Double, _ y: Double, radius: Double, _ kind: String, title: String? = nil
  ) {
    close(
      "<circle class=\"\(kind)\" cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" "
        + "r=\"\(Self.number(radius))\"", "circle", title: title)
  }

  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ kind: String, anchor: Anchor = .start,
    isUpright: Bool = false
  ) {
    let place = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
    let turn =
      isUpright ? " transform=\"rotate(-90 \(Self.number(x)) \(Self.number(y)))\"" : ""
    elements +=
      "<text class=\"\(kind)\" \(place)\(turn) text-anchor=\"\(anchor.rawValue)\">"
      + "\(MarkupText.escaped(text))</text>\n"
  }

  /// The patterns that were used.
  var definitions: String {
    guard !patterns.isEmpty else { return "" }
    let all = patterns.map { ChartPattern.element($0, id: id($0)) }.joined()
    return "<defs>\n\(all)</defs>\n"
  }

  /// With at most one digit after the point.
  static func number(_ value: Double) -> String {
    let text = NumberText.fixed(value, places: 1)
    let short = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    return short == "-0" ? "0" : short
  }

  private mutating func close(_ start: String, _ name: String, title: String?) {
    elements += start
    if let title {
      elements += "><title>\(MarkupText.escaped(title))</title></\(name)>\n"
    } else {
      elements += "/>\n"
    }
  }

  private mutating func use(_ pattern: Int) -> String {
    if !patterns.contains(pattern) { patterns.append(pattern) }
    return id(pattern)
  }

  private func id(_ pattern: Int) -> String { "\(mark)-p\(pattern)" }

  private static func attributes(_ box: LabelBox) -> String {
    " x=\"\(number(box.left))\" y=\"\(number(box.top))\" width=\"\(number(box.width))\""
      + " height=\"\(number(box.height))\""
  }
}
