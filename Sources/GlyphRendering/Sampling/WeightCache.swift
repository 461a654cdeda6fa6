import Synchronization

/// The weights of the sizes that are in use, shared by all threads.
final class WeightCache: Sendable {
  struct Key: Hashable {
    let source: Int
    /// 0 for a view.
    let outputs: Int
  }

  static let shared = WeightCache()

  private let known = Mutex<[Key: AxisWeights]>([:])
  // A screen needs a dozen; a change of its size brings as many new ones.
  private static let most = 64

  func weights(_ key: Key, make: () -> AxisWeights) -> AxisWeights {
    if let found = known.withLock({ $0[key] }) { return found }
    let made = make()
    known.withLock { known in
      if known.count >= Self.most { known.removeAll() }
      known[key] = made
    }
    return made
  }
}
