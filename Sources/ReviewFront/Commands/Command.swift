/// Everything a reviewer can do, by name.
package enum Command: String, CaseIterable, Sendable {
  case nextCheckpoint = "next-checkpoint"
  case previousCheckpoint = "previous-checkpoint"
  case tenForward = "ten-forward"
  case tenBack = "ten-back"
  case firstCheckpoint = "first-checkpoint"
  case lastCheckpoint = "last-checkpoint"
  case pageForward = "page-forward"
  case pageBack = "page-back"
  case goToEpoch = "epoch"
  case goToStep = "step"
  case nextSample = "next-sample"
  case previousSample = "previous-sample"
  case rowDown = "row-down"
  case rowUp = "row-up"
  case firstSample = "first-sample"
  case lastSample = "last-sample"
  case goToSample = "sample"
  case nextSetting = "next-setting"
  case previousSetting = "previous-setting"
  case allSettings = "settings"
  case closer
  case back
  case keep
  case reject
  case undecided
  case rate1 = "rate-1"
  case rate2 = "rate-2"
  case rate3 = "rate-3"
  case rate4 = "rate-4"
  case rate5 = "rate-5"
  case rateOff = "rate-off"
  case autoAdvance = "auto-advance"
  case tag
  case repeatTag = "repeat-tag"
  case tagMarked = "tag-marked"
  case undo
  case redo
  case nextUndecided = "next-undecided"
  case previousUndecided = "previous-undecided"
  case winner
  case search
  case nextMatch = "next-match"
  case previousMatch = "previous-match"
  case filter
  case clearFilter = "clear-filter"
  case mark
  case clearMarks = "clear-marks"
  case compare
  case blink
  case timeline
  case filmStrip = "film-strip"
  case play
  case difference
  case spread
  case nearest
  case overview
  case arrange
  case darker
  case lighter
  case lessContrast = "less-contrast"
  case moreContrast = "more-contrast"
  case invert
  case renderer
  case texture = "smooth"
  case larger
  case smaller
  case resetPicture = "reset-picture"
  case editRule = "rule"
  case why
  case sort
  case reverseSort = "reverse-sort"
  case note
  case editNote = "edit-note"
  case select
  case trainingLog = "training-log"
  case writeWhy = "write-why"
  case checklist
  case pareto
  case alarms
  case agree
  case inbox
  case measure
  case evaluate = "eval"
  case report
  case copyLine = "copy-line"
  case copyReport = "copy-report"
  case help
  case commandLine = "command-line"
  case nextPane = "next-pane"
  case follow
  case theme
  case facts = "metrics"
  case warnings
  case disk
  case redraw
  case suspend
  case backOrQuit = "back-or-quit"
  case quit

  package enum Group: String, CaseIterable, Sendable {
    case epoch = "Epoch"
    case seed = "Seed"
    case setting = "Setting"
    case decide = "Decide"
    case tags = "Tags"
    case undo = "Undo"
    case next = "Next to do"
    case find = "Find"
    case compare = "Mark and compare"
    case picture = "Picture"
    case rule = "Rule"
    case words = "Words"
    case chart = "Chart"
    case evaluate = "Evaluate"
    case export = "Export"
    case app = "Program"
  }

  /// The commands a footer shows, the first ones first where there is little room.
  static func footer(of state: FrontState) -> [Command] {
    if case .log = state.mode {
      return [.nextCheckpoint, .nextSample, .closer, .winner, .help, .backOrQuit]
    }
    if case .overview = state.mode {
      return [
        .nextCheckpoint, .nextSample, .closer, .tag, .keep, .reject, .undo, .why, .help,
        .backOrQuit,
      ]
    }
    if state.comparison != nil {
      return [
        .nextCheckpoint, .nextSample, .closer, .keep, .reject, .tag, .why, .help, .backOrQuit,
      ]
    }
    switch state.place.depth {
    case .table where !state.marked.isEmpty:
      return [
        .compare, .tagMarked, .mark, .closer, .tag, .keep, .reject, .note, .why, .help, .backOrQuit,
      ]
    case .table:
      return (state.hasSettings ? [.nextSetting] : []) + [
        .closer, .tag, .keep, .reject, .note, .why, .winner, .undo, .report, .help, .backOrQuit,
        .filmStrip, .compare, .filter, .search, .sort, .trainingLog, .editRule, .mark,
      ]
    case .grid, .sample:
      return (state.hasSettings ? [.nextSetting] : []) + [
        .nextCheckpoint, .nextSample, .tag, .keep, .note, .undo, .why, .report, .help, .backOrQuit,
        .filmStrip, .compare, .mark, .filter, .difference, .spread, .overview, .arrange,
      ]
    }
  }
}
