import FoundationEssentials
import ReviewCore
import ReviewFront
import RunFormats

/// Where the cursor was, kept between sittings; never in the journal.
struct PlaceStore {
  private let path: String
  private let identity: String

  init(run: Run) {
    identity = RunPath(run.path).identity ?? run.path
    path = "\(Outside.stateFolder)/places/\(StableHash.text(identity)).json"
  }

  private struct Kept: Decodable {
    let run: String
    let epoch: Double?
    let step: Double?
    let sample: Int
    let depth: Int
  }

  /// The place kept for a run; nil when there is none that still fits.
  func load(_ run: Run) -> Place? {
    guard let bytes = try? FileBytes.read(path),
      let kept = try? JSONDecoder().decode(Kept.self, from: Data(bytes)), kept.run == identity,
      let position = kept.epoch.map({ Position(.epoch, $0) })
        ?? kept.step.map({ Position(.step, $0) }),
      let checkpoint = run.index(of: position), let depth = Depth(rawValue: kept.depth),
      kept.sample >= 0
    else { return nil }
    return Place(checkpoint: checkpoint, sample: kept.sample, depth: depth)
  }

  /// A place that cannot be kept is not worth an error.
  func save(_ place: Place, run: Run) {
    let position = run.position(of: place.checkpoint)
    let text = JSONText.object([
      ("run", .string(identity)), (position.axis.rawValue, .number(position.value)),
      ("sample", .integer(place.sample)), ("depth", .integer(place.depth.rawValue)),
    ]).text
    do {
      try WholeFile.makeFolder(FileBytes.parent(of: path))
      try WholeFile.write(Array(text.utf8), to: path, isSynced: false)
    } catch {}
  }
}
