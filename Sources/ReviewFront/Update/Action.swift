package import HumanEvaluation
package import ReviewCore
package import TerminalSurface

/// What can happen to the front.
package enum Action: Sendable {
  /// `time` in milliseconds of any clock that does not go back.
  case key(Key, time: Double)
  case resized(width: Int, height: Int)
  /// An act is on disk.
  case recorded(ReviewEvent)
  /// An act could not be written.
  case refused(ReviewAct, String)
  case rendered(PictureBatch)
  case unreadable(checkpoint: Int, reason: String)
  /// Some pictures of a trial cannot be read.
  case lost(PictureRequest, places: [Int])
  /// Tags whose samples were generated anew: this reviewer's, and those of each other review.
  case stale(own: Set<StaleTag>, others: [Set<StaleTag>])
  case exported(path: String)
  case exportFailed(String)
  /// A file that Keepoch did not write stands where the report goes.
  case exportBlocked(path: String, ReportFormat)
  /// The reviewer's editor was closed with these words.
  case edited(EditedWords, text: String)
  /// Something else was done outside, or could not be; `isDone` tells which.
  case told(String, isDone: Bool)
  case themed(Theme)
  /// Every key that had arrived is taken: time for what need not be done for each of them.
  case drained
  /// All files of the run have been looked at: the range of its values, nil where no sample asks for
  /// one, the frame of its points, and the sources that hold another number of samples than was thought, by checkpoint.
  case ranged(ValueRange?, PointFrame?, [RunWarning], sources: [Int: SampleSource])
  /// Numbers were computed, all of them or those so far.
  case measured(RunMeasures, isDone: Bool)
  /// How far computing is.
  case measuring(done: Int, total: Int)
  /// Computing ended without numbers, and why.
  case measureFailed(String)
  /// The run as it is on disk now.
  case grown(GrownRun)
  /// So much time has gone by, for what goes by on its own.
  case tick(time: Double)
  /// Something that was asked of a set of samples is known, or why it is not.
  case surveyed(SurveyRequest, SurveyAnswer)
  /// The share of it that is done, 0...1.
  case surveying(SurveyRequest, part: Double)
  /// A block of trials is planned.
  case planned(EvaluationBlock)
  /// What was drawn last is on the screen since then.
  case shown(time: Double)
  /// How far reviewers agree, with its intervals.
  case agreed(ReviewerAgreement)
  /// The terminal closes, or a signal asks to end.
  case leaving(time: Double)
}

/// What an editor is opened for.
package enum EditedWords: Equatable, Sendable {
  case note(Target, NoteSubject)
  /// Why a checkpoint is chosen.
  case reason(Position)
}

/// What is to be done outside; the answers come back as actions.
package enum Effect: Equatable, Sendable {
  /// Write an act, and answer before the next key is looked at.
  case record(ReviewAct)
  /// Render these and nothing else, in this order.
  case render([PictureRequest])
  case savePlace(Place)
  case export(ReportFormat, overwriting: Bool)
  /// Open the reviewer's editor with these words.
  case edit(EditedWords, text: String)
  case copyLine(String)
  case copyReport
  case loadTheme(String)
  /// A line that was typed, for the history of the next sitting.
  case remember(String)
  /// Compute these metrics, all where none is named; nil stops what is under way.
  case measure([String]?)
  /// Look for what is written to the run, or no more.
  case follow(Bool)
  case bell
  /// Work this out beside, and nothing else of its kind; nil stops what is under way.
  case survey(SurveyRequest?)
  /// Make a block of trials of these checkpoints, by their places, or of those that are usual where there are
  /// none; it is answered by `planned`, or by `told`.
  case plan(EvaluationWish, marked: [Int], TrialRendering)
  /// Work out how far reviewers agree, with intervals, beside.
  case agree
  case redraw
  case suspend
  case quit
}
