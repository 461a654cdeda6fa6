/// What a question is about: a checkpoint, or two of them, by their places.
package struct AdaptiveTarget: Hashable, Sendable {
  package let first: Int
  /// Behind the first; nil where there is one alone.
  package let second: Int?

  package init(_ place: Int) { (first, second) = (place, nil) }

  package init(_ one: Int, _ other: Int) { (first, second) = (min(one, other), max(one, other)) }

  /// - Returns: nil for none, for more than two, and for the same one twice.
  init?(_ places: [Int]) {
    switch places.count {
    case 1: self.init(places[0])
    case 2 where places[0] != places[1]: self.init(places[0], places[1])
    default: return nil
    }
  }
}
