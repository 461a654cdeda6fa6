import ReviewCore
import Testing

@Suite struct MetricNameTests {
  @Test(arguments: [
    "fid", "FID", "metrics/fid", "eval/fid", "val/fid", "val_fid", "test_fid", "fid50k_full",
    "metrics/fid50k_full", "val.fid", "FID/val", "fid_score", "fid_mean", "KID", "kid50k_full",
    "eval_loss", "val_loss", "val/loss", "Loss/train", "loss", "train/epoch_loss", "valLoss",
    "recon_loss", "loss_recon", "wasserstein", "lpips", "test/mse", "ppl2_wend", "eval_perplexity",
  ])
  func lowerIsBetter(_ name: String) { #expect(Metric(name: name).direction == .lower) }

  @Test(arguments: [
    "quality", "diversity", "val/ssim", "IS", "metrics/IS", "is50k_mean", "inception_score",
    "pr50k3_full_precision", "eval/recall", "val_psnr", "Accuracy/test", "val_acc", "coverage",
    "clip_score", "fidelity",
  ])
  func higherIsBetter(_ name: String) { #expect(Metric(name: name).direction == .higher) }

  @Test(arguments: [
    "g_loss", "d_loss", "loss_G", "Loss_D", "Loss/G/loss", "lossG", "disc_loss", "adv_loss", "kl",
    "lr", "is", "is50k_std", "fid_std", "D(x)", "score", "", "/", "metrics/", "epoch", "50k",
    "best", "grad_norm", "quality_of_life",
  ])
  func theFieldDoesNotAgree(_ name: String) { #expect(Metric(name: name).direction == nil) }

  private func rule(_ names: [String], _ declared: [String: Metric.Direction] = [:]) throws
    -> String
  {
    var run = Run(
      name: "r", path: "r", format: .table, checkpoints: [Checkpoint(epoch: AxisValue(1))],
      columns: names.map {
        MetricColumn(metric: Metric(name: $0, direction: declared[$0]), values: [1])
      })
    run.declaration.directions = declared
    let text = try RuleInForce(run: run).text.text
    let line = text.split(separator: "\n").first { $0.hasPrefix("select:") } ?? ""
    return line.dropFirst(7).trimmingPrefix(while: { $0 == " " }).description
  }

  @Test func theRuleAsksQualityFirstThenValidationLosses() throws {
    #expect(
      try rule(["train/epoch_loss", "validation/epoch_loss"]) == "min `validation/epoch_loss`")
    #expect(try rule(["loss", "val_loss", "eval/fid"]) == "min `eval/fid`")
    #expect(try rule(["loss", "val_loss"]) == "min val_loss")
    #expect(try rule(["train_loss", "loss"]) == "min loss")
    #expect(try rule(["train_accuracy", "val_loss"]) == "min val_loss")
    #expect(try rule(["precision", "kid", "fid"]) == "min fid")
    #expect(try rule(["recall", "precision"]) == "max recall")
    #expect(try rule(["train_loss"]) == "min train_loss")
    #expect(try rule(["fid", "quality", "diversity"]) == "max quality where diversity >= 0.55")
    #expect(try rule(["g_loss", "d_loss"]) == "max rating where not rejected")
    #expect(try rule(["val_loss", "charm"], ["charm": .higher]) == "max charm")
    #expect(try rule(["g_loss"], ["g_loss": .lower]) == "min g_loss")
  }
}
