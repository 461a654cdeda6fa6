import ReviewCore
import TerminalSurface

/// One column of the checkpoint table.
struct TableColumn {
  enum Content {
    case axis, metric(Int), status, verdict, failures
  }

  let title: String
  let width: Int
  let content: Content

  // quality and diversity first; more than this many metrics do not fit beside them.
  private static let mostMetrics = 6

  static func columns(of state: FrontState) -> [TableColumn] {
    let run = state.run
    var columns = [
      TableColumn(
        title: run.axis.rawValue, width: max(5, state.axisWidth), content: .axis)
    ]
    let room = (state.width - 44) / 10
    for index in run.displayOrder.prefix(max(2, min(mostMetrics, room))) {
      let title = TextWidth.fitted(PrintableText.singleLine(run.columns[index].metric.name), to: 12)
      columns.append(
        TableColumn(title: title, width: max(7, TextWidth.of(title)), content: .metric(index)))
    }
    columns.append(TableColumn(title: "status", width: 9, content: .status))
    columns.append(TableColumn(title: "verdict", width: 8, content: .verdict))
    columns.append(TableColumn(title: "fails", width: 8, content: .failures))
    return columns
  }
}

extension FrontState {
  var axisWidth: Int {
    let last = run.checkpoints.count - 1
    return last < 0 ? 3 : max(run.axisValue(of: last).padded.utf8.count, 3)
  }

  /// `m3 b1`: letters of the tags with their counts.
  func failureText(at checkpoint: Int) -> String {
    tagCounts(at: checkpoint).map { "\($0.tag.key)\($0.count)" }.joined(separator: " ")
  }
}
