package import GlyphRendering
package import ReviewCore
package import TerminalSurface

/// How deep the reviewer looks: Enter goes down, Esc climbs.
package enum Depth: Int, Sendable {
  case table, grid, sample
}

/// Where the reviewer is; kept between sittings.
package struct Place: Equatable, Sendable {
  /// The checkpoint's place in the run.
  package var checkpoint: Int
  /// The sample's place in its set; stays while the checkpoint changes.
  package var sample: Int
  package var depth: Depth

  package init(checkpoint: Int = 0, sample: Int = 0, depth: Depth = .table) {
    self.checkpoint = checkpoint
    self.sample = sample
    self.depth = depth
  }
}

/// What keys mean at the moment.
package enum Mode: Equatable, Sendable {
  case browse
  /// After `t`: the next letter is a tag; after `T`, for everything that is marked.
  case tagging(ofMarked: Bool, top: Int = 0)
  case typing(LineEdit, Purpose)
  case help(top: Int)
  case why(top: Int)
  case warnings(top: Int)
  case disk(top: Int)
  case facts(top: Int)
  case rule(RuleEdit)
  case log(LogView)
  case pareto(ParetoView)
  case overview(OverviewView)
  case exporting(top: Int = 0)
  /// The evidence; the row under the cursor.
  case checklist(row: Int)
  /// What the program suggests; the row under the cursor.
  case alarms(row: Int)
  /// People judge, blind.
  case evaluation(EvaluationView)
  /// What reviewers agree on and what not; the disagreement under the cursor.
  case agreement(row: Int)
  /// Where people and numbers disagree; the row under the cursor.
  case inbox(row: Int)
  /// A question that only `y` answers with yes.
  case confirming(Question)

  package enum Purpose: Equatable, Sendable {
    case command
    case note(Target, NoteSubject)
    case reason(Position)
    /// Why a ruling is what it is, from that row of the list.
    case ruling(DisputedPoint, value: String, row: Int)
    case search
    case filter
  }

  package enum Question: Equatable, Sendable {
    case overwrite(path: String, ReportFormat)
  }
}

/// Which part of the table's screen the keys of seeds and tags are about.
package enum Pane: Sendable {
  case table, samples
}

