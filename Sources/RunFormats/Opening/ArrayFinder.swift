import ReviewCore

/// Finds the layout and the range of a run's arrays from as few files as will do.
struct ArrayFinder {
  private let root: String
  private let declaration: RunDeclaration
  private(set) var warnings: [RunWarning] = []
  private(set) var reading: [String] = []
  /// Why the group is not one of samples, where it is not.
  private(set) var refusal: String?
  private(set) var valueRange: ValueRange?

  private struct Probe {
    let path: String
    let choice: ArrayChoice
    let excess: Int
  }

  init(root: String, declaration: RunDeclaration) {
    self.root = root
    self.declaration = declaration
  }

  mutating func sources(of group: NumberedNames) -> FoundSamples {
    let members = group.distinctMembers
    let probes = probe(members.map(\.path))
    if let first = probes.first {
      tell(first, group)
      estimateRange(probes)
    }
    let choice = probes.first?.choice
    return FoundSamples(
      axis: group.axis,
      places: members.map {
        FoundSamples.Place(
          number: $0.number,
          source: .array(path: $0.path, member: choice?.name, layout: choice?.layout))
      },
      isReadable: !probes.isEmpty)
  }

  /// An array with real images.
  mutating func reference(_ path: String) -> SampleSource? {
    let names = ["reference", "real", "reals", "real_images"]
    guard let probe = decode(path, firstNames: names) else {
      if let refusal {
        warnings.append(RunWarning(.badArray, path: path, refusal))
        self.refusal = nil
      }
      return nil
    }
    if valueRange == nil { estimateRange([probe]) }
    return .array(path: path, member: probe.choice.name, layout: probe.choice.layout)
  }

  /// The first, middle and last file that can be read; all are tried before giving up.
  private mutating func probe(_ paths: [String]) -> [Probe] {
    let wanted = Set([0, paths.count / 2, paths.count - 1])
    var probes: [Probe] = []
    for place in wanted.sorted() where paths.indices.contains(place) {
      if let probe = decode(paths[place]) { probes.append(probe) }
    }
    for place in paths.indices where probes.isEmpty && !wanted.contains(place) {
      if let probe = decode(paths[place]) { probes.append(probe) }
    }
    return probes
  }

  private mutating func decode(_ path: String, firstNames: [String] = []) -> Probe? {
    let file: ArrayFile
    do throws(ArrayFailure) { file = try ArrayFile("\(root)/\(path)") } catch {
      warnings.append(RunWarning(path: path, error))
      return nil
    }
    for (name, failure) in file.failures {
      warnings.append(
        RunWarning(
          .badArray, path: path, "the array \(PrintableText.escaped(name)): \(failure.reason)"))
    }
    if file.excess > 0 {
      warnings.append(
        RunWarning(
          .badArray, path: path, "\(file.excess) bytes behind its values are left out"))
    }
    let wanted = declaration.arrayName
    guard
      let choice = ArrayChoice(
        file, wanted: wanted, sampleShape: declaration.sampleShape, firstNames: firstNames)
    else {
      refusal = refusal ?? file.refusal
      return nil
    }
    return Probe(path: path, choice: choice, excess: file.excess)
  }

  private mutating func tell(_ probe: Probe, _ group: NumberedNames) {
    let choice = probe.choice
    let name = choice.name.map { "the array \(PrintableText.escaped($0))" } ?? "one array"
    reading.append(
      "\(PrintableText.escaped(probe.path)): \(name), \(choice.header.words): "
        + "\(choice.layout.words), axes \(choice.layout.axes.rawValue)")
    if let wanted = declaration.arrayName, choice.name != nil, choice.name != wanted {
      warnings.append(
        RunWarning(
          .badSetting, path: KeepochTOML.fileName,
          "array = \"\(PrintableText.escaped(wanted))\" is not in "
            + "\(PrintableText.escaped(probe.path)), or not of samples; "
            + "\(PrintableText.escaped(choice.name ?? "")) is taken"))
    }
    if !choice.others.isEmpty {
      reading.append(
        "arrays beside it are left out: "
          + choice.others.prefix(12).map(PrintableText.escaped).joined(separator: ", ")
          + (choice.others.count > 12 ? ", ..." : ""))
    }
    if choice.isUnsure {
      warnings.append(
        RunWarning(
          .arrayUnsure, path: probe.path,
          "which array holds the samples is a guess: \(PrintableText.escaped(choice.name ?? "")); "
            + "declare array in \(KeepochTOML.fileName)"))
    }
  }

  private mutating func estimateRange(_ probes: [Probe]) {
    let asking = probes.filter(\.choice.header.type.asksForRange)
    guard !asking.isEmpty else { return }
    if let declared = declaration.valueRange {
      valueRange = ValueRange(lo: declared.lowerBound, hi: declared.upperBound, origin: .declared)
      return
    }
    var spread = ValueSpread()
    for probe in asking {
      do throws(ArrayFailure) {
        let array = try ArrayFile.array(named: probe.choice.name, in: "\(root)/\(probe.path)")
        spread.add(ValueSpread(of: array))
      } catch {
        warnings.append(RunWarning(path: probe.path, error))
      }
    }
    valueRange = spread.range(.estimated)
  }
}
