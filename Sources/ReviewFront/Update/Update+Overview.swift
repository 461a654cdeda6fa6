import GlyphRendering
import ReviewCore
import TerminalSurface

extension FrontState {
  /// What the overview of the checkpoint under the cursor lists.
  enum OverviewItem: Equatable {
    case group(SetOverview.Group)
    case pair(SetOverview.Pair)

    /// The samples whose pictures stand there.
    var shown: [Int] {
      switch self {
      case .group(let group): return [group.representative]
      case .pair(let pair): return [pair.first, pair.second]
      }
    }

    /// All samples that it is of.
    var seeds: [Int] {
      switch self {
      case .group(let group): return group.seeds
      case .pair(let pair): return [pair.first, pair.second]
      }
    }
  }

  /// What is known of the checkpoint under the cursor; nil while it is worked out.
  var overview: SurveyAnswer? {
    surveys[.overview(checkpoint: place.checkpoint, nearness: nearness)]
  }

  var overviewCount: Int {
    guard case .overview(let found)? = overview else { return 0 }
    return found.groups.count + found.pairs.count
  }

  func overviewItem(_ index: Int) -> OverviewItem? {
    guard case .overview(let found)? = overview, index >= 0 else { return nil }
    if index < found.groups.count { return .group(found.groups[index]) }
    let pair = index - found.groups.count
    return pair < found.pairs.count ? .pair(found.pairs[pair]) : nil
  }

  // MARK: Keys

  /// A key in the overview: those of epochs and of the checkpoint mean what they always do.
  mutating func take(_ key: Key, _ view: OverviewView) -> [Effect] {
    var view = view
    message = nil
    let layout = overviewLayout
    if case .click(let column, let row) = key {
      return click(view, layout, column: column, row: row)
    }
    guard let command = keyMap[key] else {
      message = Message(
        .info,
        "\(key.name) means nothing in the overview; \(keyMap.name(of: .backOrQuit)) goes back"
      )
      return []
    }
    let before = view.item
    switch command {
    case .nextSample: view.item += 1
    case .previousSample: view.item -= 1
    case .rowDown: view.item += layout.columns
    case .rowUp: view.item -= layout.columns
    case .pageForward: view.item += layout.perPage
    case .pageBack: view.item -= layout.perPage
    case .firstSample: view.item = 0
    case .lastSample: view.item = overviewCount - 1
    case .closer: return goTo(view)
    case .back, .backOrQuit, .overview:
      mode = .browse
      return []
    case .tag:
      guard canTag(view) else { return [] }
      underlay = .overview(view)
      mode = .tagging(ofMarked: false)
      return []
    case .repeatTag:
      guard canTag(view) else { return [] }
      if let lastTag { return tag(view, lastTag) }
      message = Message(.info, reason(against: .repeatTag) ?? "")
      return []
    case .why, .help:
      underlay = .overview(view)
      mode = command == .why ? .why(top: 0) : .help(top: 0)
      return []
    case .lessContrast: changeNearness(by: -1)
    case .moreContrast: changeNearness(by: 1)
    case .nextCheckpoint, .previousCheckpoint, .tenForward, .tenBack, .firstCheckpoint,
      .lastCheckpoint, .winner, .nextUndecided, .previousUndecided, .keep, .reject, .undecided,
      .undo, .redo, .invert, .renderer, .texture, .darker, .lighter, .quit:
      return perform(command)
    default:
      message = Message(
        .info,
        "\(key.name) means nothing in the overview; \(keyMap.name(of: .backOrQuit)) goes back")
      return []
    }
    view.item = max(0, min(view.item, overviewCount - 1))
    if view.item == before, command != .lessContrast, command != .moreContrast, message == nil {
      message = Message(
        .info, overviewCount == 0 ? "nothing is listed" : "nothing further that way")
    }
    mode = .overview(view)
    return []
  }

  private mutating func click(
    _ view: OverviewView, _ layout: OverviewLayout, column: Int, row: Int
  ) -> [Effect] {
    if row == height - 1 {
      for hint in hints where hint.columns.contains(column) {
        guard let key = keyMap.keys(of: hint.command).first else { return [] }
        return take(key, view)
      }
      return []
    }
    let item = clamped(view).item
    let first = item / layout.perPage * layout.perPage
    for slot in 0..<layout.perPage where first + slot < overviewCount {
      let card = layout.card(slot)
      guard column >= card.x, column < card.x + card.width, row >= card.y,
        row < card.y + card.height
      else { continue }
      if first + slot == item { return goTo(view) }
      mode = .overview(OverviewView(item: first + slot))
      return []
    }
    return []
  }

