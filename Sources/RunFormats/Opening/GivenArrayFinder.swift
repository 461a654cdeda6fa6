import ReviewCore

/// Finds features, class probabilities and latents beside the samples: by the words of their names,
/// and by what the run declares, which counts alone.
///
/// Reads the headers of the first, middle and last file of a name, and no values.
struct GivenArrayFinder {
  /// One kind of array, by the numbers of its checkpoints.
  struct Found {
    let role: ArrayRole
    let name: String
    let longName: String
    /// With `{#}` for the checkpoint's number, and the key behind a colon.
    let pattern: String
    let axis: Axis
    /// Whether anything says what the numbers count; else the samples do.
    let isAxisTold: Bool
    let members: [(number: AxisValue, place: ArrayPlace)]
    /// Of the first one that was looked at.
    let header: ArrayHeader
  }

  /// Features of the real images.
  struct Reference {
    let name: String
    let place: ArrayPlace
    let header: ArrayHeader
    var isDeclared = false
  }

  let root: String
  let declaration: RunDeclaration
  var found: [Found] = []
  var references: [Reference] = []
  /// Files that hold nothing else, and so no samples.
  var taken: Set<String> = []
  var warnings: [RunWarning] = []
  var reading: [String] = []

  // Who has more of them declares which are meant.
  static let mostSeries = 16
  static let mostKeys = 32
  // Of names without end not every one is looked into.
  private static let mostLooks = 128
  private var looks = 0

  init(root: String, declaration: RunDeclaration) {
    self.root = root
    self.declaration = declaration
  }

  /// - Parameters:
  ///   - groups: of the run's arrays by number.
  ///   - others: arrays without a number.
  mutating func find(groups: [NumberedNames], others: [String]) {
    let told = groups.map { ArrayWords(path: $0.pattern) }
    let folders = Set(
      zip(groups, told).filter { $1?.role == .latentLogVariance }
        .map { FileBytes.parent(of: $0.0.pattern) })
    for (group, words) in zip(groups, told) {
      guard let first = group.members.first?.path, ArrayFile.isArray(first) else { continue }
      let isPacked = ArrayFile.holdsSeveral(first)
      if let words {
        let isAlone = words.isWeak && !folders.contains(FileBytes.parent(of: group.pattern))
        if isAlone, !isPacked { continue }
        let all = ArraySeries.parting(group)
        if all.count > Self.mostSeries {
          reading.append(
            "\(PrintableText.escaped(group.template)): of \(all.count) kinds of files the first "
              + "\(Self.mostSeries) are looked into")
        }
        for series in all.prefix(Self.mostSeries) {
          look(at: series, isPacked: isPacked, words: ArrayWords(path: series.pattern) ?? words)
        }
      } else if isPacked {
        look(at: ArraySeries(group), isPacked: true, words: nil)
      }
    }
    findReferences(among: others)
    for role in ArrayRole.allCases {
      if let text = declaration.arrayPatterns[role] {
        take(text, of: role, among: groups.flatMap { $0.members.map(\.path) })
      }
    }
    if let text = declaration.referenceFeaturesPath {
      takeReference(text, among: groups.flatMap { $0.members.map(\.path) } + others)
    }
  }

  struct Probe {
    let index: Int
    let file: ArrayFile
  }

  /// The first, middle and last file, where they can be read.
  mutating func probe(_ series: ArraySeries, warns: Bool) -> [Probe] {
    let count = series.members.count
    var probes: [Probe] = []
    for index in Set([0, count / 2, count - 1]).sorted() where index >= 0 && index < count {
      let path = series.members[index].path
      do throws(ArrayFailure) {
        probes.append(Probe(index: index, file: try ArrayFile("\(root)/\(path)")))
      } catch {
        if warns { warn(RunWarning(path: path, error)) }
      }
    }
    return probes
  }

  /// Takes files that hold one array each from those that may hold samples.
  mutating func leave(_ paths: [String], unless holdSeveral: Bool) {
    if !holdSeveral { taken.formUnion(paths) }
  }

