"""Pictures of samples: torchvision's grids, other people's grids, single files, codings."""
import csv
import math

import numpy as np
import torch
from PIL import Image
from torchvision.utils import make_grid, save_image

import common as c

EPOCHS = (1, 5, 10, 20)


def tensor(epoch, count=16, size=16, **more):
    return torch.from_numpy(c.samples(epoch, count, size, **more))[:, None]


def read(path):
    with Image.open(path) as picture:
        return c.gray_of(picture)


def rows(paths, key, count, columns, size, pad, border=None):
    return [{key: number, "samples": c.sample_set(
        c.cells(read(path), count, columns, size, pad, border))} for number, path in paths]


def run(name, pattern, save, count=16, columns=8, size=16, pad=2, border=None, key="epoch",
        epochs=EPOCHS, more=None, **extra):
    """One run: a picture an epoch, named by pattern, written by save(path, epoch)."""
    folder = c.fresh(name)
    paths = []
    for epoch in epochs:
        path = folder / pattern.format(epoch)
        path.parent.mkdir(parents=True, exist_ok=True)
        save(path, epoch)
        paths.append((epoch, path))
    if more:
        more(folder)
    whole = {"axis": key, "checkpoints": rows(paths, key, count, columns, size, pad, border)}
    c.keep(name)
    c.expect(name, {**whole, **extra})


def save_with(count=16, size=16, **how):
    return lambda path, epoch: save_image(tensor(epoch, count, size), path, **how)


