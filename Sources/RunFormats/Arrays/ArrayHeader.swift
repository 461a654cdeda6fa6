/// Type, order and shape of an array, and where its values lie.
package struct ArrayHeader: Equatable, Sendable {
  package let type: ElementType
  /// Whether the first axis runs fastest.
  package let isFortran: Bool
  package let shape: [Int]
  /// Where the values begin.
  package let dataOffset: Int
  /// How many bytes the values take.
  package let dataSize: Int

  private static let mostAxes = 64

  /// - Throws: `ArrayFailure` for a shape that no memory could hold.
  init(
    type: ElementType, isFortran: Bool = false, shape: [Int], dataOffset: Int
  ) throws(ArrayFailure) {
    guard shape.count <= Self.mostAxes else {
      throw Self.failure("it has \(shape.count) axes")
    }
    // Axes are multiplied without zeros first, so that a zero hides no absurd size.
    var bytes = type.size
    for size in shape {
      guard size >= 0 else { throw Self.failure("shape has a size below 0") }
      let (product, isTooLarge) = bytes.multipliedReportingOverflow(by: max(1, size))
      guard !isTooLarge else { throw Self.failure("shape is larger than any memory") }
      bytes = product
    }
    self.type = type
    self.isFortran = isFortran
    self.shape = shape
    self.dataOffset = dataOffset
    dataSize = shape.contains(0) ? 0 : bytes
  }

  private init(sliceOf whole: ArrayHeader, at index: Int) {
    type = whole.type
    isFortran = whole.isFortran
    shape = Array(whole.shape.dropFirst())
    dataSize = whole.dataSize / max(1, whole.shape.first ?? 1)
    dataOffset = whole.dataOffset + index * dataSize
  }

  /// One place on the first axis, whose values lie together; nil where they do not, or for a place
  /// that the axis does not have.
  func slice(_ index: Int) -> ArrayHeader? {
    guard let size = shape.first, index >= 0, index < size, !isFortran || shape.count < 2 else {
      return nil
    }
    return ArrayHeader(sliceOf: self, at: index)
  }

  static func failure(_ why: String) -> ArrayFailure {
    ArrayFailure("its header cannot be used: \(why)")
  }

  /// `float16 (64,1,28,28)`.
  package var words: String { "\(type.name) \(Self.text(of: shape))" }

  /// `(64,1,28,28)`, and `(784,)` for one axis, as Python writes it.
  static func text(of shape: some Collection<Int>) -> String {
    "(\(shape.map(String.init).joined(separator: ","))\(shape.count == 1 ? "," : ""))"
  }
}
