import Foundation
import Testing

/// measure, alarms and what stands on them, by the built program.
@Suite struct MeasureTests {
  /// A copy of a run with a cache of its own.
  private struct Bench {
    let run: RunCopy
    var cache: String { run.path + "-cache" }

    init(_ name: String) throws { run = try RunCopy(name) }

    func call(
      _ words: [String], cache: String? = nil
    ) throws -> (code: Int32, output: String, errors: String) {
      try run.run(words, environment: ["XDG_CACHE_HOME": cache ?? self.cache])
    }

    /// Standard output of what must succeed.
    func output(_ words: [String], cache: String? = nil) throws -> String {
      let answer = try call(words, cache: cache)
      #expect(answer.code == 0, "\(words): \(answer.errors)")
      return answer.output
    }

    func lines(_ words: [String]) throws -> [String] {
      try output(words).split(separator: "\n").map(String.init)
    }

    func write(_ text: String, to name: String) throws {
      try text.write(toFile: "\(run.path)/\(name)", atomically: true, encoding: .utf8)
    }
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// Kinds of alarms, as `alarms` prints them.
  private func kinds(_ bench: Bench) throws -> Set<String> {
    let all = try object(try bench.output(["alarms", bench.run.path, "--json"]))
    #expect(all["schema"] as? String == "keepoch.alarms/1")
    return Set(try #require(all["alarms"] as? [[String: Any]]).compactMap { $0["kind"] as? String })
  }

  @Test(arguments: [
    ("gan", ["diversity-fell"]), ("vae-collapsed", ["latent-unused"]),
    ("memorising", ["memorised"]), ("ring-gan-collapsed", ["modes-lost"]),
  ])
  func aRunThatFailsRaisesItsAlarm(name: String, wanted: [String]) throws {
    let bench = try Bench(name)
    // Of a KL that fades the log tells, too.
    if name != "vae-collapsed" {
      #expect(try kinds(bench).isDisjoint(with: wanted), "before anything was computed")
    }
    let lines = try bench.lines(["measure", bench.run.path])
    #expect(lines.first == "generation_measures")
    #expect(lines.contains { $0.hasPrefix("alarm epoch=") })
    #expect(try kinds(bench).isSuperset(of: wanted))
  }

  @Test(arguments: ["vae", "diffusion", "ring-ar", "ring-gan"])
  func aHealthyRunRaisesNone(name: String) throws {
    let bench = try Bench(name)
    let lines = try bench.lines(["measure", bench.run.path])
    #expect(!lines.contains { $0.hasPrefix("alarm") })
    #expect(try kinds(bench).isEmpty)
    #expect(try bench.output(["alarms", bench.run.path]) == "no alarm\n")
  }

  /// The same numbers each time, from the cache or not, on any number of threads.
  @Test(arguments: ["memorising", "vae-collapsed", "ring-gan-collapsed"])
  func theNumbersAreTheSameEachTime(name: String) throws {
    let bench = try Bench(name)
    let words = ["measure", bench.run.path, "--json"]
    let first = try bench.output(words)
    #expect(try bench.output(words) == first, "from the cache")
    #expect(try bench.output(words, cache: bench.cache + "-other") == first, "anew")
    let table = try bench.output(["table", bench.run.path])
    let columns = try #require(try object(first)["columns"] as? [[String: Any]])
    #expect(columns.count > 5)
    for column in columns {
      let name = try #require(column["name"] as? String)
      #expect(table.contains(" \(name)="), "\(name)")
    }
    // Words of one are those of the other.
    let checkpoints = try #require(try object(first)["checkpoints"] as? [[String: Any]])
    #expect(checkpoints.count == table.split(separator: "\n").count - 2)
  }

  @Test func threadsChangeNothingThatIsPrinted() throws {
    let bench = try Bench("vae-collapsed")
    let words = ["measure", bench.run.path]
    let one = try bench.output(words + ["--threads", "1"])
    #expect(try bench.output(words + ["--threads", "3"], cache: bench.cache + "-3") == one)
  }

  @Test func onlyWhatChangedIsComputedAgain() throws {
    let bench = try Bench("memorising")
    let words = ["measure", bench.run.path]
    let before = try bench.lines(words)
    // A name with the content of another: the cache knows the content.
    let samples = bench.run.path + "/samples"
    let names = try FileManager.default.contentsOfDirectory(atPath: samples).sorted()
    let (from, to) = (try #require(names.first), try #require(names.last))
    try FileManager.default.removeItem(atPath: "\(samples)/\(to)")
    try FileManager.default.copyItem(atPath: "\(samples)/\(from)", toPath: "\(samples)/\(to)")
    let after = try bench.lines(words)
    let (old, new) = (
      before.filter { $0.hasPrefix("epoch=") }, after.filter { $0.hasPrefix("epoch=") }
    )
    #expect(old.count == new.count && old.dropLast() == new.dropLast())
    #expect(old.last != new.last)
    func numbers(_ line: String?) -> Substring? {
      line.flatMap { $0[($0.firstIndex(of: " ") ?? $0.endIndex)...] }
    }
    #expect(numbers(new.last) == numbers(new.first))
    // As if nothing had been remembered.
    #expect(
      try bench.output(words, cache: bench.cache + "-none") == after.joined(separator: "\n") + "\n")
  }

  /// A cache that was cut or scribbled on is no worse than none.
  @Test func aDamagedCacheIsDoneWithout() throws {
    let bench = try Bench("memorising")
    let words = ["measure", bench.run.path]
    let whole = try bench.output(words)
    let folder = bench.cache + "/keepoch/measures"
    let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    let path = "\(folder)/\(file)"
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    for broken in [
      Data(), bytes.prefix(bytes.count / 2), Data("{\"schema\":\"other\"}\n".utf8) + bytes,
      Data(bytes.map { $0 == UInt8(ascii: "9") ? UInt8(ascii: "x") : $0 }),
    ] {
      try broken.write(to: URL(fileURLWithPath: path))
      #expect(try bench.call(["table", bench.run.path]).code == 0)
      #expect(try bench.output(words) == whole)
    }
  }

  @Test func readOnlyLeavesNothingBehind() throws {
    let bench = try Bench("memorising")
    _ = try bench.output(["measure", bench.run.path, "--read-only"])
    #expect(!FileManager.default.fileExists(atPath: bench.cache))
    #expect(!FileManager.default.fileExists(atPath: bench.run.path + "/review"))
    let shard = try bench.call(["measure", bench.run.path, "--shard", "1/2", "--read-only"])
    #expect(shard.code == 2 && shard.errors.contains("--read-only"))
  }

  // MARK: Several machines

  @Test(arguments: ["memorising", "vae-collapsed", "ring-gan-collapsed"])
  func shardsJoinToTheWhole(name: String) throws {
    let bench = try Bench(name)
    let whole = try bench.output(["measure", bench.run.path, "--json"])
    let parts = bench.run.path + "-parts"
    for shard in [3, 1, 2] {
      // Each machine has a cache of its own.
      let path = try bench.output(
        ["measure", bench.run.path, "--shard", "\(shard)/3", "--parts", parts],
        cache: "\(bench.cache)-\(shard)")
      #expect(path == "\(parts)/\(shard)-of-3.parts\n")
    }
    let merge = ["measure", bench.run.path, "--merge", "--parts", parts, "--json"]
    #expect(try bench.output(merge, cache: bench.cache + "-merge") == whole)
    // What was joined is remembered.
    #expect(
      try bench.output(["alarms", bench.run.path], cache: bench.cache + "-merge")
        == bench.output(["alarms", bench.run.path]))
  }

