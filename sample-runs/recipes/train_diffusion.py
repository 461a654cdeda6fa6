"""Train a small diffusion model on the digits; sample a running average of it with DDIM."""

import copy
import json
import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import common

CHECKPOINTS = (1, 3, 5, 8, 10, 15, 20, 30, 40, 50, 60)
SHAPE = (1, 28, 28)
TIMESTEPS = 1000
SAMPLING_STEPS = 15
WIDTH, DEEP_WIDTH = 32, 64
BATCH = 25
RATE = 2e-3
WARMUP = 200
CLIP = 1.0
AVERAGE = 0.998
LOG_EVERY = 32
TRAIN_SEED = 31
VAL_SEED = 32

# The cosine schedule: how much of the digit and of the noise is left at step 0 to TIMESTEPS.
ANGLES = torch.linspace(0, math.pi / 2, TIMESTEPS + 1)
SIGNAL, NOISE = ANGLES.cos(), ANGLES.sin()


class Block(nn.Module):
    """Two convolutions beside a shortcut; the time scales and shifts what is between them."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.first = nn.Sequential(
            nn.GroupNorm(8, inputs), nn.SiLU(), nn.Conv2d(inputs, outputs, 3, padding=1),
            nn.GroupNorm(8, outputs),
        )
        self.time = nn.Linear(64, 2 * outputs)
        self.last = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.shortcut = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, maps, time):
        scale, shift = self.time(time)[:, :, None, None].chunk(2, dim=1)
        inner = self.first(maps) * (1 + scale) + shift
        return self.shortcut(maps) + self.last(F.silu(inner))


class Attention(nn.Module):
    """Each of the 7x7 places looks at all others, so that strokes far apart can agree."""

    def __init__(self, channels):
        super().__init__()
        self.look = nn.Sequential(nn.GroupNorm(8, channels), nn.Conv2d(channels, 3 * channels, 1))
        self.last = nn.Conv2d(channels, channels, 1)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, maps):
        query, key, value = self.look(maps).flatten(2).chunk(3, dim=1)
        weights = (query.transpose(1, 2) @ key / math.sqrt(query.shape[1])).softmax(2)
        return maps + self.last((value @ weights.transpose(1, 2)).view_as(maps))


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.time = nn.Sequential(nn.Linear(32, 64), nn.SiLU(), nn.Linear(64, 64), nn.SiLU())
        # Pixels are folded into channels first: 28x28 would cost most and gain little.
        self.stem = nn.Sequential(nn.PixelUnshuffle(2), nn.Conv2d(4, WIDTH, 3, padding=1))
        self.before = Block(WIDTH, WIDTH)
        self.down = nn.Conv2d(WIDTH, DEEP_WIDTH, 3, stride=2, padding=1)
        self.deep = nn.ModuleList([Block(DEEP_WIDTH, DEEP_WIDTH) for _ in range(2)])
        self.attention = Attention(DEEP_WIDTH)
        self.up = nn.Sequential(
            nn.Conv2d(DEEP_WIDTH, 4 * WIDTH, 3, padding=1), nn.PixelShuffle(2),
        )
        self.after = Block(2 * WIDTH, WIDTH)
        self.last = nn.Conv2d(WIDTH, 4, 3, padding=1)
        self.out = nn.Sequential(
            nn.GroupNorm(8, WIDTH), nn.SiLU(), self.last, nn.PixelShuffle(2),
        )
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, images, times):
        waves = times[:, None] * torch.exp(torch.arange(16) * (-math.log(10_000) / 16))
        time = self.time(torch.cat([waves.sin(), waves.cos()], dim=1))
        side = self.before(self.stem(images), time)
        deep = self.deep[0](self.down(side), time)
        deep = self.deep[1](self.attention(deep), time)
        return self.out(self.after(torch.cat([self.up(deep), side], dim=1), time))


def loss_of(net, images, times, noise):
    """Mean squared error of v, which is the noise at step 0 and the digit, negated, at the last."""
    signal, rest = SIGNAL[times].view(-1, 1, 1, 1), NOISE[times].view(-1, 1, 1, 1)
    return F.mse_loss(net(signal * images + rest * noise, times), signal * noise - rest * images)


@torch.no_grad()
def sample(net, latents, count=SAMPLING_STEPS):
    """DDIM, eta 0: latents are the noise of the last step, and no more noise is added."""
    steps = torch.linspace(TIMESTEPS, 0, count + 1).round().long().tolist()
    made = []
    for images in latents.split(100):
        for now, then in zip(steps, steps[1:]):
            v = net(images, torch.full((len(images),), now))
            digits = (SIGNAL[now] * images - NOISE[now] * v).clamp(-1, 1)
            noise = NOISE[now] * images + SIGNAL[now] * v
            images = SIGNAL[then] * digits + NOISE[then] * noise
        made.append(images)
    return torch.cat(made)


@torch.no_grad()
def follow(average, net, kept=AVERAGE):
    for mean, value in zip(average.parameters(), net.parameters()):
        mean.lerp_(value, 1 - kept)


def remark(now, live, before):
    """Compare the average's val_loss with the live weights' and the checkpoint's before."""
    if now > 1.05 * live:
        return f"average lags behind the live weights, val_loss {now:.2f} against {live:.2f}"
    change = 1 - now / before
    if change < -0.005:
        return f"val_loss up {-change:.1%} to {now:.4f}"
    if change < 0.01:
        return f"val_loss nearly flat at {now:.4f}"
    return f"val_loss down {change:.0%} to {now:.4f}"


