import ReviewCore
import Testing

@testable import RunFormats

/// Every reader of text ends, whatever is in the bytes: cut at every place, and changed at random.
@Suite struct DamagedTextTests {
  private static let tableTexts: [(path: String, text: String)] = [
    ("m.csv", "epoch,quality,note\n1,0.5,\"a, \"\"b\"\"\"\n2,nan,\u{e4}\nepoch,quality\n3,1e5,\n"),
    ("m.tsv", "step;q;r\n1;0,5;x\n2;1,5e3;\n"),
    ("t.csv", "step,metric,value\n1,a,2\n1,b,3\n2,a,4\n"),
    (
      "l.jsonl",
      "{\"epoch\": 1, \"v\": {\"a\": NaN}}\n{\"epoch\": 2, \"v\": {\"a\": \"\\u00e9\"}}\n"
    ),
    (
      "s.jsonl",
      "{\"results\": {\"f\": 1}, \"metric\": \"f\", \"snapshot_pkl\": \"n-000200.pkl\"}\n"
    ),
    (
      "trainer_state.json",
      "{\"log_history\": [{\"epoch\": 0.5, \"loss\": 1e400, \"step\": 5}, {\"step\": 6, \"eval_loss\": -1}]}"
    ),
    ("history.json", "{\"loss\": [1, 2, null], \"kl\": [1, NaN, 3]}"),
    ("log.json", "{\"epoch_1\": {\"a\": 1}, \"epoch_2\": {\"a\": 2}}"),
    (
      "train.log",
      "[Epoch 0/2] [D loss: 0.3, acc: 4%]\n[Epoch 1/2] [D loss: -0.2, acc: 5%]\n\u{1B}[1mx\u{8}y\n"
    ),
  ]
  private static let settingTexts: [(path: String, text: String)] = [
    ("hparams.yaml", "a: &x {b: [1, '2'], c: !!python/tuple [~]}\nd: {<<: *x}\ne: |\n  text\n"),
    (".hydra/overrides.yaml", "- a=1\n- +b.c=[x]\n"),
    ("config.json", "{\"a\": {\"b\": [1, {\"c\": NaN}]}}"),
    ("config.toml", "a = 1\n[b]\nc = [1, {d = 2}]\n"),
  ]

  private func read(_ bytes: [UInt8], _ path: String) -> Int {
    guard case .tables(let tables, _) = TableFile.read(bytes, path: path) else { return 0 }
    for table in tables {
      #expect(table.rows.allSatisfy { $0.epoch != nil || $0.step != nil })
      #expect(
        table.rows.allSatisfy { $0.cells.allSatisfy { table.names.indices.contains($0.column) } })
      _ = table.series
      _ = table.byEpochs
      _ = table.keeping(table.columnsOfEpochs, role: .log)
    }
    return tables.count
  }

  private func readSettings(_ bytes: [UInt8], _ path: String) -> Int {
    let read = SettingsFile.read(bytes, path: path)
    _ = SettingsInference(read.settings)
    return read.settings.count
  }

  private func damage(
    _ text: String, seed: UInt64, _ body: ([UInt8]) -> Void
  ) {
    let bytes = Array(text.utf8)
    for length in 0...bytes.count { body(Array(bytes[..<length])) }
    var dice = SplitMix64(seed: seed)
    let signs = Array("\0\n\r\"\\,;:{}[]()&*!|-.eE+0919aN\u{8}\u{1B} /".utf8) + [0xFF, 0xC3, 0xFE]
    for _ in 0..<1_000 {
      var changed = bytes
      for _ in 0...dice.next(below: 3) {
        let place = Int(dice.next(below: UInt64(changed.count)))
        let sign = signs[Int(dice.next(below: UInt64(signs.count)))]
        switch dice.next(below: 4) {
        case 0: changed.insert(sign, at: place)
        case 1: changed.remove(at: place)
        case 2: changed[place] ^= 1 << UInt8(dice.next(below: 8))
        default: changed[place] = sign
        }
        if changed.isEmpty { changed = [sign] }
      }
      body(changed)
    }
  }

  @Test(arguments: tableTexts.indices)
  func tables(_ index: Int) {
    let (path, text) = Self.tableTexts[index]
    #expect(read(Array(text.utf8), path) > 0)
    damage(text, seed: UInt64(index)) { bytes in
      _ = read(bytes, path)
      _ = try? JSONReader.value(in: bytes)
    }
  }

  @Test(arguments: settingTexts.indices)
  func settings(_ index: Int) {
    let (path, text) = Self.settingTexts[index]
    #expect(readSettings(Array(text.utf8), path) > 0)
    damage(text, seed: UInt64(index)) { _ = readSettings($0, path) }
  }

  /// A file of a few hundred kilobytes must not become gigabytes, or minutes.
  @Test(arguments: [4, 5])
  func aQuoteInEachRowSwallowsNone(_ count: Int) throws {
    let rows = (0..<count).map { "\($0),\($0),\"x\n" }.joined()
    let scratch = try Scratch()
    try scratch.write("metrics.csv", "epoch,a,note\n" + rows)
    let run = try RunOpener.open(scratch.path)
    #expect(run.checkpoints.count == count)
    #expect(run.checkpoints.allSatisfy { $0.note == "\"x" })
    #expect(run.warnings.map(\.code) == [.badTable])
    #expect(run.warnings.first?.message.contains("line 2 would swallow") == true)
  }

  @Test func notesOverSeveralLinesStay() throws {
    let scratch = try Scratch()
    let text = "epoch,a,note\n1,1,\"one\n2 things, and,\nmore\"\n2,1,\"b\n\n3,4\"\n"
    try scratch.write("metrics.csv", text)
    let run = try RunOpener.open(scratch.path)
    #expect(run.warnings.isEmpty && run.checkpoints.count == 2)
    #expect(run.checkpoints.first?.note == "one\n2 things, and,\nmore")
  }

  @Test func whatGrowsWithItsSquare() throws {
    let many = 60_000
    let scratch = try Scratch()
    // As many columns as rows, each row with one field.
    try scratch.write(
      "wide_metrics.csv",
      "epoch," + (0..<many).map { "m\($0)" }.joined(separator: ",") + "\n"
        + (0..<many).map { "\($0)\n" }.joined())
    // A new key in each line.
    try scratch.write(
      "keys_metric.jsonl", (0..<many).map { "{\"epoch\":\($0),\"k\($0)\":1}\n" }.joined())
    // A long name above many short ones.
    let long = String(repeating: "k", count: 100_000)
    try scratch.write(
      "deep_metric.jsonl",
      "{\"epoch\":1,\"\(long)\":{" + (0..<many).map { "\"\($0)\":1" }.joined(separator: ",")
        + "}}\n")
    // The same place in every line.
    try scratch.write("same_metric.csv", "epoch,q\n" + String(repeating: "1,2\n", count: many))
    // A header again before each row.
    try scratch.write("again_metric.csv", String(repeating: "epoch,q\n1,2\n", count: many))
    let clock = ContinuousClock()
    var run: Run?
    let time = try clock.measure { run = try RunOpener.open(scratch.path) }
    let cells = (run?.columns.count ?? 0) * (run?.checkpoints.count ?? 0)
    #expect(run?.checkpoints.count == many)
    #expect(cells <= 4_000_000)
    #expect(time < .seconds(20))
  }
}