  @Test func shardsThatDoNotJoinSayWhy() throws {
    let bench = try Bench("memorising")
    let path = bench.run.path
    func shard(_ number: Int, _ more: [String] = []) throws {
      _ = try bench.output(["measure", path, "--shard", "\(number)/3"] + more)
    }
    func refusal(_ more: [String] = []) throws -> String {
      let answer = try bench.call(["measure", path, "--merge"] + more)
      #expect(answer.code == 2 && answer.output.isEmpty, "\(answer)")
      return answer.errors
    }
    let parts = path + "/review/parts"
    #expect(try refusal().contains("parts"))
    try shard(1)
    try shard(3)
    #expect(try refusal().contains("of 3 shards these are missing: 2"))
    try shard(2)
    #expect(try bench.call(["measure", path, "--merge"]).code == 0)
    #expect(try refusal(["--metric", "frechet"]).contains("its metrics are not those"))
    // Another reference.
    var real = try Data(contentsOf: URL(fileURLWithPath: path + "/train.npy"))
    real[real.count - 400] ^= 1
    try real.write(to: URL(fileURLWithPath: path + "-other.npy"))
    #expect(try refusal(["--reference", path + "-other.npy"]).contains("another reference"))
    // A part that breaks off, and one that was written over.
    let one = "\(parts)/2-of-3.parts"
    let bytes = try Data(contentsOf: URL(fileURLWithPath: one))
    for length in [0, 1, 40, bytes.count / 3, bytes.count / 2, bytes.count - 1] {
      try bytes.prefix(length).write(to: URL(fileURLWithPath: one))
      #expect(try refusal().contains("cannot join"), "\(length) bytes")
    }
    try (Data("{\"schema\":\"keepoch.measure-part/9\"}\n".utf8)).write(
      to: URL(fileURLWithPath: one))
    #expect(try refusal().contains("no pieces of this version's work"))
    try bytes.write(to: URL(fileURLWithPath: one))
    #expect(try bench.call(["measure", path, "--merge"]).code == 0)
    // Of another split.
    _ = try bench.output(["measure", path, "--shard", "1/2"])
    #expect(try refusal().contains("others are of"))
    try FileManager.default.removeItem(atPath: "\(parts)/1-of-2.parts")
    // Other samples.
    let samples = path + "/samples"
    let names = try FileManager.default.contentsOfDirectory(atPath: samples).sorted()
    try FileManager.default.removeItem(atPath: "\(samples)/\(names[1])")
    try FileManager.default.copyItem(
      atPath: "\(samples)/\(names[0])", toPath: "\(samples)/\(names[1])")
    #expect(try refusal().contains("were others when it was written"))
  }