  mutating func warn(_ warning: RunWarning) {
    if !warnings.contains(warning) { warnings.append(warning) }
  }

  private mutating func look(at series: ArraySeries, isPacked: Bool, words: ArrayWords?) {
    guard looks < Self.mostLooks else { return }
    looks += 1
    let probes = probe(series, warns: words != nil)
    guard !probes.isEmpty else {
      // Whatever they hold, they are by their name no samples.
      if words != nil { taken.formUnion(series.members.map(\.path)) }
      return
    }
    guard isPacked else {
      guard let words else { return }
      if add(series, key: nil, words, probes) { taken.formUnion(series.members.map(\.path)) }
      return
    }
    let keys = Self.distinct(probes.flatMap { $0.file.members.compactMap(\.name) })
    let roles = ArrayWords.roles(ofKeys: keys)
    var given: Set<String> = []
    for key in keys.prefix(Self.mostKeys) {
      guard roles[key] != nil || (roles.isEmpty && words?.isWeak == false),
        roles[key] != nil || !ArrayChoice.isTold(by: key),
        let words = ArrayWords(path: series.pattern, key: key)
      else { continue }
      if add(series, key: key, words, probes) { given.insert(key) }
    }
    warnOfKeys(probes, series, hasRole: words != nil)
    let holdsSamples = probes.contains { probe in
      probe.file.members.contains { member in
        !given.contains(member.name ?? "")
          ? ArrayChoice.mayBeSamples(member, of: declaration)
          : member.name == declaration.arrayName
      }
    }
    if !given.isEmpty, !holdsSamples { taken.formUnion(series.members.map(\.path)) }
  }

  private mutating func warnOfKeys(_ probes: [Probe], _ series: ArraySeries, hasRole: Bool) {
    for probe in probes {
      let roles = ArrayWords.roles(ofKeys: probe.file.failures.map(\.name))
      for (name, failure) in probe.file.failures where roles[name] != nil || hasRole {
        warn(
          RunWarning(
            .badArray, path: series.members[probe.index].path,
            "the array \(PrintableText.escaped(name)): \(failure.reason)"))
      }
    }
  }

  static func distinct(_ names: [String]) -> [String] {
    var known: Set<String> = []
    return names.filter { known.insert($0).inserted }
  }

  /// Takes what has the shape of its role.
  ///
  /// - Returns: whether it has.
  private mutating func add(
    _ series: ArraySeries, key: String?, _ words: ArrayWords, _ probes: [Probe]
  ) -> Bool {
    let label = key.map { "\(series.name):\(PrintableText.escaped($0))" } ?? series.name
    var isLeftOut: Set<Int> = []
    var header: ArrayHeader?
    var refusal: String?
    for probe in probes {
      guard let member = probe.file.members.last(where: { $0.name == key }) else {
        isLeftOut.insert(probe.index)
        continue
      }
      if let reason = ArrayShape.refusal(of: member.header, as: words.role) {
        refusal = refusal ?? reason
        isLeftOut.insert(probe.index)
      } else {
        header = header ?? member.header
      }
    }
    guard let header else {
      if let refusal { reading.append("\(label): left out: \(refusal)") }
      return false
    }
    let members = series.members.indices.filter { !isLeftOut.contains($0) }.map {
      (
        number: series.members[$0].number,
        place: ArrayPlace(path: series.members[$0].path, member: key)
      )
    }
    let isOfReals =
      words.speaksOfReals
      || (words.maySpeakOfReals && !series.isAxisTold && series.members.count == 1)
    if isOfReals {
      guard words.role == .features, let first = members.first else { return false }
      references.append(Reference(name: words.name, place: first.place, header: header))
      return true
    }
    found.append(
      Found(
        role: words.role, name: words.name, longName: words.longName,
        pattern: key.map { "\(series.pattern):\($0)" } ?? series.pattern, axis: series.axis,
        isAxisTold: series.isAxisTold, members: members, header: header))
    return true
  }
}
