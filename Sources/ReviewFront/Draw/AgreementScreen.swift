import ReviewCore
import TerminalSurface

extension FrontState {
  /// How far reviewers agree, then where they do not, one a line, the one under the cursor with all its words.
  func drawAgreement(_ row: Int, into surface: inout Surface) {
    guard let agreement else { return }
    let items = agreement.agreement.disagreements
    let (room, visible) = (max(1, width - 4), max(1, height - 5))
    var lines = matterLines(agreement.agreement, most: max(1, visible / 4), room: room)
    let details = items.isEmpty ? [] : detailLines(agreement, row, room: room)
    let shown = min(items.count, max(2, visible - lines.count - details.count))
    let first = max(0, min(row - shown / 2, items.count - shown))
    lines += (first..<first + shown).map { place in
      let item = items[place]
      let isRuled = agreement.rulings[item.point] != nil
      let text = disagreementLine(item, isRuled: isRuled, isUnderCursor: place == row)
      return (
        TextWidth.fitted(text, to: room),
        place == row ? .cursor : isRuled ? .dim : .warning
      )
    }
    if items.isEmpty { lines.append(("they disagree on nothing that two of them judged", .keep)) }
    lines += Self.first(max(1, visible - lines.count), of: details, room: room)
    let title = "\(agreement.agreement.reviewers.count) reviewers"
    drawBox(
      items.isEmpty ? title : "\(title), disagreement \(row + 1)/\(items.count)", lines, top: 0,
      isAtBottom: true, into: &surface)
  }

  /// The first lines, as many as there is room for; the last one tells that there are more.
  private static func first(
    _ count: Int, of lines: [(String, Role)], room: Int
  ) -> [(String, Role)] {
    var shown = Array(lines.prefix(count))
    guard shown.count < lines.count, let last = shown.popLast() else { return shown }
    return shown + [(TextWidth.fitted("\(last.0) \(lines[count].0)", to: room), last.1)]
  }

  /// A line a matter; the last one says how many more there are.
  private func matterLines(
    _ agreement: ReviewerAgreement, most: Int, room: Int
  ) -> [(String, Role)] {
    let rows = agreement.rows
    guard !rows.isEmpty else { return [("no verdict, rating or tag yet", .dim)] }
    let shown = rows.count <= most ? rows.count : max(1, most - 1)
    var lines: [(String, Role)] = rows.prefix(shown).map { row in
      let lead = "\(PrintableText.singleLine(row.matter.words)) \(row.items)"
      let share = row.observed.value.map { " agree \(NumberText.fixed($0, places: 2))" } ?? ""
      let kappa = row.pairs.count == 1 ? row.pairs[0].kappa : nil
      let items = row.items == 1 ? "item" : "items"
      // As many words as there is room for.
      let choices = [
        "\(lead) \(items) \(share)" + (kappa.map { "  kappa \($0.text)" } ?? "")
          + "  alpha \(row.alpha.text)",
        "\(lead) \(items) \(share)  alpha \(row.alpha.text)",
        "\(lead)\(share) alpha \(AgreementCoefficient(row.alpha.value).text)",
      ]
      let text = choices.first { TextWidth.of($0) <= room } ?? choices[2]
      return (TextWidth.fitted(text, to: room), .heading)
    }
    if shown < rows.count, most > 1 {
      lines.append(("\(rows.count - shown) more matters: keepoch agree", .dim))
    }
    return lines
  }

  /// `> ? 030 #4 tag blurry: ann on, bob off`: the cursor, whether it was ruled, where, what, who.
  private func disagreementLine(
    _ item: ReviewerAgreement.Disagreement, isRuled: Bool, isUnderCursor: Bool
  ) -> String {
    let epoch =
      run.members.isEmpty && !hasSettings
      ? TextWidth.padded(run.axisValue(of: item.index).padded, to: axisWidth)
      : pointName(of: item.index)
    let sample = item.point.target.sample.map { " #\($0)" } ?? ""
    return PrintableText.singleLine(
      "\(isUnderCursor ? ">" : " ") \(isRuled ? "=" : "?") \(epoch)\(sample) "
        + "\(item.point.matter.words): \(item.said)")
  }

  /// Who said what, and what counts.
  private func detailLines(
    _ view: AgreementView, _ row: Int, room: Int
  ) -> [(String, Role)] {
    let items = view.agreement.disagreements
    guard items.indices.contains(row) else { return [] }
    let item = items[row]
    var lines: [(String, Role)] = [("", .text)]
    func add(_ text: String, _ role: Role) {
      lines += TextWidth.wrapped(PrintableText.singleLine(text), to: room).map { ($0, role) }
    }
    if let ruling = view.rulings[item.point], let value = ruling.value {
      add("\(value) counts: ruled by \(ruling.reviewer)", .keep)
      if !ruling.reason.isEmpty { add(ruling.reason, .note) }
    } else {
      add("open: \(rulingKeys(of: item.point.matter))", .message)
    }
    // By what was said: of many reviewers that is shorter.
    let values = Set(item.words.map(\.value)).sorted()
    for value in values {
      let names = item.words.filter { $0.value == value }.map(\.reviewer)
      let count = names.count > 1 ? " (\(names.count))" : ""
      add("\(value)\(count): \(names.joined(separator: ", "))", .text)
    }
    return lines
  }

  /// Where people and numbers disagree, one a line, the one under the cursor with all its words.
  func drawInbox(_ row: Int, into surface: inout Surface) {
    guard contradictions.indices.contains(row) else { return }
    let (room, visible) = (max(1, width - 4), max(1, height - 5))
    func line(_ place: Int) -> String {
      let item = contradictions[place]
      return PrintableText.singleLine("\(run.position(of: item.index).words): \(item.words)")
    }
    var details: [(String, Role)] = [("", .text)]
    details += TextWidth.wrapped(line(row), to: room).map { ($0, .message) }
    if case .order(let places) = contradictions[row].kind {
      let others = places.against.map { pointName(of: $0) }
      let words = "the other way round against \(others.joined(separator: ", "))"
      details += TextWidth.wrapped(PrintableText.singleLine(words), to: room).map { ($0, .dim) }
    }
    let shown = min(contradictions.count, max(2, visible - details.count))
    let first = max(0, min(row - shown / 2, contradictions.count - shown))
    var lines = (first..<first + shown).map { place -> (String, Role) in
      (
        TextWidth.fitted("\(place == row ? ">" : " ") \(line(place))", to: room),
        place == row ? .cursor : .text
      )
    }
    lines += Self.first(max(0, visible - lines.count), of: details, room: room)
    drawBox(
      "people and numbers disagree, \(row + 1)/\(contradictions.count)", lines, top: 0,
      isAtBottom: true, into: &surface)
  }

  /// What the keys are while disagreements are listed.
  func agreementHint(_ row: Int) -> String {
    let items = agreement?.agreement.disagreements ?? []
    let back = "\(keyMap.name(of: .backOrQuit)) back"
    guard items.indices.contains(row) else { return back }
    let scroll = "\(keyMap.name(of: .nextCheckpoint))/\(keyMap.name(of: .previousCheckpoint)) row"
    let why = "\(keyMap.name(of: .note)) why"
    let undo = "\(keyMap.name(of: .rateOff)) takes it back"
    return [
      scroll, rulingKeys(of: items[row].point.matter), back, "Enter shows it", why, undo,
    ].joined(separator: "  ")
  }
}
