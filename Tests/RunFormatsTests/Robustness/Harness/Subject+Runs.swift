import Foundation
import ReviewCore

@testable import RunFormats

extension Subject {
  /// All readers.
  static let all = pictures + arrays + events + texts + trackers

  /// Whole runs: one of their files is damaged, the others stand beside it.
  static let runs = Subject(
    name: "run", fixtures: Fixture.firstOfEach.filter { $0.name.hasPrefix("sources/") },
    boundaries: { [$0.count / 2] }, check: run)

  private static func run(_ fixture: Fixture, _ seat: Seat) -> Check {
    let files = Fixture.all.filter { $0.source == fixture.source }
    let root = "\(seat.folder)/\(fixture.source)"
    for file in files { _ = seat.put(file.bytes, as: file.name) }
    return { bytes, _ in
      _ = seat.put(bytes, as: fixture.name)
      return review(root)
    }
  }

  /// Opens a run and looks at everything in it.
  static func review(_ root: String) -> String? {
    guard var run = try? RunOpener.open(root) else { return nil }
    if let settled = RangeFinder.settle(run, cacheFolder: nil) { run.take(settled) }
    let reader = SampleReader(run: run)
    for source in run.checkpoints.compactMap(\.samples) + [run.reference].compactMap({ $0 }) {
      _ = reader.count(of: source)
      guard let set = try? reader.samples(source) else { continue }
      if set.pixels.count != set.count * set.width * set.height {
        return "\(source.path) has \(set.pixels.count) pixels in \(set.count) samples"
      }
      _ = try? reader.digests(of: [0, set.count - 1, set.count], in: source)
      _ = reader.pointBytes(source)
    }
    for series in run.series {
      var last = -Double.infinity
      for position in series.positions {
        guard position >= last else { return "\(series.name) is not ascending" }
        last = position
      }
      _ = run.checkpoints.map { series.place(of: $0) }
    }
    return run.warnings.contains { $0.message.isEmpty } ? "a warning says nothing" : nil
  }
}
