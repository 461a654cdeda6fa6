import Foundation
import ReviewCore
import RunFormats
import Testing

@testable import ReviewReport

/// The report of a run whose samples were drawn in several ways.
@Suite struct SettingsReportTests {
  /// Four checkpoints at three temperatures: colder is better and less varied.
  static func run() throws -> Run {
    let parts = try [0.5, 1, 1.5].enumerated().map { place, temperature in
      var run = sampleRun(name: "ar")
      let shift = 0.1 * Double(place - 1)
      for column in run.columns.indices {
        let sign = run.columns[column].metric.name == "quality" ? -1.0 : 1
        run.columns[column] = MetricColumn(
          metric: run.columns[column].metric,
          values: run.columns[column].values.map { $0.map { $0 + sign * shift } })
      }
      let setting = try #require(
        SamplingSetting(parsing: "temperature=\(NumberText.shortest(temperature))"))
      return (setting, run)
    }
    return Run(joining: parts)
  }

  private func written() throws -> (text: String, charts: [(name: String, svg: String)]) {
    let (text, _, charts) = MarkdownReport.write(try RunsReportTests.report(Self.run()))
    return (text, charts)
  }

  @Test func theDecisionNamesTheSetting() throws {
    let text = try written().text
    #expect(text.contains("**Keep epoch 30 at temperature 1 of ar**: `max quality` is 0.68"))
    #expect(text.contains("pairs of checkpoint and setting where `diversity >= 0.55`"))
    #expect(text.contains("|  | epoch | temperature | quality | diversity |"))
    #expect(text.contains("| selected | 030 | 1 | 0.68 | 0.60 | candidate |"))
    #expect(text.contains("`selected_epoch: 30` and `selected_setting: temperature=1`"))
  }

  @Test func beforeAndAfterAreOfTheSameSetting() throws {
    let report = try RunsReportTests.report(Self.run())
    #expect(
      report.beforeAtAfter.map { report.run.words(of: $0) } == [
        "epoch 10 at temperature 1", "epoch 30 at temperature 1", "epoch 60 at temperature 1",
      ])
    #expect(
      report.keptSettings.map { report.run.words(of: $0) } == [
        "epoch 30 at temperature 0.5", "epoch 30 at temperature 1", "epoch 30 at temperature 1.5",
      ])
    let (text, pictures, _) = MarkdownReport.write(report)
    #expect(text.contains("### The same seeds under every setting of the choice"))
    #expect(pictures.map(\.name).contains("settings-seeds.png"))
  }

  @Test func aCurveACheckpointAndWhatEachSettingWouldGive() throws {
    let (text, charts) = try written()
    #expect(text.contains("### Epoch 30 under each of its settings"))
    #expect(
      text.contains(
        "quality is best at temperature 0.5 (0.78), diversity is best at temperature 1.5 (0.7)"))
    #expect(text.contains("| selected | temperature 1 | 30 | 0.68 | 0.60 |"))
    #expect(text.contains("|  | temperature 0.5 | 10 | 0.55 | 0.62 |"))
    let curves = try #require(charts.first { $0.name == "settings.svg" }).svg
    #expect(curves.contains("class=\"chosen-curve\"") && curves.contains(">epoch 30, kept<"))
    #expect(curves.contains(">epoch 60<"))
    let front = try #require(charts.first { $0.name == "front.svg" }).svg
    #expect(front.contains(">temperature 0.5<"))
    let course = try #require(charts.first { $0.name == "course.svg" }).svg
    #expect(course.contains("quality and diversity, at temperature 1<"))
  }

  @Test func rowsCarryTheirSetting() throws {
    let report = try RunsReportTests.report(Self.run())
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(JSONReport.write(report).utf8)) as? [String: Any])
    let rows = try #require(object["checkpoints"] as? [[String: Any]])
    #expect(rows.count == 12 && rows[0]["setting"] as? String == "temperature=0.5")
    #expect(object["runs"] == nil)
    let csv = try #require(DelimitedText(Array(CSVReport.write(report).utf8)))
    #expect(csv.header.prefix(2) == ["epoch", "temperature"])
    #expect(csv.rows.prefix(3).map { $0.fields[1] } == ["0.5", "1", "1.5"])
  }

  @Test func aRunOfOneSettingSaysNothingOfAny() throws {
    let text = MarkdownReport.write(try sampleReport(sampleRun(), [])).text
    #expect(!text.contains("setting") && !text.contains("of lab, epoch"))
    #expect(
      !MarkdownReport.write(try sampleReport(sampleRun(), [])).charts.contains { chart in
        chart.svg.contains("chosen-curve")
      })
  }
}
