/// The model at one epoch or step, as the run left it; under one sampling setting, where the run has
/// several.
package struct Checkpoint: Equatable, Sendable {
  package var epoch: AxisValue?
  package var step: AxisValue?
  /// Written by the trainer, not by a reviewer.
  package var note: String?
  /// Failure modes that the trainer wrote down, in the order of the text.
  package var failures: [String] = []
  package var samples: SampleSource?
  /// What could go on training from here, by path.
  package var states: [StateFile] = []
  /// How its samples were drawn: a place in the run's sampling settings; nil where it has one alone.
  package var setting: Int?
  /// Whether that is what the samples are of where nobody names a setting.
  package var isOfUsualSetting = true
  /// The run that it is of, by place, where several are compared.
  package var member: Int?

  package init(
    epoch: AxisValue? = nil, step: AxisValue? = nil, note: String? = nil,
    samples: SampleSource? = nil
  ) {
    self.epoch = epoch
    self.step = step
    self.note = note
    self.samples = samples
  }

  package func value(on axis: Axis) -> AxisValue? { axis == .epoch ? epoch : step }
}
