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
    let setting: String?
    let member: String?
    let sample: Int
    let depth: Int
  }

  /// The place kept for a run; nil when there is none that still fits.
  func load(_ run: Run) -> Place? {
    guard let bytes = try? FileBytes.read(path),
      let kept = try? JSONDecoder().decode(Kept.self, from: Data(bytes)), kept.run == identity,
      let value = kept.epoch ?? kept.step,
      case let position = Position(
        kept.epoch != nil ? .epoch : .step, value, setting: kept.setting, run: kept.member),
      let checkpoint = run.index(of: position), let depth = Depth(rawValue: kept.depth),
      kept.sample >= 0
    else { return nil }
    return Place(checkpoint: checkpoint, sample: kept.sample, depth: depth)
  }

  /// A place that cannot be kept is not worth an error.
  func save(_ place: Place, run: Run) {
    let position = run.position(of: place.checkpoint)
    var members: [(key: String, value: JSONText)] = [
      ("run", .string(identity)), (position.axis.rawValue, .number(position.value)),
      ("sample", .integer(place.sample)), ("depth", .integer(place.depth.rawValue)),
    ]
    if let setting = position.setting { members.append(("setting", .string(setting))) }
    if let run = position.run { members.append(("member", .string(run))) }
    let text = JSONText.object(members).text
    do {
      try WholeFile.makeFolder(FileBytes.parent(of: path))
      try WholeFile.write(Array(text.utf8), to: path, isSynced: false)
    } catch {}
  }
}
