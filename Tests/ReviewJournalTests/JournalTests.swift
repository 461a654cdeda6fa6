import Foundation
import ReviewCore
import ReviewJournal
import Synchronization
import Testing

/// A folder that goes away with the test.
final class JournalScratch {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "keepoch-journal-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var journal: String { "\(path)/ann.jsonl" }

  func bytes(_ name: String = "ann.jsonl") throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: journal)) }
}

private let time = "2026-01-02T03:04:05.678Z"
private let target = Target(Position(.epoch, 30), sample: 4)

private let acts: [ReviewAct] =
  [
    .tag(target, tag: "blurry", isOn: true, digest: "ab12"),
    .tag(Target(Position(.step, 1000)), tag: "mode-collapse", isOn: false, digest: nil),
    .note(target, about: .nextStep, text: "a \"b\"\n\u{1F600} \\ é"),
    .note(Target(), about: .general, text: ""),
    .verdict(Position(.epoch, 0.8), .keep), .rate(target, 5), .rate(Target(Position(.epoch, 1)), 0),
    .select(Position(.epoch, 30), reason: "because", isOn: true),
    .rule("select: max quality"), .undo(of: 3), .seen(Position(.epoch, 30), samples: [0, 5, 63]),
    .alarm(Position(.epoch, 30), kind: "modes-lost", isAccepted: true, evidence: "1 of 8\t\"é\""),
    .alarm(Position(.step, 4000), kind: "of a later version", isAccepted: false, evidence: ""),
    .adjudicate(DisputedPoint(target, .tag("blurry")), value: "off", reason: "\"thin\" strokes"),
    .adjudicate(DisputedPoint(Target(Position(.step, 7)), .verdict), value: "keep", reason: ""),
    .adjudicate(DisputedPoint(target, .rating), value: nil, reason: "again"),
  ] + evaluationActs

private let rendering = TrialRendering(
  glyphs: "quadrant", model: "neutral", color: "256", background: "gray", texture: "near",
  columns: 28, rows: 14, gamma: 1.2, contrast: 0.9, isInverted: true, isLightBackground: false,
  pictures: 4)

/// Blocks of every kind, a check and a repetition, and what is said in them.
private let evaluationActs: [ReviewAct] = {
  let real = Stimulus(.real, [12])
  let made = Stimulus(.checkpoint(Position(.epoch, 30, setting: "t=0.6", run: "vae")), [4])
  let scrambled = Stimulus(.real, [3], isScrambled: true)
  let sides = [
    Trial(number: 1, left: real, right: made),
    Trial(number: 2, left: scrambled, right: Stimulus(.real, [3]), purpose: .check(.right)),
    Trial(number: 3, left: made, right: real, purpose: .repetition(of: 1)),
  ]
  let ratings = [
    Trial(number: 1, left: made, right: nil),
    Trial(number: 2, left: scrambled, right: nil, purpose: .check(nil)),
  ]
  let pool = TrialPool(
    members: [TrialPool.Member(Position(.step, 500), seeds: [0, 2, 5])], realCount: 9,
    picturesPerSide: 4, sharesSeeds: true)
  let acts: [EvaluationAct] = [
    .begin(
      EvaluationBlock(
        id: "a1", kind: .twoAFC, seed: 1 << 52, rendering: rendering, exposure: 500,
        design: .list(sides))),
    .begin(
      EvaluationBlock(
        id: "b2", kind: .likert, topic: "how \"crisp\"?", seed: 0, rendering: rendering,
        raterRule: RaterRule(), stopping: .precise(0.25), design: .list(ratings),
        checkPercent: 0, repeatPercent: 20)),
    .begin(
      EvaluationBlock(
        id: "c3", kind: .pairwise, seed: 7, rendering: rendering,
        raterRule: RaterRule(checks: 0.8, time: 250), stopping: .decided(error: 0.05),
        design: .adaptive(.leader, pool, most: 300))),
    .draw(block: "c3", sides[1]), .draw(block: "c3", sides[2]),
    .answer(block: "a1", trial: 1, .choice(.left), milliseconds: 812),
    .answer(block: "a1", trial: 2, .skipped, milliseconds: nil),
    .answer(block: "b2", trial: 1, .rating(5), milliseconds: 0),
    .answer(block: "c3", trial: 1, .tie, milliseconds: 1),
    .answer(block: "a1", trial: 2, nil, milliseconds: nil),
    .end(block: "a1", .complete), .end(block: "b2", .ended), .end(block: "c3", .met),
  ]
  return acts.map { .evaluation($0) }
}()

