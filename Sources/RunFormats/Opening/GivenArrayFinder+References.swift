import ReviewCore

/// Features of the real images.
extension GivenArrayFinder {
  /// Features of the real images in files without a number.
  mutating func findReferences(among paths: [String]) {
    var count = 0
    for path in paths where count < Self.mostSeries {
      let words = ArrayWords(path: path)
      let isOfFeatures = words?.role == .features
      guard isOfFeatures ? words?.maySpeakOfReals == true : ArrayWords.mayHoldReals(path) else {
        continue
      }
      count += 1
      guard let file = try? ArrayFile("\(root)/\(path)"), !file.mayBeWeights else { continue }
      for member in file.members.prefix(Self.mostKeys) {
        guard let words = ArrayWords(path: path, key: member.name), words.role == .features,
          words.maySpeakOfReals
        else { continue }
        if let refusal = ArrayShape.refusal(of: member.header, as: .features) {
          reading.append("\(PrintableText.escaped(path)): left out: \(refusal)")
          continue
        }
        references.append(
          Reference(
            name: words.name, place: ArrayPlace(path: path, member: member.name),
            header: member.header))
        if isOfFeatures, file.members.count == 1 { taken.insert(path) }
      }
    }
  }
}
