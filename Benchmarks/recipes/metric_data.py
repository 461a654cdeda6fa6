"""Makes the data that metrics are timed on: metric_data.py FOLDER SAMPLE_RUNS.

Features (n, 2048) in float32, not negative, correlated and long-tailed as pooled features of networks are;
pictures (70000, 784) in 8 bits, digits of the sample runs under seeded affine maps, with noise: the first
60,000 are trained on, of the rest 2,000 are copies of those and 3,000 stand twice. Needs numpy alone, and
leaves files that are there as they are.
"""
import os
import sys

PICTURES, TRAINED, FEATURES, WIDTH = 70000, 60000, 10000, 2048


def features(numpy, seed):
    shared = numpy.random.default_rng(1)
    rank = 256
    weights = shared.normal(0, 1, (rank, WIDTH)).astype(numpy.float32)
    weights *= (numpy.arange(1, rank + 1)[:, None] ** -0.5).astype(numpy.float32)
    shift = shared.normal(-0.3, 0.3, WIDTH).astype(numpy.float32)
    own = numpy.random.default_rng(seed)
    values = own.normal(0, 1, (FEATURES, rank)).astype(numpy.float32) @ weights + shift
    values += own.normal(0, 0.25, values.shape).astype(numpy.float32)
    return numpy.maximum(values, 0) + numpy.float32(0.02 * (seed % 7))


def pictures(numpy, runs):
    places = ["diffusion/reference.npy", "memorising/train.npy", "memorising/test.npy"]
    digits = numpy.concatenate([numpy.load(f"{runs}/{place}") for place in places]).astype(float)
    dice = numpy.random.default_rng(3)
    result = numpy.empty((PICTURES, 28, 28), numpy.uint8)
    y, x = numpy.meshgrid(numpy.arange(28) - 13.5, numpy.arange(28) - 13.5, indexing="ij")
    for first in range(0, PICTURES, 1000):
        count = 1000
        which = dice.integers(len(digits), size=count)[:, None, None]
        zoom = dice.uniform(0.85, 1.15, (count, 1, 1))
        angle = dice.uniform(-0.25, 0.25, (count, 1, 1))
        down, right = dice.uniform(-2, 2, (2, count, 1, 1))
        cosine, sine = numpy.cos(angle) * zoom, numpy.sin(angle) * zoom
        v = numpy.clip(cosine * y - sine * x + 13.5 + down, 0, 26.999)
        u = numpy.clip(sine * y + cosine * x + 13.5 + right, 0, 26.999)
        top, left = v.astype(int), u.astype(int)
        low, far = v - top, u - left
        values = digits[which, top, left] * (1 - low) * (1 - far)
        values += digits[which, top + 1, left] * low * (1 - far)
        values += digits[which, top, left + 1] * (1 - low) * far
        values += digits[which, top + 1, left + 1] * low * far
        noise = dice.normal(0, 4, values.shape) * (values > 8)
        result[first : first + count] = numpy.clip(values + noise, 0, 255)
    result[60000:62000] = result[:2000]
    result[62000:65000] = result[65000:68000]
    return result.reshape(PICTURES, -1)


def save(numpy, folder, name, make):
    place = f"{folder}/{name}.npy"
    if os.path.exists(place):
        return
    # A run that is broken off leaves no half of a file.
    numpy.save(f"{folder}/{name}.part.npy", make())
    os.rename(f"{folder}/{name}.part.npy", place)


def main():
    folder, runs = sys.argv[1:]
    try:
        import numpy
    except ImportError as error:
        print(error, file=sys.stderr)
        sys.exit(3)
    os.makedirs(folder, exist_ok=True)
    save(numpy, folder, "features", lambda: features(numpy, 11))
    save(numpy, folder, "features-reference", lambda: features(numpy, 12))
    if not all(os.path.exists(f"{folder}/{name}.npy") for name in ("trained", "generated")):
        every = pictures(numpy, runs)
        save(numpy, folder, "trained", lambda: every[:TRAINED])
        save(numpy, folder, "generated", lambda: every[TRAINED:])


if __name__ == "__main__":
    main()
