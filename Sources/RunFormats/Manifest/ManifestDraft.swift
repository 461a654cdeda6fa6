package import ReviewCore

/// What was guessed of a run, as the text of a `keepoch.toml` that gives the same run again.
///
/// What cannot be guessed stands in comments, to be filled in.
package struct ManifestDraft {
  /// A line that would change how the run is read stands in a comment, too.
  enum Part: CaseIterable { case count, grid, samples, arrays, reference, shape }

  let run: Run
  private let rule: Rule
  private(set) var doubtful: Set<Part> = []

  /// - Parameters:
  ///   - run: opened without a declaration, its range settled.
  ///   - rule: the one in force.
  package static func text(run: Run, rule: Rule) -> String {
    let wanted = fingerprint(run)
    var draft = ManifestDraft(run: run, rule: rule)
    func isSame() -> Bool {
      guard let again = try? RunOpener.open(run.path, declaring: draft.text) else { return false }
      return fingerprint(again) == wanted
    }
    // One line at fault is the rule; else more and more of them are left to the person.
    let all = Part.allCases
    let attempts = [[]] + all.map { [$0] } + all.indices.dropFirst().map { Array(all[...$0]) }
    for doubtful in attempts {
      draft.doubtful = Set(doubtful)
      if isSame() { break }
    }
    return draft.text
  }

  private init(run: Run, rule: Rule) {
    self.run = run
    self.rule = rule
  }

  /// What two readings of a run must agree in: all but warnings, words and sureness.
  private static func fingerprint(_ run: Run) -> String {
    func text(_ source: SampleSource?) -> String {
      guard case .grid(let place, let layout?)? = source else { return "\(source as Any)" }
      return "\(place) \(layout.columns) \(layout.rows) \(layout.padding) \(layout.hasBorder) "
        + "\(layout.sampleWidth) \(layout.sampleHeight) \(layout.count)"
    }
    var lines = [run.name, run.format.rawValue, run.axis.rawValue, text(run.reference)]
    lines += run.checkpoints.map {
      "\($0.epoch?.text ?? "") \($0.step?.text ?? "") \($0.note ?? "") \($0.failures) \(text($0.samples))"
    }
    lines += run.arrays.map {
      "\($0.role) \($0.name) \($0.places.map { $0.map(\.text) ?? "-" }) \($0.reference?.text ?? "")"
    }
    lines += run.columns.map { "\($0.metric.name) \($0.values)" }
    // Of a long series all points would be read from disk; how far it reaches tells as much.
    lines += run.series.map { series in
      let ends = [series.positions.first, series.positions.last, series.values.first]
      return "\(series.name) \(series.axis) \(series.count) \(ends) "
        + "\(series.extent(of: 0..<series.count))"
    }
    return lines.joined(separator: "\n")
  }

  // MARK: Text

  private var text: String {
    var lines = [
      "# How Keepoch read this run; from now on each line overrules the guess.",
      "# Lines that begin with # wait to be filled in, or to be taken out.",
      "name = \(TOMLText.quoted(run.name))",
      familyLine,
      "# data = \"\"  # what it was trained on",
      "# why = \"\"  # why a model of this family",
      latentLine,
    ]
    lines += shapeLines + sampleLines
    lines += [
      "# held_out = []  # sample indices that take no part in the choice",
      "# tags = []  # failure modes beyond the usual ones",
    ]
    lines += settingLines + gridLines + arrayLines + metricLines + ruleLines
    return lines.joined(separator: "\n") + "\n"
  }

  /// With what it was inferred from, if it was.
  private var familyLine: String {
    guard let family = run.inference.family, let source = run.inference.familySource else {
      return "# family = \"\"  # \(ModelFamily.allCases.map(\.rawValue).joined(separator: ", "))"
    }
    return "family = \"\(family.rawValue)\"  # \(PrintableText.singleLine(source))"
  }

  private var latentLine: String {
    guard let shape = run.inference.latentShape, let source = run.inference.latentSource else {
      return "# latent_shape = []"
    }
    return "latent_shape = [\(shape.map(String.init).joined(separator: ", "))]"
      + "  # \(PrintableText.singleLine(source))"
  }

  /// The setting that samples are of where none is named; a table, so behind all plain keys.
  private var settingLines: [String] {
    guard let usual = run.checkpoints.first(where: \.isOfUsualSetting)?.setting,
      run.samplingSettings.count > 1
    else { return [] }
    return ["", "[setting]", "default = \(TOMLText.quoted(run.samplingSettings[usual].name))"]
  }

  private var sources: [SampleSource] { run.checkpoints.compactMap(\.samples) }

  private func line(_ key: String, _ value: String, unless part: Part) -> String {
    doubtful.contains(part)
      ? "# \(key) = \(value)  # with it the run would be read differently" : "\(key) = \(value)"
  }

  private var shapeLines: [String] {
    guard
      let size = (sources + [run.reference].compactMap { $0 }).lazy.compactMap(\.sampleSize)
        .first
    else { return ["# output_shape = []  # rows and columns of a sample"] }
    return [line("output_shape", "[\(size.height), \(size.width)]", unless: .shape)]
  }

  private var sampleLines: [String] {
    var lines: [String] = []
    if run.samplingSettings.count > 1 {
      // One pattern alone does not tell how they were found, which is the way they are found again.
      lines.append(
        "# samples = \"\"  # their path, with {epoch} or {step} and the names of the settings, such as "
          + "{temperature}")
    } else if let pattern = SamplePattern.text(of: run) {
      lines.append(line("samples", TOMLText.quoted(pattern), unless: .samples))
    } else {
      lines.append("# samples = \"\"  # their path, with {epoch} or {step} for the number")
    }
    if case .array(let place, _)? = sources.first, let member = place.member,
      run.samplesPattern?.contains("\(place.path):") != true
    {
      lines.append("array = \(TOMLText.quoted(member))")
    }
    if let range = run.valueRange {
      let ends = [range.lo, range.hi].map(NumberText.shortest).joined(separator: ", ")
      lines.append("value_range = [\(ends)]")
    }
    if let reference = run.reference, reference.isFileByItself {
      lines.append(line("reference", TOMLText.quoted(reference.path), unless: .reference))
    } else {
      lines.append("# reference = \"\"  # a file with real images")
    }
    lines += [
      "# reference_test = \"\"  # a file with real images that were not trained on",
      "# reference_labels = \"\"  # an array with the class of each real image",
    ]
    let features = run.arrays.filter { $0.role == .features && $0.reference != nil }
    if features.count == 1, let place = features[0].reference {
      lines.append(line("reference_features", TOMLText.quoted(place.text), unless: .arrays))
    } else {
      lines.append("# reference_features = \"\"  # an array with features of the real images")
    }
    return lines
  }

  private var gridLines: [String] {
    let layout = sources.lazy.compactMap { source -> GridLayout? in
      if case .grid(_, let layout) = source { layout } else { nil }
    }.first
    guard let layout else { return [] }
    return [
      "", doubtful.contains(.grid) ? "# [grid]" : "[grid]",
      line("columns", "\(layout.columns)", unless: .grid),
      line("padding", "\(layout.padding)", unless: .grid),
      line("count", "\(layout.count)", unless: .count),
    ]
  }

  private var metricLines: [String] {
    run.columns.filter { $0.metric.origin != .parameter }.flatMap { column in
      let direction = column.metric.direction.map { "direction = \"\($0.rawValue)\"" }
      return [
        "", "[metrics.\(TOMLText.key(column.metric.name))]",
        direction ?? "# direction = \"\"  # higher or lower is better", "# description = \"\"",
      ]
    }
  }

  private var ruleLines: [String] {
    var select = rule.objectives.map(\.text).joined(separator: ", ")
    if let eligibility = rule.eligibility { select += " where \(eligibility.text)" }
    return [
      "", "[rule]",
      rule.candidate.map { "candidate = \(TOMLText.quoted($0.text))" } ?? "# candidate = \"\"",
      "select = \(TOMLText.quoted(select))", "tie = \"\(rule.tie.rawValue)\"",
    ]
  }
}
