import Foundation

/// What `make_fixtures.py` wrote: arrays by numpy, and what reading them must give.
struct ArrayFixture: Decodable, Sendable {
  struct Read: Decodable, Sendable, NamedCase {
    let name: String
    let `extension`: String
    let member: String?
    let file: Data
    let dtype: String
    let range: [Double]
    let asks: Bool
    let count: Int
    let height: Int
    let width: Int
    let gray: Data
    let stored: String
  }

  struct Refused: Decodable, Sendable, NamedCase {
    let name: String
    let `extension`: String
    let why: String
    let file: Data
  }

  let read: [Read]
  let refused: [Refused]

  static let all: ArrayFixture = {
    let path = projectFolder("Tests/RunFormatsTests/Fixtures/arrays.json")
    let data = FileManager.default.contents(atPath: path) ?? Data()
    return (try? JSONDecoder().decode(ArrayFixture.self, from: data))
      ?? ArrayFixture(read: [], refused: [])
  }()
}

/// Shows a case by its name alone, and not by its bytes.
protocol NamedCase: CustomStringConvertible {
  var name: String { get }
}

extension NamedCase {
  var description: String { name }
}
