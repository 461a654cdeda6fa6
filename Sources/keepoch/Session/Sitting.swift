import ReviewFront

/// What the event loop carries keys, signals and answers to.
protocol Sitting: AnyObject {
  /// Set when it is over.
  var isOver: Bool { get }
  /// Set when the screen is to be drawn anew, and when the process is to stop.
  var wantsRedraw: Bool { get set }
  var wantsSuspend: Bool { get set }
  /// Whether what is on the screen waits for pictures that may be there at once.
  var isWaitingForPictures: Bool { get }

  /// When `tick` is wanted, in milliseconds, at once where that is past; nil where nothing goes on by itself.
  var nextTick: Double? { get }

  func tick(at milliseconds: Double)
  func resize(width: Int, height: Int)
  /// Every key that has arrived.
  func takeKeys(at milliseconds: Double)
  /// Everything that was done beside.
  func takeAnswers()
  func take(backgroundIsLight isLight: Bool?)
  /// Draws, and shows what changed.
  func show()
  /// The terminal closes, or a signal asks to end.
  func leave(at milliseconds: Double)
}

extension ReviewSession: Sitting {
  var isWaitingForPictures: Bool { state.isWaitingForPictures }

  func resize(width: Int, height: Int) { act(.resized(width: width, height: height)) }

  func leave(at milliseconds: Double) { act(.leaving(time: milliseconds)) }
}
