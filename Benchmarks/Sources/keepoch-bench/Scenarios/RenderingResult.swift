import FoundationEssentials

/// A line that `recipes/measure_rendering.py` prints.
struct RenderingResult: Decodable, Sendable {
  private let kind: String
  private let renderer: String
  private let `class`: String?
  private let title: String?
  private let pictures: String?
  private let cells: String?
  private let `case`: String?
  private let what: String?
  private let digits: String?
  private let measure: String?
  private let value: Double?
  private let milliseconds: Double?
  private let rate: Double?
  /// How many pictures or turns the number is the median of.
  let n: Int?
  /// What the program was called with.
  let options: String?

  private enum CodingKeys: String, CodingKey {
    case kind, renderer, `class`, title, pictures, cells, `case`, what, digits, measure, value
    case milliseconds, n, options
    case rate = "cells_per_second"
  }

  /// The results, in their order.
  static func all(in output: String) throws(Failure) -> [RenderingResult] {
    let decoder = JSONDecoder()
    var results: [RenderingResult] = []
    for line in output.split(separator: "\n") {
      guard let result = try? decoder.decode(RenderingResult.self, from: Data(line.utf8)) else {
        throw Failure("measure_rendering.py printed what is no result: \(line)")
      }
      results.append(result)
    }
    return results
  }

  var name: String { renderer }
  var isOurs: Bool { renderer.hasPrefix("Keepoch") }
  var hasFailed: Bool { renderer.hasSuffix("(it failed)") }
  /// Whether it is a program, and not what all are held against.
  var isProgram: Bool { kind != "legibility" || renderer != "the digits themselves" }

  /// The results that it is compared with have the same.
  var group: String {
    switch kind {
    case "fidelity":
      "rendering fidelity, \(title ?? ""), \(cells ?? "") \(pictures ?? "") (\(measure ?? ""))"
    case "legibility": "rendering legibility, digits read at \(cells ?? "")"
    case "speed": "rendering speed, whole program, \(self.case ?? "")"
    case "rate": "rendering speed, one process, \(cells ?? "")"
    default: "rendering \(what ?? "")"
    }
  }

  /// What was measured; nil where it was skipped.
  var number: Double? { milliseconds ?? rate ?? value }

  var unit: Measure {
    if milliseconds != nil { return .milliseconds }
    return rate == nil ? .share : .megacells
  }

  /// What it must reach if it is Keepoch's.
  var budget: Budget? {
    // The quick look has a budget of speed instead.
    guard renderer == "Keepoch" else { return nil }
    switch kind {
    case "fidelity": return .fidelity(self.class ?? "", pictures ?? "", cells ?? "")
    case "legibility":
      // It was set for these digits, and fewer say little.
      let isWhole = n ?? 0 >= 300 && digits?.hasSuffix("MNIST digits") ?? false
      return cells == "10x5" && isWhole ? .digitsRead : nil
    default: return nil
    }
  }
}
