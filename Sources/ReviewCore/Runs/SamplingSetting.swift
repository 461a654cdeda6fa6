/// How the samples of a set were drawn: temperature, guidance scale, sampler.
package struct SamplingSetting: Hashable, Sendable {
  /// One of them, such as `temperature` and `0.7`.
  package struct Parameter: Hashable, Comparable, Sendable {
    package let name: String
    /// A number as its shortest decimal, or a word.
    package let value: String
    /// Nil for a word.
    package let number: Double?

    package init(name: String, value: String) {
      self.name = name
      if let number = Double(value), number.isFinite {
        self.number = number
        self.value = NumberText.shortest(number)
      } else {
        number = nil
        self.value = value
      }
    }

    package static func == (left: Parameter, right: Parameter) -> Bool {
      left.name == right.name && left.value == right.value
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      hasher.combine(value)
    }

    /// By name, then numbers by their value and before words.
    package static func < (left: Parameter, right: Parameter) -> Bool {
      guard left.name == right.name else { return left.name < right.name }
      switch (left.number, right.number) {
      case (let a?, let b?): return a < b
      case (.some, nil): return true
      case (nil, .some): return false
      case (nil, nil): return left.value < right.value
      }
    }
  }

  /// At least one, by name.
  package let parameters: [Parameter]
  /// `guidance=3 sampler=ddim`; what journals name it by.
  package let name: String

  /// Nil for none.
  package init?(_ parameters: [Parameter]) {
    guard !parameters.isEmpty else { return nil }
    self.parameters = parameters.sorted()
    name = self.parameters.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
  }

  /// Reads `temperature=0.7`, several of them with blanks or commas between; nil for anything else.
  package init?(parsing text: String) {
    var parameters: [Parameter] = []
    for part in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty,
        !parameters.contains(where: { $0.name == sides[0] })
      else { return nil }
      parameters.append(Parameter(name: String(sides[0]), value: String(sides[1])))
    }
    self.init(parameters)
  }

  /// `guidance 3, sampler ddim`.
  package var words: String { Self.words(ofName: name) }

  package func parameter(_ name: String) -> Parameter? { parameters.first { $0.name == name } }

  static func words(ofName name: String) -> String {
    name.split(separator: " ").map { part in
      part.split(separator: "=", maxSplits: 1).joined(separator: " ")
    }.joined(separator: ", ")
  }

  package static func == (left: SamplingSetting, right: SamplingSetting) -> Bool {
    left.name == right.name
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension SamplingSetting: Comparable {
  /// By their first parameter that differs.
  package static func < (left: SamplingSetting, right: SamplingSetting) -> Bool {
    for (one, other) in zip(left.parameters, right.parameters) where one != other {
      return one < other
    }
    return left.parameters.count < right.parameters.count
  }

  // What samples are drawn with where nobody turns a knob.
  private static let neutral: [String: Double] = [
    "temperature": 1, "guidance": 1, "truncation": 1, "eta": 0, "top_p": 1,
  ]

  /// The setting that a run's samples are of where nobody names one: the neutral one, else the first.
  package static func usual(of settings: [SamplingSetting]) -> Int {
    settings.firstIndex { setting in
      setting.parameters.allSatisfy { parameter in
        neutral[parameter.name].map { $0 == parameter.number } ?? false
      }
    } ?? 0
  }
}
