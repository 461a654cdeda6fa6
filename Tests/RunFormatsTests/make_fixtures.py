#!/usr/bin/env python3
"""Write the PNG codings of Fixtures/codings with pypng, and beside each the gray it must read as.

    pip install pypng numpy; python3 make_fixtures.py

The expected gray follows docs/formats/pixels.md and is computed here with numpy, not by Keepoch.
"""
import pathlib

import numpy as np
import png

HERE = pathlib.Path(__file__).parent / "Fixtures" / "codings"
WIDTH, HEIGHT = 11, 7
DICE = np.random.default_rng(5)


def luma(rgb):
    r, g, b = (rgb[..., i].astype(np.int64) for i in range(3))
    return (19595 * r + 38470 * g + 7471 * b + 32768) >> 16


def over_black(gray, alpha):
    return (gray * alpha.astype(np.int64) + 127) // 255


def eight(values, depth):
    values = values.astype(np.int64)
    if depth == 16:
        return np.floor(values / 257 + 0.5).astype(np.int64)
    return np.floor(values * 255 / (2**depth - 1) + 0.5).astype(np.int64)


def write(name, rows, expected, **options):
    with open(HERE / f"{name}.png", "wb") as file:
        png.Writer(WIDTH, HEIGHT, **options).write(file, rows.reshape(HEIGHT, -1).tolist())
    (HERE / f"{name}.gray").write_bytes(expected.astype(np.uint8).tobytes())


def main():
    HERE.mkdir(parents=True, exist_ok=True)
    for interlace in (False, True):
        tail = "-interlaced" if interlace else ""
        for depth in (1, 2, 4, 8, 16):
            gray = DICE.integers(0, 2**depth, (HEIGHT, WIDTH))
            write(f"gray{depth}{tail}", gray, eight(gray, depth), greyscale=True, bitdepth=depth,
                  interlace=interlace)
        for depth in (8, 16):
            top = 2**depth
            ga = DICE.integers(0, top, (HEIGHT, WIDTH, 2))
            wide = eight(ga, depth)
            write(f"gray-alpha{depth}{tail}", ga, over_black(wide[..., 0], wide[..., 1]),
                  greyscale=True, alpha=True, bitdepth=depth, interlace=interlace)
            rgb = DICE.integers(0, top, (HEIGHT, WIDTH, 3))
            write(f"rgb{depth}{tail}", rgb, luma(eight(rgb, depth)), greyscale=False,
                  bitdepth=depth, interlace=interlace)
            rgba = DICE.integers(0, top, (HEIGHT, WIDTH, 4))
            wide = eight(rgba, depth)
            write(f"rgba{depth}{tail}", rgba, over_black(luma(wide), wide[..., 3]),
                  greyscale=False, alpha=True, bitdepth=depth, interlace=interlace)
        for depth in (1, 2, 4, 8):
            table = DICE.integers(0, 256, (2**depth, 3))
            index = DICE.integers(0, 2**depth, (HEIGHT, WIDTH))
            write(f"palette{depth}{tail}", index, luma(table[index]), bitdepth=depth,
                  palette=[tuple(map(int, c)) for c in table], interlace=interlace)
        table = DICE.integers(0, 256, (16, 4))
        index = DICE.integers(0, 16, (HEIGHT, WIDTH))
        write(f"palette-alpha{tail}", index, over_black(luma(table[index]), table[index][..., 3]),
              bitdepth=4, palette=[tuple(map(int, c)) for c in table], interlace=interlace)
    gray = DICE.integers(0, 4, (HEIGHT, WIDTH)) * 60
    write("gray8-transparent", gray, np.where(gray == 120, 0, gray), greyscale=True, bitdepth=8,
          transparent=120)
    equal = np.repeat(DICE.integers(0, 256, (HEIGHT, WIDTH, 1)), 3, axis=2)
    write("rgb-equal", equal, equal[..., 0], greyscale=False, bitdepth=8)


main()
