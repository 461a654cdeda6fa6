import ReviewCore
import TerminalSurface

extension FrontState {
  /// The evidence, item by item: a digit or Enter goes to where it is brought in.
  func drawChecklist(_ row: Int, into surface: inout Surface) {
    let visible = max(1, height - 5)
    drawBox(
      "evidence", checklistLines(row), top: max(0, row - visible + 2), isAtBottom: true,
      into: &surface)
  }

  /// How many lines it has at this width.
  var checklistLineCount: Int {
    checklistLines(0).reduce(0) { $0 + TextWidth.wrapped($1.0, to: max(1, width - 4)).count }
  }

  private func checklistLines(_ row: Int) -> [(String, Role)] {
    let checklist = EvidenceChecklist(evidence, rule: rule)
    var lines: [(String, Role)] = []
    for (place, item) in checklist.items.enumerated() {
      let lead = place == row ? ">" : " "
      let sign = item.isThere ? "+" : "-"
      let title = TextWidth.padded(item.subject.title, to: 22)
      // One line an item, so that the cursor stays in sight.
      let text = "\(lead)\((place + 1) % 10) \(sign) \(title)\(item.detail)"
      lines.append(
        (
          TextWidth.fitted(PrintableText.singleLine(text), to: width - 4),
          place == row ? .cursor : item.isThere ? .keep : .reject
        ))
    }
    lines.append(("", .text))
    let missing = checklist.missing.count
    lines.append(
      missing == 0
        ? ("all is there", .keep) : ("\(missing) missing; a digit or Enter goes there", .message))
    for offer in checklist.offers.prefix(Self.mostOffers) {
      lines.append(("against \(PrintableText.singleLine(offer.tag)): \(offer.words)", .dim))
    }
    for caution in evidence.cautions {
      lines.append(("! \(PrintableText.singleLine(caution))", .warning))
    }
    return lines
  }

  /// The plan for training states, checkpoint by checkpoint.
  var diskLines: [(String, Role)] {
    let plan = StatePlan(evidence)
    let lines = plan.entries.map { entry -> (String, Role) in
      let sign = entry.isKept ? "+ keep    " : "- could go"
      let size = StateFile(path: "", size: entry.size).sizeText
      let words = entry.reasons.joined(separator: ", ")
      return (
        "\(sign)  \(run.position(of: entry.index).words)  \(size)  \(PrintableText.singleLine(words))",
        entry.isKept ? .keep : .text
      )
    }
    let sizes = [plan.keptSize, plan.freedSize].map { StateFile(path: "", size: $0).sizeText }
    return lines + [
      ("", .text),
      ("to keep \(sizes[0]), could go \(sizes[1]); nothing is deleted here", .message),
      ("keepoch disk --script prints a script to read, and to run if you agree", .dim),
    ]
  }

  private static let mostOffers = 4

  /// The formats of a report, and what an export should warn of.
  var exportLines: [(String, Role)] {
    var lines: [(String, Role)] = ReportFormat.allCases.map {
      (" \($0.key)  \($0.title)", .text)
    }
    let draft = review.mark(Target()).notes[.why] == nil ? "the draft" : "your words"
    lines.append(
      (" \(keyMap.name(of: .writeWhy))  first: why it is kept, \(draft) in $EDITOR", .text))
    lines.append((" any other key goes back", .dim))
    for caution in evidence.cautions {
      lines.append(("! \(PrintableText.singleLine(caution))", .warning))
    }
    return lines
  }
}
