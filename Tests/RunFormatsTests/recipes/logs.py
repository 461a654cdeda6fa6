"""Metric logs: tables, JSON lines, and the logs of Lightning, transformers, baselines, StyleGAN."""
import csv
import io
import json
import logging
import os
import os
import warnings

import numpy as np
import pandas
import torch
from PIL import Image
from torchvision.utils import save_image

import common as c

warnings.filterwarnings("ignore")
logging.getLogger("lightning").setLevel(logging.ERROR)
NOTES = {1: "blobs", 5: "strokes, but thick", 10: "he said \"readable\"", 20: "two\nlines", 40: ""}
EPOCHS = tuple(NOTES)


def grid(path, epoch, count=8, size=12, **how):
    path.parent.mkdir(parents=True, exist_ok=True)
    save_image(torch.from_numpy(c.samples(epoch, count, size))[:, None], path, **how)
    with Image.open(path) as picture:
        gray = c.gray_of(picture)
    pad = how.get("padding", 2)
    return c.sample_set(c.cells(gray, count, how.get("nrow", 8), size, pad))


def row(values, notes=True):
    """A checkpoint from {column: text or number} as a reading library gave it."""
    out = {"epoch": c.number(values["epoch"]),
           "metrics": {k: c.number(v) for k, v in values.items() if k not in ("epoch", "note")}}
    note = values.get("note")
    if isinstance(note, str) and note:
        out["note"] = note
    return out


def table(name, frame, **how):
    """pandas writes and reads; how is what both need to know."""
    folder = c.fresh(name)
    path = folder / how.pop("file", "metrics.csv")
    line = how.pop("lineterminator", "\n")
    frame.to_csv(path, index=False, lineterminator=line, **how)
    back = pandas.read_csv(path, float_precision="round_trip", keep_default_na=False,
                           na_values=[""], **how)
    c.keep(name)
    rows = []
    for record in back.to_dict("records"):
        record = {k: v for k, v in record.items() if not (isinstance(v, float) and np.isnan(v))}
        rows.append(row(record))
    c.expect(name, {"axis": "epoch", "checkpoints": sorted(rows, key=lambda r: r["epoch"])})


def tables():
    whole = pandas.DataFrame({
        "epoch": EPOCHS, "quality": [c.quality(e) for e in EPOCHS],
        "diversity": [c.diversity(e) for e in EPOCHS], "note": [NOTES[e] for e in EPOCHS]})
    table("csv-plain", whole)
    table("csv-bom-semicolon-decimal-comma", whole, sep=";", decimal=",", encoding="utf-8-sig",
          lineterminator="\r\n", file="Auswertung metrics.csv")
    named = whole.assign(note=["flou", "déjà lisible", "très net", "à garder", "rien"])
    table("csv-utf16", named, sep="\t", encoding="utf-16", lineterminator="\r\n",
          file="metrics.txt")
    table("csv-latin1", named, encoding="latin-1")

    folder = c.fresh("csv-ragged-duplicates-unsorted")
    text = ("epoch,quality,diversity,fid\n20,0.6,0.7,12.5\n5,0.4,0.8\n10,0.5,0.75,30,what is this\n"
            "\n10,0.55,0.74,28\n1,0.2,0.9,nan\n40,,0.5,inf\n60,0.8,0.4,-\n")
    (folder / "metrics.csv").write_text(text)
    seen = {}
    for values in csv.DictReader(io.StringIO(text)):
        values = {k: float(v) for k, v in values.items() if k and v not in (None, "", "-")}
        seen[values["epoch"]] = row(values)
    c.keep("csv-ragged-duplicates-unsorted")
    c.expect("csv-ragged-duplicates-unsorted",
             {"axis": "epoch", "checkpoints": [seen[e] for e in sorted(seen)]})

    folder = c.fresh("csv-tidy")
    tidy = whole.drop(columns="note").melt("epoch", var_name="metric")
    tidy.to_csv(folder / "metrics.csv", index=False)
    back = pandas.read_csv(folder / "metrics.csv", float_precision="round_trip")
    wide = back.pivot(index="epoch", columns="metric", values="value").reset_index()
    c.keep("csv-tidy")
    c.expect("csv-tidy", {"axis": "epoch", "checkpoints": [
        row(r) for r in wide[["epoch", "quality", "diversity"]].to_dict("records")]})


def json_lines():
    folder = c.fresh("jsonl")
    with open(folder / "metrics.jsonl", "w") as file:
        for epoch in EPOCHS:
            fid = {1: float("nan"), 5: float("inf"), 10: float("-inf")}.get(epoch, 100 / epoch)
            record = {"epoch": epoch, "quality": c.quality(epoch), "diversity": c.diversity(epoch),
                      "fid": fid, "note": NOTES[epoch]}
            file.write(json.dumps(record) + "\n")
    rows = [row(json.loads(line)) for line in open(folder / "metrics.jsonl")]
    c.keep("jsonl")
    c.expect("jsonl", {"axis": "epoch", "checkpoints": rows})


