/// Words with stretches in them that a program reads, such as a clause of a rule.
///
/// Which stretch is which is never read from the text, so that nobody's words become more than words.
package struct Wording: Equatable, Sendable {
  package struct Stretch: Equatable, Sendable {
    package let text: String
    package let isCode: Bool
  }

  package private(set) var stretches: [Stretch] = []

  package var isEmpty: Bool { stretches.isEmpty }

  /// Code between backquotes, but where it has some itself.
  package var plain: String {
    stretches.map { stretch in
      stretch.isCode && !stretch.text.contains("`") ? "`\(stretch.text)`" : stretch.text
    }.joined()
  }

  package static func += (left: inout Wording, right: Wording) {
    for stretch in right.stretches { left.append(stretch) }
  }

  package static func + (left: Wording, right: Wording) -> Wording {
    var sum = left
    sum += right
    return sum
  }

  private mutating func append(_ stretch: Stretch) {
    guard !stretch.text.isEmpty else { return }
    if let last = stretches.last, !last.isCode, !stretch.isCode {
      stretches[stretches.count - 1] = Stretch(text: last.text + stretch.text, isCode: false)
    } else {
      stretches.append(stretch)
    }
  }
}

extension Wording: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { append(Stretch(text: value, isCode: false)) }

  package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.wording }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var wording = Wording(stringLiteral: "")

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) {
      wording.append(Stretch(text: literal, isCode: false))
    }

    package mutating func appendInterpolation(_ text: some CustomStringConvertible) {
      wording.append(Stretch(text: text.description, isCode: false))
    }

    package mutating func appendInterpolation(_ inner: Wording) { wording += inner }

    package mutating func appendInterpolation(code: String) {
      wording.append(Stretch(text: code, isCode: true))
    }
  }
}
