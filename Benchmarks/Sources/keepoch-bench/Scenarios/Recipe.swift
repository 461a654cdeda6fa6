import FoundationEssentials

/// Where the Python recipes are.
enum Recipe {
  /// A recipe's file, from the repository or from Benchmarks.
  static func path(_ name: String) -> String {
    FileManager.default.fileExists(atPath: "Benchmarks")
      ? "Benchmarks/recipes/\(name)" : "recipes/\(name)"
  }
}
