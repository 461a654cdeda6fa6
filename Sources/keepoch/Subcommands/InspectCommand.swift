import ArgumentParser
import ReviewCore
import RunFormats

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Say how a run was read.",
    discussion: "Decodes every sample, so that what is damaged is named.")

  @OptionGroup var options: RunOptions

  @Flag(help: "Print keepoch.inspect/1 instead of sentences.")
  var json = false

  @Flag(help: "Write the guess down as the run's keepoch.toml, as a start, and print its path.")
  var writeToml = false

  func validate() throws {
    if json, writeToml { throw ValidationError("Give --json or --write-toml, not both.") }
  }

  func run() throws {
    try reporting {
      if writeToml {
        try Outside.put(ManifestWriter(options: options).write() + "\n")
        return
      }
      let inspections = try runs().map(Inspection.init)
      try Outside.put(
        json
          ? Inspection.json(of: inspections)
          : inspections.map(\.text).joined(separator: "\n"))
    }
  }
}

extension InspectCommand {
  /// The run, or all runs of a catalogue; one that cannot be opened fails none of the others.
  private func runs() throws(RunError) -> [Run] {
    let keepsCache = !options.reader.readOnly
    guard let catalogue = Catalogue.find(options.run) else {
      return [
        try OpenedRun.openRun(options.run, waitsForRange: true, keepsCache: keepsCache)
      ]
    }
    var runs: [Run] = []
    var failure: RunError?
    for entry in catalogue.entries {
      do throws(RunError) {
        runs.append(
          try OpenedRun.openRun(entry.path, waitsForRange: true, keepsCache: keepsCache))
      } catch {
        failure = error
        Outside.say(error.description)
      }
    }
    if runs.isEmpty, let failure { throw failure }
    return runs
  }
}

/// A run with the digests of all its samples.
struct Inspection {
  private struct Samples {
    let count: Int
    let width: Int
    let height: Int
    let first: [String]
    let all: String?
    /// How many of them could not be read.
    let failures: Int

    var json: JSONText {
      .object([
        ("count", .integer(count)), ("width", .integer(width)), ("height", .integer(height)),
        ("sha256", .array(first.map { .string($0) })),
        ("sha256All", all.map { .string($0) } ?? .null),
      ])
    }
  }

  private let run: Run
  private let samples: [Samples?]
  private let reference: Samples?
  private let testReference: Samples?
  private let arrays: InspectedArrays
  private let warnings: [RunWarning]

  init(_ run: Run) {
    self.run = run
    let reader = SampleReader(run: run)
    var warnings = run.warnings
    var unpacked: UnpackedArray?
    func read(_ source: SampleSource?) -> Samples? {
      guard let source else { return nil }
      do {
        let set = try reader.samples(source, keeping: &unpacked)
        for (_, failure) in set.failures.sorted(by: { $0.key < $1.key })
        where !warnings.contains(failure) {
          warnings.append(failure)
        }
        let first = (0..<min(4, set.count)).compactMap { Digest.sha256(set.image(at: $0).pixels) }
        // Of points nobody stored pixels; what they were is told apart by the numbers themselves.
        let stored = reader.pointBytes(source) ?? set.pixels
        return Samples(
          count: set.count, width: set.width, height: set.height, first: first,
          all: Digest.sha256(stored), failures: set.failures.count)
      } catch {
        if !warnings.contains(error) { warnings.append(error) }
        return nil
      }
    }
    samples = run.checkpoints.map { read($0.samples) }
    reference = read(run.reference)
    testReference = read(run.testReference)
    arrays = InspectedArrays(run)
    warnings += arrays.warnings.filter { !warnings.contains($0) }
    self.warnings = warnings
  }

  var text: String {
    var text = "\(PrintableText.escaped(run.name)): \(run.format.rawValue), "
    let count = Set(run.checkpoints.indices.map { run.axisValue(of: $0) }).count
    text += "\(count) checkpoint\(count == 1 ? "" : "s") by \(run.axis.rawValue)"
    if let family = run.family { text += ", \(family.title)" }
    text += "\n"
    for line in run.reading { text += "  \(line)\n" }
    for line in run.inference.sentences { text += "  \(line)\n" }
    if let range = run.valueRange {
      text += "  values of \(range.text) are shown from black to white: \(range.origin.words)\n"
    }
    if let frame = run.pointFrame { text += "  points are shown in \(frame.text)\n" }
    for (index, checkpoint) in run.checkpoints.enumerated() {
      text += run.label(of: index)
      if let set = samples[index] {
        text += "  \(set.count) sample\(set.count == 1 ? "" : "s") of \(set.width)x\(set.height)"
        if set.failures > 0 { text += ", \(set.failures) cannot be read" }
      } else {
        text += checkpoint.samples == nil ? "  no samples" : "  samples not readable"
      }
      for column in run.displayOrder {
        text +=
          "  \(PrintableText.escaped(run.columns[column].metric.name)) "
          + run.metricText(column, at: index)
      }
      for state in checkpoint.states {
        text += "  \(PrintableText.escaped(state.path)) (\(state.sizeText))"
      }
      if !checkpoint.failures.isEmpty {
        text += "  failures \(checkpoint.failures.joined(separator: ", "))"
      }
      if let note = checkpoint.note { text += "  \"\(PrintableText.escaped(note))\"" }
      text += "\n"
    }
    for setting in run.settings {
      text += "setting \(PrintableText.escaped(setting.name)) = \(setting.value.words)\n"
    }
    for series in run.series {
      text +=
        "series \(PrintableText.escaped(series.name)): \(series.values.count) "
        + "point\(series.values.count == 1 ? "" : "s") by "
        + "\(series.axis.rawValue)\n"
    }
    if let reference {
      text += "reference: \(reference.count) images of \(reference.width)x\(reference.height)\n"
    }
    if let set = testReference {
      text += "reference not trained on: \(set.count) images of \(set.width)x\(set.height)\n"
    }
    text += arrays.text
    for warning in warnings { text += "warning: \(warning.line)\n" }
    return text
  }

