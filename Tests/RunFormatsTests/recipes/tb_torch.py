"""torch.utils.tensorboard, tensorboardX, and accelerate's tracker (the habit of diffusers)."""
import os

import numpy as np

import common as c
from tb_common import Log, files, record_spans

clock = c.still_clock()
os.getpid = lambda: 4242

import torch  # noqa: E402
from torch.utils.tensorboard import SummaryWriter  # noqa: E402
from torchvision.utils import make_grid  # noqa: E402


def grid(epoch, count=16, **more):
    return make_grid(torch.from_numpy(c.samples(epoch, count, **more))[:, None], nrow=8)


def checkpoints(pictures, count=16, size=16, pad=2, columns=8, axis="step"):
    rows = []
    for step, grays in pictures.items():
        assert len(grays) == 1
        cells = c.cells(grays[0], count, columns, size, pad)
        rows.append({axis: step, "samples": c.sample_set(cells)})
    return rows


def torch_plain():
    folder = c.fresh("tb-torch")
    with SummaryWriter(folder) as w:
        w.add_text("config", "latent_dim: 16, batch: 32")
        w.add_image("real_samples", grid(99, first=400), 0)
        for step in range(0, 501, 10):
            w.add_scalar("loss/generator", c.loss(step), step)
            w.add_scalar("loss/discriminator", 1 / c.loss(step), step)
            if step % 100 == 0 and step:
                w.add_image("samples", grid(step / 10), step)
                w.add_histogram("z", np.random.default_rng(step).normal(size=200), step, bins="fd")
    log = Log(files(folder))
    c.keep("tb-torch")
    c.expect("tb-torch", {"axis": "step", "checkpoints": checkpoints(log.pictures["samples"]),
                          "series": log.series()})


def torch_folders():
    folder = c.fresh("tb-torch-folders")
    with SummaryWriter(folder) as w:
        for step in range(50, 251, 50):
            w.add_image("fake", grid(step / 10, 8), step)
            w.add_scalars("score", {"quality": c.quality(step / 10),
                                    "diversity": c.diversity(step / 10)}, step)
        w.add_hparams({"latent_dim": 16, "lr": 2e-4, "model": "vae", "flip": True},
                      {"hparam/quality": 0.77})
    log = Log(sorted(folder.glob("events*")))
    assert list(log.pictures) == ["fake"], log.pictures.keys()
    c.keep("tb-torch-folders")
    c.expect("tb-torch-folders",
             {"axis": "step", "latentShape": [16], "family": "vae",
              "checkpoints": checkpoints(log.pictures["fake"], 8)})


def torch_batch():
    folder = c.fresh("tb-torch-batch")
    with SummaryWriter(folder) as w:
        for step in range(1000, 5001, 1000):
            x = torch.from_numpy(c.samples(step / 100))[:, None]
            w.add_images("generated", x, step)
            w.add_scalar("loss", c.loss(step), step)
            w.add_scalar("loss", c.loss(step + 500), step + 500)
    log = Log(files(folder))
    c.keep("tb-torch-batch")
    c.expect("tb-torch-batch", {
        "axis": "step", "checkpoints": checkpoints(log.pictures["generated"], pad=0),
        "series": log.series()})


def resume():
    folder = c.fresh("tb-torch-resume")
    with SummaryWriter(folder) as w:
        for step in range(0, 451, 9):
            w.add_scalar("loss", c.loss(step), step)
        for step in (100, 200, 300, 400, 450):
            w.add_image("samples", grid(step / 10), step)
    for _ in range(40):
        clock()
    with SummaryWriter(folder) as w:
        for step in range(361, 641, 9):
            w.add_scalar("loss", c.loss(step) * 0.9, step)
        for step in (361, 450, 550):
            w.add_image("samples", grid(step / 10 + 3), step)
    log = Log(files(folder))
    assert list(log.pictures["samples"]) == [100, 200, 300, 361, 450, 550]
    assert len(log.scalars["loss"]) == 41 + 32 and 369 not in log.scalars["loss"]
    c.keep("tb-torch-resume")
    c.expect("tb-torch-resume", {"axis": "step", "checkpoints": checkpoints(log.pictures["samples"]),
                                 "series": log.series()})


