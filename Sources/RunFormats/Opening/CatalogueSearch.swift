import ReviewCore

/// Tells by names which folders below another are runs.
struct CatalogueSearch {
  private let root: String
  /// How many folders may still be looked into.
  private var left = 20_000

  private static let deepest = 5

  /// Words of folders that are parts of a run and no runs themselves, whatever numbers they have.
  private static let partWords: Set = [
    "log", "logs", "logging", "eval", "evals", "evaluation", "metric", "metrics", "result",
    "results", "csv", "tensorboard", "tb", "event", "events", "train", "training", "val", "valid",
    "validation", "test", "image", "images", "img", "imgs", "sample", "samples", "fake", "fakes",
    "generated", "gen", "grid", "grids", "figure", "figures", "fig", "figs", "plot", "plots",
    "checkpoint", "checkpoints", "ckpt", "ckpts", "weight", "weights", "config", "configs", "conf",
    "data", "dataset", "datasets", "real", "reals", "recon", "recons", "reconstruction",
    "reconstructions", "media", "files", "artifacts", "epoch", "epochs", "ep", "e", "step", "steps",
    "iter", "iters", "iteration", "kimg", "picture", "pictures", "visual", "visuals", "vis",
    "preview", "previews", "array", "arrays", "npy", "npz", "w", "cfg", "guidance",
    "feature", "features", "feat", "feats", "embedding", "embeddings", "activation", "activations",
    "latent", "latents", "prob", "probs", "probabilities", "softmax", "mu", "logvar",
  ]

  init(root: String) { self.root = root }

  /// The runs at or below a folder, relative to the root; the root itself is the empty text.
  mutating func runs(in folder: String, depth: Int) -> [String] {
    guard let look = look(into: folder) else { return [] }
    if look.databaseRuns.count > 1, !look.hasOwnEvidence {
      return look.databaseRuns.map { Self.joined(folder, $0) }
    }
    if look.isMarked || look.hasOwnEvidence || !look.databaseRuns.isEmpty { return [folder] }
    guard depth < Self.deepest else { return [] }
    // What was trained at a temperature has numbers of its own; what was sampled at it has not.
    let own = look.folders.filter { name in
      Self.isOfSetting(name) && hasNumbers(below: Self.joined(folder, name), depth: depth + 1)
    }
    let parts = look.folders.filter { Self.isPart($0) && !own.contains($0) }
    // A job of Hydra is a mere number, and a run nevertheless.
    let marked = parts.filter { self.look(into: Self.joined(folder, $0))?.isMarked == true }
    for child in parts where !marked.contains(child) {
      if hasEvidence(below: Self.joined(folder, child), depth: depth + 1) { return [folder] }
    }
    var found = marked.map { Self.joined(folder, $0) }
    // MLflow's experiments are mere numbers, too, and their runs lie below.
    for child in parts where !marked.contains(child) {
      found += markedRuns(below: Self.joined(folder, child), depth: depth + 1)
    }
    for child in look.folders where !parts.contains(child) {
      found += runs(in: Self.joined(folder, child), depth: depth + 1)
    }
    return found
  }

  /// Runs that a tool marks, below a folder that is named like a part.
  private mutating func markedRuns(below folder: String, depth: Int) -> [String] {
    guard depth <= Self.deepest, let look = look(into: folder), !look.hasOwnEvidence else {
      return []
    }
    if look.isMarked { return [folder] }
    return look.folders.flatMap { markedRuns(below: Self.joined(folder, $0), depth: depth + 1) }
  }

  /// The runs below a folder that is a run itself: what lies in them is not of that run.
  ///
  /// Event files below others are those of `add_scalars` and the like, and one run alone is what a
  /// logger has written of this very run.
  mutating func runsBelow() -> [String] {
    guard let names = try? FileBytes.names(in: root) else { return [] }
    let hasEvents = names.files.contains(where: EventFinder.isEventFile)
    var found: [String] = []
    for child in names.folders where !names.links.contains(child) && !Self.isPart(child) {
      if child.hasPrefix(".") || child == RunFiles.reviewFolder { continue }
      if RunFiles.codeFolders.contains(child) { continue }
      found += runs(in: child, depth: 1)
    }
    if hasEvents { found.removeAll { holdsEventsAlone($0) } }
    return found.count > 1 ? found : []
  }

  private func holdsEventsAlone(_ folder: String) -> Bool {
    guard let names = try? FileBytes.names(in: "\(root)/\(folder)") else { return false }
    return names.files.contains(where: EventFinder.isEventFile)
      && !names.files.contains { isTable("\(root)/\(folder)/\($0)", name: $0) }
  }

  private struct Look {
    var folders: [String] = []
    /// Whether a tool says that this folder is a run.
    var isMarked = false
    /// Whether samples or logs lie in it directly.
    var hasOwnEvidence = false
    /// `FILE#RUN` for each run of a tracker's databases in it.
    var databaseRuns: [String] = []
  }