  /// Sizes that do not fit the run: a reason, and no trap.
  @Test func piecesOfOtherSizesAreRefused() throws {
    let bench = try Bench("memorising")
    let path = bench.run.path
    _ = try bench.output(["measure", path, "--shard", "1/1"])
    let file = URL(fileURLWithPath: path + "/review/parts/1-of-1.parts")
    let bytes = [UInt8](try Data(contentsOf: file))
    for step in ["moments", "balls", "nearest"] {
      // The first piece of the kind holds nothing now.
      var text: [UInt8] = []
      var place = 0
      var isDone = false
      while place < bytes.count {
        let end = bytes[place...].firstIndex(of: 10) ?? bytes.count - 1
        let line = String(decoding: bytes[place..<end], as: UTF8.self)
        let json = try object(line)
        let size = 8 * ((json["wholes"] as? Int ?? 0) + (json["numbers"] as? Int ?? 0))
        let next = min(bytes.count, end + 1 + size)
        if !isDone, let task = json["task"] as? String, task.hasPrefix(step) {
          isDone = true
          let checkpoint = json["checkpoint"] as? Int ?? 0
          text += Array(
            ("{\"checkpoint\":\(checkpoint),\"task\":\"\(task)\",\"wholes\":0,\"numbers\":0}\n")
              .utf8)
        } else {
          text += bytes[place..<next]
        }
        place = next
      }
      #expect(isDone, "\(step)")
      try Data(text).write(to: file)
      let answer = try bench.call(
        ["measure", path, "--merge"], cache: bench.cache + "-\(step)")
      #expect(answer.code == 0 || answer.code == 2, "\(step): \(answer)")
      #expect(answer.errors.contains("cannot be read"), "\(step): \(answer.errors)")
    }
  }

  // MARK: What is asked for

