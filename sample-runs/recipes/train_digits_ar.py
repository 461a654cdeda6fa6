"""Train an autoregressive model of the digits, coarse to fine; sample it at five temperatures."""

import torch
from torch import nn
from torch.nn import functional as F

import common

CHECKPOINTS = (1, 2, 3, 5, 8, 12, 16, 20, 25, 30)
TEMPERATURES = (0.4, 0.6, 0.8, 1.0, 1.3)
LEVELS = 4
WIDTH = 48
BATCH = 50
RATE = 2e-3
TRAIN_SEED = 61

# One uniform number for the class, one for each square of the sketch, one for each pixel.
LATENT = 1 + 7 * 7 + 28 * 28


def quantised(shares):
    """The nearest of a few levels, 0 to LEVELS - 1."""
    return (shares * (LEVELS - 1)).round().long()


def sketched(values):
    """How full of ink each square of 4x4 pixels is, as a level; full is from half on."""
    return quantised((F.avg_pool2d(values, 4) * 2).clamp(max=1))


def pick(logits, chances, temperature):
    """The level where the distribution function passes `chances`, as a share."""
    below = (logits / temperature).softmax(1).cumsum(1)[:, :-1]
    return (chances > below).sum(1, keepdim=True) / (LEVELS - 1)


class Group(nn.Module):
    """The levels of one lattice, given the class, what was drawn before, and its own beginning.

    `near` is how far a point sees up and aside on its own lattice, where earlier points are drawn;
    with 0 all are drawn at once. `reach` is how far it sees on a canvas twice as fine, where its
    lattice begins at `offset`; `sketch` how far on the sketch.
    """

    def __init__(self, size, near=0, offset=None, reach=0, sketch=0):
        super().__init__()
        self.size, self.near, self.offset, self.reach = size, near, offset, reach
        self.place = nn.Parameter(torch.zeros(10, WIDTH, size, size))
        if near:
            self.above = nn.Conv2d(1, WIDTH, (near, 2 * near + 1), bias=False)
            self.left = nn.Conv2d(1, WIDTH, (1, near), bias=False)
        if offset:
            self.around = nn.Conv2d(1, WIDTH, 2 * reach + 1, stride=2, bias=False)
        self.rough = None
        if sketch:
            self.rough = nn.Conv2d(1, WIDTH, 2 * sketch + 1, padding=sketch, bias=False)
        self.mix = nn.Sequential(
            nn.ReLU(), nn.Conv2d(WIDTH, WIDTH, 1), nn.ReLU(), nn.Conv2d(WIDTH, LEVELS, 1))

    def before(self, labels, sketch, canvas):
        known = self.place[labels]
        if self.rough:
            known = known + self.rough(sketch)
        if self.offset:
            (down, right), reach = self.offset, self.reach
            seen = F.pad(canvas, (reach - right, reach + right, reach - down, reach + down))
            known = known + self.around(seen)[:, :, :self.size, :self.size]
        return known

    def forward(self, labels, sketch, canvas, own):
        known = self.before(labels, sketch, canvas)
        if self.near:
            seen = F.pad(own, (self.near, self.near, self.near, 0))
            known = known + self.above(seen[:, :, :-1])
            known = known + self.left(seen[:, :, self.near:, :-self.near - 1])
        return self.mix(known)

    def sample(self, labels, sketch, canvas, chances, temperature):
        known, near = self.before(labels, sketch, canvas), self.near
        if not near:
            return pick(self.mix(known), chances, temperature)
        seen = torch.zeros(len(labels), 1, near + self.size, near + self.size + near)
        for row in range(self.size):
            line = known[:, :, row:row + 1] + self.above(seen[:, :, row:row + near])
            for column in range(self.size):
                left = self.left(seen[:, :, near + row:near + row + 1, column:column + near])
                logits = self.mix(line[:, :, :, column:column + 1] + left)
                chance = chances[:, :, row:row + 1, column:column + 1]
                drawn = pick(logits, chance, temperature)
                seen[:, 0, near + row, near + column] = drawn[:, 0, 0, 0]
        return seen[:, :, near:, near:-near]


