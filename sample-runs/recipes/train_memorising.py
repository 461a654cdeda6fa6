"""Train the diffusion model far too long on 100 digits, until it gives them back."""

import copy
import math

import numpy as np
import torch

import common
from train_diffusion import SHAPE, TIMESTEPS, UNet, follow, loss_of, sample

CHECKPOINTS = (50, 100, 150, 200, 250, 300, 400, 500, 650, 800)
TRAIN_COUNT = 100
TEST_COUNT = 200
BATCH = 20
RATE = 2e-3
WARMUP = 200
CLIP = 1.0
AVERAGE = 0.99
LOG_EVERY = 25
VAL_EVERY = 25
SAMPLING_STEPS = 10
TRAIN_SEED = 33
VAL_SEED = 34


def few(images, labels, count, start=0):
    """The same number of each class, the first ones after `start`."""
    each = count // 10
    chosen = [torch.nonzero(labels == digit).flatten()[start:start + each] for digit in range(10)]
    return images[torch.cat(chosen)]


def as_bytes(images):
    return (images.clamp(0, 1) * 255).round().to(torch.uint8).squeeze(1).numpy()


def save_samples(images, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, samples=as_bytes((images + 1) / 2))


def remark(loss, val_loss):
    """The averaged weights' losses on the digits trained on and on those held out."""
    return f"val_loss {val_loss:.3f}, {val_loss / loss:.1f} times the loss on the training digits"


def main():
    options = common.arguments(__doc__, "memorising").parse_args()
    all_images, all_labels, held_out, held_out_labels = common.load_digits(options.cache)
    scorer = common.Scorer(all_images, all_labels, held_out, held_out_labels)
    print(f"scorer: {scorer.accuracy:.4f} of the held-out digits named rightly")
    images = few(all_images, all_labels, TRAIN_COUNT)
    test = few(held_out, held_out_labels, TEST_COUNT)
    options.out.mkdir(parents=True, exist_ok=True)
    np.save(options.out / "train.npy", as_bytes(images))
    np.save(options.out / "test.npy", as_bytes(test))
    pixels = math.prod(SHAPE)
    grid_latents = common.fixed_latents(pixels, common.GRID_SEED, common.GRID_COUNT)
    score_latents = common.fixed_latents(pixels, common.SCORE_SEED, common.SCORE_COUNT)
    grid_latents, score_latents = grid_latents.view(-1, *SHAPE), score_latents.view(-1, *SHAPE)
    images, test = images * 2 - 1, test * 2 - 1
    # Each digit gets fixed noises and times, the same at every epoch; those trained on as well, so
    # that the two losses can be compared.
    chance = torch.Generator().manual_seed(VAL_SEED)
    val_times = torch.randint(1, TIMESTEPS + 1, (len(test),), generator=chance)
    val_noise = torch.randn(test.shape, generator=chance)
    twice = torch.cat([images] * (len(test) // len(images)))

    torch.manual_seed(TRAIN_SEED)
    net = UNet()
    average = copy.deepcopy(net).requires_grad_(False)
    optimizer = torch.optim.Adam(net.parameters(), lr=RATE)

    steps = CHECKPOINTS[-1] * (len(images) // BATCH)
    step, log, metrics, seen = 0, [], [], []
    for epoch in range(1, CHECKPOINTS[-1] + 1):
        for index in common.batches(len(images), BATCH):
            # Up from nothing at first, then down to nothing in a straight line.
            rate = RATE * min(1, (step + 1) / WARMUP) * (1 - step / steps)
            optimizer.param_groups[0]["lr"] = rate
            times = torch.randint(1, TIMESTEPS + 1, (BATCH,))
            loss = loss_of(net, images[index], times, torch.randn(BATCH, *SHAPE))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), CLIP)
            optimizer.step()
            follow(average, net, AVERAGE)
            step += 1
            seen.append(loss.item())
            if step % LOG_EVERY == 0:
                log.append([step, epoch, float(np.mean(seen[-LOG_EVERY:])), ""])
        if epoch % VAL_EVERY == 0:
            log[-1][-1] = loss_of(average, test, val_times, val_noise).item()
        if epoch in CHECKPOINTS:
            save_samples(sample(average, grid_latents, SAMPLING_STEPS),
                         options.out / f"samples/samples_epoch_{epoch:03d}.npz")
            scored = sample(average, score_latents, SAMPLING_STEPS)
            quality, diversity = scorer.score((scored + 1) / 2)
            on_train = loss_of(average, twice, val_times, val_noise).item()
            metrics.append((epoch, quality, diversity, remark(on_train, log[-1][-1])))
            print(f"epoch {epoch:3d}  quality {quality:.4f}  diversity {diversity:.4f}  "
                  f"{metrics[-1][-1]}", flush=True)

    header = ("epoch", "quality", "diversity", "note")
    common.write_csv(options.out / "metrics.csv", header, metrics)
    header = ("step", "epoch", "loss", "val_loss")
    common.write_csv(options.out / "training_log.csv", header, log)


if __name__ == "__main__":
    main()
