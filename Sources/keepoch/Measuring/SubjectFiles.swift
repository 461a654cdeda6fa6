import ReviewCore
import RunFormats

/// Which files the numbers of a checkpoint come from, and what tells their contents from others.
struct SubjectFiles {
  private let run: Run

  init(run: Run) { self.run = run }

  /// Of a checkpoint; nil where a file cannot be read.
  ///
  /// - Complexity: O(files): each is opened, both ends are read.
  func state(of index: Int) -> String? {
    var parts: [String] = []
    if let source = run.checkpoints[index].samples {
      guard let state = state(of: source) else { return nil }
      parts.append(state)
    }
    for array in run.arrays {
      guard let place = array.places[index] else { continue }
      guard let state = state(of: place) else { return nil }
      parts.append("\(array.role.rawValue) \(array.name) \(state)")
    }
    return parts.isEmpty ? nil : (parts + [frame]).joined(separator: "|")
  }

  /// Of the reference set; empty where the run has none, nil where a file cannot be read.
  func stateOfReference(_ path: String?) -> String? {
    var parts: [String] = []
    if let path {
      guard let state = FileState(path) else { return nil }
      parts.append(state.text)
    } else if let source = run.reference {
      guard let state = state(of: source) else { return nil }
      parts.append(state)
    }
    if let source = run.testReference {
      guard let state = state(of: source) else { return nil }
      parts.append("test \(state)")
    }
    for place in run.arrays.compactMap(\.reference) + [run.referenceLabels].compactMap({ $0 }) {
      guard let state = state(of: place) else { return nil }
      parts.append(state)
    }
    if let modes = run.modes {
      parts.append("modes \(modes.deviation) \(ContentDigest.text(of: modes.centres))")
    }
    return (parts + [frame]).joined(separator: "|")
  }

  /// In which range values are shown, and which seeds count.
  private var frame: String {
    let range = run.valueRange.map { $0.text } ?? ""
    let declared = run.declaration
    return "\(range) \(declared.heldOutSeeds) \(declared.heldOutShare ?? 0)"
  }

  private func state(of source: SampleSource) -> String? {
    switch source {
    case .grid(let place, let layout):
      guard let state = FileState("\(run.samplesFolder)/\(place.path)") else { return nil }
      let cells = layout.map { "\($0.columns) \($0.padding) \($0.count) \($0.sampleWidth)" } ?? ""
      return "\(state.text) \(place.part.map { "\($0)" } ?? "") \(cells)"
    case .pictures(let pictures, _):
      var states: [String] = []
      for picture in pictures {
        guard let state = FileState("\(run.samplesFolder)/\(picture.place.path)") else {
          return nil
        }
        states.append(
          "\(picture.index) \(state.text) \(picture.place.part.map { "\($0)" } ?? "")")
      }
      return states.joined(separator: ";")
    case .array(let place, _): return state(of: place)
    }
  }

  private func state(of place: ArrayPlace) -> String? {
    FileState("\(run.samplesFolder)/\(place.path)").map {
      "\($0.text) \(place.member ?? "") \(place.slice ?? -1)"
    }
  }
}
