import ArgumentParser
import HumanEvaluation
import ReviewCore

struct EvalResultsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results", abstract: "What people said, of all raters of a run.",
    discussion: "Exit status 1: no block is over yet.")

  @OptionGroup var options: ComparedOptions

  @Flag(help: "As JSON, keepoch.eval/1.")
  var json = false

  func run() throws {
    try reporting {
      let opened = try open(options)
      let results = HumanResults(of: opened.reviews, in: opened.run)
      if json {
        try Outside.put(
          JSONText.object([
            ("schema", .string("keepoch.eval/1")), ("run", .string(opened.run.name)),
            ("groups", results.json),
          ]).indentedText)
      } else {
        let lines = ResultWords(results, of: opened.run).lines
        try Outside.put(lines.map(\.text).joined(separator: "\n") + "\n")
      }
      if results.groups.allSatisfy(\.raters.isEmpty) { throw ExitCode(1) }
    }
  }
}
