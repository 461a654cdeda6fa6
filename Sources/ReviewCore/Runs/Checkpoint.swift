/// The model at one epoch or step, as the run left it.
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
