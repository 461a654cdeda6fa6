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
extension NumberReader {
  package func points(of source: SampleSource) throws(RunWarning) -> NumberTable? {
    guard case .array(let place, let layout?) = source, layout.axes == .points else { return nil }
    return try table(of: place)
  }
  package func labels(of place: ArrayPlace) throws(RunWarning) -> [Int] {
    let table = try table(of: place)
    return (0..<table.rowCount).map { Int(table.value(row: $0, column: 0)) }
  }
}
