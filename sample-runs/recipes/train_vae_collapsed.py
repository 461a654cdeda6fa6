"""Train the VAE with a KL weight that never stops growing, until its latents say nothing."""

import numpy as np
import torch
from torch.nn import functional as F

import common
from train_vae import VAE

CHECKPOINTS = (5, 10, 15, 20, 24, 28, 32, 40)
LATENT = 8
BATCH = 50
RATE = 3e-3
# The weight is 1 up to this epoch and then grows by the same factor each epoch.
GROWS_AFTER = 15
GROWTH = 1.2
CODED = 500
TRAIN_SEED = 22


def weight_of(epoch):
    return GROWTH ** max(0, epoch - GROWS_AFTER)


def held_out_digits(held_out):
    """Fifty of each class: the held-out digits come class by class, 100 each."""
    return held_out[::len(held_out) // CODED]


@torch.no_grad()
def save_latents(vae, images, path):
    """What the encoder makes of the digits; returns the mean KL of each latent, in nats."""
    mean, log_variance = vae.encoder(images).chunk(2, dim=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, mu=mean.numpy(), logvar=log_variance.numpy())
    return ((mean ** 2 + log_variance.exp() - 1 - log_variance) / 2).mean(0)


def remark(weight, now, kl):
    """The losses of this checkpoint's epoch, and how many latents still say something."""
    used = int((kl > 0.01).sum())
    return (f"KL weight {weight:.1f}, recon {now[1]:.1f}, kl {now[2]:.2f}; "
            f"{used} of {len(kl)} latents above 0.01 nats on held-out digits")


def main():
    options = common.arguments(__doc__, "vae-collapsed").parse_args()
    images, labels, held_out, held_out_labels = common.load_digits(options.cache)
    scorer = common.Scorer(images, labels, held_out, held_out_labels)
    print(f"scorer: {scorer.accuracy:.4f} of the held-out digits named rightly")
    common.save_real_grid(held_out, options.out / "real_samples.png")
    grid_latents = common.fixed_latents(LATENT, common.GRID_SEED, common.GRID_COUNT)
    score_latents = common.fixed_latents(LATENT, common.SCORE_SEED, common.SCORE_COUNT)
    coded = held_out_digits(held_out)

    torch.manual_seed(TRAIN_SEED)
    vae = VAE(LATENT)
    optimizer = torch.optim.Adam(vae.parameters(), lr=RATE)

    step, log, metrics = 0, [], []
    for epoch in range(1, CHECKPOINTS[-1] + 1):
        seen, weight = [], weight_of(epoch)
        for index in common.batches(len(images), BATCH):
            logits, mean, log_variance = vae(images[index])
            recon = F.binary_cross_entropy_with_logits(logits, images[index], reduction="sum")
            recon = recon / BATCH
            kl = (mean ** 2 + log_variance.exp() - 1 - log_variance).sum() / 2 / BATCH
            loss = recon + weight * kl
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
            seen.append([loss.item(), recon.item(), kl.item()])
        now = torch.tensor(seen).mean(0).tolist()
        log.append((step, epoch, *now, float(weight)))
        if epoch in CHECKPOINTS:
            common.save_grid(vae.sample(grid_latents),
                             options.out / f"samples_epoch_{epoch:03d}.png")
            kl = save_latents(vae, coded, options.out / f"latents/latents_epoch_{epoch:03d}.npz")
            quality, diversity = scorer.score(vae.sample(score_latents))
            metrics.append((epoch, quality, diversity, remark(weight, now, kl)))
            print(f"epoch {epoch:3d}  quality {quality:.4f}  diversity {diversity:.4f}  "
                  f"{metrics[-1][-1]}", flush=True)

    header = ("epoch", "quality", "diversity", "note")
    common.write_csv(options.out / "metrics.csv", header, metrics)
    header = ("step", "epoch", "loss", "recon", "kl", "kl_weight")
    common.write_csv(options.out / "training_log.csv", header, log)


if __name__ == "__main__":
    main()