  /// `keepoch.inspect/1`.
  static func json(of inspections: [Inspection]) -> String {
    JSONText.object([
      ("schema", .string("keepoch.inspect/1")),
      ("runs", .array(inspections.map(\.json))),
    ]).indentedText
  }

  private var json: JSONText {
    let declaration = run.declaration
    func shape(_ shape: [Int]?) -> JSONText {
      shape.map { .array($0.map { .integer($0) }) } ?? .null
    }
    let checkpoints = rows.map { rows -> JSONText in
      let index = rows.first { run.checkpoints[$0].isOfUsualSetting } ?? rows[0]
      let checkpoint = run.checkpoints[index]
      var members: [(key: String, value: JSONText)] = [
        ("epoch", checkpoint.epoch.map { .number($0.value) } ?? .null),
        ("step", checkpoint.step.map { .number($0.value) } ?? .null),
        ("note", checkpoint.note.map { .string($0) } ?? .null),
      ]
      members.append(("metrics", metrics(of: index)))
      let isUsual = checkpoint.isOfUsualSetting
      members.append(("samples", isUsual ? samples[index]?.json ?? .null : .null))
      if checkpoint.setting != nil {
        members.append(("sampleSets", .array(rows.map(sampleSet))))
      }
      if !checkpoint.failures.isEmpty {
        members.append(("failures", .array(checkpoint.failures.map { .string($0) })))
      }
      if !checkpoint.states.isEmpty {
        members.append(
          (
            "states",
            .array(
              checkpoint.states.map {
                .object([("path", .string($0.path)), ("bytes", .integer($0.size))])
              })
          ))
      }
      return .object(members)
    }
    let series = run.series.map { series -> JSONText in
      func point(_ place: Int) -> JSONText {
        .object([
          ("step", .number(series.positions[place])), ("value", .number(series.values[place])),
        ])
      }
      return .object([
        ("name", .string(series.name)), ("points", .integer(series.values.count)),
        ("first", point(0)), ("last", point(series.values.count - 1)),
      ])
    }
    let warnings = self.warnings.map { warning in
      JSONText.object([
        ("code", .string(warning.code.rawValue)),
        ("path", warning.path.map { .string($0) } ?? .null),
        ("offset", warning.offset.map { .integer($0) } ?? .null),
        ("message", .string(warning.message)),
      ])
    }
    let range = valueRange
    return .object([
      ("name", .string(run.name)), ("path", .string(run.path)),
      ("format", .string(run.format.rawValue)), ("axis", .string(run.axis.rawValue)),
      ("family", run.family.map { .string($0.rawValue) } ?? .null),
      ("latentShape", shape(run.latentShape)),
      ("outputShape", shape(declaration.outputShape ?? sampleShape)),
      ("valueRange", .array([.number(range[0]), .number(range[1])])),
      ("checkpoints", .array(checkpoints)), ("series", .array(series)),
      ("settings", settings),
      ("inferred", .array(run.inference.sentences.map { .string($0) })),
      ("reference", reference?.json ?? .null),
      ("referenceTest", testReference?.json ?? .null), ("arrays", arrays.json),
      ("modes", arrays.modes),
      ("reading", .array(run.reading.map { .string($0) })), ("warnings", .array(warnings)),
    ])
  }

  /// The places of each checkpoint's sample sets, one after the other.
  private var rows: [[Int]] {
    var rows: [[Int]] = []
    for index in run.checkpoints.indices {
      if let last = rows.last?.first, run.checkpoints[index].setting != nil,
        run.axisValue(of: last) == run.axisValue(of: index)
      {
        rows[rows.count - 1].append(index)
      } else {
        rows.append([index])
      }
    }
    return rows
  }

  /// The samples and numbers of one setting.
  private func sampleSet(_ index: Int) -> JSONText {
    .object([
      ("setting", .string(run.setting(of: index)?.name ?? "")),
      (
        "parameters",
        .object(
          (run.setting(of: index)?.parameters ?? []).map { parameter in
            (parameter.name, parameter.number.map { .number($0) } ?? .string(parameter.value))
          })
      ),
      ("usual", .bool(run.checkpoints[index].isOfUsualSetting)),
      ("metrics", metrics(of: index)), ("samples", samples[index]?.json ?? .null),
    ])
  }

  private func metrics(of index: Int) -> JSONText {
    .object(
      run.columns.filter { $0.metric.origin != .parameter }.compactMap { column in
        column.values[index].map { (column.metric.name, .number($0)) }
      })
  }

  private var settings: JSONText {
    .array(
      run.settings.map { setting in
        .object([
          ("name", .string(setting.name)), ("value", setting.value.json),
          ("file", .string(setting.origin)),
        ])
      })
  }

  /// What is shown black and white; pictures and `uint8` are shown as they stand.
  private var valueRange: [Double] {
    if let range = run.valueRange { return [range.lo, range.hi] }
    let declared = run.declaration.valueRange
    return declared.map { [$0.lowerBound, $0.upperBound] } ?? [0, 255]
  }

  private var sampleShape: [Int]? {
    samples.lazy.compactMap { $0 }.first.map { [$0.height, $0.width] }
  }
}