@Suite struct JournalTests {
  @Test func everyActReadsBack() throws {
    let scratch = try JournalScratch()
    let journal = try Journal(folder: scratch.path, reviewer: "ann")
    let events = try acts.map { try journal.append($0, time: time) }
    #expect(events.map(\.sequence) == Array(1...acts.count))
    let read = try #require(ReadJournal(path: scratch.journal, name: "ann.jsonl"))
    #expect(read.events == events)
    #expect(read.events.map(\.act) == acts)
    #expect(read.warnings.isEmpty)
  }

  @Test func aLineIsAsPromised() {
    let event = ReviewEvent(sequence: 7, time: time, reviewer: "ann", act: acts[0])
    #expect(
      JournalLine.text(of: event)
        == "{\"v\":1,\"seq\":7,\"time\":\"2026-01-02T03:04:05.678Z\",\"reviewer\":\"ann\","
        + "\"event\":\"tag\",\"on\":true,\"tag\":\"blurry\",\"epoch\":30,\"sample\":4,"
        + "\"sha256\":\"ab12\"}")
    let alarm = ReviewEvent(
      sequence: 8, time: time, reviewer: "ann",
      act: .alarm(Position(.epoch, 30), kind: "memorised", isAccepted: false, evidence: "3 %"))
    #expect(
      JournalLine.text(of: alarm)
        == "{\"v\":1,\"seq\":8,\"time\":\"2026-01-02T03:04:05.678Z\",\"reviewer\":\"ann\","
        + "\"event\":\"alarm\",\"alarm\":\"memorised\",\"accepted\":false,\"evidence\":\"3 %\",\"epoch\":30}"
    )
  }

  @Test func aJournalGoesOnWhereItEnded() throws {
    let scratch = try JournalScratch()
    for round in 1...3 {
      let journal = try Journal(folder: scratch.path, reviewer: "ann")
      #expect(journal.events.count == round - 1)
      #expect(try journal.append(acts[0], time: time).sequence == round)
    }
  }

  @Test func everyTruncationLosesOnlyTheTornLine() throws {
    let scratch = try JournalScratch()
    var ends: [Int] = []
    do {
      let journal = try Journal(folder: scratch.path, reviewer: "ann")
      for act in acts {
        _ = try journal.append(act, time: time)
        ends.append(try scratch.bytes().count)
      }
    }
    let whole = try scratch.bytes()
    for length in 0...whole.count {
      try scratch.write(Array(whole[..<length]))
      try? FileManager.default.removeItem(atPath: scratch.journal + ".torn")
      // A whole act that lacks its line break is an act.
      let expected = ends.count { $0 - 1 <= length }
      let journal = try Journal(folder: scratch.path, reviewer: "ann")
      #expect(journal.events.count == expected)
      let isTorn = length > (ends.last { $0 - 1 <= length } ?? 0)
      #expect(journal.warnings.count == (isTorn ? 1 : 0))
      #expect(try journal.append(acts[5], time: time).sequence == expected + 1)
      let read = try #require(ReadJournal(path: scratch.journal, name: "ann.jsonl"))
      #expect(read.events.count == expected + 1 && read.warnings.isEmpty)
      if isTorn {
        let start = ends.last { $0 <= length } ?? 0
        #expect(try scratch.bytes("ann.jsonl.torn") == Array(whole[start..<length]) + [0x0A])
      }
    }
  }

  @Test func brokenLinesAreKeptAndTheRestCounts() throws {
    let scratch = try JournalScratch()
    let good = JournalLine.text(
      of: ReviewEvent(sequence: 1, time: time, reviewer: "ann", act: acts[0]))
    let later =
      "{\"v\":9,\"seq\":2,\"time\":\"t\",\"reviewer\":\"ann\",\"event\":\"holograph\",\"depth\":3}"
    let lines = [
      good, "<<<<<<< HEAD", later, "{\"v\":1,\"seq\":99999999999999999999}", "",
      "{\"v\":1,\"seq\":9223372036854775807,\"time\":\"t\",\"reviewer\":\"a\",\"event\":\"undo\",\"of\":1}",
    ]
    let text = lines.map { $0 + "\n" }.joined()
    try scratch.write(Array(text.utf8))
    let journal = try Journal(folder: scratch.path, reviewer: "ann")
    #expect(journal.events.map(\.act) == [acts[0], .unknown("holograph")])
    #expect(journal.warnings.map(\.code) == [.badLine, .badLine, .badLine])
    #expect(try journal.append(acts[5], time: time).sequence == 3)
    #expect(String(decoding: try scratch.bytes(), as: UTF8.self).hasPrefix(text))
  }

  /// Numbers that no program writes make a line unknown, or count for as much as they can.
  @Test(arguments: [
    ("\"columns\":28", "\"columns\":9223372036854775807"), ("\"rows\":14", "\"rows\":0"),
    ("\"pictures\":4", "\"pictures\":9223372036854775807"),
    ("\"exposure\":500", "\"exposure\":9223372036854775807"),
    ("\"exposure\":500", "\"exposure\":-1"), ("\"checkPercent\":10", "\"checkPercent\":101"),
    ("\"perSide\":4", "\"perSide\":9223372036854775807"),
    ("\"most\":300", "\"most\":9223372036854775807"),
    ("\"real\":9,", "\"real\":-9,"), ("\"number\":2", "\"number\":3"),
    ("\"stop\":\"precision 0.25\"", "\"stop\":\"never\""),
    ("\"kind\":\"2afc\"", "\"kind\":\"3afc\""),
  ])
  func numbersBeyondSenseAreUnknown(_ sound: String, _ hostile: String) throws {
    var count = 0
    for act in evaluationActs {
      guard case .evaluation(.begin) = act else { continue }
      let line = JournalLine.text(
        of: ReviewEvent(sequence: 1, time: time, reviewer: "ann", act: act))
      guard line.contains(sound) else { continue }
      count += 1
      let event = JournalLine.event(of: Array(line.replacing(sound, with: hostile).utf8))
      #expect(event?.act == .unknown("block"))
    }
    #expect(count > 0)
  }

  @Test func answersBeyondSenseTakeNothingDown() throws {
    let begin = evaluationActs[0]
    var review = Review(reviewer: "ann")
    review.apply(ReviewEvent(sequence: 1, time: time, reviewer: "ann", act: begin))
    for (place, number) in [Int.min, -1, 0, 4, Int.max].enumerated() {
      let line =
        "{\"v\":1,\"seq\":\(place + 2),\"time\":\"\",\"reviewer\":\"ann\",\"event\":\"answer\","
        + "\"block\":\"a1\",\"number\":\(number),\"answer\":\"left\",\"ms\":\(Int.max)}"
      let event = try #require(JournalLine.event(of: Array(line.utf8)))
      guard case .evaluation(.answer(_, number, .choice(.left), 86_400_000)) = event.act else {
        Issue.record("\(event.act)")
        continue
      }
      review.apply(event)
    }
    #expect(review.blocks[0].answers.isEmpty)
  }

  @Test func mutationsNeverTrap() throws {
    let scratch = try JournalScratch()
    do {
      let journal = try Journal(folder: scratch.path, reviewer: "ann")
      for act in acts { _ = try journal.append(act, time: time) }
    }
    let whole = try scratch.bytes()
    var dice = SplitMix64(seed: 12)
    var counts: Set<Int> = []
    for _ in 0..<1000 {
      var broken = whole
      for _ in 0...dice.next(below: 3) {
        broken[Int(dice.next(below: UInt64(whole.count)))] = UInt8(dice.next(below: 256))
      }
      try scratch.write(broken)
      let read = try #require(ReadJournal(path: scratch.journal, name: "ann.jsonl"))
      _ = read.review
      counts.insert(read.events.count)
    }
    #expect(counts.count > 1)
  }

  @Test func twoSittingsCannotWriteAtOnce() throws {
    let scratch = try JournalScratch()
    let first = try Journal(folder: scratch.path, reviewer: "ann")
    let error = #expect(throws: RunError.self) {
      try Journal(folder: scratch.path, reviewer: "ann")
    }
    #expect(error?.why.contains("holds it") == true)
    #expect(error?.why.contains("process \(ProcessInfo.processInfo.processIdentifier)") == true)
    _ = try Journal(folder: scratch.path, reviewer: "bob")
    _ = try first.append(acts[0], time: time)
  }

  @Test func aReplacedFileIsNoticed() throws {
    let scratch = try JournalScratch()
    let journal = try Journal(folder: scratch.path, reviewer: "ann")
    _ = try journal.append(acts[0], time: time)
    let old = try scratch.bytes()
    try FileManager.default.removeItem(atPath: scratch.journal)
    #expect(throws: RunError.self) { try journal.append(acts[1], time: time) }
    try scratch.write(old)
    #expect(throws: RunError.self) { try journal.append(acts[1], time: time) }
    #expect(try scratch.bytes() == old)
  }

  @Test(arguments: [
    ("ann", "ann"), ("Ann Lee", "Ann_Lee"), ("../../etc", "_"), ("", "reviewer"), ("日本", "日本"),
    ("a/b", "a_b"), (".hidden", "_hidden"),
  ])
  func namesAreSafeForAFile(_ name: String, _ start: String) {
    let file = JournalFolder.fileName(of: name)
    #expect(file.hasPrefix(start))
    #expect(!file.contains("/") && !file.hasPrefix("."))
    #expect(JournalFolder.fileName(of: String(repeating: "x", count: 500)).utf8.count < 100)
  }
}

