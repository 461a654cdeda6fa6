"""Train a GAN on the ring of eight Gaussians: one that stays whole, or one that collapses."""

import copy
import dataclasses
import pathlib

import torch
from torch import nn
from torch.nn import functional as F

import common
import ring

LATENT = 2
BATCH = 200
LOG_EVERY = 25


@dataclasses.dataclass
class Setting:
    checkpoints: tuple
    seed: int
    width: int
    generator_rate: float
    discriminator_rate: float
    # Noise on all points that the discriminator sees: its deviation falls from the first number
    # to the second over this part of the training.
    noise: tuple
    noise_falls_for: float
    # What the rates are multiplied with by the end, a little each step.
    fall: float = 1.0
    # A running average of the generator's weights is sampled; 0 is none.
    average: float = 0.0
    # After this epoch other rates hold, which fall by the last number with each epoch.
    turn: int = 1_000_000
    after_turn: tuple = ()


SETTINGS = {
    "ring-gan": Setting(
        checkpoints=(5, 10, 20, 30, 40, 50, 60, 80, 100, 125, 150), seed=51, width=128,
        generator_rate=1e-3, discriminator_rate=2e-3, fall=0.05, average=0.995,
        noise=(0.5, 0.0), noise_falls_for=0.6,
    ),
    "ring-gan-collapsed": Setting(
        checkpoints=(5, 10, 15, 20, 25, 26, 27, 28, 30, 32, 36, 40), seed=52, width=128,
        generator_rate=2e-3, discriminator_rate=2e-3, average=0.98,
        noise=(0.5, 0.1), noise_falls_for=0.6, turn=25, after_turn=(1.5e-2, 3e-7, 0.85),
    ),
}


def perceptron(inputs, width, outputs, activation):
    return ring.Layers([inputs, width, width, width, outputs], activation)


def rates(setting, epoch, done):
    """The generator's and the discriminator's; `done` is the part of the training that is over."""
    if epoch > setting.turn:
        generator, discriminator, fall = setting.after_turn
        fall = fall ** (epoch - setting.turn - 1)
    else:
        generator, discriminator = setting.generator_rate, setting.discriminator_rate
        fall = setting.fall ** done
    return generator * fall, discriminator * fall


@torch.no_grad()
def follow(average, generator, share):
    for mean, value in zip(average.parameters(), generator.parameters()):
        mean.lerp_(value, 1 - share)


def main():
    parser = common.arguments(__doc__, "")
    parser.add_argument("setting", choices=list(SETTINGS))
    parser.set_defaults(out=None)
    options = parser.parse_args()
    setting = SETTINGS[options.setting]
    out = options.out or pathlib.Path(__file__).resolve().parent.parent / options.setting
    points, _, reference = ring.points()
    ring.save_truth(out, reference)
    latents = common.fixed_latents(LATENT, ring.LATENT_SEED, ring.SAMPLE_COUNT)

    torch.manual_seed(setting.seed)
    generator = perceptron(LATENT, setting.width, 2, nn.ReLU)
    discriminator = perceptron(2, setting.width, 1, lambda: nn.LeakyReLU(0.2))
    average = copy.deepcopy(generator)
    g_optimizer = torch.optim.Adam(generator.parameters(), betas=(0.5, 0.99))
    d_optimizer = torch.optim.Adam(discriminator.parameters(), betas=(0.5, 0.99))

    epochs = setting.checkpoints[-1]
    steps = epochs * (len(points) // BATCH)
    step, log, seen = 0, [], []
    for epoch in range(1, epochs + 1):
        for index in common.batches(len(points), BATCH):
            done = step / steps
            g_rate, d_rate = rates(setting, epoch, done)
            g_optimizer.param_groups[0]["lr"] = g_rate
            d_optimizer.param_groups[0]["lr"] = d_rate
            start, end = setting.noise
            noise = start + (end - start) * min(1, done / setting.noise_falls_for)

            fakes = generator(torch.randn(BATCH, LATENT))
            both = torch.cat([points[index], fakes.detach()])
            both = (both + noise * torch.randn_like(both)) / ring.RADIUS
            on_real, on_fake = discriminator(both).split(BATCH)
            d_loss = F.softplus(-on_real).mean() + F.softplus(on_fake).mean()
            d_optimizer.zero_grad()
            d_loss.backward()
            d_optimizer.step()

            blurred = (fakes + noise * torch.randn_like(fakes)) / ring.RADIUS
            g_loss = F.softplus(-discriminator(blurred)).mean()
            g_optimizer.zero_grad()
            g_loss.backward()
            g_optimizer.step()
            follow(average, generator, setting.average)

            step += 1
            numbers = (d_loss, g_loss, on_real.sigmoid().mean(), on_fake.sigmoid().mean())
            seen.append([number.item() for number in numbers])
            if step % LOG_EVERY == 0:
                log.append((step, epoch, *torch.tensor(seen[-LOG_EVERY:]).mean(0).tolist()))
        if epoch in setting.checkpoints:
            with torch.no_grad():
                samples = average(latents)
            ring.save_samples(samples, out, epoch)
            print(f"epoch {epoch:3d}  {ring.describe(samples)}", flush=True)

    header = ("step", "epoch", "loss_d", "loss_g", "d_real", "d_fake")
    common.write_csv(out / "training_log.csv", header, log)


if __name__ == "__main__":
    main()
