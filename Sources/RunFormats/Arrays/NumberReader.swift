package import ReviewCore

/// TEMPORARY until the reader of given arrays lands.
package struct NumberReader: Sendable {
  private let root: String
  package init(root: String) { self.root = root }

  package func table(of place: ArrayPlace) throws(RunWarning) -> NumberTable {
    do throws(ArrayFailure) {
      let array = try ArrayFile.array(at: place, root: root)
      let shape = array.header.shape
      let rows = shape.first ?? 1
      let columns = rows > 0 ? array.count / rows : 0
      var values: [Double] = []
      array.forEachChunk { values += $0 }
      let stored: NumberTable.Values
      switch (array.header.type.kind, array.header.type.size) {
      case (.uint, 1), (.bool, _): stored = .bytes(values.map { UInt8($0) })
      case (.float, 2), (.float, 4): stored = .single(values.map { Float($0) })
      default: stored = .double(values)
      }
      return NumberTable(rowCount: rows, columnCount: columns, values: stored)
    } catch {
      throw RunWarning(path: place.path, error)
    }
  }
}
