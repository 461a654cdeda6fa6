import ReviewCore

/// The metadata of a model card: what Hugging Face calls a model index, in YAML.
///
/// After https://github.com/huggingface/hub-docs/blob/main/modelcard.md: a result needs a task with
/// a type, a data set with a type and a name, and metrics with a type and a value.
struct ModelIndex {
  let report: Report

  /// Between its two lines of `---`; without metrics there is no result to list.
  var text: String {
    var text = "---\npipeline_tag: \(Self.task)\n"
    let metrics = self.metrics
    if let kept = report.kept, !metrics.isEmpty {
      text +=
        "model-index:\n- name: \(QuotedText.string(report.evidence.keptRun.name))\n  results:\n"
      text += "  - task:\n      type: \(Self.task)\n      name: Unconditional image generation\n"
      text += "    dataset:\n      type: \(QuotedText.string(dataset.type))\n"
      text += "      name: \(QuotedText.string(dataset.name))\n    metrics:\n"
      for (name, value) in metrics {
        text += "    - type: \(QuotedText.string(name))\n"
        text += "      value: \(YAMLText.number(value))\n"
        text +=
          "      name: \(QuotedText.string("\(name) at \(report.run.words(of: kept))"))\n"
      }
    }
    return text + "---\n"
  }

  private static let task = "unconditional-image-generation"

  /// Of the kept checkpoint; a model index has no word for a value that is not finite.
  private var metrics: [(name: String, value: Double)] {
    guard let kept = report.kept else { return [] }
    return report.run.displayOrder.compactMap { column in
      let metric = report.run.columns[column]
      return metric.values[kept].flatMap { $0.isFinite ? (metric.metric.name, $0) : nil }
    }
  }

  /// A run says in words what it was trained on; only a plain word passes for an identifier.
  private var dataset: (type: String, name: String) {
    let lines = (report.evidence.keptRun.declaration.data ?? "").split(whereSeparator: \.isNewline)
    guard let name = lines.first.map(String.init) else { return ("unknown", "not declared") }
    let isIdentifier = name.utf8.allSatisfy {
      ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39)
        || "-_./".utf8.contains($0)
    }
    return (isIdentifier ? name : "custom", name)
  }
}
