import ArgumentParser
import ReviewCore
import ReviewReport
import RunFormats

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Run the rule of a report on the run's data again.",
    discussion: """
      REPORT is what keepoch report --format json wrote; the run, or every run of a comparison, is found from where it lies. Exit \
      status 0: the same choice, and it is said when the data differ; 1: another choice; 2: the \
      report, its rule or its data cannot be read.
      """)

  @Argument(help: "A report in JSON.", completion: .file(extensions: ["json"]))
  var report: String

  @Flag(help: "Print keepoch.verify/1.")
  var json = false

  @Flag(help: "Write nothing anywhere.")
  var readOnly = false

  func run() throws {
    try reporting {
      let claim = try ReportClaim(path: report)
      var opened = try Self.open(claim, keepsCache: !readOnly)
      // What the rule reads of computed numbers is computed again where nothing is remembered.
      if let rule = try? opened.ruleInForce(given: claim.rule) {
        try opened.measure(for: rule, keepsCache: !readOnly)
      }
      Outside.warn(opened.warnings)
      let answer = try VerifyAnswer(claim: claim, opened: opened)
      try Outside.put(json ? answer.json : answer.text)
      if !answer.isSame { throw ExitCode(1) }
    }
  }

  private static func open(_ claim: ReportClaim, keepsCache: Bool) throws(RunError) -> OpenedRun {
    guard claim.runPaths.count > 1 else {
      return try OpenedRun(
        path: claim.runPaths[0], reviewer: nil, configuration: Configuration.load(),
        waitsForRange: false, keepsCache: keepsCache)
    }
    return try OpenedRun.comparing(
      claim.runPaths, reviewer: nil, configuration: Configuration.load(), keepsCache: keepsCache)
  }
}
