import ReviewCore
import ReviewFront
import ReviewJournal

/// Where the acts of a reviewer are kept: each is on disk before `append` returns.
protocol ActKeeper: AnyObject {
  var reviewer: String { get }
  /// The acts that stood in it when it was opened.
  var events: [ReviewEvent] { get }
  var warnings: [RunWarning] { get }

  /// - Throws: `RunError`; then nothing of the act is kept.
  func append(_ act: ReviewAct, time: String) throws(RunError) -> ReviewEvent
}

extension Journal: ActKeeper {}

/// Everything a sitting reaches outside the screen and the run's samples.
struct Surroundings {
  /// Nil when nothing can be written.
  var journal: (any ActKeeper)?
  /// Nil when nothing is to be kept.
  var places: PlaceStore?
  var history: CommandHistory?
  /// The folder that reports go to.
  var reportFolder: () throws(RunError) -> String
  /// Where copied text is kept beside the clipboard; nil when nothing is to be written.
  var copyPath: String?
  /// What was read of the whole run is remembered here; nil when nothing is to be written.
  var cacheFolder: String?
  /// Now, as journals write it.
  var time: () -> String
  /// Of a clock that does not go back.
  var milliseconds: () -> Double = { Outside.milliseconds }
  /// Opens the reviewer's editor with a text and a line that says what it is about.
  var editNote: (_ text: String, _ about: String) -> NoteEditor.Outcome
  var loadTheme: (String) throws(RunError) -> Theme
}