/// Everything that is on the screen or decides it. A value: `update` changes it, `draw` reads it.
package struct FrontState: Sendable {
  package internal(set) var run: Run
  package let tags: [FailureTag]
  package internal(set) var theme: Theme
  package let keyMap: KeyMap
  /// What `:theme` completes.
  let themeNames: [String]
  /// What is asked of the run at every frame.
  var shape: RunShape
  /// What of the reviewer's own settings could not be used; no matter of the run's.
  private let settingWarnings: [RunWarning]
  /// Whether the whole program is to end, and not only this review of a catalogue's run.
  package internal(set) var quitsAll = false
  /// Why nothing can be written; nil when it can.
  package var readOnlyReason: String?
  package internal(set) var review: Review
  /// What other reviewers of this run said.
  package internal(set) var otherReviews: [Review]
  package internal(set) var rule: RuleInForce
  package internal(set) var evaluator: RuleEvaluator
  package internal(set) var table: CheckpointTable
  package internal(set) var explanation: RuleExplanation
  /// How many items of the checklist are there.
  package internal(set) var evidenceCount = 0
  /// By checkpoint and tag: how many marks of this reviewer.
  package internal(set) var tagIndex: [Position: [String: Int]] = [:]
  /// Checkpoints that this reviewer noted, or a sample of which.
  package internal(set) var notedPositions: Set<Position> = []

  package var width: Int
  package var height: Int
  package let abilities: TerminalAbilities
  package internal(set) var place: Place
  package internal(set) var pane = Pane.table
  package internal(set) var order: CheckpointOrder
  package internal(set) var sorting = Sorting.usual
  package internal(set) var filter: CheckpointFilter?
  /// Whether the table shows every sampling setting, and not the one under the cursor alone.
  package internal(set) var showsAllSettings = false
  /// What runs are compared along.
  package internal(set) var timeline = Timeline.epoch
  /// Where every checkpoint stands on it, once somebody asked.
  var moments: Moments?
  /// What `n` and `N` look for.
  package internal(set) var searched: String?
  /// What Space marked, for `c` and `T`; not kept between sittings.
  package internal(set) var marked: Set<Target> = []
  package internal(set) var comparison: Comparison?
  package internal(set) var strip: FilmStrip?
  /// Pictures of trials that cannot be read.
  var lostPictures: Set<LostPicture> = []
  /// What goes by on its own.
  package internal(set) var playing: Playback?
  /// Whether what is written to the run is taken in as it comes.
  package internal(set) var isFollowing = false
  /// Checkpoints that came while this was open and were not looked at.
  package internal(set) var arrived: Set<Position> = []
  /// The two that blink in the same cells.
  var blinked: [Int]?
  /// The first row of the table on the screen.
  package internal(set) var tableTop = 0
  package internal(set) var gridTop = 0
  package internal(set) var mode = Mode.browse
  /// The log or the chart that a box stands over, and that is there again after it.
  var underlay: Mode?
  package internal(set) var message: Message?
  package internal(set) var lastTag: String?
  /// Whether a verdict or a rating goes on to the next.
  package internal(set) var advances: Bool
  /// Acts that were one to the reviewer, by their sequence numbers: `u` takes them back together.
  package internal(set) var batches: [Set<Int>] = []
  var pendingBatch: Batch?
  /// Words on their way to the disk, to go on with if they are refused.
  package internal(set) var unsavedWords: (edit: LineEdit, purpose: Mode.Purpose)? {
    get { unsavedEdit.flatMap { edit in unsavedPurpose.map { (edit, $0) } } }
    set { (unsavedEdit, unsavedPurpose) = (newValue?.edit, newValue?.purpose) }
  }
  /// As `unsavedWords`, for a rule from its editor.
  var unsavedRule: RuleEdit?
  private var unsavedEdit: LineEdit?
  private var unsavedPurpose: Mode.Purpose?
  package internal(set) var commandHistory: [String]
  package internal(set) var historyPlace: Int?
  /// What was typed on the command line before older lines were looked at.
  var draft = ""

  package internal(set) var settings: PictureSettings
  package let preferences: PicturePreferences
  /// Whether it is decided if pictures are inverted: by the first ones, or by the reviewer.
  package internal(set) var isInversionSettled = false
  /// Place in `TileSize.widths`.
  package internal(set) var tile = TileSize.usual
  /// Whether the reviewer chose it; until then samples are as large as all of them fit.
  package internal(set) var isTileChosen = false
  /// The most samples that a checkpoint is known to have.
  package internal(set) var mostSamples = 0
  package internal(set) var pictures = Pictures()
  /// What the panes of samples show.
  package internal(set) var view = SampleView.samples
  /// What the samples of a grid are arranged by.
  package internal(set) var arrangement = SampleNumber.seed
  /// Root mean square of gray values up to which the overview takes samples for nearly the same.
  package internal(set) var nearness = Nearness.usual
  /// Groups, pairs and orders of the checkpoints last looked at.
  package internal(set) var surveys = Surveys()
  /// By checkpoint, how far its samples differ, once it was shown: 0...0.5.
  package internal(set) var deviations: [Int: (value: Double, count: Int)] = [:]
  /// By checkpoint, why single samples of it could not be read.
  package internal(set) var sampleFailures: [Int: [RunWarning]] = [:]
  /// Why a checkpoint's samples cannot be shown.
  package internal(set) var problems: [Int: String] = [:]
  package internal(set) var sampleCounts: [Int: Int] = [:]
  package internal(set) var sampleShape: (width: Int, height: Int) {
    get { (shapeWidth, shapeHeight) }
    set { (shapeWidth, shapeHeight) = (newValue.width, newValue.height) }
  }
  private var shapeWidth = 28
  private var shapeHeight = 28
  /// -1 or 1: where prepared pictures are wanted next.
  package internal(set) var direction = 1
  package internal(set) var wanted: [PictureRequest] = []

  /// The Pareto front of the two metrics that are weighed, once somebody asked why.
  package internal(set) var front: ParetoFront?
  /// The best checkpoint that the rule excludes, with what would have let it win, while why is shown.
  package internal(set) var lost: LostBest?
  /// Metrics in small, by column and width in cells.
  package internal(set) var sparklines: [SparklineKey: Sparkline] = [:]
  /// Series of the training log as drawn, by place and width in cells.
  package internal(set) var envelopes: [EnvelopeKey: [Envelope]] = [:]

  /// Of the chart of two metrics, while that is shown.
  package internal(set) var chart: ParetoChart?

  /// What a reviewer should look at, by checkpoint.
  package internal(set) var alarms: AlarmIndex
  /// What the log shows, while it does: the metrics, then the series of the training log.
  package internal(set) var logCharts: [LogChart] = []
  /// What of the run the charts were made for.
  var chartedPart: PartKey?
  /// By chart of the log, the columns of its alarms.
  var logAlarms: [EnvelopeKey: [Int]] = [:]

  /// Every alarm with its answers, while they are listed.
  package internal(set) var alarmRecord: AlarmRecord?
  /// What reviewers agree on, while it is listed.
  package internal(set) var agreement: AgreementView?
  /// Where people and numbers disagree, while it is listed.
  package internal(set) var contradictions: [Contradiction] = []
  /// How far computing is; nil while nothing is computed.
  package internal(set) var measuring: (done: Int, total: Int)? {
    get { measuringTotal > 0 ? (measuringDone, measuringTotal) : nil }
    set { (measuringDone, measuringTotal) = newValue.map { ($0.done, $0.total) } ?? (0, 0) }
  }
  private var measuringDone = 0
  private var measuringTotal = 0

  /// What has been on the screen since when, in milliseconds of any clock.
  package internal(set) var watched: [Watched] = []
  /// Seen but not yet written: by checkpoint, places of samples.
  package internal(set) var unsavedSeen: [Position: Set<Int>] = [:]

  /// - Parameter notice: what the reviewer must know before the first key.
  /// - Throws: `RuleError` when the rule in force names a metric that the run does not have.
  package init(
    run: Run, review: Review, otherReviews: [Review] = [], rule: RuleInForce, theme: Theme,
    keyMap: KeyMap = KeyMap(), themeNames: [String] = [], tags: [FailureTag]? = nil,
    advances: Bool = true, preferences: PicturePreferences = PicturePreferences(),
    commandHistory: [String] = [], width: Int, height: Int, abilities: TerminalAbilities,
    place: Place = Place(), readOnlyReason: String? = nil, notice: String? = nil,
    settingWarnings: [RunWarning] = []
  ) throws(RuleError) {
    self.settingWarnings = settingWarnings
    self.run = run
    self.tags = tags ?? FailureTag.all(declared: run.declaration.tags)
    self.advances = advances
    self.commandHistory = commandHistory
    order = CheckpointOrder(count: run.checkpoints.count)
    alarms = AlarmIndex(ofMetricsOf: run)
    shape = RunShape(of: run)
    self.theme = theme
    self.keyMap = keyMap
    self.themeNames = themeNames
    self.review = review
    self.otherReviews = otherReviews
    self.rule = rule
    let facts = RuleFacts(run: run, reviews: [review] + otherReviews)
    let evaluator = try RuleEvaluator(rule.rule, facts: facts)
    self.evaluator = evaluator
    table = CheckpointTable(judging: evaluator)
    self.width = width
    self.height = height
    self.abilities = abilities
    self.place = place
    self.place.checkpoint = min(max(0, place.checkpoint), max(0, run.checkpoints.count - 1))
    self.place.sample = max(0, place.sample)
    if place == Place(), let usual = run.checkpoints.firstIndex(where: \.isOfUsualSetting) {
      self.place.checkpoint = usual
    }
    explanation = evaluator.explanation(of: self.place.checkpoint, in: table)
    if !run.members.isEmpty {
      // Runs by steps have no common epoch.
      timeline = Timeline.allCases.first { Moments(of: run, on: $0).isKnown } ?? .epoch
    }
    self.readOnlyReason = readOnlyReason
    if let notice {
      message = Message(.warning, notice)
    } else if let readOnlyReason, readOnlyReason != "--read-only" {
      message = Message(.warning, "nothing can be written: \(readOnlyReason)")
    }
    self.preferences = preferences
    pictures = Pictures(colors: theme.hasColors ? abilities.colors : 0)
    settings = PictureSettings(isLightBackground: theme.isLight)
    settings = startSettings
    if let shape = run.declaration.outputShape?.filter({ $0 > 4 }), shape.count == 2 {
      sampleShape = (shape[1], shape[0])
    } else if let size = run.checkpoints.lazy.compactMap(\.samples).first?.sampleSize {
      sampleShape = (size.width, size.height)
    }
    mostSamples = run.checkpoints.reduce(0) { max($0, $1.samples?.count ?? 0) }
    indexMarks()
    countEvidence()
    if hasSettings { reorder() }
  }

  /// The samples on the screen since a moment.
  package struct Watched: Equatable, Sendable {
    let position: Position
    /// Places in the set.
    let samples: [Int]
    let since: Double
  }
}

