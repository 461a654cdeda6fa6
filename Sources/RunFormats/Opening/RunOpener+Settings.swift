import ReviewCore

extension RunOpener {
  /// The run; where it has samples or numbers of one checkpoint under several settings, setting by
  /// setting.
  mutating func run(
    of listing: RunFiles, _ trackers: TrackerFinder, isAlone: Bool = false
  ) throws(RunError) -> Run {
    let before = self
    var search = SettingSearch(declaration)
    var seen: (names: [String], tables: [LoggedTable]) = ([], [])
    // A pattern that names parameters matches no file as it stands.
    let isDeclared = declaration.samplesPattern.map { SettingPattern($0) != nil } ?? false
    let failure: RunError
    do throws(RunError) {
      let whole = try run(of: listing, trackers, isAlone: isAlone, under: nil, &seen)
      search.members = memberNames(of: whole)
      guard search.mayConcern(seen.names, seen.tables) else { return whole }
      let after = self
      if let joined = try joined(before, &search, listing, trackers, isAlone: isAlone, seen) {
        return joined
      }
      self = after
      return telling(search.excess, whole)
    } catch {
      failure = error
    }
    guard isDeclared,
      let joined = try joined(before, &search, listing, trackers, isAlone: isAlone, seen)
    else { throw failure }
    return joined
  }

  /// The arrays beside that of the first samples, in its file.
  private func memberNames(of run: Run) -> [String] {
    guard declaration.arrayName == nil,
      let place = run.checkpoints.lazy.compactMap({ checkpoint -> ArrayPlace? in
        if case .array(let place, _)? = checkpoint.samples { return place }
        return nil
      }).first, place.member != nil, let file = try? ArrayFile("\(root)/\(place.path)")
    else { return [] }
    return file.members.compactMap(\.name)
  }

  /// The run with a word on settings that are too many to be an axis; nil: there are not.
  func telling(_ excess: Int?, _ run: Run) -> Run {
    guard let excess else { return run }
    var run = run
    run.warnings.append(
      RunWarning(
        .leftOut,
        "\(excess) sampling settings are more than the \(SettingSearch.mostSettings) that are told "
          + "apart. Name those that matter by a pattern, samples = \"...\", in "
          + KeepochTOML.fileName))
    return run
  }

  /// Nil where no checkpoint has samples or numbers of more than one setting.
  private mutating func joined(
    _ before: RunOpener, _ search: inout SettingSearch, _ listing: RunFiles,
    _ trackers: TrackerFinder, isAlone: Bool,
    _ seen: (names: [String], tables: [LoggedTable])
  ) throws(RunError) -> Run? {
    let (pictures, arrays, _) = listing.sorted
    search.look(at: pictures + arrays + seen.names, seen.tables)
    let settings = search.settings.sorted()
    guard !settings.isEmpty else { return nil }
    var parts: [(setting: SamplingSetting, run: Run)] = []
    for setting in settings {
      self = before
      var own = listing
      let found = search
      own.keep { found.fits($0, setting) }
      if let pattern = search.samplesPattern(setting) { declaration.samplesPattern = pattern }
      declaration.arrayName = search.member(of: setting) ?? declaration.arrayName
      var ignored: (names: [String], tables: [LoggedTable]) = ([], [])
      let opened: Run
      do throws(RunError) {
        opened = try run(
          of: own, trackers, isAlone: isAlone, under: (search, setting), &ignored)
      } catch { continue }
      parts.append((setting, opened))
    }
    guard parts.count > 1 else { return nil }
    var counts: [Double: Int] = [:]
    for part in parts {
      let (own, axis) = (part.run, part.run.axis)
      for checkpoint in own.checkpoints where checkpoint.samples != nil || !own.columns.isEmpty {
        if let value = checkpoint.value(on: axis)?.value { counts[value, default: 0] += 1 }
      }
    }
    // A temperature that falls as the training goes on is no second axis.
    guard counts.values.contains(where: { $0 > 1 }) else { return nil }
    var run = Run(joining: parts)
    run.declaration.samplesPattern = before.declaration.samplesPattern
    if let wanted = run.declaration.usualSetting, !run.samplingSettings.contains(wanted) {
      run.warnings.append(
        RunWarning(
          .badSetting, path: KeepochTOML.fileName,
          "setting.default is \(PrintableText.escaped(wanted.name)), which no samples are of"))
    }
    let usual = run.checkpoints.first { $0.isOfUsualSetting }?.setting ?? 0
    run.reading.insert(
      "\(parts.count) sampling settings: "
        + run.samplingSettings.prefix(8).map { PrintableText.escaped($0.words) }
        .joined(separator: "; ") + (parts.count > 8 ? "; ..." : "")
        + "; \(PrintableText.escaped(run.samplingSettings[usual].words)) where none is named", at: 0
    )
    return run
  }
}
