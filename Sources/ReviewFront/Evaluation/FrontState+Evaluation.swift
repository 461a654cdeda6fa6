import GlyphRendering
import HumanEvaluation
package import ReviewCore
import TerminalSurface

extension FrontState {
  /// The evaluation on the screen, or below a box.
  var evaluation: EvaluationView? {
    get {
      if case .evaluation(let view) = shownMode { return view }
      return nil
    }
    set {
      guard let newValue, case .evaluation = mode else { return }
      mode = .evaluation(newValue)
    }
  }

  /// The block whose trials are on the screen.
  package var askedBlock: BlockRecord? {
    guard case .trial(let id)? = evaluation?.stage else { return nil }
    return block(id)
  }

  func block(_ id: String) -> BlockRecord? { review.blocks.last { $0.block.id == id } }

  /// The trial on the screen.
  package var askedTrial: Trial? { askedBlock?.nextTrial }

  /// Whether all pictures of a trial are at hand that nobody was told of as shown.
  package var awaitsShown: Bool {
    guard let evaluation, evaluation.shown == nil, mode == .evaluation(evaluation),
      isLargeEnough, let record = askedBlock, let trial = record.nextTrial
    else { return false }
    return canShow(record.block) == nil && isAtHand(trial, of: record.block)
  }

  /// Why a block cannot be gone on with here; nil where it can.
  func canShow(_ block: EvaluationBlock) -> String? {
    let rendering = block.rendering
    guard let settings = settings(of: block) else {
      return "its pictures are in a look that is not here: \(rendering.words)"
    }
    if settings.glyphs != .ascii, !abilities.isUTF8 {
      return "its pictures are of \(rendering.glyphs), which this terminal has not"
    }
    let colors = abilities.colors
    if settings.color != .none, !theme.hasColors || colors < (settings.color == .sixteen ? 16 : 256)
    {
      return "its pictures are in colours, which this terminal has not"
    }
    if rendering.isLightBackground != theme.isLight {
      let ground = rendering.isLightBackground ? "light" : "dark"
      return "it was begun on a \(ground) ground; a theme for that goes on (:theme)"
    }
    let sides = block.kind.hasSides ? 2 : 1
    guard layout(of: block) != nil else {
      return
        "its pictures are \(rendering.columns)x\(rendering.rows) cells, \(block.rendering.pictures) on "
        + "\(sides == 2 ? "each of 2 sides" : "one side"): make the terminal larger, "
        + "\(TrialLayout.leastSize(of: rendering, sides: sides))"
    }
    return nil
  }

  func settings(of block: EvaluationBlock) -> PictureSettings? {
    block.rendering.settings(models: [preferences.model, .neutral])
  }

  func layout(of block: EvaluationBlock) -> TrialLayout? {
    TrialLayout(
      columns: block.rendering.columns, rows: block.rendering.rows, count: block.rendering.pictures,
      sides: block.kind.hasSides ? 2 : 1, width: width, height: height)
  }

  /// The largest pictures that this screen has room for, in the look of the moment.
  func rendering(for wish: EvaluationWish) -> TrialRendering? {
    for columns in TileSize.widths.reversed() {
      let rows = cellRows(for: columns)
      let layout = TrialLayout(
        columns: columns, rows: rows, count: wish.picturesPerSide,
        sides: wish.kind.hasSides ? 2 : 1, width: width, height: height)
      if layout != nil {
        return TrialRendering(
          settings, columns: columns, rows: rows, pictures: wish.picturesPerSide)
      }
    }
    return nil
  }

  // MARK: Pictures

  /// What is rendered for one side; nil where its checkpoint is not in the run any more.
  func request(for stimulus: Stimulus, of block: EvaluationBlock) -> PictureRequest? {
    guard let settings = settings(of: block) else { return nil }
    let checkpoint: Int
    let places: [Int]
    switch stimulus.source {
    case .checkpoint(let position):
      guard let index = run.index(of: position), let source = run.checkpoints[index].samples
      else { return nil }
      checkpoint = index
      places = stimulus.pictures.compactMap { source.place(of: $0) }
      guard places.count == stimulus.pictures.count else { return nil }
    case .real:
      // Of the run that the first checkpoint of the block is of.
      guard let index = block.firstPosition.flatMap({ run.index(of: $0) }) ?? run.firstPictured
      else { return nil }
      checkpoint = index
      places = stimulus.pictures
    }
    return PictureRequest(
      checkpoint: checkpoint, places: places, columns: block.rendering.columns,
      rows: block.rendering.rows,
      view: .blind(isReal: stimulus.position == nil, isScrambled: stimulus.isScrambled),
      settings: settings)
  }

  /// Whether every picture of a trial is rendered.
  func isAtHand(_ trial: Trial, of block: EvaluationBlock) -> Bool {
    trial.sides.allSatisfy { stimulus in
      guard !isLost(trial, of: block), let request = request(for: stimulus, of: block) else {
        return false
      }
      return pictures.hasAll(
        request.samples, of: request.checkpoint, request.tile, settled: true)
    }
  }

  /// Whether a trial cannot be shown, whatever is waited for.
  func isLost(_ trial: Trial, of block: EvaluationBlock) -> Bool {
    trial.sides.contains { stimulus in
      guard let request = request(for: stimulus, of: block) else { return true }
      return problems[request.checkpoint] != nil
        || request.samples.contains { lostPictures.contains(LostPicture(request, $0)) }
    }
  }

  /// Takes in which pictures cannot be read.
  mutating func lost(_ request: PictureRequest, _ places: [Int]) {
    lostPictures.formUnion(places.map { LostPicture(request, $0) })
  }

  // How many trials are rendered before they are asked.
  private static let ahead = 3

  /// Those of the trial on the screen first, both sides before the next trial's.
  func trialRequests() -> [PictureRequest] {
    guard let record = askedBlock, canShow(record.block) == nil else { return [] }
    let coming = record.trials.filter { record.answers[$0.number] == nil }.prefix(Self.ahead)
    var all: [PictureRequest] = []
    for trial in coming where !isLost(trial, of: record.block) {
      for stimulus in trial.sides {
        guard let request = request(for: stimulus, of: record.block), !all.contains(request),
          !pictures.hasAll(
            request.samples, of: request.checkpoint, request.tile, settled: true)
        else { continue }
        all.append(request)
      }
    }
    return all
  }
}

/// One picture that cannot be read.
struct LostPicture: Hashable, Sendable {
  private let checkpoint: Int
  private let isReal: Bool
  private let place: Int

  init(_ request: PictureRequest, _ place: Int) {
    checkpoint = request.checkpoint
    if case .blind(let isReal, _) = request.view { self.isReal = isReal } else { isReal = false }
    self.place = place
  }
}

extension EvaluationBlock {
  /// The first checkpoint that is named.
  package var firstPosition: Position? {
    switch design {
    case .list(let trials): return trials.lazy.flatMap(\.sides).compactMap(\.position).first
    case .adaptive(_, let pool, _): return pool.members.first?.position
    }
  }
}

extension Run {
  /// The first checkpoint with samples.
  fileprivate var firstPictured: Int? { checkpoints.firstIndex { $0.samples != nil } }
}
