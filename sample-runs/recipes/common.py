"""What the recipes share: the digits, the scorer and the files a run folder holds."""

import argparse
import csv
import pathlib

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torchvision.utils import save_image

# One thread: sums split over threads are added in another order and end in other bits.
torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)

SPLIT_SEED = 11
SCORER_SEED = 12
GRID_SEED = 13
SCORE_SEED = 14

GRID_COUNT = 64
SCORE_COUNT = 2000
NEIGHBOURS = 5


def arguments(description, default_out):
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--cache", type=pathlib.Path, default=here / ".cache",
                        help="folder fetch_digits.py wrote to")
    parser.add_argument("--out", type=pathlib.Path, default=here.parent / default_out,
                        help="run folder to write")
    return parser


def load_digits(cache):
    """4,000 training and 1,000 held-out digits in [0, 1], the same number of each class."""
    table = np.genfromtxt(cache / "mnist_5k.csv.gz", delimiter=",", dtype=np.float32)
    images = torch.from_numpy(table[:, :-1] / 255).reshape(-1, 1, 28, 28)
    labels = torch.from_numpy(table[:, -1]).long()
    generator = torch.Generator().manual_seed(SPLIT_SEED)
    train, held_out = [], []
    for digit in range(10):
        members = torch.nonzero(labels == digit).flatten()
        members = members[torch.randperm(len(members), generator=generator)]
        train.append(members[100:])
        held_out.append(members[:100])
    train, held_out = torch.cat(train), torch.cat(held_out)
    return images[train], labels[train], images[held_out], labels[held_out]


def batches(count, size):
    """Index batches of one shuffled epoch; a short last batch is left out."""
    order = torch.randperm(count)
    return [order[start:start + size] for start in range(0, count - size + 1, size)]


def fixed_latents(dimensions, seed, count):
    return torch.randn(count, dimensions, generator=torch.Generator().manual_seed(seed))


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(1, 16, 5, stride=2, padding=2), nn.ReLU(),
            nn.Conv2d(16, 32, 5, stride=2, padding=2), nn.ReLU(),
            nn.Flatten(), nn.Linear(32 * 7 * 7, 64),
        )
        # Ten digits and, last, "no digit".
        self.head = nn.Linear(64, 11)

    def forward(self, images):
        return self.head(F.relu(self.body(images)))


def no_digits(images):
    """As many pictures that are no digits: averages of two to eight, faded ones and noise."""
    made = []
    for image in images:
        count = int(torch.randint(2, 9, ()))
        mixed = images[torch.randint(len(images), (count,))].mean(0)
        faded = image * (0.1 + 0.4 * torch.rand(()))
        noise = torch.rand(1, 28, 28) * torch.rand(())
        kind = int(torch.randint(4, ()))
        made.append((mixed, faded, noise, torch.maximum(mixed * torch.rand(()), noise))[kind])
    return torch.stack(made)


class Scorer:
    """Scores samples against held-out digits in the feature space of a small classifier."""

    def __init__(self, images, labels, real, real_labels):
        torch.manual_seed(SCORER_SEED)
        self.net = Classifier()
        optimizer = torch.optim.Adam(self.net.parameters(), lr=1e-3)
        for _ in range(12):
            for index in batches(len(images), 50):
                # Moved by up to two pixels, so that place alone does not decide a class.
                shift = torch.randint(-2, 3, (2,)).tolist()
                moved = torch.roll(images[index], shift, (2, 3))
                wrong = no_digits(moved[:25])
                shown = torch.cat([moved, wrong])
                target = torch.cat([labels[index], torch.full((len(wrong),), 10)])
                loss = F.cross_entropy(self.net(shown), target)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
        self.net.eval()
        self.real, _ = self._describe(real)
        with torch.no_grad():
            self.accuracy = (self.net(real).argmax(1) == real_labels).float().mean().item()
        # Each real digit is its own nearest neighbour, hence one more.
        among = torch.cdist(self.real, self.real)
        self.radius = among.kthvalue(NEIGHBOURS + 1, dim=1).values

    @torch.no_grad()
    def _describe(self, images):
        features = self.net.body(images)
        confidence = self.net.head(F.relu(features)).softmax(1)[:, :10].max(1).values
        return features, confidence

    def score(self, images):
        """Quality and diversity, both in [0, 1]; README.md defines them."""
        features, confidence = self._describe(images)
        inside = torch.cdist(features, self.real) <= self.radius
        quality = (confidence * inside.any(dim=1)).mean().item()
        diversity = inside.any(dim=0).float().mean().item()
        return quality, diversity


def save_grid(images, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    save_image(images, path, nrow=8, padding=2)


def real_digits(held_out):
    """The 64 held-out digits that are shown beside the samples."""
    generator = torch.Generator().manual_seed(GRID_SEED)
    return held_out[torch.randperm(len(held_out), generator=generator)[:GRID_COUNT]]


def save_real_grid(held_out, path):
    save_grid(real_digits(held_out), path)


def write_csv(path, header, rows):
    """Whole numbers and text as they are, other numbers with four decimals."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(f"{cell:.4f}" if isinstance(cell, float) else cell for cell in row)
