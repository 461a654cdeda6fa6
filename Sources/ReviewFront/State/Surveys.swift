package import ReviewCore

/// Something to be worked out of the samples of one checkpoint, beside the main thread.
package enum SurveyRequest: Hashable, Sendable {
  /// Groups and pairs, for a root mean square of gray values up to which samples are nearly the
  /// same.
  case overview(checkpoint: Int, nearness: Int)
  /// The samples in the order of a number.
  case order(checkpoint: Int, SampleNumber)

  package var checkpoint: Int {
    switch self {
    case .overview(let checkpoint, _), .order(let checkpoint, _): return checkpoint
    }
  }

  /// Whether the answer follows from numbers that are computed against real pictures.
  package var isOfReal: Bool {
    if case .order(_, .nearestReal) = self { return true }
    return false
  }
}

package enum SurveyAnswer: Equatable, Sendable {
  case overview(SetOverview)
  case order(SampleOrder)
  /// Why there is none.
  case failure(String)

  /// How many samples it speaks of.
  fileprivate var count: Int {
    switch self {
    case .overview(let overview): return overview.count
    case .order(let order): return order.places.count
    case .failure: return 1
    }
  }
}

/// What is known of sets of samples, of the checkpoints last looked at.
package struct Surveys: Sendable {
  private var answers: [SurveyRequest: SurveyAnswer] = [:]
  /// The one that was used longest ago first.
  private var used: [SurveyRequest] = []
  /// What is being worked out; nil for nothing.
  package internal(set) var wanted: SurveyRequest?
  /// The share of it that is done, 0...1.
  package internal(set) var part = 0.0

  // A set of 100,000 takes about 3 MB.
  private static let mostSamples = 400_000
  private static let most = 32

  subscript(request: SurveyRequest) -> SurveyAnswer? { answers[request] }

  mutating func add(_ answer: SurveyAnswer, to request: SurveyRequest) {
    used.removeAll { $0 == request }
    used.append(request)
    answers[request] = answer
    if wanted == request { (wanted, part) = (nil, 0) }
    var total = answers.values.reduce(0) { $0 + $1.count }
    while used.count > 1, used.count > Self.most || total > Self.mostSamples {
      total -= answers.removeValue(forKey: used.removeFirst())?.count ?? 0
    }
  }

  /// What could not be had may be had now.
  mutating func removeFailures() {
    let answers = self.answers
    remove { request in
      if case .failure? = answers[request] { return true }
      return false
    }
  }

  mutating func remove(where isGone: (SurveyRequest) -> Bool) {
    let gone = used.filter(isGone)
    guard !gone.isEmpty || wanted.map(isGone) == true else { return }
    for request in gone { answers[request] = nil }
    used.removeAll { answers[$0] == nil }
    if let wanted, isGone(wanted) { (self.wanted, part) = (nil, 0) }
  }
}
