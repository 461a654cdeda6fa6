/// One training run: its checkpoints, its metrics, its training log and what it says of itself.
///
/// Checkpoints are in ascending order of the run's axis, and every `MetricColumn` has one value for
/// each of them.
package struct Run: Equatable, Sendable {
  package var name: String
  /// The run's folder or file, as it was given.
  package var path: String
  /// The folder that paths of samples are relative to: that of the run, or the one its file lies in.
  package var samplesFolder: String
  package var format: RunFormat
  package var axis: Axis
  package var declaration: RunDeclaration
  /// Ascending; where there are several sampling settings, one a setting, these in their own order.
  package var checkpoints: [Checkpoint]
  /// How samples were drawn, ascending; empty where all of a checkpoint's are of one setting.
  package internal(set) var samplingSettings: [SamplingSetting] = []
  /// The runs that are compared, one after the other; empty for a run by itself.
  package internal(set) var members: [RunMember] = []
  package var columns: [MetricColumn]
  package var series: [Series]
  /// Seconds since 1970 by step, as event files tell them beside what they log.
  package var clock: Series?
  /// What the script was set to, in the order of its files.
  package var settings: [Setting] {
    didSet { inference = SettingsInference(settings) }
  }
  /// What the settings say of the model; a declaration overrules it.
  package private(set) var inference = SettingsInference()
  /// Real images of the data set.
  package var reference: SampleSource?
  /// Real images that the model was not trained on.
  package var testReference: SampleSource?
  /// (n,): the class of each real image.
  package var referenceLabels: ArrayPlace?
  /// Features, probabilities and latents beside the samples.
  package var arrays: [GivenArray] = []
  /// Where samples should lie; nil where nobody said.
  package var modes: ModeTable?
  /// What was computed from the samples; nil while nobody asked for it.
  package internal(set) var measures: RunMeasures?
  /// Which stored values are black and white; nil where no sample asks for a range.
  package var valueRange: ValueRange?
  /// The part of the plane that points are shown in; nil where no samples are points.
  package var pointFrame: PointFrame?
  /// How `keepoch.toml` would name the samples as they were found; nil where there are none.
  package var samplesPattern: String?
  package var warnings: [RunWarning]
  /// How the run was read, one sentence a line: what was taken for what, and why.
  package var reading: [String]

  package init(
    name: String, path: String, format: RunFormat, axis: Axis = .epoch,
    declaration: RunDeclaration = RunDeclaration(), checkpoints: [Checkpoint] = [],
    columns: [MetricColumn] = [], series: [Series] = [], settings: [Setting] = [],
    reference: SampleSource? = nil,
    valueRange: ValueRange? = nil, warnings: [RunWarning] = [], reading: [String] = []
  ) {
    self.name = name
    self.path = path
    samplesFolder = path
    self.format = format
    self.axis = axis
    self.declaration = declaration
    self.checkpoints = checkpoints
    self.columns = columns
    self.series = series
    self.settings = settings
    inference = SettingsInference(settings)
    self.reference = reference
    self.valueRange = valueRange
    self.warnings = warnings
    self.reading = reading
  }

  /// As declared, else as its settings say.
  package var family: ModelFamily? { declaration.family ?? inference.family }

  /// As declared, else as its settings say.
  package var latentShape: [Int]? { declaration.latentShape ?? inference.latentShape }

  /// The checkpoint's place on the axis of its run, with its setting and its run where they matter.
  package func position(of index: Int) -> Position {
    let member = checkpoints[index].member
    return Position(
      axis(of: index), axisValue(of: index).value, setting: settingName(of: index),
      run: member.map { members[$0].name })
  }

  /// What the run of a checkpoint counts by.
  package func axis(of index: Int) -> Axis {
    checkpoints[index].member.map { members[$0].run.axis } ?? axis
  }

  package func axisValue(of index: Int) -> AxisValue {
    checkpoints[index].value(on: axis(of: index)) ?? AxisValue(Double(index))
  }

  /// As journals name it; nil for the usual one.
  private func settingName(of index: Int) -> String? {
    let checkpoint = checkpoints[index]
    return checkpoint.isOfUsualSetting ? nil : checkpoint.setting.map { samplingSettings[$0].name }
  }

  /// How the samples of a checkpoint were drawn; nil where the run has one setting alone.
  package func setting(of index: Int) -> SamplingSetting? {
    checkpoints[index].setting.map { samplingSettings[$0] }
  }

  /// The checkpoint at a place on either axis; nil when there is none. Without a setting it is of the
  /// usual one, else of the first that the checkpoint has; without a run, of the first that has it.
  ///
  /// - Complexity: O(log n) on the run's own axis, O(n) on the other.
  package func index(of position: Position) -> Int? {
    guard !members.isEmpty else { return index(of: position, among: checkpoints.indices) }
    for member in members where position.run.map({ $0 == member.name }) ?? true {
      if let index = index(of: position, among: member.rows) { return index }
    }
    return nil
  }

  private func index(of position: Position, among rows: Range<Int>) -> Int? {
    guard let first = rows.first else { return nil }
    func isThere(_ index: Int) -> Bool {
      checkpoints[index].value(on: position.axis)?.value == position.value
    }
    var same: [Int] = []
    if position.axis == axis(of: first) {
      var index = insertionIndex(of: position.value, among: rows)
      while index < rows.upperBound, axisValue(of: index).value == position.value {
        if settingName(of: index) == position.setting { return index }
        same.append(index)
        index += 1
      }
    } else if samplingSettings.isEmpty {
      return rows.first(where: isThere)
    } else {
      same = rows.filter(isThere)
      if let exact = same.first(where: { settingName(of: $0) == position.setting }) {
        return exact
      }
    }
    if let wanted = position.setting {
      // The usual setting may be named, too.
      return same.first { setting(of: $0)?.name == wanted }
    }
    return same.first
  }

  /// The nearest checkpoints below and above a place on the axis where there is none.
  ///
  /// - Parameter member: the run's name, where several are compared; nil for the first.
  package func neighbours(of value: Double, in member: String? = nil) -> [AxisValue] {
    let owner = members.first { $0.name == member } ?? members.first
    let rows = owner?.rows ?? checkpoints.indices
    let index = insertionIndex(of: value, among: rows)
    return [index - 1, index].filter(rows.contains).map(axisValue)
  }

  /// `epoch 030`, with its setting and its run where they matter.
  package func label(of index: Int) -> String {
    var text = "\(axis(of: index).rawValue) \(axisValue(of: index).padded)"
    if let member = checkpoints[index].member { text = "\(members[member].shortName) \(text)" }
    if let setting = setting(of: index) { text += " \(setting.words)" }
    return text
  }

  package func column(named name: String) -> MetricColumn? {
    columns.first { $0.metric.name == name }
  }

  package func metric(_ name: String, at index: Int) -> Double? {
    column(named: name)?.values[index]
  }

  /// Places of the columns as tables show them: quality and diversity first, or what stands for them.
  package var displayOrder: [Int] {
    let names = columns.map(\.metric.name)
    var first = ["quality", "diversity"].compactMap { names.firstIndex(of: $0) }
    // What was computed in their place stands in their place.
    if isWeighedByComputed, let pair = computedPair { first = [pair.quality, pair.diversity] }
    return first
      + names.indices.filter { !first.contains($0) && columns[$0].metric.origin != .parameter }
  }

  /// A metric as tables show it: two places for quality and diversity, else four digits; `-` for none.
  package func metricText(_ column: Int, at index: Int) -> String {
    guard let value = columns[column].values[index] else { return "-" }
    let name = columns[column].metric.name
    return name == "quality" || name == "diversity"
      ? NumberText.fixed(value, places: 2) : NumberText.general(value, digits: 4)
  }

  private func insertionIndex(of value: Double, among rows: Range<Int>) -> Int {
    var low = rows.lowerBound
    var high = rows.upperBound
    while low < high {
      let middle = (low + high) / 2
      if axisValue(of: middle).value < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// What a run was read from; the names of `docs/formats/`.
package enum RunFormat: String, CaseIterable, Sendable {
  case imageGrids = "image-grids"
  case singleImages = "single-images"
  case arrays
  case tensorboard
  case wandb
  case mlflow
  case trackio
  case table
}

/// What `keepoch.toml` says of a run; every guess gives way to it.
package struct RunDeclaration: Equatable, Sendable {
  package var name: String?
  package var family: ModelFamily?
  package var data: String?
  /// Why this family was taken.
  package var why: String?
  package var latentShape: [Int]?
  package var outputShape: [Int]?
  package var samplesPattern: String?
  /// The member of an `.npz` that holds the samples.
  package var arrayName: String?
  package var grid: DeclaredGrid?
  package var valueRange: ClosedRange<Double>?
  package var referencePath: String?
  /// Real images that were not trained on.
  package var testReferencePath: String?
  /// The array with the class of each real image.
  package var referenceLabelsPath: String?
  /// Arrays beside the samples, by role: a pattern with `{epoch}` or `{step}`.
  package var arrayPatterns: [ArrayRole: String] = [:]
  /// The features of the reference set.
  package var referenceFeaturesPath: String?
  /// The array with the modes' centres, and their standard deviation.
  package var modes: DeclaredModes?
  package var rule: RuleText?
  package var directions: [String: Metric.Direction] = [:]
  package var explanations: [String: String] = [:]
  /// Failure modes beyond the built-in ones.
  package var tags: [String] = []
  /// Seeds that take no part in the choice of a checkpoint, ascending.
  package var heldOutSeeds: [Int] = []
  /// The part of the seeds that a fixed draw holds out, 0..<1, where none are named.
  package var heldOutShare: Double?
  /// Whether the same index is the same latent at every checkpoint; nil when nobody said.
  package var hasFixedSeeds: Bool?
  /// What the seeds are called: runs that call them alike have the same latent at the same index.
  package var seedsName: String?
  /// The sampling setting that the samples are of where nobody names one.
  package var usualSetting: SamplingSetting?
  /// Names of parameters that samples were drawn with, beyond those that are known.
  package var settingNames: [String] = []
  /// How many training samples the model sees in one epoch; above 0.
  package var samplesPerEpoch: Double?

  package init() {}

  package struct DeclaredModes: Equatable, Sendable {
    /// Relative to the run.
    package var centresPath: String
    /// Above 0.
    package var deviation: Double

    package init(centresPath: String, deviation: Double) {
      self.centresPath = centresPath
      self.deviation = deviation
    }
  }

  package struct DeclaredGrid: Equatable, Sendable {
    package var columns: Int?
    package var padding: Int?
    package var count: Int?

    package init(columns: Int? = nil, padding: Int? = nil, count: Int? = nil) {
      self.columns = columns
      self.padding = padding
      self.count = count
    }
  }
}