@Suite struct JournalFaultTests {
  /// Fails the calls as a script says, then works.
  private static func calls(_ faults: [Fault]) -> JournalCalls {
    let script = Script(faults)
    return JournalCalls(
      write: { descriptor, bytes, count in
        switch script.next() {
        case .some(.code(let code)):
          errno = code
          return -1
        case .some(.short): return Glibc.write(descriptor, bytes, max(1, count / 2))
        case .some(.none), nil: return Glibc.write(descriptor, bytes, count)
        case .some(.syncFails):
          script.failSync()
          return Glibc.write(descriptor, bytes, count)
        }
      },
      sync: { descriptor in
        if script.takeSyncFailure() {
          errno = EIO
          return -1
        }
        return fdatasync(descriptor)
      })
  }

  enum Fault: Sendable { case code(Int32), short, syncFails, none }

  private final class Script: Sendable {
    private let state: Mutex<(faults: [Fault], sync: Bool)>

    init(_ faults: [Fault]) { state = Mutex((faults, false)) }

    func next() -> Fault? {
      state.withLock { $0.faults.isEmpty ? nil : $0.faults.removeFirst() }
    }

    func failSync() { state.withLock { $0.sync = true } }

    func takeSyncFailure() -> Bool {
      state.withLock { state in
        defer { state.sync = false }
        return state.sync
      }
    }
  }

