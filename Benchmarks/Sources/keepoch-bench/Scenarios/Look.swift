/// How pictures are drawn.
enum Look: String, CaseIterable, Sendable {
  case mono = "no colour"
  case color = "256 colours"
  case halfBlocks = "half blocks"

  var hasColor: Bool { self != .mono }

  /// Keys that bring it about.
  var keys: [String] { self == .halfBlocks ? ["r"] : [] }

  var keyBudget: Budget { hasColor ? .keyColor : .keyMono }
}
