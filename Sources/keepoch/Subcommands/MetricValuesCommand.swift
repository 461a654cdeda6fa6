import ArgumentParser
import ReviewCore
import RunFormats
import SampleMetrics

/// Holds the registry of metrics against a folder of reference values; the house's checks run it.
struct MetricValuesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metric-values", abstract: "Compare all metrics with reference values.",
    discussion: """
      FOLDER holds reference.json and data/. Every miss is one line; exit status 1 on any. Edge cases, \
      where there are any, must be answered with an error or a value as edge_cases.json says.
      """, shouldDisplay: false)

  @Argument(help: "A folder with reference.json and data/.", completion: .directory)
  var folder: String

  @Flag(help: "Print the values, {dataset: {name: value}}, in place of a summary.")
  var json = false

  func run() throws {
    try reporting {
      var check = ReferenceCheck(folder: folder, effort: .whole())
      try check.run()
      try EdgeCases(folder: folder, effort: .whole()).run(&check)
      for miss in check.misses { Outside.say(miss) }
      if json {
        var sets: [(String, [(String, JSONText)])] = []
        for (dataset, name, value) in check.values {
          if sets.last?.0 != dataset { sets.append((dataset, [])) }
          sets[sets.count - 1].1.append((name, value))
        }
        try Outside.put(
          JSONText.object(sets.map { ($0.0, .object($0.1)) }).indentedText)
      } else {
        try Outside.put("\(check.compared) compared, \(check.misses.count) missed\n")
      }
      if !check.misses.isEmpty || check.compared == 0 { throw ExitCode(1) }
    }
  }
}
