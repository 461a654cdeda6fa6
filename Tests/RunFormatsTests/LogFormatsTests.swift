import ReviewCore
import ReviewReport
import RunFormats
import Testing

/// Logs as the libraries write them.
@Suite struct LogFormatsTests {
  private func read(_ text: String, _ path: String) throws -> [LoggedTable] {
    try read(Array(text.utf8), path).tables
  }

  private func read(
    _ bytes: [UInt8], _ path: String
  ) throws -> (tables: [LoggedTable], reading: String) {
    guard case .tables(let tables, let reading) = TableFile.read(bytes, path: path) else {
      Issue.record("\(path) is no table: \(TableFile.read(bytes, path: path))")
      return ([], "")
    }
    return (tables, reading)
  }

  /// The values of a column, by row.
  private func column(_ name: String, _ table: LoggedTable) throws -> [Double?] {
    let place = try #require(table.names.firstIndex(of: name))
    return table.rows.map { row in row.cells.first { $0.column == place }?.value }
  }

  @Test func lightningMergesItsRows() throws {
    let text = """
      epoch,lr-Adam,step,train_loss_epoch,train_loss_step,val_loss
      ,0.001,4,,,
      0,,4,,0.9,
      0,,9,,0.8,
      0,,9,,,0.7
      0,,9,0.85,,
      1,,14,,0.5,
      1,,19,,,0.6
      1,,19,0.55,,

      """
    let table = try #require(try read(text, "metrics.csv").first)
    #expect(table.rows.map { $0.step?.value } == [4, 9, 14, 19])
    #expect(table.rows.map { $0.epoch?.value } == [0, 0, 1, 1])
    #expect(try column("lr-Adam", table) == [0.001, nil, nil, nil])
    #expect(try column("val_loss", table) == [nil, 0.7, nil, 0.6])
    #expect(table.repeats.isEmpty && table.warnings.isEmpty)
    let scratch = try Scratch()
    try scratch.write("version_0/metrics.csv", text)
    let run = try RunOpener.open(scratch.path)
    #expect(run.axis == .epoch && run.checkpoints.count == 2)
    #expect(run.metric("val_loss", at: 1) == 0.6 && run.metric("train_loss_epoch", at: 0) == 0.85)
    #expect(run.checkpoints.map { $0.step?.value } == [9, 19])
    let series = try #require(run.series.first { $0.name == "train_loss_step" })
    #expect(Array(series.positions) == [4, 9, 14] && Array(series.values) == [0.9, 0.8, 0.5])
    #expect(run.column(named: "train_loss_step") == nil && run.warnings.isEmpty)
  }

