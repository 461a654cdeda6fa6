import Glibc

/// A reader, and how to tell that it read a damaged file rightly.
struct Subject: Sendable, CustomStringConvertible {
  /// Reads bytes with all that a run would do with them; the words are of what is wrong.
  typealias Check = (_ bytes: [UInt8], _ damage: Damage) -> String?

  let name: String
  let fixtures: [Fixture]
  /// Where parts of a file begin and end.
  var boundaries: @Sendable ([UInt8]) -> [Int] = { _ in [] }
  /// Makes the checksums of a changed file fit; nil for formats without any.
  var seal: (@Sendable ([UInt8]) -> [UInt8])?
  /// Reads the whole fixture, and gives what holds the damaged ones against it.
  let check: @Sendable (Fixture, Seat) -> Check

  var description: String { name }

  /// Does all that is asked for to one fixture.
  ///
  /// - Returns: what was wrong, each with the words that replay it; at most some.
  func complaints(of fixture: Fixture, _ measure: Damage.Measure, only: Damage? = nil) -> [String] {
    let seat = Seat()
    let check = check(fixture, seat)
    let donor = donor(of: fixture)
    var complaints: [String] = []
    var damages: [Damage] = []
    if let only {
      damages = [only]
    } else {
      if let wrong = check(fixture.bytes, .cut(fixture.bytes.count)) {
        return ["\(name) \(fixture.name) as it is: \(wrong)"]
      }
      damages = Damage.cuts(of: fixture.bytes, boundaries: boundaries(fixture.bytes), measure)
        .map { .cut($0) }
      damages += (0..<measure.changes).map {
        seal != nil && $0 % 2 == 1 ? .sealed($0) : .changed($0)
      }
    }
    for damage in damages {
      seat.note(name, fixture.name, damage)
      let bytes = damage.done(to: fixture.bytes, donor: donor, seal: seal ?? { $0 })
      if let wrong = check(bytes, damage) {
        complaints.append("\(name) \(fixture.name) \(damage): \(wrong)")
        if complaints.count >= 8 { break }
      }
    }
    return complaints
  }

  /// Another file that the reader knows.
  private func donor(of fixture: Fixture) -> [UInt8] {
    guard let place = fixtures.firstIndex(where: { $0.name == fixture.name }) else { return [] }
    return fixtures[(place + 1) % fixtures.count].bytes
  }
}

/// Whether two byte arrays are the same, quickly in a build without optimization too.
func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  left.count == right.count
    && left.withUnsafeBytes { left in
      right.withUnsafeBytes { right in
        guard let start = left.baseAddress, let other = right.baseAddress else { return true }
        return memcmp(start, other, left.count) == 0
      }
    }
}