extension FrontState {
  /// Whether any checkpoint has samples.
  package var hasPictures: Bool { shape.hasPictures }
  /// Whether some seeds take no part in the choice.
  var holdsSeedsOut: Bool { shape.holdsSeedsOut }
  /// Cells that the widest place on the axis takes.
  package var axisWidth: Int { shape.axisWidth }
  /// Whether all checkpoints have as many samples, as far as is known.
  package var haveEqualCounts: Bool { shape.haveEqualCounts }

  package var position: Position { run.position(of: place.checkpoint) }

  /// How many samples a checkpoint has; 0 when it has none or they cannot be shown.
  package func sampleCount(at checkpoint: Int) -> Int {
    if problems[checkpoint] != nil { return 0 }
    return sampleCounts[checkpoint] ?? run.checkpoints[checkpoint].samples?.count ?? 0
  }

  /// What could not be read, at the opening and since.
  package var warningLines: [String] {
    let lines = (settingWarnings + run.warnings).map(\.line)
    let single = sampleFailures.sorted { $0.key < $1.key }.flatMap(\.value).map(\.line)
    return lines
      + (problems.sorted { $0.key < $1.key }.map(\.value) + single).filter { !lines.contains($0) }
  }

  package var sampleCount: Int { sampleCount(at: place.checkpoint) }

  /// What an act is about now: the checkpoint in the table, the sample below it.
  package var target: Target {
    isOnSamples ? Target(position, sample: seed) : Target(position)
  }

  /// Whether the cursor is on a sample rather than on a checkpoint.
  package var isOnSamples: Bool {
    (place.depth != .table || pane == .samples) && place.sample < sampleCount && view != .spread
      && !isInOverview
  }

  /// `epoch 30 sample 4`, as messages have it.
  package func words(of target: Target) -> String {
    guard let position = target.position else { return "the run" }
    return position.words + (target.sample.map { " sample \($0)" } ?? "")
  }

  /// By tag: how many of a checkpoint's samples, and the checkpoint itself, bear it.
  package func tagCounts(at checkpoint: Int) -> [(tag: FailureTag, count: Int)] {
    guard let names = tagIndex[run.position(of: checkpoint)] else { return [] }
    let others = names.keys.filter { name in !tags.contains { $0.name == name } }.sorted()
    let all = tags + others.map { FailureTag(name: $0, key: "?", seenAs: "") }
    return all.compactMap { tag in names[tag.name].map { (tag, $0) } }
  }
}
