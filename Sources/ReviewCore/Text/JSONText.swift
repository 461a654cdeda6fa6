/// JSON with its keys in the order they were given, so that equal values give equal bytes.
package indirect enum JSONText: Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// A number; what is not finite becomes the string "NaN", "Infinity" or "-Infinity".
  case number(Double)
  case string(String)
  case array([JSONText])
  case object([(key: String, value: JSONText)])

  package static func == (left: JSONText, right: JSONText) -> Bool { left.text == right.text }

  /// One line, without spaces.
  package var text: String {
    var output = ""
    write(into: &output, indent: nil)
    return output
  }

  /// Many lines, indented by two spaces, ended by a line break.
  package var indentedText: String {
    var output = ""
    write(into: &output, indent: 0)
    output += "\n"
    return output
  }

  private func write(into output: inout String, indent: Int?) {
    switch self {
    case .null: output += "null"
    case .bool(let value): output += value ? "true" : "false"
    case .integer(let value): output += String(value)
    case .number(let value):
      if value.isNaN {
        output += "\"NaN\""
      } else if value.isInfinite {
        output += value < 0 ? "\"-Infinity\"" : "\"Infinity\""
      } else {
        output += NumberText.shortest(value)
      }
    case .string(let value): Self.writeString(value, into: &output)
    case .array(let values):
      let isFlat = values.allSatisfy { !$0.isContainer }
      Self.writeList(
        values, open: "[", close: "]", indent: isFlat ? nil : indent, into: &output
      ) { value, output, inner in value.write(into: &output, indent: inner) }
    case .object(let members):
      Self.writeList(members, open: "{", close: "}", indent: indent, into: &output) {
        member, output, inner in
        Self.writeString(member.key, into: &output)
        output += indent == nil ? ":" : ": "
        member.value.write(into: &output, indent: inner)
      }
    }
  }

  private var isContainer: Bool {
    switch self {
    case .array, .object: return true
    default: return false
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], open: String, close: String, indent: Int?, into output: inout String,
    each: (Element, inout String, Int?) -> Void
  ) {
    output += open
    for (index, element) in elements.enumerated() {
      if index > 0 { output += "," }
      if let indent {
        output += "\n" + String(repeating: " ", count: indent + 2)
      }
      each(element, &output, indent.map { $0 + 2 })
    }
    if let indent, !elements.isEmpty { output += "\n" + String(repeating: " ", count: indent) }
    output += close
  }

  private static func writeString(_ value: String, into output: inout String) {
    output += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      default:
        if scalar.value < 0x20 || PrintableText.isHarmful(scalar) {
          for unit in Character(scalar).utf16 {
            let digits = String(unit, radix: 16)
            output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
          }
        } else {
          output.unicodeScalars.append(scalar)
        }
      }
    }
    output += "\""
  }
}
