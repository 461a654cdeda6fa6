/// A value of a JSON document, as scripts really write them.
package enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  /// May be NaN or infinite.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var number: Double? { if case .number(let value) = self { value } else { nil } }
  package var string: String? { if case .string(let value) = self { value } else { nil } }
  package var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
  package var object: JSONObject? { if case .object(let value) = self { value } else { nil } }

  /// A member of an object; nil for anything else.
  package subscript(key: String) -> JSONValue? { object?[key] }
}

/// The members of a JSON object in the order of their first mention; of a key that comes again the
/// last value counts.
package struct JSONObject: Equatable, Sendable {
  package struct Member: Equatable, Sendable {
    package let key: String
    package internal(set) var value: JSONValue
  }

  package private(set) var members: [Member]

  /// Complexity: O(n).
  init(_ all: [Member]) {
    members = all
    if all.count <= 16 {
      if !all.indices.contains(where: { place in all[..<place].contains { $0.key == all[place].key }
      }) {
        return
      }
    }
    var places: [String: Int] = [:]
    members = []
    for member in all {
      if let place = places[member.key] {
        members[place].value = member.value
      } else {
        places[member.key] = members.count
        members.append(member)
      }
    }
  }

  /// Complexity: O(n).
  package subscript(key: String) -> JSONValue? { members.first { $0.key == key }?.value }
}

/// Why bytes are not JSON, and where.
package struct JSONError: Error, Equatable, Sendable {
  /// Bytes from the start of all that was given.
  package let offset: Int
  package let message: String
  /// Whether the bytes ended before the value did: a file that is still written, or cut off.
  package let endsEarly: Bool
}
