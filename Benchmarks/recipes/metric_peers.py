"""Times one implementation of one metric on the data of metric_data.py:

    metric_peers.py FOLDER CASE PEER THREADS REPETITIONS

Prints a line of JSON: seconds of each repetition and those of all its threads, the value, bytes of memory beyond what was there before the first,
the version, remarks. Data are loaded and turned into what the peer takes before the clock starts; imports, too.
Exits 3 where a library is not installed.
"""
import abc
import contextlib
import ctypes
import importlib.abc
import importlib.machinery
import importlib.util
import io
import json
import os
import sys
import time
import types
import warnings

FOLDER, CASE, PEER, THREADS, REPETITIONS = sys.argv[1:4] + [int(word) for word in sys.argv[4:6]]

# Libraries choose the kernels of the processor themselves, whatever was set outside.
for name in [name for name in os.environ if name.startswith(("OPENBLAS_", "MKL_", "GOTO_"))]:
    del os.environ[name]
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = str(THREADS)
warnings.simplefilter("ignore")


# MARK: Data


def load(numpy, name):
    return numpy.load(f"{FOLDER}/{name}.npy")


def features(numpy):
    return load(numpy, "features"), load(numpy, "features-reference")


# MARK: Packages that ask for torch although these functions of theirs work in numpy


class Anything(abc.ABCMeta):
    """A class that has every attribute, can be called, inherited from, and used as a decorator."""

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing

    def __call__(cls, *words, **options):
        return super().__call__()

    def __iter__(cls):
        return iter(())


class Nothing(metaclass=Anything):
    def __getattr__(self, name):
        return Nothing

    def __call__(self, *words, **options):
        return words[0] if len(words) == 1 and callable(words[0]) else Nothing

    def __enter__(self):
        return self

    def __exit__(self, *words):
        return False


class StubFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, names):
        self.names = names

    def find_spec(self, name, path, target=None):
        if name.split(".")[0] in self.names:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__path__ = []
        module.__getattr__ = lambda name: getattr(Nothing, name)
        return module

    def exec_module(self, module):
        pass


def stand_in_for_torch():
    """Says whether torch itself is there; else what imports it meets an empty one."""
    if importlib.util.find_spec("torch"):
        return True
    names = ["torch", "torchvision", "tqdm"]
    sys.meta_path.append(StubFinder([name for name in names if not importlib.util.find_spec(name)]))
    return False


class Tensor:
    """What torch-fidelity asks of a tensor of features, where torch is not installed."""

    def __init__(self, values):
        self.values = values

    def dim(self):
        return self.values.ndim

    def numpy(self):
        return self.values


# MARK: Fréchet distance


def frechet_torch_fidelity(numpy):
    has_torch = stand_in_for_torch()
    import torch
    from torch_fidelity import metric_fid

    x, y = features(numpy)
    if has_torch:
        x, y = torch.from_numpy(x), torch.from_numpy(y)
    else:
        torch.is_tensor = lambda value: True
        x, y = Tensor(x), Tensor(y)

    def run():
        one, other = (metric_fid.fid_features_to_statistics(side) for side in (x, y))
        return metric_fid.fid_statistics_to_metric(one, other, False)[metric_fid.KEY_METRIC_FID]

    return run, "torch-fidelity", "fid_features_to_statistics, fid_statistics_to_metric"


def frechet_pytorch_fid(numpy):
    stand_in_for_torch()
    from pytorch_fid import fid_score

    # The features are given in place of the network's, in doubles as its own loop collects them.
    x, y = (side.astype(numpy.float64) for side in features(numpy))
    fid_score.get_activations = lambda files, *words, **options: files

    def run():
        one, other = (fid_score.calculate_activation_statistics(side, None) for side in (x, y))
        return fid_score.calculate_frechet_distance(*one, *other)

    return run, "pytorch-fid", "calculate_activation_statistics, calculate_frechet_distance"


# MARK: Neighbours


def prdc_prdc(numpy):
    import prdc

    real, fake = load(numpy, "trained")[:10000], load(numpy, "generated")
    real, fake = (side.astype(numpy.float32) / 255 for side in (real, fake))

    def run():
        found = prdc.compute_prdc(real, fake, 5)
        return sum(found[name] for name in ("precision", "recall", "density", "coverage"))

    return run, "prdc", "compute_prdc"


def audit_faiss(numpy):
    # Its own OpenBLAS is told the best core where it might not know the processor.
    if "avx512dq" in open("/proc/cpuinfo").read():
        os.environ["OPENBLAS_CORETYPE"] = "SkylakeX"
    import faiss

    trained, generated = (load(numpy, name).astype(numpy.float32) for name in ("trained", "generated"))
    faiss.omp_set_num_threads(THREADS)

    def run():
        index = faiss.IndexFlatL2(trained.shape[1])
        index.add(trained)
        return float(numpy.sqrt(index.search(generated, 1)[0].astype(float)).sum())

    return run, "faiss-cpu", f"IndexFlatL2; {faiss.get_compile_options().strip()}"


def audit_sklearn(numpy):
    from sklearn.neighbors import NearestNeighbors

    trained, generated = (load(numpy, name).astype(numpy.float32) for name in ("trained", "generated"))

    def run():
        search = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(trained)
        return float(search.kneighbors(generated)[0].astype(float).sum())

    return run, "scikit-learn", "NearestNeighbors, brute"


# MARK: Pictures