def save_config(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    config = {
        "batch_size": BATCH,
        "ema_decay": AVERAGE,
        "epochs": CHECKPOINTS[-1],
        "grad_clip": CLIP,
        "latent_shape": SHAPE,
        "learning_rate": RATE,
        "learning_rate_schedule": "warm-up, then linear to 0",
        "model": {"attention": "7x7", "channels": [WIDTH, DEEP_WIDTH], "predicts": "v"},
        "noise_schedule": "cosine",
        "optimizer": "adam",
        "sampler": {"clip": [-1, 1], "eta": 0, "name": "ddim", "steps": SAMPLING_STEPS},
        "seed": TRAIN_SEED,
        "timesteps": TIMESTEPS,
        "warmup_steps": WARMUP,
    }
    with path.open("w") as file:
        json.dump(config, file, indent=2, sort_keys=True)
        file.write("\n")


def save_samples(images, path):
    """Half precision is far finer than a screen shows and takes half the room."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, samples=images.numpy().astype(np.float16))


def main():
    options = common.arguments(__doc__, "diffusion").parse_args()
    images, labels, held_out, held_out_labels = common.load_digits(options.cache)
    scorer = common.Scorer(images, labels, held_out, held_out_labels)
    print(f"scorer: {scorer.accuracy:.4f} of the held-out digits named rightly")
    save_config(options.out / "config.json")
    real = (common.real_digits(held_out) * 255).round().to(torch.uint8)
    np.save(options.out / "reference.npy", real.squeeze(1).numpy())
    pixels = math.prod(SHAPE)
    grid_latents = common.fixed_latents(pixels, common.GRID_SEED, common.GRID_COUNT)
    score_latents = common.fixed_latents(pixels, common.SCORE_SEED, common.SCORE_COUNT)
    grid_latents, score_latents = grid_latents.view(-1, *SHAPE), score_latents.view(-1, *SHAPE)
    # Black is -1 and white 1, so that digits and noise lie around the same middle.
    images, held_out = images * 2 - 1, held_out * 2 - 1
    # Each held-out digit gets one noise and one time, the same at every epoch.
    chance = torch.Generator().manual_seed(VAL_SEED)
    val_times = torch.randint(1, TIMESTEPS + 1, (len(held_out),), generator=chance)
    val_noise = torch.randn(held_out.shape, generator=chance)

    torch.manual_seed(TRAIN_SEED)
    net = UNet()
    average = copy.deepcopy(net).requires_grad_(False)
    optimizer = torch.optim.Adam(net.parameters(), lr=RATE)

    steps = CHECKPOINTS[-1] * (len(images) // BATCH)
    step, log, metrics, before = 0, [], [], None
    for epoch in range(1, CHECKPOINTS[-1] + 1):
        seen = []
        for index in common.batches(len(images), BATCH):
            # Up from nothing at first, then down to nothing in a straight line.
            rate = RATE * min(1, (step + 1) / WARMUP) * (1 - step / steps)
            optimizer.param_groups[0]["lr"] = rate
            times = torch.randint(1, TIMESTEPS + 1, (BATCH,))
            loss = loss_of(net, images[index], times, torch.randn(BATCH, *SHAPE))
            optimizer.zero_grad()
            loss.backward()
            # The norm is the one before clipping.
            norm = nn.utils.clip_grad_norm_(net.parameters(), CLIP)
            optimizer.step()
            follow(average, net)
            step += 1
            seen.append([loss.item(), norm.item()])
            if step % LOG_EVERY == 0:
                log.append([step, epoch, *torch.tensor(seen[-LOG_EVERY:]).mean(0).tolist(), ""])
        # Once an epoch, in its last row; the other rows have none.
        val_loss = loss_of(average, held_out, val_times, val_noise).item()
        log[-1][-1] = val_loss
        if epoch in CHECKPOINTS:
            save_samples(sample(average, grid_latents),
                         options.out / f"samples/samples_epoch_{epoch:03d}.npz")
            quality, diversity = scorer.score((sample(average, score_latents) + 1) / 2)
            with torch.no_grad():
                live = loss_of(net, held_out, val_times, val_noise).item()
            metrics.append((epoch, quality, diversity, remark(val_loss, live, before)))
            before = val_loss
            print(f"epoch {epoch:3d}  quality {quality:.4f}  diversity {diversity:.4f}", flush=True)

    header = ("epoch", "quality", "diversity", "note")
    common.write_csv(options.out / "metrics.csv", header, metrics)
    header = ("step", "epoch", "loss", "grad_norm", "val_loss")
    common.write_csv(options.out / "training_log.csv", header, log)


if __name__ == "__main__":
    main()
