import ReviewCore

/// Labels of the real images and modes, which nothing but `keepoch.toml` tells of.
struct DeclaredNumbers {
  private let root: String
  private let declaration: RunDeclaration
  private(set) var labels: ArrayPlace?
  private(set) var modes: ModeTable?
  private(set) var warnings: [RunWarning] = []
  private(set) var reading: [String] = []

  // They are read at opening; what has more is no table of modes.
  private static let mostValues = 1 << 20

  init(root: String, declaration: RunDeclaration) {
    self.root = root
    self.declaration = declaration
  }

  /// - Parameter files: of the run, relative to it.
  mutating func find(in files: @autoclosure () -> [String]) {
    guard declaration.referenceLabelsPath != nil || declaration.modes != nil else { return }
    let files = Set(files())
    if let text = declaration.referenceLabelsPath {
      findLabels(text, files, "reference_labels = \"\(PrintableText.escaped(text))\"")
    }
    if let declared = declaration.modes {
      findModes(
        declared, files, "modes.centres = \"\(PrintableText.escaped(declared.centresPath))\"")
    }
  }

  private mutating func findLabels(_ text: String, _ files: Set<String>, _ setting: String) {
    guard let place = place(text, files, setting) else { return }
    do throws(RunWarning) {
      let header = try NumberReader(root: root).header(of: place)
      if let reason = NumberReader.refusalOfLabels(header) {
        refuse("\(setting): \(reason)")
        return
      }
      labels = place
      reading.append(
        "\(PrintableText.escaped(text)): labels of the real images, \(header.words), declared in "
          + KeepochTOML.fileName)
    } catch {
      refuse("\(setting): \(error.message)")
    }
  }

  private mutating func findModes(
    _ declared: RunDeclaration.DeclaredModes, _ files: Set<String>, _ setting: String
  ) {
    guard let place = place(declared.centresPath, files, setting) else { return }
    let reader = NumberReader(root: root)
    do throws(RunWarning) {
      let header = try reader.header(of: place)
      guard header.shape.count == 2, !header.shape.contains(0),
        header.dataSize / header.type.size <= Self.mostValues
      else {
        refuse(
          "\(setting): centres are (m,d), one row a mode, at most \(Self.mostValues) values; it is "
            + header.words)
        return
      }
      let centres = try reader.table(of: place)
      if let bad = centres.firstBadPlace {
        refuse("\(setting): row \(bad.row), column \(bad.column) is no finite number")
        return
      }
      modes = ModeTable(centres: centres, deviation: declared.deviation)
      reading.append(
        "\(PrintableText.escaped(declared.centresPath)): \(centres.rowCount) modes in "
          + "\(centres.columnCount) dimensions, declared in \(KeepochTOML.fileName)")
    } catch {
      refuse("\(setting): \(error.message)")
    }
  }

  private mutating func place(
    _ text: String, _ files: Set<String>, _ setting: String
  ) -> ArrayPlace? {
    let declared = DeclaredPath(text)
    guard files.contains(declared.path) else {
      refuse("\(setting) is not a file of this run")
      return nil
    }
    do throws(ArrayFailure) {
      let member = try declared.member(of: ArrayFile("\(root)/\(declared.path)"))
      return ArrayPlace(path: declared.path, member: member.name)
    } catch {
      refuse("\(setting): \(error.reason)")
      return nil
    }
  }

  private mutating func refuse(_ message: String) {
    warnings.append(RunWarning(.badSetting, path: KeepochTOML.fileName, message))
  }
}