class Model(nn.Module):
    """The class, each of the ten as likely; a sketch of 7x7; every other pixel both ways, in four
    groups; the pixels between them, in three."""

    def __init__(self):
        super().__init__()
        offsets = ((0, 0), (1, 1), (0, 1), (1, 0))
        self.sketch = Group(7, near=6)
        self.second = nn.ModuleList(Group(7, 3, offset, 4, 2) for offset in offsets)
        self.third = nn.ModuleList(Group(14, 0, offset, 3) for offset in offsets[1:])

    def groups(self):
        """Each group of pixels, where they are in a picture, and the canvas it sees."""
        for step, groups in ((2, self.second), (1, self.third)):
            for group in groups:
                down, right = (step * by for by in group.offset)
                own = (..., slice(down, 28, 2 * step), slice(right, 28, 2 * step))
                yield group, own, (..., slice(0, 28, step), slice(0, 28, step))

    def nll(self, grays, labels):
        """Nats a digit, of its sketch and its pixels given its class."""
        values = grays / (LEVELS - 1)
        levels = sketched(values)
        sketch = levels / (LEVELS - 1)
        logits = self.sketch(labels, None, None, sketch)
        total = F.cross_entropy(logits, levels[:, 0], reduction="sum")
        canvas = torch.zeros_like(values)
        for group, own, seen in self.groups():
            logits = group(labels, sketch, canvas[seen], values[own])
            total = total + F.cross_entropy(logits, grays[own][:, 0], reduction="sum")
            canvas[own] = values[own]
        return total / len(grays)

    @torch.no_grad()
    def sample(self, chances, temperature):
        """The classes are as likely as each other, so temperature has no part in them."""
        labels = (chances[:, 0] * 10).long()
        rough = chances[:, 1:50].reshape(-1, 1, 7, 7)
        chances = chances[:, 50:].reshape(-1, 1, 28, 28)
        sketch = self.sketch.sample(labels, None, None, rough, temperature)
        canvas = torch.zeros_like(chances)
        for group, own, seen in self.groups():
            canvas[own] = group.sample(labels, sketch, canvas[seen], chances[own], temperature)
        return canvas


def chances(seed, count):
    return torch.rand(count, LATENT, generator=torch.Generator().manual_seed(seed))


def remark(now, before, best):
    """Compare the losses of this checkpoint with those of the one before and of the best so far."""
    if before is None:
        return f"first checkpoint, nll_val {now[1]:.1f}"
    if now[1] > best + 0.5:
        return f"nll_val {now[1] - best:.1f} above its lowest, nll_train {now[0]:.1f}"
    fall = 1 - now[1] / before[1]
    if fall > 0.03:
        return f"nll_val down {fall:.0%} to {now[1]:.1f}"
    return ""


def main():
    options = common.arguments(__doc__, "digits-ar").parse_args()
    images, labels, held_out, held_out_labels = common.load_digits(options.cache)
    scorer = common.Scorer(images, labels, held_out, held_out_labels)
    print(f"scorer: {scorer.accuracy:.4f} of the held-out digits named rightly")
    common.save_real_grid(held_out, options.out / "real_samples.png")
    grays, held_out_grays = quantised(images), quantised(held_out)
    grid_chances = chances(common.GRID_SEED, common.GRID_COUNT)
    score_chances = chances(common.SCORE_SEED, common.SCORE_COUNT)

    torch.manual_seed(TRAIN_SEED)
    model = Model()
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)

    step, log, metrics, before, best = 0, [], [], None, float("inf")
    for epoch in range(1, CHECKPOINTS[-1] + 1):
        seen = []
        for index in common.batches(len(grays), BATCH):
            loss = model.nll(grays[index], labels[index])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
            seen.append(loss.item())
        with torch.no_grad():
            validated = model.nll(held_out_grays, held_out_labels).item()
        now = (torch.tensor(seen).mean().item(), validated)
        best = min(best, validated)
        log.append((step, epoch, *now))
        print(f"epoch {epoch:3d}  nll_train {now[0]:.2f}  nll_val {now[1]:.2f}", flush=True)
        if epoch not in CHECKPOINTS:
            continue
        for temperature in TEMPERATURES:
            common.save_grid(model.sample(grid_chances, temperature),
                             options.out / "samples" / f"temperature_{temperature}"
                             / f"epoch_{epoch:03d}.png")
            quality, diversity = scorer.score(model.sample(score_chances, temperature))
            # The losses know no temperature but 1.
            note = remark(now, before, best) if temperature == 1 else ""
            metrics.append((epoch, str(temperature), quality, diversity, note))
            print(f"  temperature {temperature}  quality {quality:.4f}  diversity {diversity:.4f}",
                  flush=True)
        before = now

    header = ("epoch", "temperature", "quality", "diversity", "note")
    common.write_csv(options.out / "metrics.csv", header, metrics)
    header = ("step", "epoch", "nll_train", "nll_val")
    common.write_csv(options.out / "training_log.csv", header, log)


if __name__ == "__main__":
    main()
