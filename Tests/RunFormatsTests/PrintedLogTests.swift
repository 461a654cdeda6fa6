import ReviewCore
import RunFormats
import Testing

/// What scripts print, as far as it is unambiguous.
@Suite struct PrintedLogTests {
  private func read(_ text: String) -> Result<LoggedTable, TableFailure> {
    switch TableFile.read(Array(text.utf8), path: "train.log") {
    case .tables(let tables, _): return .success(tables[0])
    case .notATable(let failure): return .failure(failure)
    }
  }

  private struct Expected {
    let names: [String]
    let epochs: [Double?]
    let steps: [Double?]
    let last: [Double]

    init(_ names: [String], epochs: [Double?], steps: [Double?], last: [Double]) {
      self.names = names
      self.epochs = epochs
      self.steps = steps
      self.last = last
    }
  }

  private func expect(_ text: String, _ wanted: Expected) throws {
    let table = try read(text).get()
    #expect(table.names == wanted.names)
    #expect(table.rows.map { $0.epoch?.value } == wanted.epochs)
    #expect(table.rows.map { $0.step?.value } == wanted.steps)
    #expect(table.rows.last?.cells.map(\.value) == wanted.last)
    #expect(table.repeats.isEmpty)
  }

  @Test func oneLineAnEpoch() throws {
    try expect(
      "Epoch 1/10 - loss: 0.53 - val_loss: 0.61\nEpoch 2/10 - loss: 0.43 - val_loss: 5.1e-01\n",
      Expected(["loss", "val_loss"], epochs: [1, 2], steps: [nil, nil], last: [0.43, 0.51]))
    try expect(
      "2026-01-02 10:00:00,123 INFO epoch=1 loss=0.5 lr=1e-4\n"
        + "2026-01-02 10:01:00,456 INFO epoch=2 loss=-0.25 lr=1e-4\n",
      Expected(["loss", "lr"], epochs: [1, 2], steps: [nil, nil], last: [-0.25, 0.0001]))
  }

  @Test func stepsOfALanguageModel() throws {
    try expect(
      "number of parameters: 10.65M\nstep 0: train loss 4.2, val loss 4.3\n"
        + "iter 0: loss 4.2874, time 2043.25ms, mfu -100.00%\n"
        + "step 250: train loss 2.1, val loss 1.9\n"
        + "iter 250: loss 2.2, time 20.01ms, mfu 3.1%\n",
      Expected(
        ["train_loss", "val_loss", "loss"], epochs: [nil, nil], steps: [0, 250],
        last: [2.1, 1.9, 2.2]
      ))
  }

  @Test func theLastBatchOfAnEpochCounts() throws {
    try expect(
      "[Epoch 0/200] [Batch 3/938] [D loss: 0.30] [G loss: 1.2]\n"
        + "[Epoch 0/200] [Batch 4/938] [D loss: 0.35] [G loss: 1.1]\n"
        + "[Epoch 1/200] [Batch 3/938] [D loss: 0.25, acc.: 45.31%] [G loss: 1.5]\n"
        + "[Epoch 1/200] [Batch 4/938] [D loss: 0.22] [G loss: 1.7]\n",
      Expected(["D_loss", "G_loss"], epochs: [0, 1], steps: [nil, nil], last: [0.22, 1.7]))
    try expect(
      "[0/5][0/1583]\tLoss_D: 1.7\tLoss_G: 6.0\tD(x): 0.5\tD(G(z)): 0.5 / 0.003\n"
        + "[1/5][50/1583]\tLoss_D: 0.2\tLoss_G: 5.0\tD(x): 0.6\tD(G(z)): 0.4 / 0.002\n",
      Expected(
        ["Loss_D", "Loss_G", "D(x)", "D(G(z))"], epochs: [0, 1], steps: [nil, nil],
        last: [0.2, 5, 0.6, 0.4]))
    try expect(
      "Epoch [1/5], Step [100/600], Loss: 0.5\nEpoch [1/5], Step [200/600], Loss: 0.4\n"
        + "Epoch [2/5], Step [100/600], Loss: 0.3\n",
      Expected(["Loss"], epochs: [1, 2], steps: [nil, nil], last: [0.3]))
  }

  @Test func keras() throws {
    try expect(
      "Epoch 1/2\n2/2 - 0s - 123ms/step - loss: 0.3500 - mae: 0.4957\n"
        + "Epoch 2/2\n2/2 - 0s - 20ms/step - loss: 0.3210 - mae: 0.4711\n",
      Expected(["loss", "mae"], epochs: [1, 2], steps: [nil, nil], last: [0.3210, 0.4711]))
    let bar =
      "\u{1B}[1m1/2\u{1B}[0m \u{1B}[32m━━━━\u{1B}[0m \u{1B}[1m0s\u{1B}[0m 11ms/step - loss: 0.9"
    let back = String(repeating: "\u{8}", count: 40)
    let end = "2/2 ━━━━ 0s 44ms/step - loss: 0.2731 - val_loss: 0.258"
    try expect(
      "Epoch 1/2\n\(bar)\(back)\(end)\nEpoch 2/2\n\(bar)\(back)\(end)\n",
      Expected(["loss", "val_loss"], epochs: [1, 2], steps: [nil, nil], last: [0.2731, 0.258]))
  }

  @Test(arguments: [
    "Epoch 1 loss 0.5\n",
    "Epoch 1 loss 0.5\nEpoch 2 loss 0.4",
    "Epoch 3 loss 0.5\nEpoch 1 loss 0.4\nEpoch 2 loss 0.3\n",
    "step 10 loss 1\nstep 20 loss 1\nepoch 1 val 2\nepoch 2 val 2\n",
    "loss 0.5\nloss 0.4\n", "Downloading 10%\nDownloading 20%\n", "Epoch 1\nEpoch 2\n",
  ])
  func whatIsAmbiguous(_ text: String) {
    #expect(throws: TableFailure.self) { try read(text).get() }
  }

  @Test(arguments: [
    "nohup.out", "out.txt", "slurm-4711.out", "vae.out", "slurm-4711.txt", "stdout.txt",
  ])
  func outputsOfShellsAndQueues(_ name: String) throws {
    let scratch = try Scratch()
    try scratch.write("metrics.csv", "epoch,quality\n1,0.5\n2,0.6\n")
    try scratch.write("logs/\(name)", "started\nEpoch 1 loss 1\nEpoch 2 loss 2\n")
    let run = try RunOpener.open(scratch.path)
    #expect(run.series.map(\.name) == ["loss"] && run.warnings.isEmpty)
  }

  @Test func theRunSaysWhyALogIsLeftOut() throws {
    let scratch = try Scratch()
    try scratch.write("metrics.csv", "epoch,quality\n1,0.5\n")
    try scratch.write("train.log", "started\nEpoch 3 loss 1\nEpoch 1 loss 2\n")
    let run = try RunOpener.open(scratch.path)
    #expect(run.warnings.isEmpty)
    #expect(run.reading.contains { $0.hasPrefix("train.log: left out: its epochs do not ascend") })
  }
}
