import ReviewCore
import RunFormats

/// What metrics will read beside the samples, as `inspect` tells of it.
struct InspectedArrays {
  private let run: Run
  /// Of the first checkpoint that has one; nil where its header cannot be read.
  private let shapes: [[Int]?]
  private(set) var warnings: [RunWarning] = []

  init(_ run: Run) {
    self.run = run
    let reader = NumberReader(run: run)
    var warnings: [RunWarning] = []
    shapes = run.arrays.map { array -> [Int]? in
      guard let place = array.places.lazy.compactMap({ $0 }).first else { return nil }
      do throws(RunWarning) { return try reader.shape(of: place) } catch {
        warnings.append(error)
        return nil
      }
    }
    self.warnings = warnings
  }

  private func count(_ array: GivenArray) -> Int { array.places.count { $0 != nil } }

  var text: String {
    var text = ""
    for (array, shape) in zip(run.arrays, shapes) {
      let count = count(array)
      text += "\(array.role.words) \(PrintableText.escaped(array.name)): "
      text += "\(count) checkpoint\(count == 1 ? "" : "s")"
      if let shape { text += " of \(shape.map(String.init).joined(separator: "x"))" }
      text += array.reference == nil ? "\n" : ", and those of the real images\n"
    }
    if let labels = run.referenceLabels {
      text += "labels of the real images: \(PrintableText.escaped(labels.text))\n"
    }
    if let modes = run.modes {
      text += "modes: \(modes.centres.rowCount), each of deviation "
      text += "\(NumberText.shortest(modes.deviation))\n"
    }
    return text
  }

  var json: JSONText {
    .array(
      zip(run.arrays, shapes).map { array, shape in
        .object([
          ("role", .string(array.role.rawValue)), ("name", .string(array.name)),
          ("checkpoints", .integer(count(array))),
          ("shape", shape.map { .array($0.map { .integer($0) }) } ?? .null),
          ("reference", .bool(array.reference != nil)),
        ])
      })
  }

  var modes: JSONText {
    run.modes.map {
      .object([
        ("count", .integer($0.centres.rowCount)), ("deviation", .number($0.deviation)),
      ])
    } ?? .null
  }
}