  private mutating func look(into folder: String) -> Look? {
    guard left > 0 else { return nil }
    left -= 1
    let path = folder.isEmpty ? root : "\(root)/\(folder)"
    if FileBytes.kind("\(path)/\(KeepochTOML.fileName)") != nil {
      return Look(isMarked: true)
    }
    // Most often the first sample tells, and a thousand names need not be read.
    // Features of samples are evidence of a run no more than labels are.
    let name = folder.split(separator: "/").last ?? ""
    let isOfFeatures = ArrayWords(path: String(name))?.role == .features
    if FileBytes.hasFile(
      in: path, where: { Self.isSample($0) && !(isOfFeatures && ArrayFile.isArray($0)) })
    {
      return Look(hasOwnEvidence: true)
    }
    guard let names = try? FileBytes.names(in: path),
      !names.files.contains(RunFiles.environmentMark)
    else { return nil }
    var look = Look()
    for name in names.folders where !names.links.contains(name) {
      if name == ".hydra" { look.isMarked = true }
      if !name.hasPrefix("."), name != RunFiles.reviewFolder, !RunFiles.codeFolders.contains(name) {
        look.folders.append(name)
      }
    }
    if names.files.contains(where: { $0.hasSuffix(".wandb") }) { look.isMarked = true }
    let isOfMLflow =
      names.files.contains("meta.yaml")
      && ["metrics", "params", "artifacts"].contains(where: names.folders.contains)
    if isOfMLflow {
      // A run that was deleted, or in which nothing was ever logged, is none to choose.
      guard isLive(path, names) else { return Look() }
      look.isMarked = true
    }
    for name in names.files where Self.databaseEndings.contains(where: name.hasSuffix) {
      look.databaseRuns += Self.runs(ofDatabase: "\(path)/\(name)").map { "\(name)#\($0)" }
    }
    let sheets = names.files.lazy.filter {
      ArrayFile.isArray($0) && !NameWords.speakOfOthers($0)
    }.prefix(Self.mostSheets)
    if sheets.contains(where: { ArraySheets.holdsCheckpoints("\(path)/\($0)") }) {
      look.hasOwnEvidence = true
      return look
    }
    look.hasOwnEvidence = names.files.contains { isTable("\(path)/\($0)", name: $0) }
    return look
  }

  private func isLive(_ path: String, _ names: FileBytes.Names) -> Bool {
    var meta: [UInt8]?
    if let file = try? OpenFile("\(path)/meta.yaml") {
      meta = try? file.bytes(at: 0, count: min(file.size, Self.headSize))
    }
    if let meta, meta.holds("lifecycle_stage: deleted", within: meta.count) { return false }
    return ["metrics", "artifacts"].contains { folder in
      guard names.folders.contains(folder),
        let held = try? FileBytes.names(in: "\(path)/\(folder)")
      else { return false }
      return !held.files.isEmpty || !held.folders.isEmpty
    }
  }

  private static let databaseEndings = [".db", ".sqlite", ".sqlite3"]

  /// The names of the runs in a tracker's database; none for any other file.
  static func runs(ofDatabase path: String) -> [String] {
    guard SQLiteSnapshot.isDatabase(at: path) else { return [] }
    return (try? DatabaseRuns.names(in: path)) ?? []
  }

  private mutating func hasEvidence(below folder: String, depth: Int) -> Bool {
    guard depth <= Self.deepest, let look = look(into: folder) else { return false }
    if look.isMarked || !look.databaseRuns.isEmpty { return false }
    if look.hasOwnEvidence { return true }
    for child in look.folders where hasEvidence(below: Self.joined(folder, child), depth: depth + 1)
    {
      return true
    }
    return false
  }

  /// Whether a table, a log or a declaration lies in a folder or in its parts.
  private mutating func hasNumbers(below folder: String, depth: Int) -> Bool {
    guard depth <= Self.deepest, left > 0,
      let names = try? FileBytes.names(in: "\(root)/\(folder)")
    else { return false }
    left -= 1
    let path = "\(root)/\(folder)"
    let tells = names.files.contains { name in
      name == KeepochTOML.fileName || EventFinder.isEventFile(name)
        || isTable("\(path)/\(name)", name: name)
    }
    if tells { return true }
    for child in names.folders where Self.isPart(child) && !names.links.contains(child) {
      if hasNumbers(below: Self.joined(folder, child), depth: depth + 1) { return true }
    }
    return false
  }

  private static func isSample(_ name: String) -> Bool {
    if EventFinder.isEventFile(name) { return true }
    return (ImageFile.isPicture(name) || ArrayFile.isArray(name))
      && name.utf8.contains { (0x30...0x39).contains($0) }
  }

  // Arrays of all checkpoints are few.
  private static let mostSheets = 4
  // Enough for the names of its columns and some rows.
  private static let headSize = 4096

  private func isTable(_ path: String, name: String) -> Bool {
    guard TableFile.mayBeTable(name), let file = try? OpenFile(path),
      let head = try? file.bytes(at: 0, count: min(file.size, Self.headSize))
    else { return false }
    if case .tables = TableFile.read(head, path: name) { return true }
    return false
  }

  private static func joined(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : "\(folder)/\(name)"
  }

  /// Whether a folder's name says how samples were drawn.
  private static func isOfSetting(_ name: String) -> Bool {
    !SettingWords().parameters(in: name).isEmpty
  }

  /// Whether a folder's name is made of such words and numbers only.
  static func isPart(_ name: String) -> Bool {
    if isOfSetting(name) { return true }
    let words = name.lowercased().split { !$0.isLetter }.map(String.init)
    return words.allSatisfy(partWords.contains) && (!words.isEmpty || Double(name) != nil)
  }
}
