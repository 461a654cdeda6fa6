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
  private(set) var pointFrame: PointFrame?

  private struct Probe {
    let place: ArrayPlace
    let choice: ArrayChoice
    /// Whether the other arrays of its file are other checkpoints.
    let isOneOfMany: Bool
  }

  init(root: String, declaration: RunDeclaration) {
    self.root = root
    self.declaration = declaration
  }

  mutating func sources(
    of candidate: SampleCandidate, _ places: [ArrayPlace]
  ) -> FoundSamples {
    let probes = probe(places)
    if let first = probes.first {
      tell(first)
      estimateRange(probes)
    }
    let choice = probes.first?.choice
    return FoundSamples(
      candidate, isReadable: !probes.isEmpty,
      sources: places.map {
        .array(
          ArrayPlace(path: $0.path, member: $0.member ?? choice?.name, slice: $0.slice),
          layout: choice?.layout)
      })
  }

  /// An array with real images.
  mutating func reference(_ path: String) -> SampleSource? {
    let names = ["reference", "real", "reals", "real_images"]
    guard let probe = decode(ArrayPlace(path: path), firstNames: names) else {
      if let refusal {
        warnings.append(RunWarning(.badArray, path: path, refusal))
        self.refusal = nil
      }
      return nil
    }
    if valueRange == nil { estimateRange([probe]) }
    return .array(
      ArrayPlace(path: path, member: probe.choice.name), layout: probe.choice.layout)
  }

  /// The first, middle and last file that can be read; all are tried before giving up.
  private mutating func probe(_ places: [ArrayPlace]) -> [Probe] {
    let wanted = Set([0, places.count / 2, places.count - 1])
    var probes: [Probe] = []
    for place in wanted.sorted() where places.indices.contains(place) {
      if let probe = decode(places[place]) { probes.append(probe) }
    }
    for place in places.indices where probes.isEmpty && !wanted.contains(place) {
      if let probe = decode(places[place]) { probes.append(probe) }
    }
    return probes
  }

  private mutating func decode(_ place: ArrayPlace, firstNames: [String] = []) -> Probe? {
    let path = place.path
    let file: ArrayFile
    do throws(ArrayFailure) { file = try ArrayFile("\(root)/\(path)") } catch {
      warn(RunWarning(path: path, error))
      return nil
    }
    for (name, failure) in file.failures {
      warn(
        RunWarning(
          .badArray, path: path, "the array \(PrintableText.escaped(name)): \(failure.reason)"))
    }
    if file.excess > 0 {
      warn(
        RunWarning(
          .badArray, path: path, "\(file.excess) bytes behind its values are left out"))
    }
    let wanted = place.member ?? declaration.arrayName
    guard
      let choice = ArrayChoice(
        file, wanted: wanted, isSliced: place.slice != nil, sampleShape: declaration.sampleShape,
        firstNames: firstNames), place.member == nil || choice.name == place.member
    else {
      refusal = refusal ?? file.refusal
      return nil
    }
    return Probe(
      place: ArrayPlace(path: path, member: choice.name, slice: place.slice), choice: choice,
      isOneOfMany: place.member != nil)
  }

  // Checkpoints in one file say the same of it.
  private mutating func warn(_ warning: RunWarning) {
    if !warnings.contains(warning) { warnings.append(warning) }
  }

  private mutating func tell(_ probe: Probe) {
    let choice = probe.choice
    let path = probe.place.path
    let name = choice.name.map { "the array \(PrintableText.escaped($0))" } ?? "one array"
    reading.append(
      "\(PrintableText.escaped(path)): \(name), \(choice.header.words): "
        + "\(choice.layout.words), axes \(probe.place.slice == nil ? "" : "E,")"
        + choice.layout.axes.rawValue)
    if let wanted = declaration.arrayName, choice.name != nil, choice.name != wanted {
      warnings.append(
        RunWarning(
          .badSetting, path: KeepochTOML.fileName,
          "array = \"\(PrintableText.escaped(wanted))\" is not in "
            + "\(PrintableText.escaped(path)), or not of samples; "
            + "\(PrintableText.escaped(choice.name ?? "")) is taken"))
    }
    if !choice.others.isEmpty, !probe.isOneOfMany {
      reading.append(
        "arrays beside it are left out: "
          + choice.others.prefix(12).map(PrintableText.escaped).joined(separator: ", ")
          + (choice.others.count > 12 ? ", ..." : ""))
    }
    if choice.isUnsure {
      warnings.append(
        RunWarning(
          .arrayUnsure, path: path,
          "which array holds the samples is a guess: \(PrintableText.escaped(choice.name ?? "")); "
            + "declare array in \(KeepochTOML.fileName)"))
    }
  }

  private mutating func estimateRange(_ probes: [Probe]) {
    let points = probes.filter { $0.choice.layout.axes == .points }
    let asking = probes.filter {
      $0.choice.header.type.asksForRange && $0.choice.layout.axes != .points
    }
    if !asking.isEmpty, let declared = declaration.valueRange {
      valueRange = ValueRange(lo: declared.lowerBound, hi: declared.upperBound, origin: .declared)
    } else if !asking.isEmpty {
      var spread = ValueSpread()
      for probe in asking {
        if let array = load(probe) { spread.add(ValueSpread(of: array)) }
      }
      valueRange = spread.range(.estimated)
    }
    guard !points.isEmpty else { return }
    var spread = PointSpread()
    for probe in points {
      if let array = load(probe) { spread.add(PointSpread(of: array)) }
    }
    pointFrame = spread.frame
  }

  private mutating func load(_ probe: Probe) -> StoredArray? {
    do throws(ArrayFailure) {
      return try ArrayFile.array(at: probe.place, root: root)
    } catch {
      warn(RunWarning(path: probe.place.path, error))
      return nil
    }
  }
}
