import ReviewCore
import TerminalSurface

extension FrontState {
  /// The checkpoint under the cursor under all of its sampling settings, joined: what quality costs in
  /// diversity there.
  func drawSettings(
    _ chart: ParetoChart, _ plot: ParetoPlot, _ layout: ParetoLayout, into surface: inout Surface
  ) {
    guard hasSettings else { return }
    let (x, y) = (run.columns[chart.front.x].values, run.columns[chart.front.y].values)
    var canvas = DotCanvas(width: plot.width, height: plot.height, isUTF8: abilities.isUTF8)
    let xs = AxisScale(range: plot.xs.range, count: canvas.dotColumns)
    let ys = AxisScale(range: plot.ys.range, count: canvas.dotRows)
    var last: (column: Int, row: Int)?
    for row in run.settingsRows(of: place.checkpoint) {
      guard let column = x[row].flatMap(xs.place), let line = y[row].flatMap(ys.place) else {
        continue
      }
      let dot = (column, canvas.dotRows - 1 - line)
      if let last { canvas.line(from: last, to: dot) }
      last = dot
    }
    for row in 0..<plot.height {
      for column in 0..<plot.width {
        let code = canvas.character(column, row)
        guard code != 0x20, (plot[column, row]?.weight ?? 0) <= ParetoPlot.Weight.line else {
          continue
        }
        surface.fill(
          Rect(x: layout.plot.x + column, y: layout.plot.y + row, width: 1, height: 1), code,
          style: theme[.key])
      }
    }
  }
}
