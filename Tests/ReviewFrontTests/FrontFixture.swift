import GlyphRendering
import HumanEvaluation
import ReviewCore
import ReviewFront
import TerminalSurface

/// The design's run with 64 samples at each checkpoint, or without.
func frontRun(hasSamples: Bool = true, count: Int = 4) -> Run {
  let layout = GridLayout(
    columns: 8, rows: 8, padding: 2, hasBorder: true, sampleWidth: 28, sampleHeight: 28, count: 64,
    certainty: 1)
  let epochs = count == 4 ? [1.0, 10, 30, 60] : (1...count).map(Double.init)
  let quality = count == 4 ? [0.20, 0.45, 0.68, 0.75] : epochs.map { $0 / Double(count) }
  let diversity = count == 4 ? [0.80, 0.72, 0.60, 0.48] : epochs.map { 1 - $0 / Double(count) }
  return Run(
    name: "lab", path: "lab", format: hasSamples ? .imageGrids : .table,
    checkpoints: epochs.map { epoch in
      Checkpoint(
        epoch: AxisValue(epoch), note: "of the trainer",
        samples: hasSamples ? .grid(path: "\(epoch).png", layout: layout) : nil)
    },
    columns: [
      MetricColumn(metric: Metric(name: "quality"), values: quality),
      MetricColumn(metric: Metric(name: "diversity"), values: diversity),
    ])
}

/// A front with a clock, a journal and a picture loader of its own, all in memory.
struct FrontBench {
  var state: FrontState
  var effects: [Effect] = []
  var journal: [ReviewEvent] = []
  var clock = 0.0
  var canWrite = true
  /// How many more acts the disk takes; nil for any number.
  var writesLeft: Int?

  init(
    _ run: Run = frontRun(), width: Int = 80, height: Int = 24, colors: Int = 0,
    isUTF8: Bool = true, review: Review = Review(reviewer: "ann"), others: [Review] = [],
    theme: Theme? = nil,
    keyMap: KeyMap = KeyMap(), readOnlyReason: String? = nil
  ) throws {
    state = try FrontState(
      run: run, review: review, otherReviews: others, rule: RuleInForce(run: run),
      theme: theme ?? Theme(name: "plain", isLight: false, styles: [:], colors: 0), keyMap: keyMap,
      width: width,
      height: height, abilities: TerminalAbilities(colors: colors, isUTF8: isUTF8),
      readOnlyReason: readOnlyReason)
    act(.resized(width: width, height: height))
  }

  /// An action with all that follows, as the session does it.
  mutating func act(_ action: Action) {
    var pending = update(&state, action)
    while !pending.isEmpty {
      let effect = pending.removeFirst()
      effects.append(effect)
      switch effect {
      case .record(let act):
        guard canWrite, writesLeft != 0 else {
          pending = update(&state, .refused(act, "no space left")) + pending
          continue
        }
        let event = ReviewEvent(
          sequence: state.review.nextSequence, time: "2026-01-01T00:00:00.000Z", reviewer: "ann",
          act: act)
        journal.append(event)
        if act.isUndoable { writesLeft = writesLeft.map { $0 - 1 } }
        pending = update(&state, .recorded(event)) + pending
      case .render(let requests):
        guard let request = requests.first else { continue }
        let grid = GlyphGrid(
          width: request.columns, height: request.rows,
          cells: Array(
            repeating: GlyphCell(scalar: "#"), count: request.columns * request.rows))
        let batch = PictureBatch(
          request: request, grids: request.samples.map { _ in grid },
          sampleCount: state.run.checkpoints[request.checkpoint].samples?.count ?? 64,
          sampleWidth: 28, sampleHeight: 28)
        pending = update(&state, .rendered(batch)) + pending
      case .agree:
        let found = ReviewerAgreement(of: [state.review] + state.otherReviews, in: state.run)
        pending = update(&state, .agreed(found)) + pending
      default: break
      }
    }
  }

  /// Keys a second apart; `j` and the like, or names as help writes them in angle brackets.
  mutating func press(_ keys: String) {
    for key in Key.keys(of: keys) {
      clock += 1000
      act(.key(key, time: clock))
      act(.drained)
    }
  }

  var surface: Surface {
    var surface = Surface(
      width: state.width, height: state.height, isASCIIOnly: !state.abilities.isUTF8)
    draw(state, into: &surface)
    return surface
  }

  var screen: [String] { surface.lines }

  var place: Place { state.place }
  var message: String { state.message?.text ?? "" }
}
