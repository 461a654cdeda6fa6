import Foundation
import ReviewCore
import ReviewFront
import ReviewJournal
import TerminalSurface

@testable import keepoch

/// The whole app on a terminal in memory, on a copy of a sample run, without a clock of its own.
final class Journey {
  let folder: String
  let terminal: InMemoryTerminal
  private(set) var session: ReviewSession
  private let clock = Clock()

  /// Goes on with the keys alone.
  private final class Clock { var now = 0.0 }
  private let reviewer: String

  /// - Parameters:
  ///   - copyOf: a sample run.
  ///   - prepare: changes the copy before it is opened.
  init(
    copyOf name: String, width: Int = 80, height: Int = 24, reviewer: String = "ann",
    prepare: (String) throws -> Void = { _ in }
  ) throws {
    folder = NSTemporaryDirectory() + "keepoch-journey-\(UUID().uuidString)/\(name)"
    let parent = URL(fileURLWithPath: folder).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("sample-runs/\(name)")
    try FileManager.default.copyItem(at: source, to: URL(fileURLWithPath: folder))
    try? FileManager.default.removeItem(atPath: folder + "/review")
    try prepare(folder)
    terminal = InMemoryTerminal(width: width, height: height)
    self.reviewer = reviewer
    session = try Self.session(folder, reviewer: reviewer, terminal: terminal, clock: clock)
    settle()
  }

  deinit {
    try? FileManager.default.removeItem(
      at: URL(fileURLWithPath: folder).deletingLastPathComponent())
  }

  private static func session(
    _ folder: String, reviewer: String, terminal: InMemoryTerminal, clock: Clock
  ) throws -> ReviewSession {
    let opened = try OpenedRun(
      path: folder, reviewer: reviewer, configuration: Configuration(), checksDigests: true,
      waitsForRange: false)
    let journal = try Journal(folder: opened.folder.writable().folder, reviewer: reviewer)
    let rule = try opened.ruleInForce()
    let state = try FrontState(
      run: opened.run, review: Review(reviewer: reviewer, events: journal.events), rule: rule,
      theme: ThemeFile.load("default", colors: 0), width: terminal.width, height: terminal.height,
      abilities: terminal.abilities)
    let reports = opened.folder
    return ReviewSession(
      state: state, terminal: terminal,
      loader: PictureLoader(run: opened.run, niceness: nil) {},
      settler: PictureLoader(run: opened.run, niceness: nil) {},
      outside: Surroundings(
        journal: journal, reportFolder: { () throws(RunError) in try reports.writable().folder },
        copyPath: "\(folder)-copied.txt", time: { "2026-01-02T03:04:05.678Z" },
        milliseconds: { clock.now },
        editNote: { text, _ in .text(text + "from the editor\nsecond line\n") },
        loadTheme: { name throws(RunError) in try ThemeFile.load(name, colors: 0) }))
  }

  /// Closes the sitting and opens the run anew.
  func startAgain() throws {
    session.act(.leaving(time: clock.now))
    // The old journal closes with its session, before the same reviewer opens it anew.
    session = try Self.session(
      folder, reviewer: reviewer + "-other", terminal: terminal, clock: clock)
    session = try Self.session(folder, reviewer: reviewer, terminal: terminal, clock: clock)
    settle()
  }

  /// Keys a second apart; names of keys in angle brackets.
  func press(_ keys: String) {
    for key in Key.keys(of: keys) {
      clock.now += 1000
      terminal.type([key])
      session.takeKeys(at: clock.now)
      settle()
    }
  }

  /// Until nothing is left to do.
  func settle() {
    session.act(.resized(width: terminal.width, height: terminal.height))
    while true {
      session.drainPictures()
      let before = session.state.wanted
      session.takeAnswers()
      if session.state.wanted == before { break }
    }
    session.show()
  }

  var screen: [String] { terminal.surface.lines }
  var state: FrontState { session.state }

  func file(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }

  func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
  }
}
