"""Run by make.sh under another host name, for RocksDB's tables keep it.

aim: a folder `.aim` of RocksDB files that Keepoch does not read, and must name.
"""
import os
import sqlite3
import subprocess
import sys

import common as c

folder = c.WORK / "aim" if sys.argv[1:] else c.fresh("aim")
os.environ.update(AIM_UI_TELEMETRY_ENABLED="0", DO_NOT_TRACK="1", HOME="/tmp/run-cache")

import aim  # noqa: E402


def write():
    repo = aim.Repo(str(folder), init=True)
    run = aim.Run(repo=repo, system_tracking_interval=None, log_system_params=False,
                  capture_terminal_logs=False, experiment="digits")
    run["hparams"] = {"latent_dim": 24}
    for step in range(5):
        run.track(c.loss(step), name="loss", step=step)
        run.track(aim.Image(c.as8(c.sample(1, step, 12))), name="sample", step=step)
    run.close()
    repo.close()


def main():
    # RocksDB writes its tables when the program ends.
    subprocess.run([sys.executable, __file__, "write"], check=True)
    # RocksDB's own logs, options and locks, of no use to a reader.
    for path in [p for n in ("LOG", "LOCK", "OPTIONS-*") for p in folder.rglob(n)]:
        path.unlink()
    base = sqlite3.connect(folder / ".aim/run_metadata.sqlite")
    base.execute("pragma page_size = 512")
    base.execute("vacuum")
    base.close()
    c.keep("aim")
    c.expect_refusal("aim")


if __name__ == "__main__":
    write() if sys.argv[1:] else main()
