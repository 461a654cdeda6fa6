import Testing

@testable import keepoch_bench

@Suite struct MetricTests {
  private let comparison = MetricComparison(
    word: "prdc", title: "neighbours", repetitions: 1, memory: 100_000_000,
    peers: [
      MetricComparison.Peer(word: "a", title: "A", goal: 4),
      MetricComparison.Peer(word: "b", title: "B"), MetricComparison.Peer(word: "c", title: "C"),
    ])

  @Test func peersAreSoManyTimesAsLong() throws {
    let peaks = try MachinePeaks(
      """
      {"threads": 2, "double_words": "FMA", "double_one": 70e9, "double_all": 140e9,
       "single_words": "FMA", "single_one": 140e9, "single_all": 280e9,
       "bytes_words": "VNNI", "bytes_one": 5e11, "bytes_all": 1e12}
      """)
    let ours = try MetricTiming(
      """
      {"seconds": [1.5, 1], "busy": [2.5, 2], "value": 2, "what": "avx2", "extra": 30000000,
       "operations": 5e11, "kind": "bytes"}
      """)
    let peer = try MetricTiming(
      #"{"seconds": [3, 5], "busy": [4, 6], "value": 2.0001, "extra": 2e9, "version": "1.0", "what": "f"}"#
    )
    let rows = MetricScenario.rows(
      of: comparison, ours, peers: ["a": peer], reasons: ["b": "not installed"], peaks)
    #expect(rows.map { $0.cells[2] } == ["1000 ms", "30.0 MB", "3.00 times", "-", "-"])
    #expect(rows.map { $0.cells[7] } == ["-", "0.30", "1.33 missed", "-", "-"])
    #expect(
      rows[0].remark
        == "best 1.00 s, 2.00 s of processors, threads: 2, 500.0 Gop/s, 50 % of the peak "
        + "(VNNI: 500 with one thread, 1000 with all), avx2")
    #expect(
      rows[2].remark
        == "best 3.00 s, 4.00 s of processors, 2000.0 MB beyond the data, version 1.0, f, value differs by less than 1e-4"
    )
    #expect(rows[3].remark == "skipped: not installed")
    #expect(rows[4].remark == "skipped: not in a quick run")
  }

  @Test func whatIsNoTimingIsRefused() {
    #expect(throws: Failure.self) { try MetricTiming("") }
    #expect(throws: Failure.self) { try MachinePeaks("{}") }
  }
}
