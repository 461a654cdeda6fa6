"""Arrays: numpy's .npy and .npz in the shapes and types people save, IDX, safetensors, points."""
import csv
import gzip
import struct

import ml_dtypes
import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from torchvision.datasets.mnist import read_image_file

import common as c

EPOCHS = (1, 5, 20)


def unit(epoch, count=8, size=10, **more):
    return c.samples(epoch, count, size, **more)


def gray_of(array, axes, limits):
    level = c.levels(array, limits)
    if axes == "NCHW":
        return c.luma(np.moveaxis(level, 1, -1)).astype("u1") if level.shape[1] == 3 else level[:, 0]
    if axes == "NHWC":
        return c.luma(level).astype("u1") if level.shape[3] == 3 else level[..., 0]
    if axes == "ND":
        side = int(level.shape[1] ** 0.5)
        return level.reshape(-1, side, side)
    return level


def expect(name, found, axes="NHW", key="epoch", **more):
    """found: {epoch: array as numpy read it}."""
    arrays = list(found.values())
    limits = c.range_of(arrays) if c.reads_range(arrays[0]) else None
    rows = [{key: epoch, "samples": c.sample_set(gray_of(array, axes, limits))}
            for epoch, array in found.items()]
    run = {"axis": key, "checkpoints": rows, **more}
    if limits:
        run["valueRange"] = [c.number(x) for x in limits]
    c.keep(name)
    c.expect(name, run)


def run(name, make, axes="NHW", pattern="samples_epoch_{:02}.npy", save=np.save, load=np.load,
        epochs=EPOCHS):
    folder = c.fresh(name)
    found = {}
    for epoch in epochs:
        path = folder / pattern.format(epoch)
        save(path, make(epoch))
        found[epoch] = load(path)
    expect(name, found, axes)


def npy():
    run("npy-u8", lambda e: c.as8(unit(e)))
    run("npy-n1hw-f32-signed", lambda e: unit(e)[:, None] * 2 - 1, "NCHW")
    run("npy-nhw1-f16", lambda e: unit(e).astype("f2")[..., None], "NHWC")
    run("npy-n3hw-f32", lambda e: c.coloured(e, 6, 10) * 2 - 1, "NCHW")
    run("npy-nhw3-u8", lambda e: c.as8(c.coloured(e, 8, 10).transpose(0, 2, 3, 1)), "NHWC")
    run("npy-flat", lambda e: unit(e, 12, 8).reshape(12, 64), "ND")
    run("npy-fortran", lambda e: np.asfortranarray(unit(e)))
    run("npy-big-endian-f8", lambda e: unit(e, 6, 9).astype(">f8"))
    run("npy-bool", lambda e: unit(e) > 0.5)
    run("npy-u16", lambda e: np.floor(unit(e) * 65535).astype("u2"))
    run("npy-i64", lambda e: (unit(e, 6, 8) * 200).astype("i8"))
    run("npy-i16-extremes", lambda e: (unit(e) * 900 - 300).astype("i2"))
    run("npy-f32-bytes", lambda e: unit(e, 8, 10) * 254)

    def odd(epoch):
        x = unit(epoch, 8, 10) * 2 - 1
        if epoch == 5:
            x[0, 3, 3], x[1, 4, 4], x[2, 5, 5] = np.nan, np.inf, -np.inf
        return x

    run("npy-f32-nan", odd)
    # Which range it is shows only in the last checkpoint.
    run("npy-f32-dark-first", lambda e: unit(e, 8, 10) * (0.02 if e == 1 else 2) - (e > 1))
    run("npy-plain-names", lambda e: c.as8(unit(e)), pattern="{:04}.npy")


