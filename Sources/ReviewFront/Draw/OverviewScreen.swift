import ReviewCore
import TerminalSurface

extension FrontState {
  /// All samples of the checkpoint under the cursor at a glance: mean and deviation, groups of
  /// near-duplicates, and the nearest pairs.
  func drawOverview(_ view: OverviewView, into surface: inout Surface) {
    let layout = overviewLayout
    let view = clamped(view)
    surface.put(
      TextWidth.fitted(overviewHeading(view, layout), to: width - 1), x: 0, y: 1,
      style: theme[place.checkpoint == table.selected ? .winner : .heading])
    guard sampleCount > 0 else {
      put(
        [(problems[place.checkpoint] ?? "\(position.words) has no samples", .warning)],
        in: Rect(x: 0, y: 2, width: width, height: layout.area.height), into: &surface)
      return
    }
    drawSpread(layout, into: &surface)
    if let words = overviewNotice {
      put(words, in: layout.area, into: &surface)
      return
    }
    let page = pictures.page(
      place.checkpoint,
      PictureTile(
        columns: layout.tile.width, rows: layout.tile.height, view: .samples, settings: settings))
    let first = view.item / layout.perPage * layout.perPage
    for slot in 0..<layout.perPage {
      guard let item = overviewItem(first + slot) else { break }
      drawCard(
        item, layout.card(slot), layout, page, isCursor: first + slot == view.item, into: &surface)
    }
  }

  private func drawSpread(_ layout: OverviewLayout, into surface: inout Surface) {
    let tile = layout.spreadTile
    let page = pictures.page(
      place.checkpoint,
      PictureTile(columns: tile.width, rows: tile.height, view: .spread, settings: settings))
    let deviation = deviations[place.checkpoint].map {
      " \(NumberText.fixed($0.value, places: 3))"
    }
    for (index, words) in [" mean", " deviation\(deviation ?? "")"].enumerated() {
      let y = layout.area.y + index * (tile.height + 1)
      surface.put(TextWidth.fitted(words, to: tile.width + 1), x: 0, y: y, style: theme[.dim])
      if let picture = page[index] {
        surface.copy(picture, blockWidth: tile.width, x: 0, y: y + 1)
      } else {
        surface.put("...", x: 0, y: y + 1 + tile.height / 2, style: theme[.dim])
      }
    }
  }

  /// `epoch 060  64 samples, 33 looks, 2 groups of near-duplicates  1-3 of 42`.
  private func overviewHeading(_ view: OverviewView, _ layout: OverviewLayout) -> String {
    var parts = [run.label(of: place.checkpoint)]
    guard sampleCount > 0 else { return parts[0] }
    guard case .overview(let found)? = overview else {
      parts.append("\(sampleCount) sample\(sampleCount == 1 ? "" : "s")")
      return parts.joined(separator: "  ")
    }
    parts.append(Self.lookWords(found))
    if found.heldOutCount > 0 { parts.append("\(found.heldOutCount) held out") }
    if found.failureCount > 0 { parts.append("\(found.failureCount) cannot be read") }
    if found.uncomparedCount > 0 {
      parts.append("only the first \(found.count - found.uncomparedCount) compared")
    }
    if found.groups.isEmpty, found.count > 1 {
      parts.append(
        "none within \(nearness) of 255; \(keyMap.name(of: .moreContrast)) is wider")
    }
    let all = overviewCount
    if all > layout.perPage {
      let first = view.item / layout.perPage * layout.perPage
      parts.append("\(first + 1)-\(min(all, first + layout.perPage)) of \(all)")
    }
    if found.pairs.count < found.pairCount {
      parts.append("the \(found.pairs.count) closest of \(found.pairCount) pairs")
    }
    return parts.joined(separator: "  ")
  }

  /// `64 samples, 33 looks, 2 groups of near-duplicates`.
  private static func lookWords(_ found: SetOverview) -> String {
    func counted(_ count: Int, _ word: String) -> String {
      "\(count) \(word)\(count == 1 ? "" : "s")"
    }
    let groups = found.groups.count
    return counted(found.count, "sample") + ", "
      + (found.isCut ? "at most " : "") + counted(found.lookCount, "look")
      + (groups == 0
        ? ""
        : found.isCut
          ? ", \(groups) groups or more" : ", \(counted(groups, "group")) of near-duplicates")
  }

  /// What stands in place of the cards; nil where there are some.
  private var overviewNotice: [(String, Role)]? {
    switch overview {
    case nil:
      let part = surveys.part > 0 ? ", \(Int(surveys.part * 100))%" : ""
      return [
        ("comparing \(sampleCount) samples, each with all others\(part)", .message),
        ("keys go on meanwhile", .dim),
      ]
    case .failure(let words): return [(words, .warning)]
    case .order: return nil
    case .overview(let found):
      if found.count == 0 {
        let why =
          found.heldOutCount > 0
          ? "every sample that can be read is held out from the choice"
          : "none of the samples can be read"
        return [(why, .warning)]
      }
      if found.count == 1 {
        return [("one sample alone has nothing to be compared with", .message)]
      }
      return nil
    }
  }