  /// The cursor on something that is listed, however many there were at the checkpoint before.
  func clamped(_ view: OverviewView) -> OverviewView {
    OverviewView(item: max(0, min(view.item, overviewCount - 1)))
  }

  private mutating func changeNearness(by steps: Int) {
    let all = Nearness.levels
    let target = (all.firstIndex(of: nearness) ?? 0) + steps
    guard all.indices.contains(target) else {
      message = Message(.info, "as far as it goes")
      return
    }
    nearness = all[target]
    message = Message(
      .info, "near is up to \(nearness) of 255 gray values apart, in the root mean square")
  }

  /// To the sample in the grid; without one, back.
  private mutating func goTo(_ listed: OverviewView) -> [Effect] {
    guard let item = overviewItem(clamped(listed).item), let seed = item.shown.first,
      let sample = samplePlace(ofSeed: seed, at: place.checkpoint)
    else {
      message = Message(.info, "nothing is listed")
      return []
    }
    mode = .browse
    comparison = nil
    strip = nil
    view = .samples
    if place.depth == .table { place.depth = .grid }
    go(toSample: sample)
    return []
  }

  // MARK: Tags

  // More is no evidence for anybody, and each is an act of its own on the disk.
  private static let mostTagged = 256

  private mutating func canTag(_ view: OverviewView) -> Bool {
    if let readOnly {
      message = Message(.warning, readOnly)
    } else if let item = overviewItem(clamped(view).item) {
      guard item.seeds.count > Self.mostTagged else { return true }
      message = Message(
        .warning,
        "\(item.seeds.count) samples are too many to tag at once (\(Self.mostTagged) at most); "
          + "tag the checkpoint from the table instead")
    } else {
      message = Message(.info, "nothing is listed that a tag could be on")
    }
    return false
  }

  /// `32 samples of epoch 60`.
  func taggedWords(_ view: OverviewView) -> String {
    let count = overviewItem(clamped(view).item)?.seeds.count ?? 0
    return "\(count) samples of \(position.words)"
  }

  /// One act for each of them that does not bear the tag; if all bear it, it goes off all.
  mutating func tag(_ view: OverviewView, _ tag: String) -> [Effect] {
    guard let item = overviewItem(clamped(view).item) else { return [] }
    let targets = item.seeds.map { Target(position, sample: $0) }
    let without = targets.filter { review.mark($0).tags[tag] == nil }
    let isOn = !without.isEmpty
    let changed = isOn ? without : targets
    return batch(
      changed.map { .tag($0, tag: tag, isOn: isOn, digest: nil) },
      words: "\(tag) \(isOn ? "on" : "off") \(changed.count) samples of \(position.words)")
  }

  // MARK: Pictures

  /// What the overview lacks of its pictures: the cards on the screen, mean and deviation, then
  /// those of the next steps.
  func overviewRequests(_ view: OverviewView, _ quality: RenderQuality) -> [PictureRequest] {
    guard sampleCount > 0 else { return [] }
    var settings = self.settings
    settings.quality = quality
    let layout = overviewLayout
    var requests: [PictureRequest] = []
    func ask(
      _ checkpoint: Int, _ places: [Int], _ tile: (width: Int, height: Int), _ view: SampleView
    ) {
      let request = PictureRequest(
        checkpoint: checkpoint, places: places, columns: tile.width, rows: tile.height, view: view,
        settings: settings)
      guard !places.isEmpty, tile.width > 0, tile.height > 0,
        !pictures.hasAll(places, of: checkpoint, request.tile, settled: quality == .best)
      else { return }
      requests.append(request)
    }
    ask(place.checkpoint, [0, 1], layout.spreadTile, .spread)
    let first = clamped(view).item / layout.perPage * layout.perPage
    let seeds = (first..<first + layout.perPage).flatMap { overviewItem($0)?.shown ?? [] }
    let places = Set(seeds.compactMap { samplePlace(ofSeed: $0, at: place.checkpoint) }).sorted()
    ask(place.checkpoint, places, layout.tile, .samples)
    if quality == .instant {
      for checkpoint in comingCheckpoints where sampleCount(at: checkpoint) > 0 {
        ask(checkpoint, [0, 1], layout.spreadTile, .spread)
      }
    }
    return requests
  }
}