def npz():
    def of(member):
        def load(path):
            with np.load(path) as archive:
                return archive[member]
        return load

    def beside(epoch):
        return {"labels": np.arange(8), "z": np.random.default_rng(epoch).normal(size=(8, 16)),
                "samples": unit(epoch)[:, None]}

    run("npz-stored", beside, "NCHW", "samples_epoch_{:02}.npz",
        lambda p, x: np.savez(p, **x), of("samples"))
    run("npz-deflated", beside, "NCHW", "samples_epoch_{:02}.npz",
        lambda p, x: np.savez_compressed(p, **x), of("samples"))
    run("npz-arr_0", unit, "NHW", "gen_{}.npz", np.savez_compressed, of("arr_0"))

    folder = c.fresh("npz-key-per-epoch")
    np.savez_compressed(folder / "samples.npz", **{f"epoch_{e}": unit(e) for e in EPOCHS})
    with np.load(folder / "samples.npz") as archive:
        found = {int(key.split("_")[1]): archive[key] for key in archive}
    expect("npz-key-per-epoch", found)

    folder = c.fresh("npz-ENHW")
    np.savez_compressed(folder / "samples.npz", epochs=np.array([2, 4, 8, 16, 32]),
                        samples=np.stack([c.as8(unit(e)) for e in (2, 4, 8, 16, 32)]))
    with np.load(folder / "samples.npz") as archive:
        found = dict(zip(archive["epochs"].tolist(), archive["samples"]))
    expect("npz-ENHW", found)

    folder = c.fresh("npy-ENHW")
    epochs = (3, 6, 9, 12, 15)
    np.save(folder / "samples.npy", np.stack([unit(e, 6, 10) for e in epochs]))
    with open(folder / "metrics.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["epoch", "quality", "diversity"])
        out.writerows([e, c.quality(e), c.diversity(e)] for e in epochs)
    array = np.load(folder / "samples.npy")
    with open(folder / "metrics.csv", newline="") as file:
        table = list(csv.DictReader(file))
    found = {int(row["epoch"]): x for row, x in zip(table, array, strict=True)}
    expect("npy-ENHW", found)


def idx():
    """By MNIST's description of the format, not by a library; torchvision reads it back."""
    for name, opener in (("idx", open), ("idx-gz", gzip.open)):
        folder = c.fresh(name)
        found = {}
        for epoch in EPOCHS:
            x = c.as8(unit(epoch, 12))
            data = struct.pack(">I3i", 0x00000803, *x.shape) + x.tobytes()
            plain = folder / f"samples_epoch_{epoch:02}-idx3-ubyte"
            path = plain if opener is open else plain.with_name(plain.name + ".gz")
            if opener is open:
                path.write_bytes(data)
            else:
                path.write_bytes(gzip.compress(data, mtime=0))
                data = gzip.decompress(path.read_bytes())
                plain = c.WORK / "read-back-idx3-ubyte"
                plain.write_bytes(data)
            found[epoch] = read_image_file(str(plain)).numpy()
        expect(name, found)


def tensors():
    folder = c.fresh("safetensors")
    found = {}
    for epoch in EPOCHS:
        path = folder / f"samples_epoch_{epoch}.safetensors"
        weights = np.random.default_rng(epoch).normal(size=(16, 8)).astype("f4")
        save_file({"decoder.weight": weights, "samples": unit(epoch)[:, None] * 2 - 1}, path,
                  metadata={"epoch": str(epoch)})
        found[epoch] = load_file(path)["samples"]
    expect("safetensors", found, "NCHW")


def points():
    folder = c.fresh("points")
    rows = []
    for epoch in EPOCHS:
        dice = np.random.default_rng(epoch)
        ring = dice.integers(0, 8, 120) * np.pi / 4
        spread = 0.3 / (1 + epoch / 5)
        xy = np.stack([np.cos(ring), np.sin(ring)], 1) * 2 + dice.normal(0, spread, (120, 2))
        path = folder / f"samples_epoch_{epoch:02}.npy"
        np.save(path, xy.astype("f4"))
        little = np.ascontiguousarray(np.load(path).astype("<f4"))
        rows.append({"epoch": epoch, "samples": {"sha256All": c.sha(little.tobytes())}})
    c.keep("points")
    c.expect("points", {"axis": "epoch", "checkpoints": rows})


def refused():
    for name in ("refused-bfloat16", "refused-object", "refused-torch-pt"):
        folder = c.fresh(name)
        for epoch in (1, 10):
            x = unit(epoch, 4, 8)
            path = folder / f"samples_epoch_{epoch:02}.npy"
            if name == "refused-bfloat16":
                np.save(path, x.astype(ml_dtypes.bfloat16))
                assert np.load(path).dtype == np.dtype("V2")
            elif name == "refused-object":
                np.save(path, np.array([[None, "x"], [1, {}]], dtype=object), allow_pickle=True)
            else:
                torch.save(torch.from_numpy(x), path.with_suffix(".pt"))
        c.keep(name)
        c.expect_refusal(name)


if __name__ == "__main__":
    npy()
    npz()
    idx()
    tensors()
    points()
    refused()