def lightning():
    import lightning
    from lightning.pytorch.callbacks import Callback
    from lightning.pytorch.loggers import CSVLogger, TensorBoardLogger

    class Model(lightning.LightningModule):
        def __init__(self, latent_dim=8, lr=0.01):
            super().__init__()
            self.save_hyperparameters()
            self.net = torch.nn.Linear(latent_dim, 144)

        def training_step(self, batch, index):
            out = torch.nn.functional.mse_loss(self.net(batch[0]), batch[1])
            self.log("train_loss", out)
            return out

        def validation_step(self, batch, index):
            self.log("val_quality", c.quality(self.current_epoch))
            self.log("val_diversity", c.diversity(self.current_epoch))

        def configure_optimizers(self):
            return torch.optim.SGD(self.parameters(), self.hparams.lr)

    class Draw(Callback):
        def on_validation_epoch_end(self, trainer, module):
            if trainer.sanity_checking:
                return
            path = c.pathlib.Path(trainer.logger.log_dir) / "samples"
            found.append(grid(path / f"epoch_{trainer.current_epoch:03}.png",
                              trainer.current_epoch))

    class Images(Callback):
        """The habit of Lightning's own GAN example: on_train_epoch_end, logger.experiment."""
        def on_train_epoch_end(self, trainer, module):
            from torchvision.utils import make_grid

            x = torch.from_numpy(c.samples(trainer.current_epoch, 8, 12))[:, None]
            trainer.logger.experiment.add_image("generated_images", make_grid(x),
                                                trainer.current_epoch)

    def data():
        lightning.seed_everything(3, verbose=False)
        z = torch.randn(40, 8)
        x = torch.from_numpy(c.samples(9, 40, 12)).reshape(40, 144)
        return torch.utils.data.DataLoader(torch.utils.data.TensorDataset(z, x), batch_size=4)

    def fit(logger, callback, epochs):
        lightning.Trainer(
            max_epochs=epochs, logger=logger, callbacks=[callback], log_every_n_steps=5,
            accelerator="cpu", enable_progress_bar=False, enable_model_summary=False,
            enable_checkpointing=False, default_root_dir=c.WORK).fit(Model(), data(), data())

    folder = c.fresh("csv-lightning")
    found = []
    fit(CSVLogger(folder, name="", version=""), Draw(), 4)
    rows = {}
    for values in csv.DictReader(open(folder / "metrics.csv")):
        rows.setdefault(int(values["epoch"]), {}).update(
            {k: float(v) for k, v in values.items() if v and k.startswith("val_")})
    c.keep("csv-lightning")
    c.expect("csv-lightning", {"axis": "epoch", "latentShape": [8], "checkpoints": [
        {"epoch": e, "metrics": {k: c.number(v) for k, v in rows[e].items()}, "samples": found[e]}
        for e in sorted(rows)]})

    # Two runs of one script: lightning_logs/version_0 and version_1.
    c.still_clock()
    os.getpid = lambda: 4242
    folder = c.fresh("catalogue-lightning")
    from tb_common import Log, files

    for epochs in (3, 4):
        fit(TensorBoardLogger(folder, name="lightning_logs"), Images(), epochs)
    runs = []
    for version in (0, 1):
        log = Log(files(folder / f"lightning_logs/version_{version}"))
        runs.append({"checkpoints": [
            {"samples": c.sample_set(c.cells(g[0], 8, 8, 12, 2))}
            for g in log.pictures["generated_images"].values()]})
    c.keep("catalogue-lightning")
    c.expect("catalogue-lightning", *runs)


def transformers():
    from transformers import TrainerState

    folder = c.fresh("hf-trainer")
    state = TrainerState(max_steps=50, num_train_epochs=4, logging_steps=2, eval_steps=10,
                         save_steps=10, train_batch_size=8)
    for step in range(1, 51):
        state.global_step, state.epoch = step, step / 12.5
        if step % 2 == 0:  # As Trainer.log does.
            state.log_history.append({"loss": round(c.loss(step), 4), "grad_norm": 1.5,
                                      "learning_rate": 1e-4 * (50 - step) / 50,
                                      "epoch": round(state.epoch, 4), "step": step})
        if step % 10 == 0:
            state.log_history.append({"eval_loss": round(c.loss(step) * 1.1, 6),
                                      "eval_runtime": 0.125, "epoch": round(state.epoch, 4),
                                      "step": step})
            place = folder / f"checkpoint-{step}"
            place.mkdir()
            state.save_to_json(place / "trainer_state.json")
    rows = []
    for step in range(10, 51, 10):
        back = TrainerState.load_from_json(folder / f"checkpoint-{step}/trainer_state.json")
        last = [r for r in back.log_history if "eval_loss" in r][-1]
        rows.append({"epoch": c.number(last["epoch"]), "step": step,
                     "metrics": {"eval_loss": last["eval_loss"]}})
    points = [(r["step"], r["loss"]) for r in back.log_history if "loss" in r]
    c.keep("hf-trainer")
    c.expect("hf-trainer", {"axis": "epoch", "checkpoints": rows,
                            "series": [c.series("loss", *zip(*points))]})


