import ReviewCore
import Testing

@testable import ReviewFront

/// What is known of sets is kept within a bound, the latest last.
@Suite struct SurveysTests {
  private func request(_ checkpoint: Int) -> SurveyRequest {
    .overview(checkpoint: checkpoint, nearness: 4)
  }

  private func answer(_ count: Int) -> SurveyAnswer {
    .overview(SetOverview(nearness: 4, count: count))
  }

  @Test func theOldestGoesFirst() {
    var surveys = Surveys()
    for checkpoint in 0..<40 { surveys.add(answer(64), to: request(checkpoint)) }
    #expect((0..<8).allSatisfy { surveys[request($0)] == nil })
    #expect((8..<40).allSatisfy { surveys[request($0)] != nil })
  }

  @Test func largeSetsTakeTheRoomOfManyAndTheLastIsAlwaysThere() {
    var surveys = Surveys()
    for checkpoint in 0..<10 { surveys.add(answer(100_000), to: request(checkpoint)) }
    #expect((0..<10).filter { surveys[request($0)] != nil } == [6, 7, 8, 9])
    surveys.add(answer(1_000_000), to: request(20))
    #expect(surveys[request(20)] != nil && surveys[request(9)] == nil)
  }

  @Test func whatIsRemovedIsNotUnderWayEither() {
    var surveys = Surveys()
    surveys.add(.failure("torn"), to: request(1))
    surveys.add(answer(64), to: request(2))
    surveys.wanted = .order(checkpoint: 2, .nearestReal)
    surveys.removeFailures()
    #expect(surveys[request(1)] == nil && surveys[request(2)] != nil && surveys.wanted != nil)
    surveys.remove(where: \.isOfReal)
    #expect(surveys.wanted == nil && surveys[request(2)] != nil)
  }
}
