import ArgumentParser
import ReviewCore
import ReviewReport

struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table", abstract: "Print the checkpoint table and the rule's selection.",
    discussion: "Exit status 1 when the rule selects none.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, csv, json, markdown
  }

  @OptionGroup var options: ComparedOptions

  @Option(help: "text, csv, json or markdown.")
  var format = Format.text

  func run() throws {
    try reporting {
      let opened = try open(options)
      let evaluator = try opened.evaluator(opened.ruleInForce())
      let table = CheckpointTable(judging: evaluator)
      let text = TableText(
        run: opened.run, table: table, override: opened.override?.position,
        named: Set(evaluator.rule.metricNames))
      switch format {
      case .text: try Outside.put(text.text)
      case .csv: try Outside.put(text.csv)
      case .json: try Outside.put(text.json)
      case .markdown: try Outside.put(text.markdown)
      }
      if table.selected == nil { throw ExitCode(1) }
    }
  }
}
