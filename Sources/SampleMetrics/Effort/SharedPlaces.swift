/// Memory that blocks write to side by side, each to places of its own.
struct SharedPlaces<Element>: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Element>

  init(_ buffer: UnsafeMutableBufferPointer<Element>) {
    guard let base = buffer.baseAddress else { preconditionFailure("no memory to share") }
    self.base = base
  }

  subscript(place: Int) -> Element {
    get { base[place] }
    nonmutating set { base[place] = newValue }
  }

  func pointer(at place: Int) -> UnsafeMutablePointer<Element> { base + place }
}

extension Array where Element: Sendable {
  /// Hands over its own places, of which there is one at least, to be filled side by side.
  mutating func share(
    _ body: (SharedPlaces<Element>) throws(MetricFailure) -> Void
  ) throws(MetricFailure) {
    var failure: MetricFailure?
    withUnsafeMutableBufferPointer { buffer in
      do throws(MetricFailure) { try body(SharedPlaces(buffer)) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// As many places, which blocks fill side by side; `filler` where none does.
  static func filled(
    _ count: Int, with filler: Element,
    by body: (SharedPlaces<Element>) throws(MetricFailure) -> Void
  ) throws(MetricFailure) -> [Element] {
    // One more, so that there is always a place to share.
    var places = [Element](repeating: filler, count: count + 1)
    var failure: MetricFailure?
    places.withUnsafeMutableBufferPointer { buffer in
      do throws(MetricFailure) { try body(SharedPlaces(buffer)) } catch { failure = error }
    }
    if let failure { throw failure }
    places.removeLast()
    return places
  }
}
