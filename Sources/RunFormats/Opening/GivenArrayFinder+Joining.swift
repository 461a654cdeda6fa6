import ReviewCore

/// Arrays come to the checkpoints of their numbers.
extension GivenArrayFinder {
  // Of many numbers nobody wants all.
  private static let mostNamed = 6

  /// Leaves out what turned out to be the samples, as where the run declares it.
  mutating func leaveOut(_ samples: FoundSamples?) {
    guard !found.isEmpty, let samples else { return }
    let places = Set(
      samples.places.compactMap { place -> ArrayPlace? in
        if case .array(let place, _) = place.source { place } else { nil }
      })
    found.removeAll { found in found.members.contains { places.contains($0.place) } }
  }

  /// By role and name, one place a checkpoint.
  ///
  /// - Parameter samplesAxis: what numbers count that no word tells of; nil without samples.
  mutating func arrays(of run: Run, samplesAxis: Axis?) -> [GivenArray] {
    guard !found.isEmpty || !references.isEmpty else { return [] }
    var indices: [Axis: [Double: Int]] = [:]
    for axis in [Axis.epoch, .step] {
      for (index, checkpoint) in run.checkpoints.enumerated() {
        if let value = checkpoint.value(on: axis)?.value {
          indices[axis, default: [:]][value] = index
        }
      }
    }
    let ordered = ArrayRole.allCases.flatMap { role in
      found.filter { $0.role == role }.sorted { $0.pattern < $1.pattern }
    }
    var arrays: [(array: GivenArray, header: ArrayHeader)] = []
    for (found, name) in zip(ordered, Self.names(of: ordered)) {
      let axis = found.isAxisTold ? found.axis : samplesAxis ?? run.axis
      var places: [ArrayPlace?] = run.checkpoints.map { _ in nil }
      var left: [AxisValue] = []
      for member in found.members {
        if let index = indices[axis]?[member.number.value] {
          places[index] = member.place
        } else {
          left.append(member.number)
        }
      }
      let count = places.count { $0 != nil }
      let label = PrintableText.escaped(found.pattern.replacing("{#}", with: "#"))
      if count > 0 {
        reading.append(
          "\(label): \(found.role.words) \"\(PrintableText.escaped(name))\" of \(count) "
            + "checkpoint\(count == 1 ? "" : "s"), \(found.header.words)")
        arrays.append((GivenArray(role: found.role, name: name, places: places), found.header))
      }
      if !left.isEmpty {
        let numbers = left.prefix(Self.mostNamed).map(\.text).joined(separator: ", ")
        reading.append(
          "\(label): \(left.count) left out, as no checkpoint has \(axis.rawValue) \(numbers)"
            + (left.count > Self.mostNamed ? ", ..." : ""))
      }
    }
    for reference in references.sorted(by: { $0.place.path < $1.place.path }) {
      join(reference, to: &arrays)
    }
    return arrays.map(\.array)
  }

  /// Each role's names told apart.
  private static func names(of found: [Found]) -> [String] {
    var counts: [String: Int] = [:]
    for found in found { counts["\(found.role.rawValue) \(found.name)", default: 0] += 1 }
    var known: Set<String> = []
    return found.map { found in
      let isAlone = counts["\(found.role.rawValue) \(found.name)"] == 1
      let wanted = isAlone ? found.name : found.longName
      var name = wanted
      var number = 2
      while !known.insert("\(found.role.rawValue) \(name)").inserted {
        name = "\(wanted)_\(number)"
        number += 1
      }
      return name
    }
  }

  /// Gives features of the real images to those of their name, or to the only ones.
  private mutating func join(
    _ reference: Reference, to arrays: inout [(array: GivenArray, header: ArrayHeader)]
  ) {
    let label = PrintableText.escaped(reference.place.text)
    let features = arrays.indices.filter { arrays[$0].array.role == .features }
    let columns = ArrayShape.columnCount(of: reference.header)
    let alike = features.filter { ArrayShape.columnCount(of: arrays[$0].header) == columns }
    let meant =
      features.first { arrays[$0].array.name == reference.name }
      ?? (features.count == 1 ? features[0] : alike.count == 1 ? alike[0] : nil)
    guard let meant else {
      tell(
        reference,
        features.isEmpty
          ? "\(label): features of real images, but no checkpoint has features"
          : "\(label): features of real images are left out, as no checkpoint has any of the name "
            + "\(PrintableText.escaped(reference.name))")
      return
    }
    guard alike.contains(meant) else {
      tell(
        reference,
        "\(label): features of real images are left out: \(reference.header.words) beside "
          + "\(arrays[meant].header.words) of the checkpoints")
      return
    }
    guard arrays[meant].array.reference == nil else {
      reading.append("\(label): features of real images are left out, as there are others")
      return
    }
    arrays[meant].array.reference = reference.place
    reading.append(
      "\(label): features \"\(PrintableText.escaped(arrays[meant].array.name))\" of real images, "
        + reference.header.words)
  }

  /// Of what was declared nothing is left out in silence.
  private mutating func tell(_ reference: Reference, _ sentence: String) {
    if reference.isDeclared {
      refuse("reference_features: \(sentence)")
    } else {
      reading.append(sentence)
    }
  }
}
