"""trackio: a SQLite table of JSON, pictures beside it. Read back with trackio's own storage."""
import os
import shutil
import sqlite3

import common as c

folder = c.fresh("trackio")
os.environ.update(TRACKIO_DIR=str(folder), TRACKIO_SHOW_DASHBOARD="0", GRADIO_ANALYTICS_ENABLED="0",
                  HF_HOME="/tmp/run-cache/hf", TRACKIO_LOGO_LIGHT_URL="", TRACKIO_LOGO_DARK_URL="")

c.still_names()

import numpy as np  # noqa: E402
import trackio  # noqa: E402
from PIL import Image  # noqa: E402
from trackio.sqlite_storage import SQLiteStorage  # noqa: E402


def grid(epoch, count=8, size=12):
    out = np.zeros((4 + size, 2 + count * (size + 2)), "f4")
    for i, x in enumerate(c.samples(epoch, count, size)):
        out[2:2 + size, 2 + i * (size + 2):2 + i * (size + 2) + size] = x
    return np.repeat(c.as8(out)[..., None], 3, axis=2)


def main():
    trackio.init(project="digits", name="vae-1", config={"latent_dim": 24, "family": "vae"},
                 embed=False)
    for step in range(0, 101, 5):
        values = {"loss": c.loss(step)}
        if step % 25 == 0:
            values |= {"quality": c.quality(step / 5), "diversity": c.diversity(step / 5),
                       "samples": trackio.Image(grid(step / 5 + 1), caption=f"step {step}")}
        if step == 50:
            values["quality"] = float("nan")
        trackio.log(values, step=step)
    trackio.finish()
    rows, points = [], []
    for entry in SQLiteStorage.get_logs("digits", "vae-1"):
        points.append((entry["step"], entry["loss"]))
        picture = entry.get("samples")
        if not picture:
            continue
        path = folder / "media" / picture["file_path"]
        with Image.open(path) as opened:
            cells = c.cells(c.gray_of(opened), 8, 8, 12, 2)
        rows.append({"step": entry["step"], "samples": c.sample_set(cells), "metrics": {
            k: c.number(float(entry[k])) for k in ("quality", "diversity")}})
    assert len(rows) == 5, rows
    for path in folder.glob("*.db"):
        base = sqlite3.connect(path)
        base.execute("pragma journal_mode = delete")
        base.execute("pragma foreign_keys = off")
        # Empty tables of other features go, to keep the file small.
        names = [n for (n,) in base.execute("select name from sqlite_master where type = 'table'")]
        for name in names:
            if name not in ("metrics", "configs") and not name.startswith("sqlite_"):
                base.execute(f'drop table "{name}"')
        base.commit()
        base.execute("pragma page_size = 1024")
        base.execute("vacuum")
        base.close()
    for path in [*folder.glob("*.lock"), *folder.glob("*.db-*")]:
        path.unlink()
    shutil.rmtree(folder / "tmp", ignore_errors=True)
    c.keep("trackio")
    c.expect("trackio", {"axis": "step", "latentShape": [24], "family": "vae", "checkpoints": rows,
                         "series": [c.series("loss", *zip(*points))]})


if __name__ == "__main__":
    main()
