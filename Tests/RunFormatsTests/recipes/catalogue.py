"""A folder of runs with links in circles and to nowhere, and the links of all fixtures.

Links are not committed: what copies a package's resources would walk them. links.json says which
ones to make in a copy: {"NAME": {"path in the fixture": "target"}}.
"""
import json

import common as c
from configs import grid, rows

STAMP = "offline-run-20260102_030405-"


def loop():
    folder = c.fresh("catalogue-loop")
    runs = []
    for name, epochs in (("a", (1, 2, 3)), ("b", (10, 20))):
        for epoch in epochs:
            grid(folder / name / f"samples/epoch_{epoch:03}.png", epoch)
        runs.append({"axis": "epoch",
                     "checkpoints": rows(folder / name, "samples/epoch_{:03}.png", epochs)})
    c.keep("catalogue-loop")
    c.expect("catalogue-loop", *runs)


def links():
    lost = "logs/debug-core.log"
    table = {
        "catalogue-loop": {"a/loop": "..", "b/samples/again": "../../b", "nowhere": "/nonexistent/run"},
        "catalogue-wandb": {"wandb/latest-run": f"{STAMP}twin20001",
                            f"wandb/{STAMP}twin20001/{lost}": "/nonexistent/debug-core.log"},
        "wandb-offline": {"wandb/latest-run": f"{STAMP}single0001",
                          f"wandb/{STAMP}single0001/{lost}": "/nonexistent/debug-core.log",
                          "wandb/debug.log": f"{STAMP}single0001/logs/debug.log"},
    }
    (c.FIXTURES / "links.json").write_text(json.dumps(table, indent=1) + "\n")


if __name__ == "__main__":
    loop()
    links()
