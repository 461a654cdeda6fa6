import ArgumentParser
import ReviewCore
import ReviewReport

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say which evidence for the choice is still missing.",
    discussion: """
      One line an item: there or missing, what, and how to bring it in; then what the literature tries \
      against the failures that were tagged, and what makes the evidence weaker. Exit status 1 while \
      an item is missing.
      """)

  @OptionGroup var options: ComparedOptions

  @Flag(help: "Print keepoch.check/1.")
  var json = false

  func run() throws {
    try reporting {
      let opened = try open(options)
      let rule = try opened.ruleInForce()
      let evidence = Evidence(
        run: opened.run, reviews: opened.reviews, evaluator: try opened.evaluator(rule))
      let answer = CheckAnswer(
        checklist: EvidenceChecklist(evidence, rule: rule), cautions: evidence.cautions,
        runs: options.runs.isEmpty ? ["."] : options.runs)
      try Outside.put(json ? answer.json : answer.text)
      if !answer.checklist.isComplete { throw ExitCode(1) }
    }
  }
}

/// What `keepoch check` prints.
struct CheckAnswer {
  let checklist: EvidenceChecklist
  let cautions: [String]
  /// As they were named.
  let runs: [String]

  var text: String {
    var lines: [String] = []
    let width = checklist.items.map(\.subject.title.count).max() ?? 0
    for item in checklist.items {
      let title = item.subject.title + String(repeating: " ", count: width)
      lines.append(
        "\(item.isThere ? "there  " : "missing")  \(title.prefix(width))  \(item.detail)")
      if let remedy = item.remedy {
        // Names of subcommands and of files stand as they are typed; of several runs the one that is meant
        // is the reader's to name.
        let words =
          runs.count == 1 ? remedy.replacing("RUN", with: ShellWord.quoted(runs[0])) : remedy
        lines.append("         \(words)")
      }
    }
    lines.append("evidence: \(checklist.summary)")
    for offer in checklist.offers { lines.append("against \(offer.tag): \(offer.words)") }
    for caution in cautions { lines.append("caution: \(caution)") }
    return lines.map { PrintableText.escaped($0) + "\n" }.joined()
  }

  var json: String {
    guard case .object(let members) = JSONReport.checklist(checklist) else { return "" }
    return JSONText.object(
      [("schema", .string("keepoch.check/1"))] + members
        + [("cautions", .array(cautions.map { .string($0) }))]
    ).indentedText
  }
}
