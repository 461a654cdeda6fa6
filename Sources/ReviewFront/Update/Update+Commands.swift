import GlyphRendering
import ReviewCore
import TerminalSurface

extension FrontState {
  /// Does what a command says, or says why not.
  ///
  /// - Parameter argument: what followed its name on the `:` line.
  package mutating func perform(_ command: Command, _ argument: String = "") -> [Effect] {
    if let reason = reason(against: command) {
      message = Message(.warning, reason)
      return []
    }
    if !argument.isEmpty, command.record.argument != nil { return performWith(argument, command) }
    switch command {
    case .nextCheckpoint: return step(by: 1)
    case .previousCheckpoint: return step(by: -1)
    case .tenForward: return step(by: 10)
    case .tenBack: return step(by: -10)
    case .firstCheckpoint: return step(by: -run.checkpoints.count)
    case .lastCheckpoint: return step(by: run.checkpoints.count)
    case .pageForward: return step(by: halfPage)
    case .pageBack: return step(by: -halfPage)
    case .goToEpoch, .goToStep, .goToSample, .theme:
      message = Message(.error, ":\(command.rawValue) needs \(command.record.argument ?? "a word")")
    case .nextSample: moveSample(by: 1)
    case .previousSample: moveSample(by: -1)
    case .nextSetting: return stepSetting(by: 1)
    case .previousSetting: return stepSetting(by: -1)
    case .allSettings: toggleSettings()
    case .timeline: return nextTimeline()
    case .rowDown: moveSample(by: layout.gridColumns)
    case .rowUp: moveSample(by: -layout.gridColumns)
    case .firstSample: go(toSample: samplePlace(inSlot: 0, of: place.checkpoint) ?? 0)
    case .lastSample:
      let last = sampleCount - 1
      go(toSample: samplePlace(inSlot: last, of: place.checkpoint) ?? last)
    case .closer where sampleCount == 0:
      guard let problem = problems[place.checkpoint] else {
        mode = .facts(top: 0)
        return []
      }
      message = Message(.warning, problem)
    case .facts: mode = .facts(top: 0)
    case .closer:
      place.depth = place.depth == .table ? .grid : .sample
      place.sample = min(place.sample, max(0, sampleCount - 1))
    case .back: climb()
    case .keep: return record(.verdict(position, .keep))
    case .reject: return record(.verdict(position, .reject))
    case .undecided: return record(.verdict(position, .undecided))
    case .rate1: return record(.rate(target, 1))
    case .rate2: return record(.rate(target, 2))
    case .rate3: return record(.rate(target, 3))
    case .rate4: return record(.rate(target, 4))
    case .rate5: return record(.rate(target, 5))
    case .rateOff: return record(.rate(target, 0))
    case .autoAdvance:
      advances.toggle()
      message = Message(
        .info,
        advances ? "a verdict or a rating goes on to the next" : "a verdict or a rating stays")
    case .tag: mode = .tagging(ofMarked: false)
    case .repeatTag: return lastTag.map { toggle($0) } ?? []
    case .tagMarked: mode = .tagging(ofMarked: true)
    case .undo: return undo()
    case .redo: return redo()
    case .nextUndecided: return goToUndecided(direction: 1)
    case .previousUndecided: return goToUndecided(direction: -1)
    case .winner: return table.selected.map { go(to: $0) } ?? []
    case .search: mode = .typing(LineEdit(), .search)
    case .nextMatch: return goToMatch(direction: 1)
    case .previousMatch: return goToMatch(direction: -1)
    case .filter: mode = .typing(LineEdit(), .filter)
    case .clearFilter: return setFilter("")
    case .mark: markAndGoOn()
    case .clearMarks:
      message = Message(.info, "\(marked.count) marks taken off")
      marked = []
    case .compare: compare()
    case .filmStrip: toggleStrip()
    case .play: play()
    case .follow: return toggleFollow()
    case .blink: return blink()
    case .difference: toggleDifference()
    case .spread: toggleSpread()
    case .nearest: toggleNearest()
    case .overview: mode = .overview(OverviewView())
    case .arrange: arrangeByNext()
    case .alarms: openAlarms()
    case .agree:
      openAgreement()
      // What was looked at until now counts the next time.
      return flushSeen()
    case .inbox: openInbox()
    case .measure: return measure([])
    case .darker: changeTone(gamma: 1 / 1.2)
    case .lighter: changeTone(gamma: 1.2)
    case .lessContrast: changeTone(contrast: 1 / 1.2)
    case .moreContrast: changeTone(contrast: 1.2)
    case .invert:
      settings.isInverted.toggle()
      isInversionSettled = true
      message = Message(.info, settings.isInverted ? "pictures inverted" : "pictures as they are")
    case .renderer: nextRenderer()
    case .texture: changeTexture()
    case .larger: resize(by: 1)
    case .smaller: resize(by: -1)
    case .resetPicture:
      settings = startSettings
      isInversionSettled = false
      tile = TileSize.usual
      isTileChosen = false
      message = Message(.info, "pictures as at the start")
    case .editRule: startRule()
    case .why: mode = .why(top: 0)
    case .sort: sortByNext()
    case .reverseSort: setSorting(Sorting(key: sorting.key, isReversed: !sorting.isReversed))
    case .note: startNote(about: .general)
    case .editNote:
      return [.edit(.note(target, .general), text: review.mark(target).notes[.general] ?? "")]
    case .select:
      let reason = review.override?.position == position ? review.override?.reason ?? "" : ""
      guard !reason.contains(where: \.isNewline) else {
        return [.edit(.reason(position), text: reason)]
      }
      mode = .typing(LineEdit(reason), .reason(position))
    case .trainingLog: mode = .log(LogView())
    case .writeWhy: return writeWhy()
    case .checklist:
      mode = .checklist(row: 0)
      // What was looked at until now counts.
      return flushSeen()
    case .pareto: openChart()
    case .evaluate: return evaluate("")
    case .report:
      mode = .exporting()
      return flushSeen()
    case .copyLine: return [.copyLine(copiedLine)]
    case .copyReport: return flushSeen() + [.copyReport]
    case .help: mode = .help(top: 0)
    case .commandLine:
      mode = .typing(LineEdit(), .command)
      historyPlace = nil
    case .nextPane where comparison != nil:
      if let comparison { focus((comparison.focus + 1) % comparison.items.count) }
    case .nextPane:
      pane = pane == .table ? .samples : .table
      message = Message(
        .info, pane == .table ? "keys are about the checkpoint" : "keys are about the samples")
    case .warnings: mode = .warnings(top: 0)
    case .disk: mode = .disk(top: 0)
    case .redraw:
      problems = [:]
      lostPictures = []
      surveys.removeFailures()
      return [.redraw]
    case .suspend: return [.suspend]
    case .backOrQuit:
      if comparison != nil || place.depth != .table {
        climb()
        return []
      }
      return leave()
    case .quit:
      quitsAll = true
      return leave()
    }
    return []
  }