def baselines():
    from stable_baselines3.common.logger import configure

    folder = c.fresh("baselines")
    log = configure(str(folder), ["csv", "json", "log"])
    found = []
    for step in range(0, 5001, 250):
        log.record("step", step)
        log.record("samples", step * 16)
        log.record("loss", c.loss(step / 10))
        if step % 500 == 0:
            log.record("loss_q0", c.loss(step / 10) * 1.5)
        log.dump(step)
        if step % 1000 == 0 and step:
            found.append({"step": step,
                          "samples": grid(folder / f"samples/step_{step:06}.png", step / 100)})
    log.close()
    back = [(float(r["step"]), float(r["loss"])) for r in csv.DictReader(
        open(folder / "progress.csv"))]
    for path in folder.glob("log.txt"):
        path.unlink()
    c.keep("baselines")
    assert len(back) == 21
    c.expect("baselines", {"axis": "step", "checkpoints": found,
                           "series": [c.series("loss", *zip(*back))]})


def stylegan():
    """By the source of stylegan3's training_loop.py, not by the program itself."""
    folder = c.fresh("stylegan")
    options = {"G_kwargs": {"class_name": "training.networks_stylegan2.Generator", "z_dim": 64,
                            "w_dim": 64}, "total_kimg": 800, "batch_size": 16}
    (folder / "training_options.json").write_text(json.dumps(options, indent=2))
    found = []
    drawn = {"nrow": 8, "padding": 0}
    grid(folder / "reals.png", 99, 32, 8, **drawn)
    grid(folder / "fakes_init.png", 0, 32, 8, **drawn)
    stats = open(folder / "stats.jsonl", "w")
    fids = open(folder / "metric-fid50k_full.jsonl", "w")
    for kimg in range(0, 801, 40):
        stamp = c.CLOCK + kimg
        stats.write(json.dumps({
            "Loss/G/loss": {"num": 640, "mean": c.loss(kimg), "std": 0.1},
            "Loss/D/loss": {"num": 640, "mean": 1 / c.loss(kimg), "std": 0.1},
            "Progress/tick": {"num": 1, "mean": float(kimg // 40), "std": 0.0},
            "Progress/kimg": {"num": 1, "mean": float(kimg), "std": 0.0},
            "timestamp": stamp}) + "\n")
        if kimg % 200 == 0:
            fid = 300 / (1 + kimg / 100)
            fids.write(json.dumps({
                "results": {"fid50k_full": fid}, "metric": "fid50k_full", "total_time": 12.5,
                "total_time_str": "12s", "num_gpus": 1,
                "snapshot_pkl": f"network-snapshot-{kimg:06}.pkl", "timestamp": stamp}) + "\n")
            found.append({"step": kimg, "metrics": {"fid50k_full": fid}, "samples": grid(
                folder / f"fakes{kimg:06}.png", kimg / 20, 32, 8, **drawn)})
    stats.close(), fids.close()
    points = [(r["Progress/kimg"]["mean"], r["Loss/G/loss"]["mean"]) for r in map(
        json.loads, open(folder / "stats.jsonl"))]
    c.keep("stylegan")
    c.expect("stylegan", {"axis": "step", "latentShape": [64], "checkpoints": found,
                          "series": [c.series("Loss/G/loss", *zip(*points))]})


def train_log():
    """Standard output that somebody kept."""
    folder = c.fresh("train-log")
    found, points = [], []
    lines = ["loading 5000 pictures", "model: vae, latent_dim=8", ""]
    for epoch in range(1, 11):
        values = f"{c.loss(epoch * 9):.2f}", f"{c.loss(epoch * 9) * 1.2:.3f}"
        lines.append(f"Epoch {epoch}/10 - loss: {values[0]} - val_loss: {values[1]}")
        points.append((epoch, float(values[0]), float(values[1])))
        if epoch % 2 == 0:
            lines.append(f"saved samples_epoch_{epoch}.png")
            found.append({"epoch": epoch,
                          "samples": grid(folder / f"samples_epoch_{epoch}.png", epoch)})
    (folder / "train.log").write_text("\n".join(lines) + "\n")
    epochs = [p[0] for p in points]
    c.keep("train-log")
    c.expect("train-log", {"axis": "epoch", "checkpoints": found, "series": [
        c.series("loss", epochs, [p[1] for p in points]),
        c.series("val_loss", epochs, [p[2] for p in points])]})


if __name__ == "__main__":
    tables()
    json_lines()
    transformers()
    baselines()
    stylegan()
    train_log()
    lightning()
