import ReviewCore

/// Words in names of files, tags and columns that say how samples were drawn.
struct SettingWords {
  private static let names: [String: String] = [
    "temperature": "temperature", "temp": "temperature", "tau": "temperature",
    "guidance": "guidance", "guidancescale": "guidance", "cfg": "guidance",
    "cfgscale": "guidance", "cfgw": "guidance", "truncation": "truncation",
    "trunc": "truncation", "psi": "truncation", "truncationpsi": "truncation", "eta": "eta",
    "ddimeta": "eta", "topp": "top_p", "topk": "top_k", "nfe": "sampling_steps",
    "samplingsteps": "sampling_steps", "samplesteps": "sampling_steps",
    "ddimsteps": "sampling_steps", "inferencesteps": "sampling_steps",
    "numinferencesteps": "sampling_steps", "sampler": "sampler",
  ]
  private static let longestName = 80
  private static let beginnings = Set(names.keys.compactMap(\.utf8.first))

  /// Samplers that a folder or a part of a name is called by.
  private static let samplers: Set = [
    "ddim", "ddpm", "euler", "eulera", "heun", "dpm", "dpmpp", "dpmsolver", "plms", "pndm", "lms",
    "unipc", "ancestral", "langevin",
  ]
  /// What only a number with a decimal point behind it makes a temperature, as in `t0.7`.
  private static let short = "t"

  /// Names that a run declares beyond those, in small letters.
  private let declared: Set<String>

  init(declared: [String] = []) { self.declared = Set(declared.map { $0.lowercased() }) }

  /// A word as a value: of one blank and equals sign it would be another setting's name.
  static func plain(_ word: String) -> String {
    String(word.map { $0.isWhitespace || $0 == "=" || $0 == "," ? "-" : $0 })
  }

  /// The parameter that a column is of; nil for any other.
  func parameter(ofColumn name: String) -> String? {
    // A table may have a hundred thousand columns.
    guard name.utf8.count <= Self.longestName else { return nil }
    let tail = name.utf8.lastIndex(of: UInt8(ascii: "/")).map { name.utf8[$0...].dropFirst() }
    guard let first = (tail ?? name.utf8[...]).first,
      !declared.isEmpty || Self.beginnings.contains(first | 0x20)
    else { return nil }
    let plain = name.split(separator: "/").last.map(String.init) ?? name
    if declared.contains(plain.lowercased()) { return plain.lowercased() }
    return Self.names[plain.lowercased().filter { $0.isLetter || $0.isNumber }]
  }

  /// The parameters that a path or a tag names with their values, each once: the last one counts.
  func parameters(in path: some StringProtocol) -> [SamplingSetting.Parameter] {
    var found: [String: String] = [:]
    for component in path.split(separator: "/") {
      let tokens = Self.tokens(of: component)
      for (place, token) in tokens.enumerated() {
        guard token.isNumber else {
          if Self.samplers.contains(token.text) {
            found["sampler"] = token.text
          } else if place > 0, tokens[place - 1].text == "sampler" {
            found["sampler"] = token.text
          }
          continue
        }
        guard place > 0, !tokens[place - 1].isNumber else { continue }
        let last = tokens[place - 1].text
        let before = place > 1 && !tokens[place - 2].isNumber ? tokens[place - 2].text : nil
        let earlier = place > 2 && !tokens[place - 3].isNumber ? tokens[place - 3].text : nil
        let joined = [before.map { (earlier ?? "") + $0 + last }, before.map { $0 + last }, last]
        if let name = joined.lazy.compactMap({ $0.flatMap(name) }).first {
          found[name] = token.text
        } else if last == Self.short, token.text.contains(".") {
          found["temperature"] = token.text
        }
      }
    }
    return found.map { SamplingSetting.Parameter(name: $0.key, value: $0.value) }.sorted()
  }

  private func name(of words: String) -> String? {
    if declared.contains(words) { return words }
    let name = Self.names[words]
    return name == "sampler" ? nil : name
  }

  private struct Token {
    let text: String
    let isNumber: Bool
  }

  /// Words in small letters and numbers, without what stands between; `cfg-7.5` has no sign.
  private static func tokens(of text: some StringProtocol) -> [Token] {
    var tokens: [Token] = []
    let bytes = Array(text.utf8)
    var place = 0
    func isDigit(_ place: Int) -> Bool {
      bytes.indices.contains(place) && (0x30...0x39).contains(bytes[place])
    }
    func isLetter(_ place: Int) -> Bool {
      bytes.indices.contains(place) && (0x61...0x7A).contains(bytes[place] | 0x20)
    }
    while place < bytes.count {
      let start = place
      if isDigit(place) {
        while isDigit(place) { place += 1 }
        if place < bytes.count, bytes[place] == UInt8(ascii: "."), isDigit(place + 1) {
          place += 1
          while isDigit(place) { place += 1 }
        }
        tokens.append(
          Token(text: String(decoding: bytes[start..<place], as: UTF8.self), isNumber: true))
      } else if isLetter(place) {
        while isLetter(place) { place += 1 }
        tokens.append(
          Token(
            text: String(decoding: bytes[start..<place], as: UTF8.self).lowercased(),
            isNumber: false))
      } else {
        place += 1
      }
    }
    return tokens
  }
}
