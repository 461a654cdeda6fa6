import GlyphRendering
import ReviewCore
import TerminalSurface

extension FrontState {
  /// Does what a command says, or says why not.
  package mutating func perform(_ command: Command) -> [Effect] {
    if let reason = reason(against: command) {
      message = Message(.warning, reason)
      return []
    }
    switch command {
    case .nextCheckpoint: return step(by: 1)
    case .previousCheckpoint: return step(by: -1)
    case .tenForward: return step(by: 10)
    case .tenBack: return step(by: -10)
    case .firstCheckpoint: return go(to: 0)
    case .lastCheckpoint: return go(to: run.checkpoints.count - 1)
    case .pageForward: return step(by: max(1, layout.tableRows / 2))
    case .pageBack: return step(by: -max(1, layout.tableRows / 2))
    case .nextSample: moveSample(by: 1)
    case .previousSample: moveSample(by: -1)
    case .rowDown: moveSample(by: layout.gridColumns)
    case .rowUp: moveSample(by: -layout.gridColumns)
    case .firstSample: place.sample = 0
    case .lastSample: place.sample = max(0, sampleCount - 1)
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
    case .select:
      let reason = review.override?.position == position ? review.override?.reason ?? "" : ""
      mode = .typing(LineEdit(reason), .reason(position))
    case .tag: mode = .tagging
    case .repeatTag: return lastTag.map { toggle($0) } ?? []
    case .note: startNote(about: .general)
    case .undo: return review.nextUndo.map { record(.undo(of: $0.sequence)) } ?? []
    case .redo: return review.redoable.last.map { record(.undo(of: $0)) } ?? []
    case .nextUndecided: return goToUndecided(direction: 1)
    case .previousUndecided: return goToUndecided(direction: -1)
    case .winner: return table.selected.map { go(to: $0) } ?? []
    case .why: mode = .why(top: 0)
    case .warnings: mode = .warnings(top: 0)
    case .invert:
      settings.isInverted.toggle()
      isInversionSettled = true
      message = Message(.info, settings.isInverted ? "pictures inverted" : "pictures as they are")
      pictures.removeAll()
    case .renderer: nextRenderer()
    case .larger: resize(by: 1)
    case .smaller: resize(by: -1)
    case .resetPicture:
      settings = .init(isLightBackground: theme.isLight)
      isInversionSettled = false
      tile = TileSize.usual
      pictures.removeAll()
      message = Message(.info, "pictures as at the start")
    case .report: mode = .exporting
    case .help: mode = .help(top: 0)
    case .commandLine:
      mode = .typing(LineEdit(), .command)
      historyPlace = nil
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .backOrQuit:
      guard place.depth == .table else {
        climb()
        return []
      }
      return leave()
    case .quit: return leave()
    }
    return []
  }

  private mutating func leave() -> [Effect] {
    flushSeen() + [.savePlace(place), .quit]
  }

  private mutating func climb() {
    if let above = Depth(rawValue: place.depth.rawValue - 1) {
      place.depth = above
    } else {
      message = Message(.info, "this is the table; q quits")
    }
  }

  private mutating func step(by count: Int) -> [Effect] {
    let last = run.checkpoints.count - 1
    let target = min(max(0, place.checkpoint + count), last)
    if target == place.checkpoint {
      message = Message(
        .info, count > 0 ? "this is the last checkpoint" : "this is the first checkpoint")
    }
    direction = count > 0 ? 1 : -1
    return go(to: target)
  }

  /// The seed stays: only the checkpoint changes.
  mutating func go(to checkpoint: Int) -> [Effect] {
    guard checkpoint != place.checkpoint, run.checkpoints.indices.contains(checkpoint) else {
      return []
    }
    direction = checkpoint > place.checkpoint ? 1 : -1
    place.checkpoint = checkpoint
    explain()
    return []
  }

  private mutating func goToUndecided(direction: Int) -> [Effect] {
    var index = place.checkpoint + direction
    while run.checkpoints.indices.contains(index) {
      if review.mark(Target(run.position(of: index))).verdict == .undecided { return go(to: index) }
      index += direction
    }
    message = Message(
      .info,
      direction > 0
        ? "no undecided checkpoint after this one" : "no undecided checkpoint before this one")
    return []
  }

  private mutating func moveSample(by count: Int) {
    let target = place.sample + count
    guard (0..<sampleCount).contains(target) else {
      message = Message(.info, count > 0 ? "no further sample" : "no sample before")
      return
    }
    place.sample = target
  }

  private mutating func resize(by steps: Int) {
    let target = tile + steps
    guard TileSize.widths.indices.contains(target) else {
      message = Message(.info, steps > 0 ? "as large as it gets" : "as small as it gets")
      return
    }
    tile = target
    message = Message(.info, "samples \(TileSize.widths[tile]) cells wide")
  }

  private mutating func nextRenderer() {
    guard abilities.colors >= 256, abilities.isUTF8 else {
      message = Message(
        .info,
        abilities.isUTF8
          ? "half blocks need 256 colours; this terminal has \(abilities.colors)"
          : "half blocks need a UTF-8 locale; this one is not")
      return
    }
    let isASCII = settings.glyphs == .ascii
    settings.glyphs = isASCII ? .half : .ascii
    settings.color = isASCII ? .palette : .none
    settings.background = isASCII ? .gray : .none
    pictures.removeAll()
    message = Message(.info, isASCII ? "half blocks in gray" : "ASCII by shape")
  }
}