  @Test func onlyTheMetricsThatAreNamed() throws {
    let bench = try Bench("memorising")
    let lines = try bench.lines(["measure", bench.run.path, "--metric", "frechet"])
    let numbers = lines.filter { $0.hasPrefix("epoch=") }
    #expect(!numbers.isEmpty)
    for line in numbers {
      #expect(line.split(separator: " ").dropFirst().allSatisfy { $0.hasPrefix("frechet[") })
    }
    let two = try object(
      try bench.output(["measure", bench.run.path, "--metric", "sharpness", "blank", "--json"]))
    let names = try #require(two["columns"] as? [[String: Any]]).compactMap {
      $0["name"] as? String
    }
    #expect(names == ["sharpness", "blank"])
    // What was computed before is still there for others.
    #expect(try bench.output(["table", bench.run.path]).contains("frechet["))
  }

  @Test func whatCannotBeMeasuredIsSaid() throws {
    let bench = try Bench("memorising")
    let lab = try Bench("lab")
    let path = bench.run.path
    for (answer, code, part) in [
      (
        try bench.call(["measure", path, "--metric", "beauty"]), 2,
        "has nothing for a metric of that name"
      ),
      (try bench.call(["measure", path, "--metric", "beauty"]), 2, "sharpness"),
      (try bench.call(["measure", path, "--reference", path + "/nowhere.npy"]), 2, "nowhere.npy"),
      (try lab.call(["measure", lab.run.path]), 2, "no checkpoint has samples"),
      (try bench.call(["measure", path, "--shard", "4/3"]), 64, "--shard"),
      (try bench.call(["measure", path, "--shard", "1/3", "--merge"]), 64, "not both"),
      (try bench.call(["measure", path, "--threads", "0"]), 64, "--threads"),
      (
        try bench.call(["alarms", path, "--accept", "memorised", "--refuse", "stuck"]), 64,
        "not both"
      ),
      (try bench.call(["alarms", path, "--accept", "memorised"]), 2, "no checkpoint was named"),
    ] as [((code: Int32, output: String, errors: String), Int32, String)] {
      #expect(answer.code == code && answer.output.isEmpty, "\(answer)")
      #expect(answer.errors.contains(part), "\(answer.errors)")
    }
  }

  @Test func anotherReferenceGivesOtherNumbers() throws {
    let bench = try Bench("memorising")
    let own = try bench.lines(["measure", bench.run.path, "--metric", "audit"])
    let other = try bench.lines([
      "measure", bench.run.path, "--metric", "audit", "--reference", bench.run.path + "/test.npy",
    ])
    #expect(own != other)
    #expect(try bench.lines(["measure", bench.run.path, "--metric", "audit"]) == own)
  }

