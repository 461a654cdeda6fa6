import ReviewCore
import ReviewReport
import RunFormats

/// What a report says that can be run again.
struct ReportClaim {
  /// The run, or those that are compared, seen from here.
  let runPaths: [String]
  /// What those that are compared are called; empty for a run by itself.
  let runNames: [String]
  let axis: Axis
  /// Nil: the rule selected none.
  let selected: Position?
  /// What is kept: the rule's selection, or a reviewer's choice in its place.
  let kept: Position?
  /// Who chose it; nil where nobody overruled the rule.
  let chooser: String?
  let runName: String
  let rule: RuleText
  let digest: String?
  /// By checkpoint: the metrics that were read.
  let metrics: [(place: Position, values: [(name: String, value: Double)])]

  /// - Throws: `RunError` where it is no report, or one of a later version.
  init(path: String) throws(RunError) {
    func failure(_ why: String, _ remedy: String) -> RunError {
      RunError("cannot verify", place: path, why: why, remedy: remedy)
    }
    let again = "Write it anew with keepoch report --format json"
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path) } catch {
      throw failure(error.reason, "Give the path of a report in JSON")
    }
    let json: JSONValue
    do throws(JSONError) { json = try JSONReader.value(in: bytes) } catch {
      throw failure("it is no JSON: \(error.message) at byte \(error.offset)", again)
    }
    guard let schema = json["schema"]?.string else {
      throw failure("it is no report of Keepoch: it has no schema", again)
    }
    guard schema == JSONReport.schema else {
      throw failure(
        "its schema is \(schema), and this version reads \(JSONReport.schema)",
        "Use the version of Keepoch that wrote it")
    }
    let runs = json["runs"]?.array ?? []
    let paths =
      runs.isEmpty ? [json["run"]?["path"]?.string] : runs.map { $0["path"]?.string }
    guard !paths.contains(nil), let rule = json["rule"]?["text"]?.string,
      let axis = json["axis"]?.string.flatMap(Axis.init(rawValue:)),
      let decision = json["decision"]?.object
    else { throw failure("run, rule, axis or decision is missing in it", again) }
    let version = json["rule"]?["language"]?.number ?? 1
    guard version <= Double(RuleInForce.languageVersion) else {
      throw failure(
        "its rule is of version \(NumberText.shortest(version)) of the rule language, and this "
          + "program reads \(RuleInForce.languageVersion)", "Use a newer version of Keepoch")
    }
    for key in ["selected", "kept"] where decision[key] != nil || key == "selected" {
      guard decision[key] == .null || decision[key]?.number != nil else {
        throw failure("its decision has no \(key), or one that is no number", again)
      }
    }
    runName = json["run"]?["name"]?.string ?? ""
    runNames = runs.map { $0["name"]?.string ?? "" }
    runPaths = paths.compactMap { $0 }.map { run in
      run.hasPrefix("/") ? run : "\(FileBytes.parent(of: path))/\(run)"
    }
    self.axis = axis
    func chosen(_ name: String) -> Position? {
      decision[name]?.number.map {
        Position(
          decision["\(name)Axis"]?.string.flatMap(Axis.init(rawValue:)) ?? axis, $0,
          setting: decision["\(name)Setting"]?.string,
          run: decision["\(name)Run"]?.string)
      }
    }
    selected = chosen("selected")
    kept = chosen("kept")
    chooser = decision["override"]?["reviewer"]?.string
    guard kept == selected || chooser != nil else {
      throw failure(
        "it keeps another checkpoint than its rule selects, and names nobody who chose it", again)
    }
    self.rule = RuleText(rule)
    digest = json["rule"]?["dataSha256"]?.string
    metrics = (json["checkpoints"]?.array ?? []).compactMap { checkpoint in
      // Runs that are compared may count by different things.
      let axes = [axis, axis == .epoch ? .step : .epoch]
      let found = axes.lazy.compactMap { own in
        checkpoint[own.rawValue]?.number.map { (own, $0) }
      }.first
      guard let (own, place) = found else { return nil }
      let values = (checkpoint["metrics"]?.object?.members ?? []).compactMap { member in
        Self.number(member.value).map { (member.key, $0) }
      }
      let position = Position(
        own, place, setting: checkpoint["setting"]?.string, run: checkpoint["run"]?.string)
      return (position, values)
    }
  }

  private static func number(_ value: JSONValue) -> Double? {
    switch value.string {
    case "NaN": return .nan
    case "Infinity": return .infinity
    case "-Infinity": return -.infinity
    default: return value.number
    }
  }
}
