"""MLflow: the file store and the SQLite store. Read back with MLflow's own client."""
import os
import shutil
import sqlite3

import common as c

os.environ.update(MLFLOW_ALLOW_FILE_STORE="true", MLFLOW_DISABLE_TELEMETRY="true",
                  DO_NOT_TRACK="true", MLFLOW_ENABLE_ASYNC_LOGGING="false")

c.still_names()
c.still_clock(tick=0.001)

import mlflow  # noqa: E402
import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402

STEPS = (0, 100, 200, 300)
TAGS = {"mlflow.source.name": "train.py", "mlflow.source.type": "LOCAL", "mlflow.user": "student"}


def grid(epoch, count=8, size=12):
    out = np.zeros((4 + size, 2 + count * (size + 2)), "f4")
    for i, x in enumerate(c.samples(epoch, count, size)):
        out[2:2 + size, 2 + i * (size + 2):2 + i * (size + 2) + size] = x
    return c.as8(out)


def train(uri, folder, artifacts=None):
    os.chdir(folder)
    mlflow.set_tracking_uri(uri)
    if artifacts:
        mlflow.create_experiment("digits", artifacts)
    mlflow.set_experiment("digits")
    with mlflow.start_run(run_name="vae", tags=TAGS) as run:
        mlflow.log_params({"latent_dim": 24, "family": "vae", "lr": 0.001})
        for step in range(0, 301, 20):
            mlflow.log_metric("train/loss", c.loss(step), step=step)
        for step in STEPS:
            score = float("nan") if step == 200 else c.quality(step / 10)
            mlflow.log_metric("quality", score, step=step)
            mlflow.log_metric("diversity", c.diversity(step / 10), step=step)
            mlflow.log_image(grid(step / 10 + 1), key="samples/grid", step=step)
    return run.info.run_id


def rows(run_id, artifacts):
    client = mlflow.MlflowClient()
    metrics = {}
    for key in ("quality", "diversity"):
        for m in client.get_metric_history(run_id, key):
            metrics.setdefault(m.step, {})[key] = c.number(m.value)
    found = []
    for step in STEPS:
        (path,) = [p for p in artifacts.rglob(f"*+step+{step}+*.png")]
        with Image.open(path) as picture:
            cells = c.cells(c.gray_of(picture), 8, 8, 12, 2)
        found.append({"step": step, "metrics": metrics[step], "samples": c.sample_set(cells)})
    loss = sorted(client.get_metric_history(run_id, "train/loss"), key=lambda m: m.step)
    return {"axis": "step", "latentShape": [24], "family": "vae", "checkpoints": found, "series": [
        c.series("train/loss", [m.step for m in loss], [m.value for m in loss])]}


def clean(folder):
    for path in folder.rglob("*"):
        if "mlflow.source.git" in path.name or path.name == "mlflow.runColor":
            path.unlink()


def files():
    folder = c.fresh("mlflow-files")
    run_id = train(f"file://{folder}/mlruns", folder)
    (where,) = folder.glob(f"mlruns/*/{run_id}")
    clean(folder)
    found = rows(run_id, where / "artifacts")
    c.keep("mlflow-files")
    c.expect("mlflow-files", found)


def sqlite():
    folder = c.fresh("mlflow-sqlite")
    run_id = train(f"sqlite:///{folder}/mlflow.db", folder, f"file://{folder}/mlruns/1")
    found = rows(run_id, folder / "mlruns")
    # Most of the file is empty tables of other features; they go, to keep it small.
    base = sqlite3.connect(folder / "mlflow.db")
    wanted = {"experiments", "runs", "metrics", "latest_metrics", "params", "tags",
              "experiment_tags", "alembic_version"}
    base.execute("pragma foreign_keys = off")
    names = [n for (n,) in base.execute("select name from sqlite_master where type = 'table'")]
    for name in names:
        if name not in wanted and not name.startswith("sqlite_"):
            base.execute(f'drop table "{name}"')
    base.execute("delete from tags where key like 'mlflow.source.git%'")
    base.commit()
    base.execute("pragma page_size = 1024")
    base.execute("vacuum")
    base.close()
    c.keep("mlflow-sqlite")
    c.expect("mlflow-sqlite", found)


if __name__ == "__main__":
    files()
    sqlite()
