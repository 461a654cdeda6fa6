import Foundation
import ReviewCore
import Testing

@testable import RunFormats

/// Small files that promise much: the built program opens them with little memory, and in time.
@Suite struct BombTests {
  struct Bomb: CustomStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]
    var description: String { name }
  }

  // The program itself takes less than half of it.
  private static let mostKilobytes = 200_000
  // Without optimisation the program takes seventeen times as long as it does for a user.
  private static let mostSeconds = 120

  @Test(arguments: Bomb.all)
  func memoryIsNotTakenForWhatIsOnlyPromised(_ bomb: Bomb) throws {
    let scratch = try Scratch()
    try scratch.write("metrics.csv", "epoch,quality\n1,0.5\n2,0.6\n3,0.7\n")
    let dot = bomb.name.firstIndex(of: ".") ?? bomb.name.endIndex
    for epoch in 1...3 {
      // Settings and tables are known by their names.
      let name =
        bomb.name.contains("/") || bomb.name.hasPrefix("config")
        ? bomb.name : "\(bomb.name[..<dot])_epoch_\(epoch)\(bomb.name[dot...])"
      try scratch.write(name, bomb.bytes)
    }
    for words in [["inspect", scratch.path, "--json"], ["table", scratch.path]] {
      let answer = try run(words, within: Self.mostKilobytes)
      #expect((0...2).contains(answer.code), "\(words[0]): \(answer.code) \(answer.errors)")
      #expect(!answer.errors.contains("Fatal error"), "\(answer.errors)")
    }
    #expect(bomb.bytes.count < 5 << 20)
  }

  /// Of a plain picture nobody can tell that the last digit is missing but by the blank behind it.
  @Test func aPlainPictureEndsWithABlank() throws {
    let whole = Array("P2 2 1 255\n1 234\n".utf8)
    #expect(try ImageFile.decode(whole).values == [1, 234])
    for length in 1...4 {
      #expect(throws: ImageFailure.self) { try ImageFile.decode(Array(whole.dropLast(length))) }
    }
    #expect(throws: ImageFailure.self) { try ImageFile.decode(Array("P2 1 1 65535\n70000\n".utf8)) }
  }

  /// A record that claims much behind many others, whose lengths are damaged, too.
  @Test func recordsWithoutEndAreNotReadAgainAndAgain() throws {
    let scratch = try Scratch()
    let (count, record) = (40_000, Bomb.record([UInt8](repeating: 0, count: 400)))
    var bytes: [UInt8] = []
    for left in (1...count).reversed() {
      // Behind each the length of all that follows, and no checksum for it.
      bytes += record + Bomb.number((left - 1) * (record.count + 12) - 4, 8) + [1, 2, 3, 4]
    }
    try scratch.write("events.out.tfevents.1", bytes)
    try scratch.write("metrics.csv", "epoch,quality\n1,0.5\n")
    let clock = ContinuousClock()
    let time = clock.measure { _ = try? RunOpener.open(scratch.path) }
    #expect(time < .seconds(20))
  }

  /// Sessions that log their hyperparameters again and again under new names.
  @Test func settingsWithoutEndAreReadOnce() throws {
    let scratch = try Scratch()
    var bytes: [UInt8] = []
    for number in 0..<20_000 { bytes += Bomb.record(Bomb.hyperparameter("h\(number)", 1)) }
    try scratch.write("events.out.tfevents.1", bytes)
    try scratch.write("metrics.csv", "epoch,quality\n1,0.5\n")
    let clock = ContinuousClock()
    var run: Run?
    let time = clock.measure { run = try? RunOpener.open(scratch.path) }
    #expect(run?.settings.isEmpty == false)
    #expect(time < .seconds(20))
  }

  /// Many tags of pictures, each held against many tags of numbers.
  @Test func tagsWithoutEndAreNotHeldAgainstEachOther() throws {
    let scratch = try Scratch()
    var bytes: [UInt8] = []
    for number in 0..<4_000 {
      bytes += Bomb.record(Bomb.scalar("s\(number)", step: number))
      bytes += Bomb.record(Bomb.picture("i\(number)x", step: number))
    }
    try scratch.write("events.out.tfevents.1", bytes)
    try scratch.write("metrics.csv", "epoch,quality\n1,0.5\n")
    let clock = ContinuousClock()
    var run: Run?
    let time = clock.measure { run = try? RunOpener.open(scratch.path) }
    #expect(run?.series.count == 4_000)
    #expect(time < .seconds(20))
  }

  /// A declaration is written by a person; one of a megabyte is not.
  @Test func aDeclarationWithoutEndIsLeftOut() {
    let text = (0..<100_000).map { "k\($0) = 1\n" }.joined()
    let clock = ContinuousClock()
    var warnings: [RunWarning] = []
    let time = clock.measure {
      warnings = KeepochTOML.read(Array(text.utf8), path: "keepoch.toml").warnings
    }
    #expect(warnings.map(\.code) == [.badSetting])
    #expect(time < .seconds(5))
  }

  private func run(
    _ words: [String], within kilobytes: Int
  ) throws -> (code: Int32, errors: String) {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    let program = URL(fileURLWithPath: bundle).deletingLastPathComponent()
      .appendingPathComponent("keepoch").path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let limits = "ulimit -v \(kilobytes) && ulimit -t \(Self.mostSeconds)"
    process.arguments = ["-c", "\(limits) && exec \"$0\" \"$@\"", program] + words
    process.environment = [
      "HOME": NSTemporaryDirectory(), "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no",
      "XDG_CACHE_HOME": NSTemporaryDirectory() + "keepoch-bomb-cache",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let text = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let isEnd = process.terminationReason == .exit
    return (
      isEnd ? process.terminationStatus : 128 + process.terminationStatus,
      String(decoding: text, as: UTF8.self)
    )
  }
}