  /// The places of the modes moved: what was computed against the old ones is not shown.
  @Test func movedModesAreNoticed() throws {
    let bench = try Bench("ring-gan")
    _ = try bench.output(["measure", bench.run.path, "--metric", "modes"])
    #expect(try bench.call(["table", bench.run.path]).output.contains(" modes=8"))
    let file = URL(fileURLWithPath: bench.run.path + "/modes.npy")
    var bytes = try Data(contentsOf: file)
    // Every centre is the first now.
    let row = bytes.count - 128..<bytes.count - 128 + 16
    for place in 0..<8 {
      bytes.replaceSubrange(
        bytes.count - 128 + place * 16..<bytes.count - 112 + place * 16, with: bytes[row])
    }
    try bytes.write(to: file)
    #expect(!(try bench.call(["table", bench.run.path]).output.contains(" modes=8")))
    #expect(
      try bench.output(["measure", bench.run.path, "--metric", "modes"]).contains(" modes=1"))
  }

  /// Real pictures not trained on, of another size than all others.
  @Test func aTestSetOfAnotherSizeIsSaid() throws {
    let bench = try Bench("memorising")
    let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (4, 9, 9), }"
    let padded = header + String(repeating: " ", count: 117 - header.count) + "\n"
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
    bytes += (0..<4 * 81).map { UInt8(truncatingIfNeeded: $0) }
    try Data(bytes).write(to: URL(fileURLWithPath: bench.run.path + "/test.npy"))
    let answer = try bench.call(["measure", bench.run.path])
    #expect(answer.code == 0 && answer.output.contains("sharpness="), "\(answer.errors)")
    #expect(!answer.output.contains("copy_test="))
    #expect(answer.errors.contains("not trained on have 81 numbers each"))
  }

  // MARK: Answers

  @Test func answersAreWrittenAndCounted() throws {
    let bench = try Bench("ring-gan-collapsed")
    let path = bench.run.path
    let by = ["--reviewer", "ann"]
    _ = try bench.output(["measure", path, "--metric", "modes", "diversity"])
    let accept = ["alarms", path, "--epoch", "40", "--accept", "modes-lost"] + by
    let written = try bench.lines(accept)
    #expect(written.count == 2 && written[0].contains("\talarm\tepoch=40\t-\tmodes-lost accepted"))
    #expect(written[1].hasSuffix("\ttag\tepoch=40\t-\tmode-collapse"))
    #expect(try bench.output(accept) == "unchanged\n")
    _ = try bench.output(["alarms", path, "--epoch", "36", "--refuse", "modes-lost"] + by)
    let list = try bench.output(["alarms", path])
    #expect(list.contains("epoch=40 modes-lost: ") && list.contains("[accepted by ann]"))
    #expect(list.contains("[refused by ann]"))
    #expect(list.contains("the alarms were right in 1 of 2 answers"))
    let wrong = try bench.call(["alarms", path, "--epoch", "40", "--accept", "stuck"] + by)
    #expect(wrong.code == 2 && wrong.errors.contains("modes-lost"))
    let none = try bench.call(["alarms", path, "--epoch", "5", "--accept", "stuck"] + by)
    #expect(none.code == 2 && none.errors.contains("epoch 5 has none"))
    let readOnly = try bench.call(accept + ["--read-only"])
    #expect(readOnly.code == 2 && readOnly.errors.contains("--read-only"))
    let report = try bench.output(["report", path, "-o", "-"] + by)
    #expect(report.contains("right in 1 of 2 answers"))
    #expect(report.contains("Computed from the samples"))
    #expect(report.contains("- All metrics were computed from the samples; the run logged none"))
    #expect(!report.contains("- The metrics are as the run logged them"))
    let json = try object(try bench.output(["alarms", path, "--json"]))
    #expect(json["accepted"] as? Int == 1 && json["refused"] as? Int == 1)
    _ = try bench.output(["undo", path] + by)
    #expect(try bench.output(["alarms", path]).contains("right in 1 of 1 answers"))
    #expect(
      bench.run.text("review/ann.jsonl").contains("\"alarm\":\"modes-lost\",\"accepted\":false"))
  }

  /// What shows it is tagged with the digest of what was seen.
  @Test func samplesThatShowItAreTagged() throws {
    let bench = try Bench("memorising")
    let path = bench.run.path
    _ = try bench.output(["measure", path, "--metric", "audit", "ct"])
    let json = try object(try bench.output(["alarms", path, "--json"]))
    let last = try #require(
      (json["alarms"] as? [[String: Any]])?.last { $0["kind"] as? String == "memorised" })
    let samples = try #require(last["samples"] as? [Int])
    #expect(!samples.isEmpty && last["tag"] as? String == "memorised")
    let lines = try bench.lines([
      "alarms", path, "--epoch", "\(last["epoch"] as? Int ?? 0)", "--accept", "memorised",
      "--reviewer", "ann",
    ])
    #expect(lines.count == samples.count + 1)
    let journal = bench.run.text("review/ann.jsonl").split(separator: "\n")
    #expect(journal.dropFirst().allSatisfy { $0.contains("\"sha256\":\"") })
    let table = try bench.output([
      "rule", path, "--set", "select: max share(memorised)", "--reviewer", "ann",
    ])
    #expect(!table.isEmpty)
    #expect(
      try bench.output(["table", path, "--reviewer", "ann"]).hasSuffix(
        "selected_epoch: \(last["epoch"] as? Int ?? 0)\n"))
  }

  // MARK: The rule and the proof

  @Test func aRuleComputesWhatItNames() throws {
    let bench = try Bench("memorising")
    let path = bench.run.path
    try bench.write(
      bench.run.text("keepoch.toml").replacingOccurrences(
        of: "candidate = \"quality >= 0.30 and diversity >= 0.30\"",
        with: "candidate = \"near_copies < 0.05\""
      ).replacingOccurrences(
        of: "select = \"max quality where diversity >= 0.30\"",
        with: "select = \"max sharpness where `frechet[pca25]` < 1000 and copies == 0\""),
      to: "keepoch.toml")
    #expect(bench.run.text("keepoch.toml").contains("near_copies"))
    let names = try bench.output(
      ["measure", path, "--metric", "frechet"], cache: bench.cache + "-x")
    let space = try #require(
      names.split(separator: "[").dropFirst().first?.split(separator: "]").first)
    try bench.write(
      bench.run.text("keepoch.toml").replacingOccurrences(of: "pca25", with: String(space)),
      to: "keepoch.toml")
    let table = try bench.call(["table", path])
    #expect(table.code == 0, "\(table.errors)")
    #expect(table.errors.contains("computing copies, frechet[\(space)], near_copies, sharpness"))
    #expect(table.output.contains(" sharpness=") && !table.output.contains(" vendi["))
    #expect(!(try bench.call(["table", path]).errors.contains("computing")))
    #expect(try bench.output(["report", path, "--format", "json"]).hasSuffix("report.json\n"))
    // A machine that has never computed anything.
    for words in [[], ["--read-only"]] {
      let verify = try bench.call(
        ["verify", path + "/review/report.json"] + words,
        cache: "\(bench.cache)-empty\(words.count)")
      #expect(verify.code == 0 && verify.output.hasPrefix("same choice"), "\(verify)")
    }
    // A name that nobody can compute stays an error of the rule.
    let odd = try bench.call(["rule", path, "--set", "select: max sharpnes"])
    #expect(odd.code == 2 && odd.errors.contains("sharpnes"))
  }

  // MARK: Reference values

  @Test func metricValuesAreHeldAgainstAFolder() throws {
    let folder = NSTemporaryDirectory() + "keepoch-values-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(
      atPath: folder + "/data", withIntermediateDirectories: true)
    func array(_ name: String, _ descr: String, _ shape: String, _ bytes: [UInt8]) throws {
      let header = "{'descr': '\(descr)', 'fortran_order': False, 'shape': \(shape), }"
      let padded = header + String(repeating: " ", count: 117 - header.count) + "\n"
      let head: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0]
      try Data(head + Array(padded.utf8) + bytes).write(
        to: URL(fileURLWithPath: "\(folder)/data/\(name).npy"))
    }
    func doubles(_ values: [Double]) -> [UInt8] {
      values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
    }
    // Five distinct of eight; mean 1 and deviation sqrt(8/7) against mean 3 and twice that.
    try array("pixels", "|u1", "(8, 2, 2)", (0..<8).flatMap { [UInt8($0 % 5), 1, 2, 3] })
    try array("left", "<f8", "(8, 1)", doubles((0..<8).map { $0 % 2 == 0 ? 0 : 2 }))
    try array("right", "<f8", "(8, 1)", doubles((0..<8).map { $0 % 2 == 0 ? 1 : 5 }))
    func check(_ distance: Double) throws -> (code: Int32, output: String, errors: String) {
      let text = """
        {"toy": {
          "unique.ratio": {"value": 0.625, "inputs": ["pixels"], "abs": 1e-12, "rel": 0, "params": ""},
          "fid.distance": {"value": \(distance), "inputs": ["left", "right"], "abs": 1e-9, "rel": 0, "params": ""}
        }}
        """
      try text.write(toFile: folder + "/reference.json", atomically: true, encoding: .utf8)
      return try Bench("lab").call(["metric-values", folder])
    }
    let right = try check(4 + 8.0 / 7)
    #expect(right.code == 0 && right.output == "2 compared, 0 missed\n", "\(right)")
    let wrong = try check(4 + 8.0 / 7 + 1e-6)
    #expect(wrong.code == 1 && wrong.output == "2 compared, 1 missed\n", "\(wrong)")
    #expect(wrong.errors.contains("MISS toy fid.distance: got 5.14285"))
    #expect(try Bench("lab").call(["metric-values", folder + "/nowhere"]).code == 2)
  }
}
