import ReviewCore

/// Slots, in which samples stand on the screen, and places in their set. They differ while the
/// samples are arranged by a number; the cursor, acts and requests speak of places, so that seeds
/// stay what they are.
extension FrontState {
  /// The order in which a checkpoint's samples stand; nil where that is the order of their places.
  func sampleOrder(at checkpoint: Int) -> SampleOrder? {
    // Columns of a comparison and rows of a strip have the same seeds throughout.
    guard arrangement != .seed, comparison == nil, !showsStrip,
      case .order(let order)? = surveys[.order(checkpoint: checkpoint, arrangement)],
      order.places.count == sampleCount(at: checkpoint)
    else { return nil }
    return order
  }

  /// The place of the sample in a slot; nil where there is no such slot.
  func samplePlace(inSlot slot: Int, of checkpoint: Int) -> Int? {
    guard slot >= 0, slot < sampleCount(at: checkpoint) else { return nil }
    return sampleOrder(at: checkpoint)?.places[slot] ?? slot
  }

  /// The slot in which a sample stands.
  func slot(ofSampleAt place: Int, of checkpoint: Int) -> Int {
    guard let order = sampleOrder(at: checkpoint), order.slots.indices.contains(place) else {
      return place
    }
    return order.slots[place]
  }

  /// The slot of the sample under the cursor.
  var cursorSlot: Int { slot(ofSampleAt: place.sample, of: place.checkpoint) }

  /// Places of what a panel shows, of its checkpoint or of another in its stead.
  func places(in panel: ScreenLayout.Panel, of checkpoint: Int? = nil) -> [Int] {
    guard panel.isBySlot, let order = sampleOrder(at: checkpoint ?? panel.checkpoint) else {
      return Array(panel.samples)
    }
    return panel.samples.clamped(to: order.places.indices).map { order.places[$0] }
  }

  /// The number that a sample stands by, as its label has it; empty where there is none to tell.
  func arrangedNumber(ofSampleAt place: Int, of checkpoint: Int) -> String {
    guard arrangement != .tag, let order = sampleOrder(at: checkpoint),
      order.numbers.indices.contains(place), !order.numbers[place].isNaN
    else { return "" }
    let number = order.numbers[place]
    return number >= 1000
      ? NumberText.fixed(number, places: 0) : NumberText.general(number, digits: 3)
  }

  /// `by sharpness, the sharpest first`; nil where the samples stand by seed.
  var arrangementWords: String? {
    guard comparison == nil, !showsStrip, arrangement != .seed, sampleCount > 0 else {
      return nil
    }
    if sampleOrder(at: place.checkpoint) != nil { return arrangement.words }
    if case .failure? = surveys[.order(checkpoint: place.checkpoint, arrangement)] {
      return "not arranged"
    }
    return "being arranged"
  }

  /// `1-28 of 64 by sharpness, the sharpest first`; nil where the samples stand by seed.
  func slotWords(of slots: Range<Int>) -> String? {
    arrangementWords.map { "\(slots.lowerBound + 1)-\(slots.upperBound) of \(sampleCount) \($0)" }
  }
}

extension SampleNumber {
  /// `by sharpness, the sharpest first`.
  var words: String {
    switch self {
    case .seed: return "by seed, as they are stored"
    case .sharpness: return "by sharpness, the sharpest first"
    case .nearest: return "by the nearest other, the closest first"
    case .nearestReal: return "by the nearest real picture, the closest first"
    case .tag: return "by tag, the tagged first"
    }
  }
}
