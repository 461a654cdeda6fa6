import ArgumentParser
import ReviewCore
import SampleMetrics

/// Prints `docs/metrics.md`; the house's checks compare it.
struct MetricsPageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics-page", abstract: "Print the page of metrics.", shouldDisplay: false)

  func run() {
    print(
      "# Metrics\n\nGenerated from the registry by `make docs`. [Measuring](measuring.md) says how they are used,"
    )
    print("and under which names they become columns.")
    for metric in MetricRegistry.all {
      let card = metric.card
      print("\n## \(card.title) (`\(card.name)`, version \(card.version))\n")
      print("\(card.formula).\n")
      print("| value | range | better | what |\n| --- | --- | --- | --- |")
      for value in card.values {
        print(
          "| `\(value.name)` | \(value.range) | \(value.direction?.rawValue ?? "-") "
            + "| \(value.meaning.replacing("|", with: "\\|")) |")
      }
      print("\n- Reads: \(card.reads.map(\.rawValue).joined(separator: ", "))")
      print("- At least: \(card.minimumCount)")
      print("- Source: \(card.source)")
      print("- Pitfalls: \(card.pitfalls)")
    }
  }
}
