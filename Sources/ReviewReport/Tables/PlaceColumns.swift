import ReviewCore

/// The columns that say which checkpoint a row is of: its run where several are compared, its place on the
/// axis, and how its samples were drawn where there are several settings.
struct PlaceColumns {
  private let run: Run
  private let parameters: [String]

  init(_ run: Run) {
    self.run = run
    parameters = Set(run.samplingSettings.flatMap { $0.parameters.map(\.name) }).sorted()
  }

  var header: [String] {
    (run.members.isEmpty ? [] : ["run"]) + [run.axis.rawValue] + parameters
  }

  /// As many as the header has.
  ///
  /// - Parameter isPadded: `030` rather than `30`.
  func fields(of index: Int, isPadded: Bool) -> [String] {
    let place = run.axisValue(of: index)
    let owner = run.checkpoints[index].member.map { [run.members[$0].name] } ?? []
    let setting = run.setting(of: index)
    return owner + [isPadded ? place.padded : place.text]
      + parameters.map { setting?.parameter($0)?.value ?? "" }
  }
}
