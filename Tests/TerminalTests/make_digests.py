#!/usr/bin/env python3
"""Write what Pillow decodes of the sample runs, as `keepoch inspect --json` has to tell it.

    pip install pillow numpy; python3 make_digests.py > Digests/sample-runs.json
"""
import hashlib
import json
import pathlib

import numpy as np
from PIL import Image

RUNS = pathlib.Path(__file__).resolve().parents[2] / "sample-runs"
GRIDS = {"gan": "samples/fake_samples_epoch_*.png", "vae": "samples_epoch_*.png"}


def cells(path):
    rgb = np.asarray(Image.open(path).convert("RGB")).astype(np.int64)
    gray = (19595 * rgb[..., 0] + 38470 * rgb[..., 1] + 7471 * rgb[..., 2] + 32768) >> 16
    for row in range(8):
        for column in range(8):
            top, left = 2 + row * 30, 2 + column * 30
            yield gray[top : top + 28, left : left + 28].astype(np.uint8).tobytes()


def digest(data):
    return hashlib.sha256(data).hexdigest()


found = {}
for run, pattern in GRIDS.items():
    found[run] = {}
    for path in sorted(RUNS.joinpath(run).glob(pattern)):
        images = list(cells(path))
        found[run][str(int(path.stem.split("_")[-1]))] = {
            "sha256": [digest(image) for image in images[:4]],
            "sha256All": digest(b"".join(images)),
        }
print(json.dumps(found, indent=1))
