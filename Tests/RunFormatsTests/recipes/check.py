#!/usr/bin/env python3
"""Look for what no fixture may hold: this machine's names and paths. Exit 1 if there is any."""
import getpass
import gzip
import json
import pathlib
import re
import socket
import sys

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "Fixtures"
PLACES = [FIXTURES / "sources", FIXTURES / "expected", FIXTURES / "links.json"]
HOST = re.escape(socket.gethostname().encode())
HERE = re.escape(str(FIXTURES.parents[2]).encode())
WHO = re.escape(getpass.getuser().encode())
# In binary files two or three bytes in a row are chance: a host's name needs its usual company.
BAD = [
    (HERE, "this checkout's path"), (rb"/root/|/home/[a-z]|/Users/|/tmp/(?!run/)|/venvs/", "a path"),
    (rb"(?:host|identity|tfevents\.\d+\.|node)[\"': .=]*" + HOST + rb"\b", "the host's name"),
    (rb"(?:user|user_id|username|USER|LOGNAME)[\"']?\s*[:=]\s*[\"']?" + WHO + rb"\b", "the user's name"),
    (rb"git@|https?://(?!(?:matplotlib\.org|hydra\.cc))|\.git\b|pypi|index-url", "a remote or registry"),
    (rb"(?<![\d.])(?:10|127|172|192)\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])", "an IP address"),
    (rb"[a-z0-9._-]{3,}@[a-z0-9-]{3,}\.[a-z]{2,}", "a mail address"),
]


def main():
    found, total, large = 0, 0, []
    files = [p for place in PLACES for p in ([place] if place.is_file() else place.rglob("*"))]
    for path in sorted(files):
        name = path.relative_to(FIXTURES)
        if path.is_symlink():
            print(f"{name}: a link; it belongs into links.json")
            found += 1
            continue
        if not path.is_file():
            continue
        data = path.read_bytes()
        total += len(data)
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        for pattern, what in BAD:
            for text in (data, str(name).encode()):
                hit = re.search(pattern, text)
                if hit:
                    print(f"{name}: {what}: {hit.group()[:60]!r}")
                    found += 1
    for folder in (FIXTURES / "sources").iterdir():
        size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
        if size > 60_000:
            large.append((size, folder.name))
        if not (FIXTURES / "expected" / f"{folder.name}.json").is_file():
            print(f"{folder.name}: nothing is expected of it")
            found += 1
    for path in (FIXTURES / "expected").glob("*.json"):
        json.loads(path.read_text())
        if not (FIXTURES / "sources" / path.stem).is_dir():
            print(f"{path.name}: there is no such source")
            found += 1
    print(f"{total} bytes in all; over 60 KB: {large}")
    sys.exit(1 if found or total > 1_250_000 else 0)


if __name__ == "__main__":
    main()
