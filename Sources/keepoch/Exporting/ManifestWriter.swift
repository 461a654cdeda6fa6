import ReviewCore
import RunFormats

/// Writes down what was guessed of a run, as the start of its `keepoch.toml`.
struct ManifestWriter {
  let options: RunOptions

  /// The path of the file, which did not exist before.
  func write() throws(RunError) -> String {
    let name = KeepochTOML.fileName
    guard !options.reader.readOnly else {
      throw RunError(
        "nothing is written in", place: options.run, why: "--read-only was given",
        remedy: "Leave it out to write")
    }
    guard FileBytes.kind(RunPath(options.run).file) != .file else {
      throw RunError(
        "not written:", place: options.run,
        why: "the run is a single file, beside which no \(name) is looked for",
        remedy: "Put the file into a folder of its own and give that folder")
    }
    // A run whose folder cannot be read says so itself.
    let run = try OpenedRun.openRun(options.run, waitsForRange: true, keepsCache: true)
    let path = "\(run.path)/\(name)"
    guard !WholeFile.isTaken(path) else {
      throw RunError(
        "not written:", place: path, why: "there is one already",
        remedy: "Edit it, or move it away first")
    }
    let rule: Rule
    do throws(RuleError) { rule = try RuleInForce(run: run).rule } catch {
      throw RunError(
        "not written:", place: path, why: error.description, remedy: "Report this as a mistake")
    }
    try WholeFile.write(Array(ManifestDraft.text(run: run, rule: rule).utf8), to: path, isNew: true)
    return path
  }
}
