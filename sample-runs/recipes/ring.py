"""What the ring's recipes share: eight narrow Gaussians on a circle, and the files of a run."""

import math

import numpy as np
import torch
from torch import nn

import common

MODES = 8
RADIUS = 2.0
DEVIATION = 0.02
TRAIN_COUNT = 10_000
SAMPLE_COUNT = 2500

# Points to train on, to validate with and to show beside the samples.
DATA_SEED = 41
LATENT_SEED = 42


def centres():
    angles = np.arange(MODES) * (2 * math.pi / MODES)
    return RADIUS * np.stack([np.cos(angles), np.sin(angles)], axis=1)


def points():
    """10,000 points to train on, 2,500 to validate with and 2,500 for reference.npy."""
    generator = torch.Generator().manual_seed(DATA_SEED)
    count = TRAIN_COUNT + 2 * SAMPLE_COUNT
    mode = torch.randint(MODES, (count,), generator=generator)
    middle = torch.from_numpy(centres()).float()[mode]
    made = middle + DEVIATION * torch.randn(count, 2, generator=generator)
    return made.split([TRAIN_COUNT, SAMPLE_COUNT, SAMPLE_COUNT])


class Layers(nn.Module):
    """A perceptron from (n, in) to (n, out).

    Its layers are convolutions over a single pixel: the same sums as nn.Linear, which without a
    fast BLAS takes eight times as long.
    """

    def __init__(self, sizes, activation):
        super().__init__()
        steps = [nn.Conv2d(sizes[0], sizes[1], 1)]
        for inputs, outputs in zip(sizes[1:], sizes[2:]):
            steps += [activation(), nn.Conv2d(inputs, outputs, 1)]
        self.net = nn.Sequential(*steps)

    def forward(self, rows):
        return self.net(rows[:, :, None, None]).flatten(1)


def describe(samples):
    """For the screen only: modes with a sample, modes with 20, share within three deviations."""
    far = np.linalg.norm(samples.numpy()[:, None] - centres(), axis=2)
    near = far.min(axis=1) < 3 * DEVIATION
    counts = np.bincount(far.argmin(axis=1)[near], minlength=MODES)
    return f"modes {(counts > 0).sum()}, with 20 {(counts >= 20).sum()}, near {near.mean():.4f}"


def save_truth(folder, reference):
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "modes.npy", centres())
    np.save(folder / "reference.npy", reference.numpy())


def save_samples(samples, folder, epoch):
    path = folder / f"samples/points_epoch_{epoch:03d}.npy"
    path.parent.mkdir(parents=True, exist_ok=True)
    np.save(path, samples.numpy().astype(np.float32))


def parse(description, default_out):
    return common.arguments(description, default_out).parse_args()
