"""Train an autoregressive model on the ring of eight Gaussians: first x, then y given x."""

import math

import torch
from torch import nn

import common
import ring

CHECKPOINTS = (1, 2, 3, 5, 8, 12, 16, 20, 25, 30, 35, 40)
ACROSS, UP = 12, 4
WIDTH = 64
BATCH = 100
RATE = 3e-3
TRAIN_SEED = 43


def log_density(value, weights, means, scales):
    """Of mixtures of Gaussians, one a row: logits, means and logarithms of deviations."""
    away = (value[:, None] - means) / scales.exp()
    parts = weights.log_softmax(1) - scales - away ** 2 / 2 - math.log(2 * math.pi) / 2
    return parts.logsumexp(1)


def quantile(chance, weights, means, scales):
    """Where a mixture's distribution function reaches `chance`, found by halving."""
    low, high = torch.full_like(chance, -20), torch.full_like(chance, 20)
    for _ in range(60):
        middle = (low + high) / 2
        away = (middle[:, None] - means) / scales.exp()
        below = (weights.softmax(1) * (1 + torch.erf(away / math.sqrt(2))) / 2).sum(1) < chance
        low, high = torch.where(below, middle, low), torch.where(below, high, middle)
    return (low + high) / 2


class Model(nn.Module):
    """p(x) is one mixture, p(y | x) another whose numbers a perceptron reads off x."""

    def __init__(self):
        super().__init__()
        self.weights = nn.Parameter(torch.zeros(1, ACROSS))
        self.means = nn.Parameter(torch.linspace(-2.5, 2.5, ACROSS)[None])
        self.scales = nn.Parameter(torch.full((1, ACROSS), -1.0))
        self.net = ring.Layers([1, WIDTH, WIDTH, 3 * UP], nn.SiLU)
        self.register_buffer("spread", torch.linspace(-2, 2, UP))

    def first(self, count):
        return [part.expand(count, -1) for part in (self.weights, self.means, self.scales)]

    def second(self, x):
        weights, means, scales = self.net(x[:, None]).chunk(3, dim=1)
        return weights, means + self.spread, scales

    def nll(self, points):
        """Nats a point."""
        x, y = points.unbind(1)
        return -log_density(x, *self.first(len(x))) - log_density(y, *self.second(x))

    @torch.no_grad()
    def sample(self, chances):
        # In double precision: the tails of a narrow Gaussian are lost in single.
        x = quantile(chances[:, 0], *(part.double() for part in self.first(len(chances))))
        y = quantile(chances[:, 1], *(part.double() for part in self.second(x.float())))
        return torch.stack([x, y], dim=1).float()


def main():
    options = ring.parse(__doc__, "ring-ar")
    points, held_out, reference = ring.points()
    ring.save_truth(options.out, reference)
    generator = torch.Generator().manual_seed(ring.LATENT_SEED)
    chances = torch.rand(ring.SAMPLE_COUNT, 2, generator=generator, dtype=torch.float64)

    torch.manual_seed(TRAIN_SEED)
    model = Model()
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    steps = CHECKPOINTS[-1] * (len(points) // BATCH)
    step, log = 0, []
    for epoch in range(1, CHECKPOINTS[-1] + 1):
        seen = []
        for index in common.batches(len(points), BATCH):
            # Down to nothing in a straight line.
            optimizer.param_groups[0]["lr"] = RATE * (1 - step / steps)
            loss = model.nll(points[index]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
            seen.append(loss.item())
        samples = model.sample(chances)
        with torch.no_grad():
            validated, own = model.nll(held_out).mean().item(), model.nll(samples).mean().item()
        log.append((step, epoch, torch.tensor(seen).mean().item(), validated, own))
        if epoch in CHECKPOINTS:
            ring.save_samples(samples, options.out, epoch)
            print(f"epoch {epoch:3d}  {ring.describe(samples)}  "
                  f"{log[-1][2]:.3f} {validated:.3f} {own:.3f}", flush=True)

    header = ("step", "epoch", "nll_train", "nll_val", "nll_samples")
    common.write_csv(options.out / "training_log.csv", header, log)


if __name__ == "__main__":
    main()
