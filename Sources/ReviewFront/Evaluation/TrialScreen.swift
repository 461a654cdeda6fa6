import HumanEvaluation
import ReviewCore
import TerminalSurface

extension FrontState {
  /// One trial and nothing else: no checkpoint, run or number is on the screen while it is asked.
  func drawTrial(_ view: EvaluationView, _ record: BlockRecord, into surface: inout Surface) {
    let block = record.block
    surface.fill(Rect(x: 0, y: 0, width: width, height: 1), style: theme[.title])
    let most = block.mostTrials
    let count =
      block.stopping == .whole ? "of \(most)" : "of at most \(most)"
    let number = min(record.answers.count + 1, most)
    let who = "\(PrintableText.singleLine(review.reviewer)) "
    surface.put(
      TextWidth.fitted(
        " \(block.kind.rawValue) | trial \(number) \(count)", to: width - TextWidth.of(who) - 1),
      x: 0, y: 0, style: theme[.title])
    surface.put(who, x: width - TextWidth.of(who), y: 0, style: theme[.title])
    let prompt = PrintableText.singleLine(block.prompt)
    put(centered: prompt, row: 1, role: .heading, into: &surface)
    if let reason = canShow(block) {
      for (row, line) in TextWidth.wrapped(
        "This block cannot go on here: \(reason).", to: width - 2
      )
      .enumerated()
      where row + 3 < height - 2 {
        surface.put(line, x: 1, y: 3 + row, style: theme[.warning])
      }
    } else if let trial = record.nextTrial, let layout = layout(of: block) {
      drawSides(trial, view, block, layout, into: &surface)
    }
    drawTrialFooter(view, block, into: &surface)
  }

  private func drawSides(
    _ trial: Trial, _ view: EvaluationView, _ block: EvaluationBlock, _ layout: TrialLayout,
    into surface: inout Surface
  ) {
    let isThere = isAtHand(trial, of: block)
    let names = trial.right == nil ? [""] : ["<- left", "right ->"]
    for (side, stimulus) in trial.sides.enumerated() {
      let used = min(layout.perRow, block.rendering.pictures) * (layout.columns + 1) - 1
      let x = layout.origins[side].x
      let name = TextWidth.fitted(names[side], to: max(used, 8))
      surface.put(
        name, x: max(0, x + (used - TextWidth.of(name)) / 2), y: 2, style: theme[.key])
      guard !view.isHidden else { continue }
      // Both sides come at once: the one that is ready first would tell.
      guard isThere, let request = request(for: stimulus, of: block) else {
        let words = isLost(trial, of: block) ? "a picture cannot be read: Space" : "..."
        surface.put(
          TextWidth.fitted(words, to: max(used, 3)), x: x, y: layout.origins[side].y,
          style: theme[.dim])
        continue
      }
      let page = pictures.page(request.checkpoint, request.tile)
      for (picture, place) in request.samples.enumerated() {
        guard let cells = page[place] else { continue }
        let (x, y) = layout.place(picture, side: side)
        surface.copy(cells, blockWidth: layout.columns, x: x, y: y)
      }
    }
    if view.isHidden {
      put(centered: "the time is over: answer", row: height / 2, role: .message, into: &surface)
    }
  }

  private func drawTrialFooter(
    _ view: EvaluationView, _ block: EvaluationBlock, into surface: inout Surface
  ) {
    if let notice = view.notice, !notice.text.isEmpty {
      let role: Role
      switch notice.kind {
      case .error: role = .error
      case .saved: role = .saved
      case .warning: role = .warning
      case .info: role = .dim
      }
      let lead = notice.kind == .error ? "! " : ""
      surface.put(
        TextWidth.fitted(lead + PrintableText.singleLine(notice.text), to: width - 1), x: 0,
        y: height - 2, style: theme[role])
    }
    let keys: String
    switch block.kind {
    case .twoAFC: keys = "Left Right choose"
    case .pairwise: keys = "Left Right choose  = tie"
    case .likert: keys = "1 2 3 4 5 rate"
    }
    let back = keyMap.name(of: .backOrQuit)
    surface.put(
      TextWidth.fitted("\(keys)  \(back) pause  Space skip  Backspace take back", to: width - 1),
      x: 0, y: height - 1, style: theme[.dim])
  }

  private func put(
    centered text: String, row: Int, role: Role, into surface: inout Surface
  ) {
    let text = TextWidth.fitted(text, to: width - 2)
    surface.put(text, x: max(1, (width - TextWidth.of(text)) / 2), y: row, style: theme[role])
  }
}
