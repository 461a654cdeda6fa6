#!/usr/bin/env python3
"""Write what Pillow and numpy decode of the sample runs, as `keepoch inspect --json` has to tell it.

    pip install pillow numpy; python3 make_digests.py > Digests/sample-runs.json
"""
import hashlib
import json
import pathlib

import numpy as np
from PIL import Image

RUNS = pathlib.Path(__file__).resolve().parents[2] / "sample-runs"
FILES = {
    "diffusion": "samples/samples_epoch_*.npz",
    "gan": "samples/fake_samples_epoch_*.png",
    "vae": "samples_epoch_*.png",
}


def images(path):
    return arrays(path) if path.suffix == ".npz" else cells(path)


def arrays(path):
    samples = np.load(path)["samples"].astype(np.float64)
    gray = np.clip(np.floor(255 * (samples + 1) / 2 + 0.5), 0, 255).astype(np.uint8)
    for sample in gray:
        yield sample.tobytes()


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
for run, pattern in FILES.items():
    found[run] = {}
    for path in sorted(RUNS.joinpath(run).glob(pattern)):
        pictures = list(images(path))
        found[run][str(int(path.stem.split("_")[-1]))] = {
            "sha256": [digest(image) for image in pictures[:4]],
            "sha256All": digest(b"".join(pictures)),
        }
print(json.dumps(found, indent=1))