def damaged():
    folder = c.fresh("tb-damaged")
    with SummaryWriter(folder) as w:
        for step in range(0, 501, 50):
            w.add_scalar("loss", c.loss(step), step)
            if step % 100 == 0 and step:
                w.add_image("samples", grid(step / 10), step)
    whole = Log(files(folder))
    (path,) = files(folder)
    data, spans = record_spans(path)
    pictures = [(at, length) for at, length in spans if length > 500]
    at, length = pictures[2]
    data = bytearray(data)
    data[at + 12 + length // 2] ^= 0x40
    data += (321).to_bytes(8, "little")[:5]
    open(path, "wb").write(data)
    try:  # What FORMAT-FACTS says of TensorBoard: it stops silently.
        seen = len(Log([path]).pictures["samples"])
    except Exception as error:
        seen = type(error).__name__
    print("tb-damaged: TensorBoard itself shows", seen, "of 5 pictures")
    del whole.pictures["samples"][300]
    c.keep("tb-damaged")
    c.expect("tb-damaged", {"axis": "step", "checkpoints": checkpoints(whole.pictures["samples"]),
                            "series": whole.series()})


def tensorboard_x():
    import tensorboardX

    folder = c.fresh("tb-tensorboardx")
    with tensorboardX.SummaryWriter(str(folder)) as w:
        for step in range(0, 201, 20):
            w.add_scalar("train/loss", c.loss(step), step)
            if step % 50 == 0 or step == 200:
                w.add_image("fake_images", grid(step / 10 + 1, 12), step)
    log = Log(files(folder))
    assert list(log.pictures["fake_images"]) == [0, 100, 200]
    c.keep("tb-tensorboardx")
    c.expect("tb-tensorboardx", {
        "axis": "step", "checkpoints": checkpoints(log.pictures["fake_images"], 12),
        "series": log.series()})
    folder = c.fresh("tb-tensorboardx-batch")
    with tensorboardX.SummaryWriter(str(folder)) as w:
        for step in range(100, 501, 100):
            w.add_images("samples", c.coloured(step / 10, 16), step)
    log = Log(files(folder))
    c.keep("tb-tensorboardx-batch")
    c.expect("tb-tensorboardx-batch", {
        "axis": "step", "checkpoints": checkpoints(log.pictures["samples"], pad=0)})


def diffusers():
    from accelerate.state import PartialState
    from accelerate.tracking import TensorBoardTracker

    PartialState(cpu=True)
    folder = c.fresh("tb-diffusers")
    tracker = TensorBoardTracker("train_unconditional", folder)
    config = {"num_epochs": 50, "train_batch_size": 16, "resolution": 16, "learning_rate": 1e-4,
              "save_images_epochs": 10, "ddpm_num_steps": 1000, "output_dir": "ddpm-model-16"}
    tracker.start()
    tracker.store_init_configuration(config)
    step = 0
    for epoch in range(50):
        for _ in range(2):
            tracker.log({"loss": c.loss(step), "lr": 1e-4, "step": step}, step=step)
            step += 1
        if epoch % 10 == 0 or epoch == 49:
            x = c.as8(np.repeat(c.samples(epoch + 1)[..., None], 3, axis=3))
            tracker.tracker.add_images("test_samples", x.transpose(0, 3, 1, 2), epoch)
    tracker.finish()
    log = Log(sorted(p for p in files(folder) if os.path.dirname(p).endswith("unconditional")))
    assert list(log.pictures["test_samples"]) == [0, 10, 20, 30, 40, 49]
    c.keep("tb-diffusers")
    c.expect("tb-diffusers", {"axis": "epoch", "checkpoints": checkpoints(
        log.pictures["test_samples"], pad=0, axis="epoch")})


if __name__ == "__main__":
    torch_plain()
    torch_folders()
    torch_batch()
    resume()
    damaged()
    tensorboard_x()
    diffusers()