  @Test(arguments: [[Fault.code(EINTR)], [.short], [.short, .code(EINTR), .short, .short]])
  func interruptionsAndShortWritesAreNoFailures(_ faults: [Fault]) throws {
    let scratch = try JournalScratch()
    let journal = try Journal(folder: scratch.path, reviewer: "ann", calls: Self.calls(faults))
    _ = try journal.append(acts[0], time: time)
    let read = try #require(ReadJournal(path: scratch.journal, name: "ann.jsonl"))
    #expect(read.events.map(\.act) == [acts[0]] && read.tornTail.isEmpty)
  }

  @Test(arguments: [[Fault.code(ENOSPC)], [.short, .code(ENOSPC)], [.syncFails]])
  func aFailedActLeavesNothingBehind(_ faults: [Fault]) throws {
    let scratch = try JournalScratch()
    let journal = try Journal(
      folder: scratch.path, reviewer: "ann", calls: Self.calls([.none] + faults))
    _ = try journal.append(acts[0], time: time)
    let before = try scratch.bytes()
    let error = #expect(throws: RunError.self) { try journal.append(acts[1], time: time) }
    #expect(error?.what.contains("not saved") == true)
    #expect(try scratch.bytes() == before)
    // The next act takes the number that was not used.
    #expect(try journal.append(acts[1], time: time).sequence == 2)
    let read = try #require(ReadJournal(path: scratch.journal, name: "ann.jsonl"))
    #expect(read.events.map(\.act) == [acts[0], acts[1]])
  }
}

