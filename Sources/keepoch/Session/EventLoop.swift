import CursesTerminal
import Glibc
import ReviewFront
import TerminalSurface

/// Waits for keys, answers and signals, and lets the session take them in, one frame a round.
struct EventLoop {
  let session: any Sitting
  let terminal: CursesTerminal
  let input: Int32
  let wakeUp: WakeUp

  // A picture that is nearly there is worth this many milliseconds; a flicker is worse.
  private static let grace: Int32 = 4
  private static let graceAtStart: Int32 = 40

  /// Runs until the sitting is over.
  ///
  /// - Returns: the exit code, 128 and a signal's number where one ended it.
  func run() -> Int32 {
    session.resize(width: terminal.width, height: terminal.height)
    if session.isWaitingForPictures { wait(milliseconds: Self.graceAtStart) }
    session.takeAnswers()
    session.show()
    while !session.isOver {
      let (hasKeys, hasSignal, isGone) = poll(timeout: timeout)
      if hasSignal, let code = takeSignals() { return code }
      if hasKeys {
        session.takeKeys(at: Outside.milliseconds)
        session.take(backgroundIsLight: terminal.backgroundIsLight)
      }
      // What was typed before the terminal went is taken; nothing more can come.
      if isGone { return leave(code: 128 + SIGHUP) }
      session.takeAnswers()
      if !session.isOver { session.tick(at: Outside.milliseconds) }
      if session.isWaitingForPictures, !session.isOver {
        wait(milliseconds: Self.grace)
        session.takeAnswers()
      }
      if session.wantsSuspend { suspend(wholeGroup: true) }
      if session.wantsRedraw { terminal.invalidate() }
      if !session.isOver { session.show() }
    }
    return 0
  }

  /// Milliseconds until something goes on by itself; -1 for never.
  private var timeout: Int32 {
    guard let due = session.nextTick else { return -1 }
    return Int32(min(1000, max(0, (due - Outside.milliseconds).rounded(.up))))
  }

  private func poll(timeout: Int32) -> (hasKeys: Bool, hasSignal: Bool, isGone: Bool) {
    var waits = [
      pollfd(fd: input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: terminal.signalDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wakeUp.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    while Glibc.poll(&waits, nfds_t(waits.count), timeout) < 0, errno == EINTR {}
    if waits[2].revents != 0 { wakeUp.clear() }
    let gone = Int16(POLLHUP | POLLERR | POLLNVAL)
    return (
      waits[0].revents & Int16(POLLIN) != 0, waits[1].revents != 0, waits[0].revents & gone != 0
    )
  }

  /// Waits for an answer alone.
  private func wait(milliseconds: Int32) {
    var waits = [pollfd(fd: wakeUp.descriptor, events: Int16(POLLIN), revents: 0)]
    if Glibc.poll(&waits, 1, milliseconds) > 0 { wakeUp.clear() }
  }

  private func takeSignals() -> Int32? {
    while let signal = terminal.nextSignal() {
      switch signal {
      case .resize:
        terminal.resize()
        session.resize(width: terminal.width, height: terminal.height)
      case .suspend: suspend(wholeGroup: false)
      case .quit(let number): return leave(code: 128 + number)
      }
    }
    return nil
  }

  private func suspend(wholeGroup: Bool) {
    session.wantsSuspend = false
    terminal.suspend(wholeGroup: wholeGroup)
    session.wantsRedraw = true
    session.resize(width: terminal.width, height: terminal.height)
  }

  private func leave(code: Int32) -> Int32 {
    session.leave(at: Outside.milliseconds)
    return code
  }
}