def sharpness_numpy(numpy):
    pictures = load(numpy, "generated").reshape(-1, 28, 28)

    def run():
        wide = numpy.pad(pictures, ((0, 0), (1, 1), (1, 1)), mode="reflect").astype(numpy.float32)
        edges = wide[:, :-2, 1:-1] + wide[:, 2:, 1:-1] + wide[:, 1:-1, :-2] + wide[:, 1:-1, 2:]
        edges -= 4 * wide[:, 1:-1, 1:-1]
        return float(edges.reshape(len(edges), -1).var(1).mean(dtype=float))

    return run, "numpy", "all at once, float32"


def sharpness_opencv(numpy):
    import cv2

    cv2.setNumThreads(THREADS)
    pictures = load(numpy, "generated").reshape(-1, 28, 28)

    def run():
        return float(numpy.mean([cv2.Laplacian(one, cv2.CV_64F).var() for one in pictures]))

    return run, "opencv-python-headless", "cv2.Laplacian(CV_64F).var(), picture by picture"


def unique_numpy(numpy):
    rows = load(numpy, "generated")
    return lambda: len(numpy.unique(rows, axis=0)), "numpy", "unique(axis=0)"


def unique_set(numpy):
    rows = load(numpy, "generated")
    return lambda: len({row.tobytes() for row in rows}), None, "a set of bytes"


# MARK: Diversity and kernels


def vendi_numpy(numpy):
    rows = load(numpy, "generated")[:2000] / 255.0

    def run():
        unit = rows / numpy.linalg.norm(rows, axis=1, keepdims=True)
        # The smaller of both matrices has the same eigenvalues.
        values = numpy.linalg.eigvalsh(unit.T @ unit / len(unit))
        values = values[values > 0]
        return float(numpy.exp(-(values * numpy.log(values)).sum()))

    return run, "numpy", "d x d, eigvalsh"


def vendi_vendi_score(numpy):
    from vendi_score import vendi

    rows = load(numpy, "generated")[:2000] / 255.0
    return lambda: float(vendi.score_X(rows)), "vendi-score", "score_X"


def vendi_dual(numpy):
    from vendi_score import vendi

    rows = load(numpy, "generated")[:2000] / 255.0
    return lambda: float(vendi.score_dual(rows)), "vendi-score", "score_dual"


def kernel(numpy, precision):
    x, y = (side.astype(precision) for side in features(numpy))
    block = 1000

    def total(left, right):
        all_of_them = own = 0.0
        for first in range(0, len(left), block):
            table = left[first : first + block] @ right.T
            table *= 1 / left.shape[1]
            table += 1
            all_of_them += float(numpy.vdot(table * table, table))
            own += float((numpy.diagonal(table, first).astype(float) ** 3).sum())
        return all_of_them, own

    def run():
        n = len(x)
        (a, a_own), (b, b_own), (both, _) = total(x, x), total(y, y), total(x, y)
        return (a - a_own + b - b_own) / (n * (n - 1)) - 2 * both / n**2

    return run, "numpy", f"blocks of {block} rows, {numpy.dtype(precision).name}"


PEERS = {
    ("frechet", "torch-fidelity"): frechet_torch_fidelity,
    ("frechet", "pytorch-fid"): frechet_pytorch_fid,
    ("prdc", "prdc"): prdc_prdc,
    ("audit", "faiss"): audit_faiss,
    ("audit", "scikit-learn"): audit_sklearn,
    ("sharpness", "numpy"): sharpness_numpy,
    ("sharpness", "opencv"): sharpness_opencv,
    ("unique", "numpy"): unique_numpy,
    ("unique", "set"): unique_set,
    ("vendi", "numpy"): vendi_numpy,
    ("vendi", "score_X"): vendi_vendi_score,
    ("vendi", "score_dual"): vendi_dual,
    ("kernel", "float64"): lambda numpy: kernel(numpy, numpy.float64),
    ("kernel", "float32"): lambda numpy: kernel(numpy, numpy.float32),
}


# MARK: Measuring


def status(name):
    for line in open("/proc/self/status"):
        if line.startswith(name + ":"):
            return int(line.split()[1]) * 1024
    return 0


def forget_peak():
    """Lets the kernel's peak of the process begin anew; says what is resident now."""
    try:
        ctypes.CDLL(None).malloc_trim(0)
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    except (OSError, AttributeError):
        return None
    return status("VmRSS")


def main():
    try:
        import numpy

        run, package, what = PEERS[CASE, PEER](numpy)
    except ImportError as error:
        print(json.dumps({"skipped": str(error)}))
        sys.exit(3)
    version = None
    if package:
        from importlib import metadata

        try:
            version = metadata.version(package)
        except metadata.PackageNotFoundError:
            pass
    seconds, busy, extra, value = [], [], None, None
    for turn in range(REPETITIONS):
        before = forget_peak() if turn == 0 else None
        begin, used = time.perf_counter(), time.process_time()
        # prdc prints what it was given.
        with contextlib.redirect_stdout(io.StringIO()):
            value = run()
        seconds.append(time.perf_counter() - begin)
        busy.append(time.process_time() - used)
        if before is not None:
            extra = status("VmHWM") - before
    print(
        json.dumps(
            {
                "seconds": seconds,
                "busy": busy,
                "value": float(value),
                "extra": extra,
                "version": version,
                "what": what,
            }
        )
    )


if __name__ == "__main__":
    main()