  mutating func leave() -> [Effect] {
    flushSeen() + [.savePlace(place), .quit]
  }

  private mutating func climb() {
    if view != .samples {
      view = .samples
      message = Message(.info, "the samples as they are")
    } else if let comparison {
      if place.depth == .sample, !comparison.isOfSamples, comparison.origin.depth != .sample {
        place.depth = .grid
      } else {
        leaveComparison()
      }
    } else if showsStrip {
      leaveStrip()
    } else if let above = Depth(rawValue: place.depth.rawValue - 1) {
      place.depth = above
    } else if pane == .samples {
      pane = .table
    } else {
      message = Message(.info, "this is the table; \(keyMap.name(of: .backOrQuit)) quits")
    }
  }

  /// Half of the checkpoints that the screen shows.
  private var halfPage: Int {
    max(1, (showsStrip ? layout.panels.count : layout.tableRows) / 2)
  }

  private mutating func step(by count: Int) -> [Effect] {
    if let comparison, comparison.isByTimeline { return stepTimeline(comparison, by: count) }
    if let comparison {
      let target = min(max(0, comparison.focus + count), comparison.items.count - 1)
      if target == comparison.focus {
        message = Message(.info, "no further column; \(keyMap.name(of: .backOrQuit)) goes back")
      }
      focus(target)
      return []
    }
    let row = order.row(of: place.checkpoint) ?? 0
    let target = min(max(0, row + count), order.count - 1)
    if target == row {
      message = Message(
        .info, count > 0 ? "this is the last checkpoint" : "this is the first checkpoint")
    }
    return go(to: order[target])
  }

  /// The seed stays: only the checkpoint changes.
  mutating func go(to checkpoint: Int) -> [Effect] {
    guard checkpoint != place.checkpoint, run.checkpoints.indices.contains(checkpoint) else {
      return []
    }
    let rows = (order.row(of: place.checkpoint) ?? 0, order.row(of: checkpoint) ?? 0)
    direction = rows.1 >= rows.0 ? 1 : -1
    let seed = self.seed
    place.checkpoint = checkpoint
    surveys.remove { $0 == .order(checkpoint: checkpoint, .tag) }
    // The seed stays, wherever it lies in the other set.
    if let same = samplePlace(ofSeed: seed, at: checkpoint) { place.sample = same }
    if let comparison, comparison.items[comparison.focus].checkpoint != checkpoint {
      let item = comparison.items.firstIndex { $0.checkpoint == checkpoint }
      if let item { self.comparison?.focus = item } else { leaveComparison() }
    }
    explain()
    return []
  }

  /// In a comparison of samples only its columns can be gone to; anything else leaves it.
  mutating func go(toSample sample: Int) {
    place.sample = max(0, min(sample, sampleCount - 1))
    guard let comparison, comparison.isOfSamples else { return }
    let item = comparison.items.firstIndex {
      $0.checkpoint == place.checkpoint && $0.sample == place.sample
    }
    if let item { self.comparison?.focus = item } else { leaveComparison() }
  }

  private mutating func goToUndecided(direction: Int) -> [Effect] {
    var row = (order.row(of: place.checkpoint) ?? 0) + direction
    while (0..<order.count).contains(row) {
      let position = run.position(of: order[row])
      if review.mark(Target(position)).verdict == .undecided { return go(to: order[row]) }
      row += direction
    }
    message = Message(
      .info,
      direction > 0
        ? "no undecided checkpoint after this one" : "no undecided checkpoint before this one")
    return []
  }

  private mutating func moveSample(by count: Int) {
    if let comparison, comparison.isOfSamples {
      _ = step(by: count.signum())
      return
    }
    guard let target = samplePlace(inSlot: cursorSlot + count, of: place.checkpoint) else {
      message = Message(.info, count > 0 ? "no further sample" : "no sample before")
      return
    }
    place.sample = target
  }
}
