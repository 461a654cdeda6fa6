import ReviewCore

/// The type of an array's values.
package struct ElementType: Hashable, Sendable {
  package enum Kind: String, Sendable { case bool, uint, int, float }

  package let kind: Kind
  /// Bytes of one value.
  package let size: Int
  package let isBigEndian: Bool

  /// Reads numpy's `descr`, such as `<f4`.
  ///
  /// - Throws: `ArrayFailure` for what is no number that pixels could be.
  package init(descr: String) throws(ArrayFailure) {
    var word = Substring(descr)
    let order = word.first.flatMap { "<>|=".contains($0) ? $0 : nil }
    if order != nil { word.removeFirst() }
    if word == "?" { word = "b1" }
    guard let letter = word.first, let size = Int(word.dropFirst()) ?? (word == "O" ? 8 : nil)
    else { throw Self.refusal(descr, "which is no type of numbers") }
    switch (letter, size) {
    case ("b", 1): kind = .bool
    case ("u", 1), ("u", 2), ("u", 4), ("u", 8): kind = .uint
    case ("i", 1), ("i", 2), ("i", 4), ("i", 8): kind = .int
    case ("f", 2), ("f", 4), ("f", 8): kind = .float
    case ("O", _):
      throw ArrayFailure(
        "it holds Python objects (a pickle), which are never loaded; save it with a numeric dtype")
    case ("V", 2):
      throw Self.refusal(
        descr, "which is how bfloat16 is saved with its type lost; save it as float32")
    case ("V", _): throw Self.refusal(descr, "which is raw bytes")
    case ("c", _): throw Self.refusal(descr, "which is complex numbers")
    case ("U", _), ("S", _), ("a", _): throw Self.refusal(descr, "which is text")
    case ("M", _), ("m", _): throw Self.refusal(descr, "which is times")
    case ("f", _): throw Self.refusal(descr, "a float of \(size) bytes; save it as float32")
    default: throw Self.refusal(descr, "which is no type of numbers")
    }
    self.size = size
    isBigEndian = order == ">" && size > 1
  }

  private static func refusal(_ descr: String, _ why: String) -> ArrayFailure {
    ArrayFailure("its dtype is '\(PrintableText.escaped(String(descr.prefix(40))))', \(why)")
  }

  /// `float16`, as numpy calls it.
  package var name: String { kind == .bool ? "bool" : "\(kind.rawValue)\(size * 8)" }

  /// `<f2`, in the byte order that digests are taken over.
  package var littleEndianName: String {
    let letter = kind == .uint ? "u" : String(kind.rawValue.prefix(1))
    return "\(size == 1 ? "|" : "<")\(letter)\(size)"
  }

  /// Whether its values become gray by a range of the run; the others have one of their own.
  package var asksForRange: Bool {
    switch kind {
    case .bool: return false
    case .uint: return size > 2
    case .int, .float: return true
    }
  }
}
