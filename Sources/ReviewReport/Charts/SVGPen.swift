/// Writes the data of a path, without what would not be seen.
struct SVGPen {
  private(set) var data = ""
  private var last = ""
  private var isDown = false

  mutating func draw(to place: (x: Double, y: Double)) {
    let text = "\(SVGCanvas.number(place.x)) \(SVGCanvas.number(place.y))"
    if isDown, text == last { return }
    if isDown {
      data += "L\(text)"
    } else {
      // Of no length: a value between two gaps is a dot.
      data += "M\(text)h0"
    }
    last = text
    isDown = true
  }

  mutating func lift() { isDown = false }
}
