import ReviewCore
import TerminalSurface

extension FrontState {
  // Eight heights, or five that ASCII can tell apart.
  private static let blocks = Array("▁▂▃▄▅▆▇█".unicodeScalars).map(\.value)
  private static let signs = Array("_.-=^".unicodeScalars).map(\.value)

  /// A metric over all checkpoints in the order of the run; the cursor's cell stands out.
  func drawSparkline(
    _ column: Int, width: Int, x: Int, y: Int, limit: Int, into surface: inout Surface
  ) {
    guard let line = sparklines[SparklineKey(column: column, width: width)] else { return }
    let heights = abilities.isUTF8 ? Self.blocks : Self.signs
    let here = line.cell(of: place.checkpoint, among: run.checkpoints.count)
    for (cell, level) in line.levels.prefix(max(0, limit)).enumerated() {
      let code = level.map { heights[min(heights.count - 1, Int($0 * Double(heights.count)))] }
      var style = theme[.dim]
      if cell == here { style = theme[.cursor] }
      surface.fill(Rect(x: x + cell, y: y, width: 1, height: 1), code ?? 0x20, style: style)
    }
  }
}
