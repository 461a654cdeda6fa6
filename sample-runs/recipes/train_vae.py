"""Train a small variational autoencoder on the digits."""

import torch
from torch import nn
from torch.nn import functional as F

import common

CHECKPOINTS = (1, 2, 5, 10, 15, 20, 30, 40, 50, 60)
LATENT = 12
BATCH = 50
RATE = 3e-3
TRAIN_SEED = 21


class VAE(nn.Module):
    def __init__(self, latent=LATENT):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 32, 4, stride=2, padding=1), nn.ReLU(),
            nn.Conv2d(32, 64, 4, stride=2, padding=1), nn.ReLU(),
            nn.Flatten(), nn.Linear(64 * 7 * 7, 2 * latent),
        )
        self.decoder = nn.Sequential(
            nn.Linear(latent, 64 * 7 * 7), nn.ReLU(), nn.Unflatten(1, (64, 7, 7)),
            nn.Conv2d(64, 128, 3, padding=1), nn.PixelShuffle(2), nn.ReLU(),
            nn.Conv2d(32, 4, 3, padding=1), nn.PixelShuffle(2),
        )

    def forward(self, images):
        mean, log_variance = self.encoder(images).chunk(2, dim=1)
        latents = mean + torch.randn_like(mean) * (log_variance / 2).exp()
        return self.decoder(latents), mean, log_variance

    @torch.no_grad()
    def sample(self, latents):
        return self.decoder(latents).sigmoid()


def remark(epoch, now, before):
    """Compare the mean losses of this checkpoint's epoch with those of the one before it."""
    if before is None:
        return f"first checkpoint, loss {now[0]:.1f}"
    fall = 1 - now[0] / before[0]
    if fall > 0.03:
        return f"loss down {fall:.0%} to {now[0]:.1f}, kl {now[2]:.1f}"
    if fall < 0.01:
        return f"loss nearly flat, down {fall:.1%}"
    return ""


def main():
    options = common.arguments(__doc__, "vae").parse_args()
    images, labels, held_out, held_out_labels = common.load_digits(options.cache)
    scorer = common.Scorer(images, labels, held_out, held_out_labels)
    print(f"scorer: {scorer.accuracy:.4f} of the held-out digits named rightly")
    common.save_real_grid(held_out, options.out / "real_samples.png")
    grid_latents = common.fixed_latents(LATENT, common.GRID_SEED, common.GRID_COUNT)
    score_latents = common.fixed_latents(LATENT, common.SCORE_SEED, common.SCORE_COUNT)

    torch.manual_seed(TRAIN_SEED)
    vae = VAE()
    optimizer = torch.optim.Adam(vae.parameters(), lr=RATE)

    step, log, metrics, before = 0, [], [], None
    for epoch in range(1, CHECKPOINTS[-1] + 1):
        seen = []
        for index in common.batches(len(images), BATCH):
            logits, mean, log_variance = vae(images[index])
            recon = F.binary_cross_entropy_with_logits(logits, images[index], reduction="sum")
            recon = recon / BATCH
            kl = (mean ** 2 + log_variance.exp() - 1 - log_variance).sum() / 2 / BATCH
            loss = recon + kl
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
            seen.append([loss.item(), recon.item(), kl.item()])
        now = torch.tensor(seen).mean(0).tolist()
        log.append((step, epoch, *now))
        if epoch in CHECKPOINTS:
            common.save_grid(vae.sample(grid_latents),
                             options.out / f"samples_epoch_{epoch:03d}.png")
            quality, diversity = scorer.score(vae.sample(score_latents))
            metrics.append((epoch, quality, diversity, remark(epoch, now, before)))
            before = now
            print(f"epoch {epoch:3d}  quality {quality:.4f}  diversity {diversity:.4f}", flush=True)

    header = ("epoch", "quality", "diversity", "note")
    common.write_csv(options.out / "metrics.csv", header, metrics)
    header = ("step", "epoch", "loss", "recon", "kl")
    common.write_csv(options.out / "training_log.csv", header, log)


if __name__ == "__main__":
    main()
