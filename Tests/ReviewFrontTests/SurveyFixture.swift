import ReviewCore

@testable import ReviewFront

/// A set of 64 of which 32 look alike, and two more.
func collapsedOverview(nearness: Double = 4) -> SetOverview {
  SetOverview(
    nearness: nearness, count: 64,
    groups: [
      SetOverview.Group(
        seeds: Array(stride(from: 0, to: 64, by: 2)), representative: 4, reach: 3.25),
      SetOverview.Group(seeds: [1, 7], representative: 1, reach: 0.5),
    ],
    pairs: (0..<40).map {
      SetOverview.Pair(
        first: $0, second: $0 + 9, distance: Double($0) * 10, difference: Double($0) * 0.4)
    }, pairCount: 40)
}

extension FrontBench {
  /// What was asked for of the samples, and not answered.
  var surveyed: SurveyRequest? { state.surveys.wanted }

  /// Answers what was asked for, and the checkpoints ahead as well.
  mutating func answerSurveys(_ answer: (SurveyRequest) -> SurveyAnswer) {
    while let request = surveyed { act(.surveyed(request, answer(request))) }
  }
}
