"""What all recipes share: data to draw, privacy, the contract's gray in numpy, and expected files.

Everything here is independent of Keepoch: the formulas follow the contract's words.
"""
import getpass
import hashlib
import json
import math
import os
import pathlib
import platform
import random
import shutil
import socket

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = pathlib.Path(os.environ.get("FIXTURES", HERE.parent / "Fixtures"))
SOURCES = FIXTURES / "sources"
EXPECTED = FIXTURES / "expected"
WORK = pathlib.Path("/tmp/run")

# Event files, trackers and logs would keep who ran this, and where.
socket.gethostname = lambda: "trainer"
socket.getfqdn = lambda *a: "trainer"
platform.node = lambda: "trainer"
getpass.getuser = lambda: "student"
os.environ.update(USER="student", LOGNAME="student", HOSTNAME="trainer", OMP_NUM_THREADS="1",
                  TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="", MPLBACKEND="Agg",
                  MPLCONFIGDIR="/tmp/run-cache/mpl", XDG_CACHE_HOME="/tmp/run-cache",
                  GIT_PYTHON_REFRESH="quiet", HF_HUB_OFFLINE="1")
random.seed(7)
np.random.seed(7)

CLOCK = 1767323045.0  # 2026-01-02T03:04:05Z


def still_clock(start=CLOCK, tick=0.25):
    """A clock that goes on by itself, the same in every run of a recipe."""
    import time

    state = [start]

    def now():
        state[0] += tick
        return state[0]

    time.time = now
    return now


def still_names():
    """Random identifiers, the same in every run of a recipe."""
    import uuid

    dice = random.Random(11)
    uuid.uuid4 = lambda: uuid.UUID(int=dice.getrandbits(128), version=4)


# --- samples ---------------------------------------------------------------------------------


