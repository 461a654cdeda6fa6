/// The style sheet of charts: one for a page, the same for a file of its own.
enum ChartStyle {
  /// How lines differ besides their colour.
  static let dashes = ["", "7 3", "2 3", "9 3 2 3", "12 4", "4 4", "9 3 2 3 2 3"]

  /// The rules; colours are custom properties of the page, with those of light paper to fall back on.
  static let rules: String = {
    var text = """
      .chart{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-size:12px;}
      .chart path,.chart circle{fill:none;stroke-linecap:round;stroke-linejoin:round;}
      .chart .name{font-size:15px;font-weight:600;}
      .chart .strong{font-weight:650;}
      .chart .code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;}
      .chart .halo{paint-order:stroke;stroke-width:4px;stroke-linejoin:round;}

      """
    func rule(_ selector: String, _ pairs: [(String, ChartPalette.Colour)], _ more: String = "") {
      // Written twice: a viewer without custom properties reads the first of each.
      let colours = pairs.map { property, colour in
        "\(property):\(colour.light);\(property):var(--\(colour.name),\(colour.light));"
      }.joined()
      text += "\(selector){\(colours)\(more)}\n"
    }
    rule(".chart text", [("fill", ChartPalette.ink)])
    rule(".chart .halo", [("stroke", ChartPalette.paper)])
    rule(".chart .tick", [("fill", ChartPalette.muted)])
    rule(".chart .paper", [("fill", ChartPalette.paper)])
    rule(".chart .grid", [("stroke", ChartPalette.faint)], "stroke-width:1;")
    rule(".chart .axis", [("stroke", ChartPalette.line)], "stroke-width:1;")
    rule(
      ".chart .limit", [("stroke", ChartPalette.alarm)], "stroke-width:1.5;stroke-dasharray:6 4;")
    rule(".chart text.limit-label", [("fill", ChartPalette.alarm)])
    rule(
      ".chart .usual", [("stroke", ChartPalette.muted), ("fill", ChartPalette.paper)],
      "stroke-width:1.3;")
    rule(
      ".chart .crowd", [("stroke", ChartPalette.muted)], "stroke-width:1;stroke-opacity:.55;")
    rule(".chart .candidate", [("fill", ChartPalette.candidate)])
    rule(".chart .runner-up", [("fill", ChartPalette.runnerUp)])
    rule(".chart .chosen", [("fill", ChartPalette.chosen)])
    rule(".chart .ring", [("stroke", ChartPalette.chosen)], "stroke-width:2;")
    rule(".chart text.chosen-label", [("fill", ChartPalette.chosen)], "font-weight:650;")
    rule(".chart .excluded", [("stroke", ChartPalette.alarm)], "stroke-width:1.8;")
    rule(".chart .front", [("stroke", ChartPalette.ink)], "stroke-width:1.2;stroke-opacity:.7;")
    rule(".chart .front-point", [("stroke", ChartPalette.ink)], "stroke-width:1.8;")
    rule(
      ".chart .mark", [("stroke", ChartPalette.muted)], "stroke-width:1;stroke-dasharray:1 3;")
    rule(".chart .mark-sign", [("fill", ChartPalette.muted)])
    rule(".chart .alarm", [("stroke", ChartPalette.alarm)], "stroke-width:1.2;")
    rule(".chart .alarm-sign", [("fill", ChartPalette.alarm)])
    rule(".chart .alarm-call", [("stroke", ChartPalette.paper)], "stroke-width:1.6;")
    rule(".chart text.alarm-label", [("fill", ChartPalette.alarm)])
    rule(".chart .leader", [("stroke", ChartPalette.line)], "stroke-width:.8;")
    rule(
      ".chart .stretch", [("fill", ChartPalette.wash), ("stroke", ChartPalette.line)],
      "stroke-width:1;")
    rule(
      ".chart .stretch-chosen", [("fill", ChartPalette.chosen), ("stroke", ChartPalette.chosen)],
      "stroke-width:1;")
    rule(".chart text.on-chosen", [("fill", ChartPalette.paper)], "font-weight:650;")
    rule(".chart .outline", [("stroke", ChartPalette.line)], "fill:none;stroke-width:1;")
    rule(".chart .now", [("stroke", ChartPalette.ink)], "stroke-width:2;")
    rule(".chart .now-halo", [("stroke", ChartPalette.paper)], "stroke-width:5;")
    rule(".chart .now-sign", [("fill", ChartPalette.ink)])
    rule(".chart .edge", [("stroke", ChartPalette.muted)], "stroke-width:1;")
    rule(".chart .edge-chosen", [("stroke", ChartPalette.chosen)], "fill:none;stroke-width:2.2;")
    rule(".chart .out-ground", [("fill", ChartPalette.alarm)], "fill-opacity:.05;")
    rule(
      ".chart .out-line", [("stroke", ChartPalette.alarm)], "stroke-width:1;stroke-opacity:.18;")
    rule(".chart .void-ground", [("fill", ChartPalette.paper)])
    rule(".chart .void-line", [("stroke", ChartPalette.line)], "stroke-width:.8;")
    rule(".chart .won-ground", [("fill", ChartPalette.chosen)], "fill-opacity:.32;")
    for (place, colour) in ChartPalette.series.enumerated() {
      rule(".chart .w\(place)-ground", [("fill", colour)], "fill-opacity:.16;")
      rule(
        ".chart .w\(place)-line", [("stroke", colour)], "stroke-width:1.1;stroke-opacity:.6;")
      rule(".chart .l\(place)", [("stroke", colour)], "stroke-width:1.7;")
      rule(".chart text.l\(place)-label", [("fill", colour)])
    }
    for (place, dash) in dashes.enumerated() where !dash.isEmpty {
      text += ".chart .d\(place){stroke-dasharray:\(dash);}\n"
    }
    return text
  }()

  /// For a file of its own: it brings its colours, and follows the reader's choice of light or dark.
  static let standalone =
    ".chart{\(ChartPalette.properties(isDark: false))}\n"
    + "@media (prefers-color-scheme:dark){.chart{\(ChartPalette.properties(isDark: true))}}\n"
    + "@media print{.chart{\(ChartPalette.properties(isDark: false))}}\n" + rules
}
