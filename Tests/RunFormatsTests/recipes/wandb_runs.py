"""W&B offline runs. Read back with wandb's own protobuf messages (it ships no reader any more)."""
import json
import os
import pathlib
import shutil
import struct
import zlib

import common as c

os.environ.update(WANDB_MODE="offline", WANDB_DISABLE_GIT="true", WANDB_SILENT="true",
                  WANDB_DISABLE_CODE="true", WANDB_USERNAME="student", WANDB__DISABLE_STATS="true",
                  WANDB_HOST="trainer", WANDB_DISABLE_JOB_CREATION="true",
                  WANDB_CACHE_DIR="/tmp/run-cache/wandb", WANDB_CONFIG_DIR="/tmp/run-cache/wandb",
                  WANDB_DATA_DIR="/tmp/run-cache/wandb", WANDB_ERROR_REPORTING="false")

import numpy as np  # noqa: E402
import wandb  # noqa: E402
from PIL import Image  # noqa: E402
from wandb.proto import wandb_internal_pb2 as pb  # noqa: E402


def records(path):
    """LevelDB's log: blocks of 32 KiB, chunks of crc32, length, type."""
    data = path.read_bytes()
    assert data[:7] == bytes.fromhex("3a572642e1be00")
    at, whole = 7, b""
    while at + 7 <= len(data):
        left = 32768 - at % 32768
        if left < 7:
            at += left
            continue
        crc, length, kind = struct.unpack_from("<IHB", data, at)
        if kind == 0:
            break
        body = data[at + 7:at + 7 + length]
        assert crc == zlib.crc32(bytes([kind]) + body), at
        whole = whole + body if kind in (3, 4) else body
        if kind in (1, 4):
            record = pb.Record()
            record.ParseFromString(whole)
            yield record
        at += 7 + length


def write_records(path, kept):
    """The same log again, without the records that say whose machine it was."""
    out = bytearray(bytes.fromhex("3a572642e1be00"))
    for record in kept:
        body, first = record.SerializeToString(), True
        while True:
            left = 32768 - len(out) % 32768
            if left < 7:
                out += bytes(left)
                left = 32768
            piece, body = body[:left - 7], body[left - 7:]
            kind = (1 if not body else 2) if first else (4 if not body else 3)
            out += struct.pack("<IHB", zlib.crc32(bytes([kind]) + piece), len(piece), kind) + piece
            first = False
            if not body:
                break
    path.write_bytes(out)


def grid(epoch, count=8, size=12):
    x = c.samples(epoch, count, size)
    out = np.zeros((2 + 1 * (size + 2), 2 + count * (size + 2)), "f4")
    for i in range(count):
        out[2:2 + size, 2 + i * (size + 2):2 + i * (size + 2) + size] = x[i]
    return c.as8(out)


def scrub(folder):
    """Leave what Keepoch reads; nothing of the machine."""
    for name in ("requirements.txt", "wandb-metadata.json", "output.log", "wandb-summary.json"):
        for path in folder.rglob(name):
            path.unlink()
    shutil.rmtree(folder / "logs", ignore_errors=True)
    for tmp in folder.glob("tmp"):
        shutil.rmtree(tmp)
    for path in folder.glob("*.wandb"):
        kept = []
        for record in records(path):
            kind = record.WhichOneof("record_type")
            if kind in ("header", "history", "summary", "config", "files", "exit", "final",
                        "footer", "metric", "run"):
                if kind == "run":
                    record.run.host = "trainer"
                    record.run.ClearField("git")
                    record.run.ClearField("telemetry")
                    record.run.settings.Clear()
                    del record.run.config.update[:]
                    for key, value in configuration.items():
                        item = record.run.config.update.add()
                        item.key, item.value_json = key, json.dumps(value)
                kept.append(record)
        write_records(path, kept)


configuration = {"latent_dim": 24, "family": "vae", "lr": 0.001, "epochs": 5}


def start(folder, name, **more):
    return wandb.init(project="digits", name=name, dir=folder, id=name.replace("-", "") + "0001",
                      config=dict(configuration, **more),
                      settings=wandb.Settings(disable_git=True, save_code=False, host="trainer",
                                              x_disable_stats=True, x_disable_meta=True,
                                              console="off", x_disable_machine_info=True))


