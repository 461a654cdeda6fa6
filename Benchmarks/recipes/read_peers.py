"""Times how reference libraries read what Keepoch opens: read_peers.py KIND PATH.

Prints the milliseconds of the reading alone, without the start of Python and its imports; exits 3 where
a library is not installed.
"""
import glob
import sys
import time


def events(path):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    begin = time.perf_counter()
    # Everything is kept, as Keepoch's index keeps it.
    accumulator = EventAccumulator(path, size_guidance={"scalars": 0, "images": 0})
    accumulator.Reload()
    count = sum(len(accumulator.Scalars(tag)) for tag in accumulator.Tags()["scalars"])
    return begin, count


def grids(path):
    import numpy
    from PIL import Image

    begin = time.perf_counter()
    files = sorted(glob.glob(f"{path}/samples/*.png"))
    return begin, sum(numpy.asarray(Image.open(file).convert("L")).size for file in files)


def arrays(path):
    import numpy

    begin = time.perf_counter()
    files = sorted(glob.glob(f"{path}/samples/*.npz"))
    return begin, sum(numpy.load(file)["samples"].size for file in files)


def main():
    try:
        begin, count = {"events": events, "grids": grids, "arrays": arrays}[sys.argv[1]](sys.argv[2])
    except ImportError as error:
        print(error, file=sys.stderr)
        sys.exit(3)
    print((time.perf_counter() - begin) * 1000, count)


if __name__ == "__main__":
    main()
