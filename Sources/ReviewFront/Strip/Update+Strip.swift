import ReviewCore
import TerminalSurface

extension FrontState {
  /// Opens the film strip, or closes it.
  mutating func toggleStrip() {
    guard strip == nil else {
      leaveStrip()
      return
    }
    leaveComparison()
    strip = FilmStrip(of: run, origin: place)
    if view == .spread || view == .nearest { view = .samples }
    place.depth = .grid
    place.sample = min(place.sample, max(0, sampleCount - 1))
  }

  /// Back to the depth of before; the cursor stays on what it was on in the strip.
  mutating func leaveStrip() {
    guard let strip else { return }
    place.depth = strip.origin.depth
    self.strip = nil
  }

  /// What a key means in the strip: what points somewhere goes there, letters keep what they mean.
  func stripCommand(_ key: Key, _ command: Command?) -> Command? {
    switch (key, command) {
    case (.down, .nextCheckpoint), (.wheelDown, .nextCheckpoint): return .nextSample
    case (.up, .previousCheckpoint), (.wheelUp, .previousCheckpoint): return .previousSample
    case (.right, .nextSample): return .nextCheckpoint
    case (.left, .previousSample): return .previousCheckpoint
    default: return command
    }
  }
}