def sample(seed, epoch, size=16, top=1.0, dark=0.0):
    """One drawing in [0, 1]: a bent stroke whose ends depend on the seed, sharper as epochs go on.

    The ground is dark right up to the edges; the inside of the stroke is smooth.
    """
    dice = np.random.default_rng(1000 + seed)
    points = dice.uniform(0.02, 0.98, (4, 2))
    drift = np.random.default_rng((seed + 1) * 7919 + int(epoch * 10)).normal(0, 0.05, (4, 2))
    points = np.clip(points + drift, 0.11, 0.89)
    height, width = (size, size) if isinstance(size, int) else size
    y, x = np.mgrid[0:height, 0:width]
    y, x = (y + 0.5) / height, (x + 0.5) / width
    t = np.linspace(0, 1, 40)[:, None]
    a, b, c, d = points
    curve = (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t * t * c + t**3 * d
    far = np.sqrt(((y[..., None] - curve[:, 0]) ** 2 + (x[..., None] - curve[:, 1]) ** 2).min(-1))
    thick = 0.09 + 0.08 / (1 + epoch / 4)
    ink = np.clip(1.4 - far / thick, 0, 1)
    return np.clip(dark + (top - dark) * ink**1.3, 0, 1)


def samples(epoch, count=16, size=16, first=0, **more):
    """(N, H, W) float32 in [0, 1]."""
    return np.stack([sample(first + i, epoch, size, **more) for i in range(count)]).astype("f4")


def coloured(epoch, count=16, size=16):
    """(N, 3, H, W) float32 in [0, 1]: each sample of a hue of its own."""
    gray = samples(epoch, count, size)
    hue = np.random.default_rng(5).uniform(0.25, 1, (count, 3, 1, 1)).astype("f4")
    return (gray[:, None] * hue).astype("f4")


def as8(x):
    return np.floor(np.asarray(x, "f8") * 255 + 0.5).clip(0, 255).astype("u1")


def quality(epoch):
    return round(0.9 - 0.7 / (1 + epoch / 6), 4)


def diversity(epoch):
    return round(0.9 - 0.006 * epoch, 4)


def loss(step):
    return 0.2 + 2.0 / (1 + step / 40) + 0.05 * math.sin(step / 7)


# --- the contract's pixels -------------------------------------------------------------------


def luma(rgb):
    r, g, b = (rgb[..., i].astype(np.int64) for i in range(3))
    return (19595 * r + 38470 * g + 7471 * b + 32768) >> 16


def over_black(gray, alpha):
    return (gray.astype(np.int64) * alpha.astype(np.int64) + 127) // 255


def gray_of(picture):
    """8-bit gray of a picture that Pillow opened."""
    picture.load()
    mode = picture.mode
    if mode == "P":
        mode = "RGBA" if "transparency" in picture.info else "RGB"
        picture = picture.convert(mode)
    array = np.asarray(picture)
    if mode == "1":
        return array.astype("u1") * 255
    if mode.startswith("I"):  # 16 bit
        return np.floor(array.astype("f8") / 257 + 0.5).astype("u1")
    if mode == "L":
        assert "transparency" not in picture.info
        return array.astype("u1")
    if mode == "LA":
        return over_black(array[..., 0], array[..., 1]).astype("u1")
    if mode == "RGB":
        return luma(array).astype("u1")
    if mode == "RGBA":
        return over_black(luma(array), array[..., 3]).astype("u1")
    raise ValueError(mode)


def cells(gray, count, columns, size, pad, border=None):
    """The samples of a grid whose layout the recipe knows, because the writer was asked for it."""
    height, width = (size, size) if isinstance(size, int) else size
    border = pad if border is None else border
    found = []
    for i in range(count):
        y = border + (i // columns) * (height + pad)
        x = border + (i % columns) * (width + pad)
        cell = gray[y:y + height, x:x + width]
        assert cell.shape == (height, width), (cell.shape, gray.shape)
        found.append(cell)
    return np.stack(found)


def range_of(arrays):
    """The range of a run of floats, by the contract."""
    low, high = math.inf, -math.inf
    for array in arrays:
        finite = array.astype("f8")
        finite = finite[np.isfinite(finite)]
        if finite.size:
            low, high = min(low, finite.min()), max(high, finite.max())
    if low >= -0.05 and high <= 1.05:
        return [0.0, 1.0]
    if low >= -1.05 and high <= 1.05:
        return [-1.0, 1.0]
    if low >= 0 and 2 < high <= 255:
        return [0.0, 255.0]
    return [float(low), float(high)]


def levels(array, limits):
    if array.dtype == np.bool_:
        return array.astype("u1") * np.uint8(255)
    if array.dtype == np.uint8:
        return array
    if array.dtype.kind == "u" and array.dtype.itemsize == 2:
        return np.floor(array.astype("f8") / 257 + 0.5).astype("u1")
    low, high = limits
    with np.errstate(invalid="ignore"):
        level = np.floor(255 * (array.astype("f8") - low) / (high - low) + 0.5)
    return np.nan_to_num(level, nan=0).clip(0, 255).astype("u1")


def reads_range(array):
    return not (array.dtype.kind == "b" or (array.dtype.kind == "u" and array.dtype.itemsize < 3))


# --- expected --------------------------------------------------------------------------------


def sha(data):
    return hashlib.sha256(data).hexdigest()


def sample_set(gray):
    """What inspect says of (N, H, W) uint8."""
    gray = np.ascontiguousarray(gray)
    assert gray.dtype == np.uint8 and gray.ndim == 3, (gray.dtype, gray.shape)
    return {
        "count": gray.shape[0], "width": gray.shape[2], "height": gray.shape[1],
        "sha256": [sha(one.tobytes()) for one in gray[:4]], "sha256All": sha(gray.tobytes()),
    }


def number(x):
    if isinstance(x, (int, np.integer)) and not isinstance(x, bool):
        return int(x)
    x = float(x)
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "Infinity" if x > 0 else "-Infinity"
    return int(x) if x == int(x) and abs(x) < 1e15 else x


def series(name, steps, values):
    return {"name": name, "points": len(steps),
            "first": {"step": number(steps[0]), "value": number(values[0])},
            "last": {"step": number(steps[-1]), "value": number(values[-1])}}


def expect(name, *runs):
    EXPECTED.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"runs": list(runs)}, indent=1, ensure_ascii=False, allow_nan=False)
    (EXPECTED / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def fresh(name):
    """An empty folder under /tmp/run to write in; `keep` moves it into the fixtures."""
    folder = WORK / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def keep(name, folder=None):
    target = SOURCES / name
    if target.is_symlink() or target.exists():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(folder or WORK / name, target, symlinks=True)
    return target


def expect_refusal(name):
    """There is nothing to review: exit 2, and no JSON."""
    EXPECTED.mkdir(parents=True, exist_ok=True)
    (EXPECTED / f"{name}.json").write_text("{}\n")
