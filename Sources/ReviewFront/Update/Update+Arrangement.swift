import ReviewCore

extension FrontState {
  /// Arranges the samples by the next number that can be had.
  mutating func arrangeByNext() {
    let all = SampleNumber.allCases
    let here = all.firstIndex(of: arrangement) ?? 0
    let next = (1...all.count).map { all[(here + $0) % all.count] }
      .first { reason(againstArrangingBy: $0) == nil }
    arrange(by: next ?? .seed)
  }

  mutating func arrange(byNamed name: String) {
    guard let number = SampleNumber(rawValue: name) else {
      let names = SampleNumber.allCases.map(\.rawValue).joined(separator: ", ")
      message = Message(
        .error, "samples are not arranged by \"\(PrintableText.escaped(name))\"; there is \(names)")
      return
    }
    if let reason = reason(againstArrangingBy: number) {
      message = Message(.warning, reason)
      return
    }
    arrange(by: number)
  }

  private mutating func arrange(by number: SampleNumber) {
    arrangement = number
    // What was said of samples since counts now.
    surveys.remove { $0 == .order(checkpoint: place.checkpoint, .tag) }
    // The cursor stays on its seed, wherever that stands now.
    message = Message(
      .info, "samples \(number.words); \(keyMap.name(of: .firstSample)) goes to the first")
  }

  /// Why samples cannot be arranged by a number now; nil when they can.
  private func reason(againstArrangingBy number: SampleNumber) -> String? {
    guard number == .nearestReal, !hasNearestReal else { return nil }
    return noNearestReal
  }

  /// Arranges by tags, which no worker knows of, when a checkpoint is come to: a tag that is given
  /// later leaves its sample where it is.
  mutating func prepareTagOrder() {
    let request = SurveyRequest.order(checkpoint: place.checkpoint, .tag)
    guard arrangement == .tag, surveys[request] == nil else { return }
    surveys.add(.order(orderByTags(at: place.checkpoint)), to: request)
  }

  private func orderByTags(at checkpoint: Int) -> SampleOrder {
    var numbers = [Double](repeating: .nan, count: sampleCount(at: checkpoint))
    let position = run.position(of: checkpoint)
    for (target, mark) in review.marks where target.position == position && !mark.tags.isEmpty {
      guard let sample = target.sample, !isHidden(sample, at: checkpoint),
        let place = samplePlace(ofSeed: sample, at: checkpoint)
      else { continue }
      let known = tags.firstIndex { mark.tags[$0.name] != nil }
      numbers[place] = Double(known ?? tags.count)
    }
    return SampleOrder(numbers)
  }

  // MARK: What is worked out beside

  // Sets up to this size are looked at ahead of the cursor.
  private static let mostAhead = 1024

  /// Asks for what the screen lacks of the sets' numbers, one at a time; what is no longer wanted
  /// is stopped.
  mutating func wantSurvey() -> [Effect] {
    let next = surveysNeeded.first { surveys[$0] == nil }
    guard next != surveys.wanted else { return [] }
    surveys.wanted = next
    surveys.part = 0
    return [.survey(next)]
  }

  private var surveysNeeded: [SurveyRequest] {
    let request: (Int) -> SurveyRequest
    if case .overview = shownMode {
      let nearness = self.nearness
      request = { .overview(checkpoint: $0, nearness: nearness) }
    } else if arrangement != .seed, arrangement != .tag, comparison == nil, !showsStrip {
      let arrangement = self.arrangement
      request = { .order(checkpoint: $0, arrangement) }
    } else {
      return []
    }
    guard sampleCount > 0 else { return [] }
    let ahead =
      sampleCount <= Self.mostAhead
      ? comingCheckpoints.prefix(2).filter { sampleCount(at: $0) > 0 } : []
    return ([place.checkpoint] + ahead).map(request)
  }

  mutating func take(_ answer: SurveyAnswer, to request: SurveyRequest) {
    surveys.add(answer, to: request)
    guard case .failure(let words) = answer, case .order(let checkpoint, _) = request,
      checkpoint == place.checkpoint
    else { return }
    message = Message(.warning, "not arranged: \(words)")
  }
}
