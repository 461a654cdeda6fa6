import ReviewCore
import ReviewReport

/// A run with two samples at each of the design's checkpoints.
func sampleRun(name: String = "lab", note: String = "late") -> Run {
  let layout = GridLayout(
    columns: 2, rows: 1, padding: 0, hasBorder: false, sampleWidth: 8, sampleHeight: 8, count: 2,
    certainty: 1)
  let quality = [0.20, 0.45, 0.68, 0.75]
  let diversity = [0.80, 0.72, 0.60, 0.48]
  return Run(
    name: name, path: "lab", format: .imageGrids,
    checkpoints: [1.0, 10, 30, 60].map {
      Checkpoint(
        epoch: AxisValue($0), note: note, samples: .grid(path: "\($0).png", layout: layout))
    },
    columns: [
      MetricColumn(metric: Metric(name: "quality"), values: quality),
      MetricColumn(metric: Metric(name: "diversity"), values: diversity),
    ])
}

func samples() -> [Int: SampleSet] {
  var sets: [Int: SampleSet] = [:]
  for index in 0..<4 {
    let pixels = (0..<128).map { UInt8(($0 * 7 + index * 31) % 256) }
    sets[index] = SampleSet(width: 8, height: 8, indices: [0, 1], pixels: pixels)
  }
  return sets
}

func review(_ acts: [ReviewAct], reviewer: String = "ann") -> Review {
  Review(
    reviewer: reviewer,
    events: acts.enumerated().map {
      ReviewEvent(
        sequence: $0.offset + 1, time: "2026-01-01T00:00:00.000Z", reviewer: reviewer,
        act: $0.element)
    })
}

func text(_ run: Run, _ reviews: [Review]) throws -> String {
  try written(run, reviews).text
}

func written(
  _ run: Run, _ reviews: [Review]
) throws -> (text: String, pictures: [(name: String, image: GrayImage)]) {
  let (text, pictures, _) = MarkdownReport.write(try sampleReport(run, reviews))
  return (text, pictures)
}

func sampleReport(_ run: Run, _ reviews: [Review]) throws -> Report {
  let rule = try RuleInForce(run: run)
  let evaluator = try RuleEvaluator(rule.rule, facts: RuleFacts(run: run, reviews: reviews))
  return Report(
    run: run, reviews: reviews, rule: rule, evaluator: evaluator, dataDigest: "d1",
    runPath: "..", warnings: [], samples: samples())
}

/// The lines of Markdown that are not within a fence, as CommonMark finds its ends.
func outsideFences(_ text: String) -> [Substring] {
  var fence: Int?
  return text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
    let length = line.unicodeScalars.prefix { $0 == "`" }.count
    if let open = fence {
      if length >= open, line.unicodeScalars.count == length { fence = nil }
      return false
    }
    if length >= 3 { fence = length }
    return length < 3
  }
}

/// What must stay text wherever it stands.
let hostileTexts = [
  "</td><script>alert(1)</script>", "| a | b |\n\n# heading", "```\nfence\n```", "`` ` ``",
  "[x](javascript:alert(1))", "\u{1B}[2J\u{7}bell", "![i](http://e/x.png)", "<!-- -->",
  "\u{202E}evil", "* **bold** _it_ ~~s~~", "- item\n1. one", "&lt;b&gt;", "=1+1", "@SUM(A1)",
  "+cmd|' /C calc'!A0", "\"quoted\", and\r\nmore", "\\ \u{2028} \u{0}end",
  "q'\u{301}; touch pwned; echo '", "x,\u{301}y\"\u{301}z", "=\u{301}1+1", "a |\u{301} b`\u{301}c",
  "q``<img src=x onerror=alert(1)>",
]

/// A review that says something hostile wherever a reviewer can say something.
func hostileReview(_ hostile: String, reviewer: String) -> Review {
  let sample = Target(Position(.epoch, 60), sample: 1)
  return review(
    [
      .note(sample, about: .general, text: hostile),
      .tag(sample, tag: "blurry", isOn: true, digest: nil), .rate(sample, 2),
      .note(Target(), about: .quality, text: hostile),
      .note(Target(Position(.epoch, 30)), about: .stability, text: hostile),
      .verdict(Position(.epoch, 30), .keep),
      .select(Position(.epoch, 10), reason: hostile, isOn: true),
    ], reviewer: reviewer)
}

/// A run that says something hostile wherever a run can.
func hostileRun(_ hostile: String) -> Run {
  var run = sampleRun(name: hostile, note: hostile)
  run.columns.append(
    MetricColumn(metric: Metric(name: hostile, explanation: hostile), values: [1, nil, .nan, 4]))
  run.series = [Series(name: hostile, axis: .step, positions: [1, 2], values: [0.5, .nan])]
  run.declaration.data = hostile
  run.declaration.why = hostile
  return run
}