  private func drawCard(
    _ item: OverviewItem, _ card: Rect, _ layout: OverviewLayout, _ page: Pictures.Page,
    isCursor: Bool, into surface: inout Surface
  ) {
    let tile = layout.tile
    for (index, seed) in item.shown.enumerated() {
      let x = card.x + index * (tile.width + 1)
      let place = samplePlace(ofSeed: seed, at: self.place.checkpoint)
      if let picture = place.flatMap({ page[$0] }) {
        surface.copy(picture, blockWidth: tile.width, x: x, y: card.y)
      } else {
        surface.put(
          TextWidth.fitted("...", to: tile.width), x: x, y: card.y + tile.height / 2,
          style: theme[.dim])
      }
    }
    let x = card.x + item.shown.count * (tile.width + 1)
    let words = Rect(x: x, y: card.y, width: max(1, card.x + card.width - x), height: card.height)
    var lines = cardLines(item, width: words.width - 2)
    lines[0].0 = (isCursor ? "> " : "  ") + lines[0].0
    if isCursor { lines[0].1 = .cursor }
    for index in lines.indices.dropFirst() { lines[index].0 = "  " + lines[index].0 }
    for (row, line) in lines.prefix(words.height).enumerated() {
      surface.put(
        TextWidth.fitted(line.0, to: words.width), x: words.x, y: words.y + row,
        style: theme[line.1])
    }
  }

  /// What is said of a group or a pair, the words that matter first.
  private func cardLines(_ item: OverviewItem, width: Int) -> [(String, Role)] {
    var lines: [(String, Role)]
    switch item {
    case .group(let group):
      let all = overviewTotal
      let count = "\(group.seeds.count) of \(all)"
      let words = "\(count) look like this one"
      lines = [(TextWidth.of(words) <= width ? words : "\(count) alike", .heading)]
      let reach = grayText(group.reach)
      lines += wrapped(
        "seed \(group.representative); the others up to \(reach) of 255 from it", width, .dim)
      lines += tagLines(of: item, width)
      lines += wrapped(seedList(group.seeds, width: 3 * width), width, .text)
    case .pair(let pair):
      lines = [("\(pair.first) and \(pair.second)", .heading)]
      let distance = NumberText.general(pair.distance, digits: 4)
      let apart = grayText(pair.difference)
      lines += wrapped(
        pair.distance == 0
          ? "equal, pixel by pixel" : "distance \(distance), \(apart) of 255 apart", width, .dim)
      lines += tagLines(of: item, width)
    }
    return lines
  }

  /// Gray values: two digits of small ones, whole numbers from 10 on.
  private func grayText(_ value: Double) -> String {
    value < 10 ? NumberText.general(value, digits: 2) : NumberText.fixed(value, places: 0)
  }

  private var overviewTotal: Int {
    guard case .overview(let found)? = overview else { return sampleCount }
    return found.count
  }

  private func wrapped(_ text: String, _ width: Int, _ role: Role) -> [(String, Role)] {
    TextWidth.wrapped(text, to: max(1, width)).map { ($0, role) }
  }

  /// `0 3 4 9 12 and 27 more`.
  private func seedList(_ seeds: [Int], width: Int) -> String {
    var text = "seeds"
    for (index, seed) in seeds.enumerated() {
      let next = "\(text) \(seed)"
      if TextWidth.of(next) > max(12, width - 12) {
        return "\(text) and \(seeds.count - index) more"
      }
      text = next
    }
    return text
  }

  // Of larger groups the tags are not counted in a frame.
  private static let mostCounted = 256

  private func tagLines(of item: OverviewItem, _ width: Int) -> [(String, Role)] {
    guard item.seeds.count <= Self.mostCounted, tagIndex[position] != nil else { return [] }
    let marks = item.seeds.map { review.mark(Target(position, sample: $0)) }
    let words = tags.compactMap { tag -> String? in
      let count = marks.count { $0.tags[tag.name] != nil }
      return count == 0 ? nil : "\(count) \(tag.name)"
    }
    return words.isEmpty ? [] : wrapped("tagged: \(words.joined(separator: ", "))", width, .tag)
  }

  private func put(_ lines: [(String, Role)], in area: Rect, into surface: inout Surface) {
    var row = 0
    for (text, role) in lines {
      for line in TextWidth.wrapped(PrintableText.singleLine(text), to: max(1, area.width))
      where row < area.height {
        surface.put(line, x: area.x, y: area.y + row, style: theme[role])
        row += 1
      }
    }
  }
}
