"""Train a small GAN that collapses late: from epoch 31 on it chases a frozen discriminator."""

import copy

import torch
from torch import nn
from torch.nn import functional as F

import common

CHECKPOINTS = (1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 60)
FREEZE_AFTER = 30
LATENT = 32
BATCH = 25
RATE = 2e-3
LATE_RATE = 1e-4
AVERAGE = 0.995
LOG_EVERY = 32
TRAIN_SEED = 7


class Mapping(nn.Module):
    """Moves latents about on their own sphere; moves nothing until it has learned to."""

    def __init__(self):
        super().__init__()
        self.shift = nn.Sequential(nn.Linear(LATENT, 64), nn.ReLU(), nn.Linear(64, LATENT))
        nn.init.zeros_(self.shift[-1].weight)
        nn.init.zeros_(self.shift[-1].bias)

    def forward(self, latents):
        moved = latents + self.shift(latents)
        return moved * latents.norm(dim=1, keepdim=True) / moved.norm(dim=1, keepdim=True)


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.mapping = Mapping()
        # PixelShuffle where a DCGAN has transposed convolutions: far faster on a CPU.
        self.synthesis = nn.Sequential(
            nn.Linear(LATENT, 64 * 7 * 7), nn.BatchNorm1d(64 * 7 * 7), nn.ReLU(),
            nn.Unflatten(1, (64, 7, 7)),
            nn.Conv2d(64, 128, 3, padding=1), nn.PixelShuffle(2), nn.BatchNorm2d(32), nn.ReLU(),
            nn.Conv2d(32, 4, 3, padding=1), nn.PixelShuffle(2), nn.Sigmoid(),
        )

    def forward(self, latents):
        return self.synthesis(self.mapping(latents))


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(1, 32, 4, stride=2, padding=1), nn.LeakyReLU(0.2),
            nn.Conv2d(32, 64, 4, stride=2, padding=1), nn.LeakyReLU(0.2),
            nn.Flatten(), nn.Linear(64 * 7 * 7, 1), nn.Flatten(0),
        )

    def forward(self, images):
        return self.net(images)


@torch.no_grad()
def follow(average, generator):
    """Keep a running average of the generator, batch statistics included."""
    for mean, value in zip(average.state_dict().values(), generator.state_dict().values()):
        if mean.is_floating_point():
            mean.lerp_(value, 1 - AVERAGE)


def remark(epoch, d_real, d_fake):
    if epoch > FREEZE_AFTER:
        return f"discriminator frozen, d_fake {d_fake:.2f}"
    if d_real - d_fake > 0.4:
        return f"discriminator far ahead, d_real {d_real:.2f} against d_fake {d_fake:.2f}"
    if d_real - d_fake < 0.15:
        return "discriminator hardly tells real from fake"
    return ""


def main():
    options = common.arguments(__doc__, "gan").parse_args()
    images, labels, held_out, held_out_labels = common.load_digits(options.cache)
    scorer = common.Scorer(images, labels, held_out, held_out_labels)
    print(f"scorer: {scorer.accuracy:.4f} of the held-out digits named rightly")
    common.save_real_grid(held_out, options.out / "real_samples.png")
    grid_latents = common.fixed_latents(LATENT, common.GRID_SEED, common.GRID_COUNT)
    score_latents = common.fixed_latents(LATENT, common.SCORE_SEED, common.SCORE_COUNT)

    torch.manual_seed(TRAIN_SEED)
    generator, discriminator = Generator(), Discriminator()
    average = sampler = copy.deepcopy(generator).eval()
    g_optimizer = torch.optim.Adam(generator.parameters(), lr=RATE, betas=(0.5, 0.99))
    d_optimizer = torch.optim.Adam(discriminator.parameters(), lr=RATE, betas=(0.5, 0.99))
    # 0.9 for real: one-sided label smoothing keeps the discriminator from certainty.
    real_target = torch.full((BATCH,), 0.9)
    zeros, ones = torch.zeros(BATCH), torch.ones(BATCH)

    step, log, metrics = 0, [], []
    for epoch in range(1, CHECKPOINTS[-1] + 1):
        late = epoch > FREEZE_AFTER
        if epoch == FREEZE_AFTER + 1:
            # Only the choice of latents learns on. Were all layers free, they would learn to
            # fool the frozen discriminator with pictures that are no digits at all.
            steering = Mapping()
            generator = sampler = nn.Sequential(steering, average.requires_grad_(False))
            discriminator.requires_grad_(False)
            g_optimizer = torch.optim.Adam(steering.parameters(), betas=(0.5, 0.99))
        if late:
            # Falls to nothing in a straight line over the late epochs.
            left = (CHECKPOINTS[-1] + 1 - epoch) / (CHECKPOINTS[-1] - FREEZE_AFTER)
            g_optimizer.param_groups[0]["lr"] = LATE_RATE * left
        seen = []
        for index in common.batches(len(images), BATCH):
            fakes = generator(torch.randn(BATCH, LATENT))
            on_real, on_fake = discriminator(images[index]), discriminator(fakes.detach())
            d_loss = F.binary_cross_entropy_with_logits(on_real, real_target)
            d_loss = d_loss + F.binary_cross_entropy_with_logits(on_fake, zeros)
            if not late:
                d_optimizer.zero_grad()
                d_loss.backward()
                d_optimizer.step()
            g_loss = F.binary_cross_entropy_with_logits(discriminator(fakes), ones)
            g_optimizer.zero_grad()
            g_loss.backward()
            g_optimizer.step()
            if not late:
                follow(average, generator)

            step += 1
            numbers = (d_loss, g_loss, on_real.sigmoid().mean(), on_fake.sigmoid().mean())
            seen.append([number.item() for number in numbers])
            if step % LOG_EVERY == 0:
                log.append((step, epoch, *torch.tensor(seen[-LOG_EVERY:]).mean(0).tolist()))
        if epoch in CHECKPOINTS:
            with torch.no_grad():
                grid, scored = sampler(grid_latents), sampler(score_latents)
            name = f"samples/fake_samples_epoch_{epoch:03d}.png"
            common.save_grid(grid, options.out / name)
            quality, diversity = scorer.score(scored)
            d_real, d_fake = torch.tensor(seen).mean(0)[2:].tolist()
            metrics.append((epoch, quality, diversity, remark(epoch, d_real, d_fake)))
            print(f"epoch {epoch:3d}  quality {quality:.4f}  diversity {diversity:.4f}", flush=True)

    header = ("epoch", "quality", "diversity", "note")
    common.write_csv(options.out / "metrics.csv", header, metrics)
    header = ("step", "epoch", "loss_d", "loss_g", "d_real", "d_fake")
    common.write_csv(options.out / "training_log.csv", header, log)


if __name__ == "__main__":
    main()