@Suite struct JournalFolderTests {
  @Test func everyReviewersJournalIsRead() throws {
    let scratch = try JournalScratch()
    let folder = JournalFolder(
      runPath: scratch.path, isFile: false, identity: scratch.path, stateFolder: scratch.path + "/s"
    )
    #expect(folder.readAll().isEmpty)
    let place = try folder.writable()
    #expect(place.folder == scratch.path + "/review" && !place.isElsewhere)
    for name in ["bob", "ann"] {
      let journal = try Journal(folder: place.folder, reviewer: name)
      _ = try journal.append(acts[0], time: time)
    }
    try Data().write(to: URL(fileURLWithPath: place.folder + "/report.md"))
    #expect(folder.readAll().map(\.reviewer) == ["ann", "bob"])
  }

  @Test func aRunOfOneFileHasItsJournalBeside() {
    let folder = JournalFolder(
      runPath: "a/metrics.csv", isFile: true, identity: "/a/metrics.csv", stateFolder: "/s")
    #expect(folder.beside == "a/metrics.csv.review")
    #expect(folder.elsewhere.hasPrefix("/s/reviews/"))
  }

  @Test func aRunThatCannotBeWrittenToIsReviewedElsewhere() throws {
    let scratch = try JournalScratch()
    // A file where the folder should be stops even the superuser.
    try Data().write(to: URL(fileURLWithPath: scratch.path + "/review"))
    let folder = JournalFolder(
      runPath: scratch.path, isFile: false, identity: "/x", stateFolder: scratch.path + "/state")
    let place = try folder.writable()
    #expect(place.isElsewhere && place.folder == folder.elsewhere)
    let journal = try Journal(folder: place.folder, reviewer: "ann")
    _ = try journal.append(acts[0], time: time)
    #expect(folder.readAll().count == 1)
    // Writable again: what was written comes home, and is there once.
    try FileManager.default.removeItem(atPath: scratch.path + "/review")
    #expect(try folder.writable().isElsewhere == false)
    #expect(folder.readAll().map(\.path) == [scratch.path + "/review/ann.jsonl"])
    #expect(folder.readAll().first?.events.map(\.act) == [acts[0]])
  }

  @Test func whatIsNoFileIsNoJournal() throws {
    let scratch = try JournalScratch()
    #expect(mkfifo(scratch.path + "/pipe.jsonl", 0o600) == 0)
    #expect(ReadJournal(path: scratch.path + "/pipe.jsonl", name: "pipe.jsonl") == nil)
  }

  @Test func usedUpNumbersAreRefused() throws {
    let scratch = try JournalScratch()
    let line =
      "{\"v\":1,\"seq\":9007199254740992,\"time\":\"t\",\"reviewer\":\"ann\",\"event\":\"rule\","
      + "\"text\":\"x\"}\n"
    try scratch.write(Array(line.utf8))
    let journal = try Journal(folder: scratch.path, reviewer: "ann")
    #expect(throws: RunError.self) { try journal.append(acts[0], time: time) }
    #expect(try scratch.bytes() == Array(line.utf8))
  }
}
