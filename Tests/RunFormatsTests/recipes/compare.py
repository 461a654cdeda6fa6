#!/usr/bin/env python3
"""Compare what a built keepoch prints with expected/*.json: compare.py KEEPOCH [NAME...]."""
import json
import math
import pathlib
import shutil
import subprocess
import sys
import tempfile

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "Fixtures"


def differences(want, got, where=""):
    if isinstance(want, dict) and isinstance(got, dict):
        for key, value in want.items():
            if key not in got:
                yield f"{where}.{key}: absent"
            else:
                yield from differences(value, got[key], f"{where}.{key}")
    elif where.endswith(".series") and isinstance(got, list):
        named = {one["name"]: one for one in got}
        for one in want:
            if one["name"] in named:
                yield from differences(one, named[one["name"]], f"{where}[{one['name']}]")
            else:
                yield f"{where}: no {one['name']}"
    elif isinstance(want, list) and isinstance(got, list):
        if len(want) != len(got):
            yield f"{where}: {len(got)} in place of {len(want)}"
        for place, (a, b) in enumerate(zip(want, got)):
            yield from differences(a, b, f"{where}[{place}]")
    elif isinstance(want, (int, float)) and isinstance(got, (int, float)):
        if not math.isclose(want, got, rel_tol=1e-12, abs_tol=1e-300):
            yield f"{where}: {got} in place of {want}"
    elif want != got:
        yield f"{where}: {str(got)[:60]} in place of {str(want)[:60]}"


def main():
    keepoch, names = sys.argv[1], sys.argv[2:]
    links = json.loads((FIXTURES / "links.json").read_text())
    same = 0
    files = sorted((FIXTURES / "expected").glob("*.json"))
    for path in files:
        name = path.stem
        if names and name not in names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            run = pathlib.Path(folder) / name
            source = FIXTURES / "sources" / name
            shutil.copytree(source, run, symlinks=True)
            for link, target in links.get(name, {}).items():
                (run / link).parent.mkdir(parents=True, exist_ok=True)
                (run / link).symlink_to(target)
            done = subprocess.run([keepoch, "inspect", str(run), "--json"], capture_output=True,
                                  text=True, timeout=60)
        want = json.loads(path.read_text())
        if not want:
            print("refused" if done.returncode == 2 else "NOT REFUSED", name)
            continue
        try:
            found = list(differences(want, json.loads(done.stdout)))
        except ValueError:
            found = [f"status {done.returncode}: {done.stderr.strip()[:200]}"]
        same += not found
        if found:
            print(f"{name}: {len(found)} differences")
            for line in found[:4]:
                print("   ", line)
    print(same, "are the same")


if __name__ == "__main__":
    main()
