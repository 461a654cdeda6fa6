/// What a run counts its checkpoints by.
package enum Axis: String, Hashable, Sendable {
  case epoch
  case step
}

/// A value on an axis, with the text the run wrote it in.
package struct AxisValue: Hashable, Sendable {
  /// Finite; may be fractional (`0.8`).
  package let value: Double
  /// As written in the run, without zero padding when it is a whole number.
  package let text: String

  package init(_ value: Double, text: String? = nil) {
    self.value = value
    if let text, value != value.rounded() {
      self.text = text
    } else {
      self.text = NumberText.shortest(value)
    }
  }

  /// Reads a decimal number, zero padded or not; nil for anything else or what is not finite.
  package init?(parsing text: some StringProtocol) {
    var trimmed = text[...]
    while trimmed.first == " " { trimmed = trimmed.dropFirst() }
    while trimmed.last == " " { trimmed = trimmed.dropLast() }
    let allowed = trimmed.utf8.allSatisfy {
      ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2E || $0 == 0x2D || $0 == 0x2B || $0 | 0x20 == 0x65
    }
    guard allowed, let value = Double(trimmed), value.isFinite else { return nil }
    self.init(value, text: String(trimmed))
  }

  /// At least three digits before the point, as tables print it: `1` is `001`, `0.8` stays `0.8`.
  package var padded: String {
    guard value == value.rounded(), value >= 0, text.utf8.count < 3 else { return text }
    return String(repeating: "0", count: 3 - text.utf8.count) + text
  }

  package static func == (left: AxisValue, right: AxisValue) -> Bool { left.value == right.value }

  package func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

/// Which samples of which run an act of a reviewer is about: a place on one axis, under one sampling
/// setting, of one run.
package struct Position: Hashable, Sendable {
  package let axis: Axis
  package let value: Double
  /// The sampling setting, such as `temperature=0.7`; nil for the run's default one.
  package var setting: String?
  /// The run's name among those that are compared; nil in a run by itself.
  package var run: String?

  package init(_ axis: Axis, _ value: Double, setting: String? = nil, run: String? = nil) {
    self.axis = axis
    self.value = value
    self.setting = setting
    self.run = run
  }

  /// `epoch=30`, with a setting `epoch=30 temperature=0.7`, as the log prints it.
  package var label: String {
    [run, "\(axis.rawValue)=\(NumberText.shortest(value))", setting].compactMap { $0 }
      .joined(separator: " ")
  }

  /// `epoch 30`, `epoch 30 at temperature 0.7` or `vae, epoch 30`, as a sentence has it.
  package var words: String {
    let place = "\(axis.rawValue) \(NumberText.shortest(value))"
    let setting = setting.map { " at \(SamplingSetting.words(ofName: $0))" } ?? ""
    return (run.map { "\($0), " } ?? "") + place + setting
  }
}
