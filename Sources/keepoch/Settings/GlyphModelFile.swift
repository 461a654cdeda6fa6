import GlyphRendering
import ReviewCore
import RunFormats

/// Finds models of fonts: those that come with the program, and those a user measured.
enum GlyphModelFile {
  /// The names that `--font` takes, a user's own not counted.
  static var names: [String] { GlyphModel.names }

  /// A model by name, or by the path of its file; a user's own file of that name comes first.
  ///
  /// - Throws: `RunError` when there is none, or it cannot be read.
  static func load(_ name: String) throws(RunError) -> GlyphModel {
    let isPath = name.contains("/") || name.hasSuffix(".glyphs")
    let folder = "\(Outside.configurationFolder)/fonts"
    var path = isPath ? name : "\(folder)/\(name).glyphs"
    if isPath, !name.contains("/"), FileBytes.kind(name) != .file { path = "\(folder)/\(name)" }
    let remedy = "docs/fonts/measure_glyphs.py writes one from a font file or a screenshot"
    guard FileBytes.kind(path) == .file else {
      if !isPath, let model = GlyphModel.named(name) { return model }
      throw RunError(
        "no such font:", place: name,
        why: isPath
          ? "there is no such file"
          : "there are \(names.joined(separator: ", ")), and files in \(folder)",
        remedy: "A font of your own: \(remedy)")
    }
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path) } catch {
      throw RunError(
        "cannot read the font", place: path, why: error.reason, remedy: "Check its permissions")
    }
    do throws(GlyphModel.Failure) {
      // By its path: a file may be named like a font that comes with the program.
      return try GlyphModel(name: path, text: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw RunError(
        "cannot read the font", place: path,
        why: error.line > 0 ? "line \(error.line): \(error.reason)" : error.reason, remedy: remedy)
    }
  }
}
