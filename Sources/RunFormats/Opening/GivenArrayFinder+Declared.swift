import ReviewCore

/// What `keepoch.toml` says of arrays beside the samples.
extension GivenArrayFinder {
  /// Takes a declared pattern in place of what was guessed of its role, if anything fits it.
  mutating func take(_ text: String, of role: ArrayRole, among paths: [String]) {
    let setting = "arrays.\(role.tomlKey) = \"\(PrintableText.escaped(text))\""
    let declared = DeclaredPath(text)
    guard let group = NamePattern(declared.path)?.group(of: paths) else {
      refuse("\(setting) matches no array; they are guessed")
      return
    }
    let series = ArraySeries(group)
    var isLeftOut: Set<Int> = []
    var chosen: ArrayFile.Member?
    var refusal: String?
    for probe in probe(series, warns: true) {
      do throws(ArrayFailure) {
        let member = try declared.member(of: probe.file) { key in
          ArrayWords.roles(ofKeys: probe.file.members.compactMap(\.name))[key] == role
        }
        if let reason = ArrayShape.refusal(of: member.header, as: role, isDeclared: true) {
          throw ArrayFailure(reason)
        }
        chosen = chosen ?? member
      } catch {
        isLeftOut.insert(probe.index)
        let path = series.members[probe.index].path
        refusal = refusal ?? "\(PrintableText.escaped(path)): \(error.reason)"
        if chosen != nil { warn(RunWarning(path: path, error)) }
      }
    }
    guard let chosen else {
      refuse("\(setting): \(refusal ?? "none of its files can be read"); they are guessed")
      return
    }
    group.duplicates.forEach { warn($0) }
    let words = ArrayWords(path: series.pattern, key: chosen.name)
    let usual = role == .latentMean || role == .latentLogVariance ? "latent" : role.tomlKey
    let isSame = words?.role == role
    found.removeAll { $0.role == role }
    found.append(
      Found(
        role: role, name: isSame ? words?.name ?? usual : usual,
        longName: isSame ? words?.longName ?? usual : usual,
        pattern: chosen.name.map { "\(series.pattern):\($0)" } ?? series.pattern,
        axis: group.axis, isAxisTold: true,
        members: series.members.indices.filter { !isLeftOut.contains($0) }.map {
          (
            number: series.members[$0].number,
            place: ArrayPlace(path: series.members[$0].path, member: chosen.name)
          )
        }, header: chosen.header))
    leave(series.members.map(\.path), unless: ArrayFile.holdsSeveral(declared.path))
  }

  /// Takes the declared features of the real images in place of those guessed.
  mutating func takeReference(_ text: String, among paths: [String]) {
    let setting = "reference_features = \"\(PrintableText.escaped(text))\""
    let declared = DeclaredPath(text)
    guard paths.contains(declared.path) else {
      refuse("\(setting) is not an array of this run")
      return
    }
    do throws(ArrayFailure) {
      let file = try ArrayFile("\(root)/\(declared.path)")
      let member = try declared.member(of: file) { key in
        ArrayWords.roles(ofKeys: file.members.compactMap(\.name))[key] == .features
      }
      if let reason = ArrayShape.refusal(of: member.header, as: .features, isDeclared: true) {
        throw ArrayFailure(reason)
      }
      let words = ArrayWords(path: declared.path, key: member.name)
      references = [
        Reference(
          name: words?.role == .features ? words?.name ?? "features" : "features",
          place: ArrayPlace(path: declared.path, member: member.name), header: member.header,
          isDeclared: true)
      ]
      leave([declared.path], unless: ArrayFile.holdsSeveral(declared.path))
    } catch {
      refuse("\(setting): \(error.reason)")
    }
  }

  mutating func refuse(_ message: String) {
    warnings.append(RunWarning(.badSetting, path: KeepochTOML.fileName, message))
  }
}