def beside(folder):
    """What lies beside samples and is none."""
    save_image(tensor(99, 16, first=500), folder / "real_samples.png", nrow=8)
    for epoch in EPOCHS:
        both = torch.cat([tensor(99, 8, first=500), tensor(epoch, 8, first=500)])
        save_image(both, folder / f"reconstruction_{epoch}.png", nrow=8)
    import matplotlib.pyplot as plt

    figure = plt.figure(figsize=(3, 2), dpi=60)
    plt.plot(range(50), [c.loss(s) for s in range(50)])
    plt.savefig(folder / "loss_curve.png")
    plt.close(figure)
    with open(folder / "metrics.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["epoch", "quality", "diversity"])
        for epoch in EPOCHS:
            out.writerow([epoch, c.quality(epoch), c.diversity(epoch)])


def tile(x, columns, pad, value=0.0, border=None):
    """A grid as people write it themselves, with numpy."""
    border = pad if border is None else border
    n, h, w = x.shape
    lines = math.ceil(n / columns)
    out = np.full((2 * border + lines * (h + pad) - pad, 2 * border + columns * (w + pad) - pad),
                  value, "f4")
    for i in range(n):
        y, z = border + i // columns * (h + pad), border + i % columns * (w + pad)
        out[y:y + h, z:z + w] = x[i]
    return c.as8(out)


def own(count=16, columns=8, pad=2, size=16, **how):
    return lambda path, epoch: Image.fromarray(
        tile(c.samples(epoch, count, size), columns, pad, **how)).save(path)


def grids():
    run("grid-torchvision", "fake_samples_epoch_{:03}.png", save_with(nrow=8), more=beside)
    run("grid-torchvision-28", "samples_epoch_{}.png", save_with(16, 28), 16, size=28,
        epochs=(1, 30))
    run("grid-partrow-20", "epoch{}.png", save_with(20, 14), 20, size=14)
    run("grid-partrow", "samples_epoch_{:02}.png", save_with(25, 14), 25, size=14)
    run("grid-nrow5", "samples_epoch_{:02}.png", save_with(25, 14, nrow=5), 25, columns=5, size=14)
    run("grid-white-pad", "{}.png", save_with(size=12, pad_value=1.0), size=12)
    run("grid-gray-pad", "{:04}.png", save_with(size=12, pad_value=0.5), size=12)
    run("grid-pad1", "epoch_{}.png", save_with(size=12, padding=1), pad=1, size=12)
    run("grid-pad0", "epoch_{}.png", save_with(size=12, padding=0), pad=0, size=12)
    run("grid-inner-gaps", "epoch-{}.png", own(border=0), border=0)
    run("grid-inner-gaps-white", "epoch-{}.png", own(border=0, value=1.0, columns=4), border=0,
        columns=4)
    run("grid-gray-coding", "gen_epoch{:02}.png", own(columns=4), columns=4)
    run("grid-oblong", "epoch_{}.png", save_with(12, (20, 12), nrow=6), 12, columns=6,
        size=(20, 12))

    def normalized(path, epoch):
        x = tensor(epoch, size=12, top=0.3 + epoch / 40, dark=0.1) * 2 - 1
        save_image(x, path, normalize=True)

    run("grid-normalized", "samples_epoch_{:03}.png", normalized, size=12)

    def in_colour(path, epoch):
        save_image(torch.from_numpy(c.coloured(epoch, 8)), path)

    run("grid-rgb", "epoch_{}.png", in_colour, 8)

    def diffusers(path, epoch):
        """evaluate() of diffusers' training tutorial: 4 rows, 4 columns, no padding."""
        from diffusers.utils import make_image_grid

        x = np.repeat(c.as8(c.samples(epoch + 1))[..., None], 3, axis=3)
        make_image_grid([Image.fromarray(one) for one in x], rows=4, cols=4).save(path)

    run("grid-diffusers", "samples/{:04d}.png", diffusers, columns=4, pad=0,
        epochs=(9, 19, 29, 39))

    def dark_first(path, epoch):
        save_image(tensor(epoch, top=0.02 if epoch == 1 else 1.0), path)

    run("grid-dark-first", "epoch_{}.png", dark_first)


def names():
    run("names-epoch10", "epoch{}.png", save_with(8), 8)
    run("names-number", "{}.png", save_with(8), 8)
    run("names-sample-step", "sample-{}.png", save_with(8), 8, key="step",
        epochs=(1000, 2000, 3000, 10000))
    run("names-step-folder", "samples/step_{:07}.png", save_with(8), 8, key="step",
        epochs=(500, 1000, 1500, 2000))
    run("names-iter", "images/iter{:06}_fake.png", save_with(8), 8, key="step",
        epochs=(0, 2500, 5000, 7500))
    run("names-fractional", "samples_epoch_{:.1f}.png", save_with(8), 8,
        epochs=(0.5, 1.0, 1.5, 2.0))
    run("names-two-numbers", "vae2_epoch_{:03}_n8.png", save_with(8), 8)


def matplotlib_figure():
    """generate_and_save_images of TensorFlow's DCGAN tutorial, line by line."""
    import matplotlib.pyplot as plt

    folder = c.fresh("grid-matplotlib")
    for epoch in (1, 4, 7, 10):
        # Few levels, so that the files stay small.
        predictions = np.round(c.samples(epoch, 16, 14)[..., None]) * 2 - 1
        figure = plt.figure(figsize=(4, 4))
        for i in range(predictions.shape[0]):
            plt.subplot(4, 4, i + 1)
            plt.imshow(predictions[i, :, :, 0] * 127.5 + 127.5, cmap="gray")
            plt.axis("off")
        plt.savefig(folder / f"image_at_epoch_{epoch:04d}.png")
        plt.close(figure)
    c.keep("grid-matplotlib")
    c.expect("grid-matplotlib",
             {"axis": "epoch", "checkpoints": [{"epoch": e} for e in (1, 4, 7, 10)]})


def singles():
    folder = c.fresh("single-images")
    found = []
    for epoch in (10, 20, 40, 80):
        inside = folder / f"images/{epoch:04}"
        inside.mkdir(parents=True)
        for i, x in enumerate(c.samples(epoch, 6, 12)):
            Image.fromarray(c.as8(x)).save(inside / f"{i + 1:04}.png")
        grays = np.stack([read(p) for p in sorted(inside.iterdir())])
        found.append({"epoch": epoch, "samples": c.sample_set(grays)})
    c.keep("single-images")
    c.expect("single-images", {"axis": "epoch", "checkpoints": found})

    folder = c.fresh("single-images-epoch")
    found = []
    for epoch in (1, 2, 10, 11):
        inside = folder / f"epoch_{epoch}"
        inside.mkdir(parents=True)
        for i, x in enumerate(c.samples(epoch, 11, 12)):
            save_image(torch.from_numpy(x), inside / f"sample_{i}.png")
        grays = np.stack([read(inside / f"sample_{i}.png") for i in range(11)])
        found.append({"epoch": epoch, "samples": c.sample_set(grays)})
    c.keep("single-images-epoch")
    c.expect("single-images-epoch", {"axis": "epoch", "checkpoints": found})


def codings():
    """One layout, every coding: 8 samples of 16x16, 4 a row, padding 2."""
    def coded(name, suffix, save, size=16):
        run(f"coding-{name}", "samples_epoch_{}." + suffix, save, 8, columns=4, size=size,
            epochs=(1, 10))

    def gray(epoch, size=16):
        return Image.fromarray(tile(c.samples(epoch, 8, size), 4, 2))

    def rgb(epoch, size=16):
        x = make_grid(torch.from_numpy(c.coloured(epoch, 8, size)), nrow=4)
        return Image.fromarray(c.as8(x.permute(1, 2, 0).numpy()))

    def with_alpha(picture):
        """The strokes' alpha is full, the ground's a ramp."""
        wide, high = picture.size
        light = np.asarray(picture.convert("L"))
        ramp = np.broadcast_to(np.linspace(40, 255, wide), (high, wide))
        picture.putalpha(Image.fromarray(np.where(light > 99, 255, ramp).astype("u1")))
        return picture

    coded("png-rgb", "png", lambda p, e: rgb(e).save(p))
    coded("png-rgba", "png", lambda p, e: with_alpha(rgb(e)).save(p))
    coded("png-gray-alpha", "png", lambda p, e: with_alpha(gray(e)).save(p))
    coded("png-palette", "png", lambda p, e: rgb(e).quantize(64).save(p))
    coded("png-1bit", "png", lambda p, e: gray(e).point(lambda v: 255 * (v > 127), "1").save(p))
    coded("png-16bit", "png", lambda p, e: Image.fromarray(
        (np.asarray(gray(e)).astype("u2") * 257 // 3 + 11)).save(p))
    coded("jpeg-gray", "jpg", lambda p, e: gray(e).save(p, quality=95))
    coded("jpeg-rgb", "jpeg", lambda p, e: rgb(e).save(p, quality=95))
    coded("jpeg-progressive", "jpg", lambda p, e: rgb(e).save(p, quality=95, progressive=True))
    coded("jpeg-444", "jpg", lambda p, e: rgb(e).save(p, quality=95, subsampling=0))
    coded("gif", "gif", lambda p, e: gray(e).save(p))
    coded("webp-lossless", "webp", lambda p, e: rgb(e).save(p, lossless=True))
    coded("pgm", "pgm", lambda p, e: gray(e).save(p))
    coded("ppm", "ppm", lambda p, e: rgb(e, 8).save(p), size=8)
    coded("pbm", "pbm", lambda p, e: gray(e).point(lambda v: 255 * (v > 127), "1").save(p))

    # Pillow writes no plain form, and numpy's savetxt is how people write it.
    def plain(magic, array, top):
        def save(path, epoch):
            a = array(epoch)
            with open(path, "w") as file:
                file.write(f"{magic}\n# written by hand\n{a.shape[1]} {a.shape[0]}\n")
                file.write(f"{top}\n" if top else "")
                np.savetxt(file, a.reshape(a.shape[0], -1), fmt="%d")
        return save

    coded("pgm-plain", "pgm", plain("P2", lambda e: np.asarray(gray(e)), 255))
    coded("ppm-plain", "ppm", plain("P3", lambda e: np.asarray(rgb(e, 8)), 255), size=8)
    coded("pbm-plain", "pbm", plain("P1", lambda e: (np.asarray(gray(e)) <= 127) * 1, None))

    # Depths and interlacing that Pillow does not write are written by pypng.
    def by_pypng(depth, interlace):
        def save(path, epoch):
            import png

            a = np.asarray(gray(epoch)).astype("i8") >> (8 - depth)
            png.Writer(a.shape[1], a.shape[0], greyscale=True, bitdepth=depth,
                       interlace=interlace).write(open(path, "wb"), a.tolist())
        return save

    coded("png-2bit", "png", by_pypng(2, False))
    coded("png-4bit", "png", by_pypng(4, False))
    coded("png-interlaced", "png", by_pypng(8, True))


if __name__ == "__main__":
    grids()
    names()
    matplotlib_figure()
    singles()
    codings()