def history(folder):
    (path,) = folder.glob("*.wandb")
    for record in records(path):
        if record.WhichOneof("record_type") == "history":
            whole = {}
            for item in record.history.item:
                *folders, last = list(item.nested_key) or [item.key]
                inside = whole
                for name in folders:
                    inside = inside.setdefault(name, {})
                inside[last] = json.loads(item.value_json)
            yield whole


def gray(folder, path):
    with Image.open(folder / "files" / path) as picture:
        return c.gray_of(picture)


def offline():
    """One picture a step, whose file name lies about the step; losses between."""
    where = c.fresh("wandb-work")
    run = start(where, "single")
    for step in range(0, 251, 10):
        run.log({"loss": c.loss(step), "kl": c.loss(step) / 9}, step=step)
        if step % 50 == 0 and step:
            run.log({"grid": wandb.Image(grid(step / 10), caption=f"step {step}"),
                     "quality": c.quality(step / 10)}, step=step + 5)
    run.finish()
    folder = next((where / "wandb").glob("offline-run-*"))
    scrub(folder)
    rows, points = [], {"loss": [], "kl": []}
    for item in history(folder):
        for key, found in points.items():
            if key in item:
                found.append((item["_step"], item[key]))
        if "grid" in item:
            picture = item["grid"]
            named = int(pathlib.Path(picture["path"]).name.split("_")[1])
            print("wandb-offline: step", item["_step"], "has the file of", named)
            cells = c.cells(gray(folder, picture["path"]), 8, 8, 12, 2)
            rows.append({"step": item["_step"], "samples": c.sample_set(cells),
                         "metrics": {"quality": item["quality"]}})
    folder = settle(folder, "wandb-offline", "single0001", "20260102_030405")
    c.expect("wandb-offline", {"axis": "step", "latentShape": [24], "family": "vae",
                               "checkpoints": rows, "series": [
                                   c.series(key, *zip(*found)) for key, found in points.items()]})


def settle(folder, name, ident, stamp, inside=None):
    target = c.SOURCES / name / (inside or "wandb") / f"offline-run-{stamp}-{ident}"
    if target.exists():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(folder, target, symlinks=True)
    return target


def lists():
    """A list of pictures a step: files without an index; the log has the order."""
    where = c.fresh("wandb-work")
    run = start(where, "list")
    for step in range(1, 6):
        pictures = [wandb.Image(c.as8(x)) for x in c.samples(step * 4, 6, 12)]
        run.log({"samples": pictures, "epoch": step, "quality": c.quality(step * 4),
                 "diversity": c.diversity(step * 4)})
    run.finish()
    folder = next((where / "wandb").glob("offline-run-*"))
    scrub(folder)
    rows = []
    for item in history(folder):
        grays = np.stack([gray(folder, p) for p in item["samples"]["filenames"]])
        rows.append({"step": item["_step"], "samples": c.sample_set(grays),
                     "metrics": {k: item[k] for k in ("quality", "diversity")}})
    settle(folder, "wandb-list", "list0001", "20260102_040506")
    c.expect("wandb-list", {"checkpoints": rows})


def catalogue():
    """Two runs and `latest-run`, a link to the second, which must not be counted again."""
    for number in (1, 2):
        where = c.fresh("wandb-work")
        run = start(where, f"twin{number}")
        for step in range(3):
            run.log({"grid": wandb.Image(grid(step * number + 1, 4)), "loss": c.loss(step * 20)},
                    step=step * 100)
        run.finish()
        folder = next((where / "wandb").glob("offline-run-*"))
        scrub(folder)
        rows = []
        for item in history(folder):
            cells = c.cells(gray(folder, item["grid"]["path"]), 4, 4, 12, 2)
            rows.append({"step": item["_step"], "samples": c.sample_set(cells)})
        runs.append({"axis": "step", "checkpoints": rows})
        settle(folder, "catalogue-wandb", f"twin{number}0001", f"2026010{number}_030405")
    c.expect("catalogue-wandb", *runs)


runs = []

if __name__ == "__main__":
    for name in ("wandb-offline", "wandb-list", "catalogue-wandb"):
        shutil.rmtree(c.SOURCES / name, ignore_errors=True)
    offline()
    lists()
    catalogue()