  @Test func kerasCountsFromZero() throws {
    let table = try #require(
      try read(
        "epoch,loss,mae,val_loss\n0,0.3500232696533203,0.49,0.32\n1,0.32,0.47,nan\n", "training.csv"
      ).first)
    #expect(table.rows.map { $0.epoch?.value } == [0, 1])
    #expect(try column("loss", table)[0] == 0.3500232696533203)
    #expect(try column("val_loss", table)[1]?.isNaN == true)
  }

  @Test func aHeaderAgainAfterARestart() throws {
    let same = "epoch,loss\n1,0.9\n2,0.8\nepoch,loss\n2,0.7\n3,0.6\n"
    let table = try #require(try read(same, "train_log.csv").first)
    #expect(table.rows.map { $0.epoch?.value } == [1, 2, 3])
    #expect(try column("loss", table) == [0.9, 0.7, 0.6])
    #expect(table.warnings.isEmpty)
    let other = "loss,epoch\n0.9,1\nepoch,kl,loss\n2,3.5,0.7\n"
    let wider = try #require(try read(other, "train_log.csv").first)
    #expect(try column("loss", wider) == [0.9, 0.7] && column("kl", wider) == [nil, 3.5])
  }

  private static func trainerState(_ last: Int) -> String {
    var records: [String] = []
    for step in stride(from: 10, through: last, by: 10) {
      let epoch = NumberText.shortest(Double(step) / 25)
      records.append(
        #"{"epoch": \#(epoch), "grad_norm": NaN, "learning_rate": 5e-05, "loss": 0.\#(step), "step": \#(step)}"#
      )
      if step % 20 == 0 {
        records.append(
          #"{"epoch": \#(epoch), "eval_loss": 0.5\#(step), "eval_runtime": 0.1, "eval_samples_per_second": 9.9, "step": \#(step)}"#
        )
      }
    }
    return #"{"best_metric": null, "epoch": 1.6, "global_step": \#(last), "log_history": ["#
      + records.joined(separator: ",\n    ") + #"], "max_steps": 40, "total_flos": 0}"#
  }

  @Test func theTrainerOfHuggingFace() throws {
    let scratch = try Scratch()
    for last in [20, 40] {
      try scratch.write("checkpoint-\(last)/trainer_state.json", Self.trainerState(last))
    }
    let run = try RunOpener.open(scratch.path)
    #expect(run.checkpoints.map { $0.step?.value } == [20, 40])
    #expect(run.checkpoints.map { $0.epoch?.text } == ["0.8", "1.6"])
    #expect(run.metric("eval_loss", at: 0) == 0.520 && run.columns.count == 1)
    let loss = try #require(run.series.first { $0.name == "loss" })
    #expect(Array(loss.positions) == [10, 20, 30, 40] && Array(loss.values)[3] == 0.4)
    #expect(run.column(named: "eval_runtime") == nil)
    #expect(
      run.reading.contains {
        $0.contains("checkpoint-20/trainer_state.json: superseded by checkpoint-40")
      })
    // The last one is broken: the one before has most.
    let cut = Self.trainerState(60).prefix(300)
    try scratch.write("checkpoint-60/trainer_state.json", String(cut))
    let again = try RunOpener.open(scratch.path)
    #expect(again.checkpoints.count == 2)
    let warning = again.warnings.first { $0.code == .badTable }
    #expect(warning?.path == "checkpoint-60/trainer_state.json")
    #expect(warning?.message.contains("byte 300") == true)
  }

  @Test func linesOfJSON() throws {
    let text = """
      {"epoch": 1, "loss": NaN, "val": {"fid": 30.5}, "time": 12.5, "note": "first"}
      not json

      {"epoch": 2, "loss": 1e400, "val": {"fid": "20.5"}, "done": true}
      {"lr": 3}
      {"epoch": 3, "lo
      """
    let table = try #require(try read(text, "log.jsonl").first)
    #expect(table.names == ["loss", "val/fid"])
    #expect(table.rows.map(\.line) == [1, 4] && table.rows[0].note == "first")
    #expect(try column("val/fid", table) == [30.5, 20.5])
    #expect(try column("loss", table)[1] == .infinity)
    #expect(table.warnings.map(\.code) == [.badTable, .tornLine, .badNumber])
    #expect(table.warnings[0].message.contains("line 2"))
  }

  @Test func styleGAN() throws {
    let scratch = try Scratch()
    let fid = [0, 200, 400].map { kimg in
      #"{"results": {"fid50k_full": \#(300 - kimg / 2)}, "metric": "fid50k_full", "total_time": 9.5, "#
        + #""snapshot_pkl": "network-snapshot-\#(kimg == 0 ? "000000" : "000\(kimg)").pkl", "timestamp": 1600000000.5}"#
    }
    try scratch.write("metric-fid50k_full.jsonl", fid.joined(separator: "\n") + "\n")
    let stats = [0.1, 200.1].map { kimg in
      #"{"Loss/G/loss": {"num": 64, "mean": \#(kimg), "std": 0.5}, "Empty": {"num": 0, "mean": NaN, "std": NaN}, "#
        + #""Progress/tick": {"num": 1, "mean": 0.0, "std": 0.0}, "Progress/kimg": {"num": 1, "mean": \#(kimg), "std": 0.0}, "#
        + #""Timing/sec_per_kimg": {"num": 1, "mean": 30.0, "std": 0.0}, "timestamp": 1600000000.5}"#
    }
    try scratch.write("stats.jsonl", stats.joined(separator: "\n") + "\n")
    let run = try RunOpener.open(scratch.path)
    #expect(run.axis == .step && run.checkpoints.map { $0.step?.value } == [0, 200, 400])
    #expect(run.columns.map(\.metric.name) == ["fid50k_full"])
    #expect(run.metric("fid50k_full", at: 2) == 100)
    #expect(run.series.map(\.name) == ["Loss/G/loss"])
    #expect(
      Array(run.series[0].positions) == [0.1, 200.1] && Array(run.series[0].values) == [0.1, 200.1])
    #expect(run.warnings.isEmpty)
  }

  @Test(arguments: [
    "time/total_timesteps", "total_timesteps", "misc/total_timesteps", "nupdates", "iterations",
  ])
  func baselines(_ name: String) throws {
    let text = "rollout/reward,time/fps,\(name),train/loss\n1.5,900,2048,\n2.5,910,4096,0.25\n"
    let table = try #require(try read(text, "progress.csv").first)
    #expect(table.rows.map { $0.step?.value } == [2048, 4096])
    #expect(table.names == ["rollout/reward", "train/loss"])
  }

  @Test func longForm() throws {
    let text = "step,metric,value,timestamp\n100,fid,30.5,1\n100,kid,0.02,2\n200,fid,20.5,3\n"
    let table = try #require(try read(text, "scores.csv").first)
    #expect(table.names == ["fid", "kid"] && table.repeats.isEmpty)
    #expect(try column("fid", table) == [30.5, 20.5] && column("kid", table) == [0.02, nil])
    let lines =
      #"{"step": 1, "name": "fid", "value": 3}"# + "\n" + #"{"step": 1, "name": "kid", "value": 4}"#
    let same = try #require(try read(lines, "log.jsonl").first)
    #expect(same.names == ["fid", "kid"] && same.rows.count == 1)
    // Another column of numbers: the roles are not clear, so nothing is turned.
    let wide = try #require(try read("step,name,value,fid\n1,a,2,3\n", "scores.csv").first)
    #expect(wide.names == ["value", "fid"])
  }

  @Test func decimalCommas() throws {
    let read = try read(Array("epoch;quality;diversity\n1;0,68;0,5\n2;1,5e-1;1\n".utf8), "m.csv")
    #expect(try column("quality", read.tables[0]) == [0.68, 0.15])
    #expect(read.reading.contains("comma"))
    let mixed = try self.read("epoch;quality\n1;0,68\n2;0.7\n", "m.csv")
    #expect(try column("quality", mixed[0]) == [nil, 0.7])
    let thousands = try self.read("epoch,quality\n1,\"1,234\"\n2,3\n", "m.csv")
    #expect(try column("quality", thousands[0]) == [nil, 3])
    #expect(mixed[0].warnings.map(\.code) == [.badNumber])
  }

  @Test func otherEncodings() throws {
    let text = "epoch,quality,note\n1,0.5,schön “gut”\n2,0.6,b\n"
    var little: [UInt8] = [0xFF, 0xFE]
    var big: [UInt8] = []
    for unit in text.utf16 {
      little += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      big += [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    }
    let latin =
      Array("epoch,quality,note\n1,0.5,sch".utf8) + [0xF6] + Array("n ".utf8) + [0x93]
      + Array("gut".utf8) + [0x94] + Array("\n2,0.6,b\n".utf8)
    let marked = [0xEF, 0xBB, 0xBF] + Array(text.replacing("\n", with: "\r\n").utf8)
    for (bytes, name) in [
      (little, "UTF-16"), (big, "UTF-16"), (latin, "Windows-1252"), (marked, ""),
    ] {
      let read = try read(bytes, "metrics.csv")
      #expect(read.tables.first?.rows.map(\.note) == ["schön “gut”", "b"], "\(name)")
      #expect(read.reading == name)
    }
    // A last character that is not whole yet changes nothing.
    let torn = Array("epoch,quality,note\n1,0.5,schön\n2,0.6,".utf8) + [0xC3]
    #expect(try read(torn, "metrics.csv").tables[0].rows[0].note == "schön")
  }

  @Test func manyWarningsBecomeFew() throws {
    let rows = (1...5_000).map { "\($0),x\($0),1" }
    let table = try #require(
      try read("epoch,quality,kl\n0,1,1\n\(rows.joined(separator: "\n"))\n", "m.csv").first)
    #expect(table.rows.count == 5_001)
    #expect(table.warnings.count == 21 && table.warnings[20].message.contains("4980 more"))
  }

  @Test func aLogOfEvaluationsBesideSamples() throws {
    let scratch = try Scratch()
    for step in [100, 200] {
      let picture = grid(columns: 2, rows: 2, size: 8, padding: 2, seed: UInt64(step))
      try scratch.write("samples_step_\(step).png", PNGWriter.bytes(of: picture))
    }
    let lines = stride(from: 20, through: 200, by: 20).map { step in
      #"{"step": \#(step), "loss": 0.5\#(step % 100 == 0 ? #", "fid": \#(300 - step)"# : "")}"#
    }
    try scratch.write("run.jsonl", lines.joined(separator: "\n") + "\n")
    let run = try RunOpener.open(scratch.path)
    #expect(run.checkpoints.map { $0.step?.value } == [100, 200])
    #expect(run.metric("fid", at: 1) == 100 && run.columns.count == 1)
    #expect(run.series.map(\.name) == ["loss"] && run.series[0].values.count == 10)
  }

  @Test func stepsThatBeginAgain() throws {
    let text = "epoch,iter,loss\n0,0,9\n0,50,8\n1,0,7\n1,50,6\n"
    let read = try read(Array(text.utf8), "train.csv")
    #expect(read.tables[0].rows.map { $0.epoch?.value } == [0, 1])
    #expect(try column("loss", read.tables[0]) == [8, 6])
    #expect(read.reading.contains("begin again"))
    // Going back in both is a restart: the later row counts.
    let restart = try self.read("epoch,step,loss\n0,9,5\n1,19,4\n1,19,3\n2,29,2\n", "train.csv")
    #expect(try column("loss", restart[0]) == [5, 3, 2])
    #expect(restart[0].repeats.map(\.later) == [4])
  }

  @Test func evaluationsWithinAnEpochAreCheckpoints() throws {
    let scratch = try Scratch()
    try scratch.write("eval.csv", "epoch,step,fid\n0,500,9\n0,1000,8\n1,1500,7\n")
    let run = try RunOpener.open(scratch.path)
    #expect(run.axis == .step && run.checkpoints.count == 3 && run.warnings.isEmpty)
  }

  @Test func aRestartOfALogIsSaid() throws {
    let scratch = try Scratch()
    try scratch.write("metrics.csv", "epoch,quality\n1,0.5\n")
    try scratch.write("train_log.csv", "step,loss\n1,9\n2,8\n2,7\n3,6\n")
    let run = try RunOpener.open(scratch.path)
    #expect(Array(run.series[0].values) == [9, 7, 6] && run.warnings.isEmpty)
    #expect(run.reading.contains { $0.contains("twice at 1 place,") })
  }

  @Test func picturesOfStyleGANAreAtTheirSteps() throws {
    let scratch = try Scratch()
    for kimg in ["000000", "000200"] {
      let picture = grid(columns: 4, rows: 4, size: 8, padding: 2, seed: UInt64(kimg.count))
      try scratch.write("fakes\(kimg).png", PNGWriter.bytes(of: picture))
    }
    try scratch.write(
      "metric-fid50k_full.jsonl",
      ["000000", "000200"].map {
        #"{"results": {"fid50k_full": 9}, "metric": "f", "snapshot_pkl": "network-snapshot-\#($0).pkl"}"#
      }.joined(separator: "\n") + "\n")
    let run = try RunOpener.open(scratch.path)
    #expect(run.axis == .step && run.checkpoints.count == 2)
    #expect(run.checkpoints.allSatisfy { $0.samples != nil })
    #expect(run.metric("fid50k_full", at: 1) == 9)
  }

  @Test func aRunWithoutAnythingSaysWhatItSaw() throws {
    let scratch = try Scratch()
    try scratch.write("train.log", "Epoch 3 loss 1\nEpoch 1 loss 2\n")
    let error = #expect(throws: RunError.self) { try RunOpener.open(scratch.path) }
    #expect(error?.why.contains("epochs do not ascend") == true)
  }

  @Test func whatIsNoTable() {
    for (text, path) in [
      ("", "a.csv"), ("a,b\n1,2\n", "a.csv"), ("{}", "log.json"), ("[1,2]", "log.json"),
      ("{\"epoch\": 1", "log.json"), ("{\"lr\": 1}\n{\"lr\": 2}\n", "a.jsonl"),
      ("\0\u{1}", "a.csv"),
      ("hello\nworld\n", "train.log"),
    ] {
      guard case .notATable(let failure) = TableFile.read(Array(text.utf8), path: path) else {
        Issue.record("\(path) with \(text) is a table")
        continue
      }
      #expect(!failure.reason.isEmpty)
    }
    #expect(!TableFile.mayBeTable("config.json") && !TableFile.mayBeTable("debug-internal.log"))
    #expect(
      TableFile.mayBeTable("checkpoint-5/trainer_state.json") && TableFile.mayBeTable("a.TSV"))
  }
}
