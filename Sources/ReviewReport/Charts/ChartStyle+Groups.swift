extension ChartStyle {
  /// Rules of plots with groups, which stand in these plots alone.
  static let groupRules: String = {
    func pair(_ property: String, _ colour: ChartPalette.Colour) -> String {
      "\(property):\(colour.light);\(property):var(--\(colour.name),\(colour.light));"
    }
    var text = ""
    for (place, colour) in ChartPalette.series.enumerated() {
      text +=
        ".chart .k\(place){\(pair("fill", colour))\(pair("stroke", colour))stroke-width:1.2;}\n"
      text += ".chart .k\(place)-open{\(pair("fill", ChartPalette.paper))"
      text += "\(pair("stroke", colour))stroke-width:1.5;}\n"
    }
    text += ".chart .chosen-sign{\(pair("fill", ChartPalette.chosen))"
    text += "\(pair("stroke", ChartPalette.chosen))stroke-width:1.2;}\n"
    text += ".chart .chosen-sign-open{\(pair("fill", ChartPalette.paper))"
    text += "\(pair("stroke", ChartPalette.chosen))stroke-width:1.8;}\n"
    text += ".chart .chosen-curve{\(pair("stroke", ChartPalette.chosen))stroke-width:3;}\n"
    return text
  }()
}
