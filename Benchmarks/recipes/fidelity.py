#!/usr/bin/env python3
"""Measure how well terminal text shows a gray picture.

    fidelity.py --picture X.png --text out.txt --cells 28x14       one JSON object
    keepoch show X.png | fidelity.py --picture X.png --text - --cells 28x14
    fidelity.py --batch LIST         lines of PICTURE, TEXT, WxH and a name, split by tabs; a JSON object each
    fidelity.py --text out.txt --cells 28x14 --png out.png         draws the text as a terminal does

The text is drawn on cells of 8 x 16 px, DejaVu Sans Mono at 13 px unless told otherwise, blocks and braille
as exact shapes, ink blended over paper in sRGB codes. The picture is stretched to the same pixels. Both are
blurred in linear light as by an eye that does not look sharply (Gaussian, sigma 4 px), meaned over 4 x 4 px,
and compared as sRGB codes, 2 x 4 values a cell:

    ssim       structural similarity, 1 is equal
    ssim_gain  the same after the one brightness factor that fits best; for characters without a paper of
               their own, whose brightest glyph is far from white
    psnr       decibels; psnr_gain after the same factor
    grad       correlation of the gradients, which does not see brightness and contrast

Needs Python 3, numpy, scipy and Pillow, and the font. What it does not know: the terminal's own font, size and
colours, and the distance of the eye.
"""
import argparse
import functools
import json
import os
import re
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from scipy.ndimage import gaussian_filter

WIDTH, HEIGHT = 8, 16
SIGMA = 4.0
STEP = 4
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])

# The faces of docs/fonts/measure_glyphs.py: file, px, baseline.
FACES = {
    "dejavu": ("truetype/dejavu/DejaVuSansMono.ttf", 13, 12),
    "dejavu-bold": ("truetype/dejavu/DejaVuSansMono-Bold.ttf", 13, 12),
    "noto": ("truetype/noto/NotoSansMono-Regular.ttf", 13, 12),
    "terminus": ("truetype/terminus/TerminusTTF-4.46.0.ttf", 16, 12),
    "unifont": ("opentype/unifont/unifont.otf", 16, 14),
    "liberation": ("truetype/liberation/LiberationMono-Regular.ttf", 13, 12),
    "hack": ("truetype/hack/Hack-Regular.ttf", 13, 12),
    "jetbrains": ("truetype/jetbrains-mono/JetBrainsMono-Regular.ttf", 13, 12),
}
# What a face lacks is taken from these, as terminals do.
FALLBACKS = [("opentype/unifont/unifont.otf", 16, 14), ("opentype/unifont/unifont_upper.otf", 16, 14)]


def linear(code):
    """Light of an sRGB code, both from 0 to 1."""
    code = np.clip(code, 0, None)
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)


def coded(light):
    """The inverse of `linear`."""
    light = np.clip(light, 0, None)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


# Shapes: coverage of 16 x 8 px, 0 to 1.

def parted(mask, columns, rows):
    """A cell in equal parts; bit row * columns + column says whether one is filled."""
    bits = np.array([mask >> bit & 1 for bit in range(columns * rows)], float).reshape(rows, columns)
    # Three rows do not divide sixteen, so thirds of a pixel are counted.
    fine = bits.repeat(3 * HEIGHT // rows, 0).repeat(WIDTH // columns, 1)
    return fine.reshape(HEIGHT, 3, WIDTH).mean(1)


def bars(eighths, axis):
    """A cell of eight bars from the top (axis 0) or the left (axis 1); those of `eighths` are filled."""
    filled = np.isin(np.arange(8), list(eighths)).astype(float)
    return np.repeat(filled, 2)[:, None].repeat(WIDTH, 1) if axis == 0 else np.tile(filled, (HEIGHT, 1))


def dotted(mask):
    """Braille of dots of 2 x 2 px, in the numbering of Unicode."""
    cell = np.zeros((HEIGHT, WIDTH))
    for bit in range(8):
        row, column = (bit % 3, bit // 3) if bit < 6 else (3, bit - 6)
        if mask >> bit & 1:
            cell[4 * row + 1:4 * row + 3, 4 * column + 1:4 * column + 3] = 1
    return cell


def exact_shapes():
    """Characters that terminals draw as rectangles, whatever the font."""
    shapes = {}
    for place in range(1, 9):
        shapes[chr(0x2580 + place)] = bars(range(8 - place, 8), 0)
        shapes[chr(0x2590 - place)] = bars(range(place), 1)
    for offset, count in enumerate([2, 3, 5, 6, 7]):
        shapes[chr(0x1FB82 + offset)] = bars(range(count), 0)
        shapes[chr(0x1FB87 + offset)] = bars(range(8 - count, 8), 1)
    for place in range(1, 7):
        shapes[chr(0x1FB6F + place)] = bars([place], 1)
        shapes[chr(0x1FB75 + place)] = bars([place], 0)
    shapes["▔"], shapes["▕"], shapes["▐"] = bars([0], 0), bars([7], 1), bars(range(4, 8), 1)
    for level, shade in enumerate("░▒▓", 1):
        shapes[shade] = np.full((HEIGHT, WIDTH), level / 4)
    quadrants = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
    for mask, character in enumerate(quadrants):
        shapes[character] = parted(mask, 2, 2)
    for place, mask in enumerate(mask for mask in range(1, 63) if mask not in (0b010101, 0b101010)):
        shapes[chr(0x1FB00 + place)] = parted(mask, 2, 3)
    # Octants that Unicode had before the block at U+1CD00.
    older = {
        0x01: 0x1CEA8, 0x02: 0x1CEAB, 0x03: 0x1FB82, 0x14: 0x1FBE6, 0x28: 0x1FBE7, 0x3F: 0x1FB85,
        0x40: 0x1CEA3, 0x80: 0x1CEA0, 0xC0: 0x2582, 0xFC: 0x2586}
    for mask in range(16):
        older[(mask & 3) * 0b0101 | (mask >> 2) * 0b0101 << 4] = ord(quadrants[mask])
    code = 0x1CD00
    for mask in range(256):
        if mask in older:
            shapes[chr(older[mask])] = parted(mask, 2, 4)
        else:
            shapes[chr(code)] = parted(mask, 2, 4)
            code += 1
    for mask in range(256):
        shapes[chr(0x2800 + mask)] = dotted(mask)
    return shapes


class Face:
    """Shapes of a font's characters."""

    exact = exact_shapes()

    def __init__(self, name="dejavu", size=13, baseline=12):
        first = FACES.get(name, (name, size, baseline))
        self.sources = [
            (ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC), baseline)
            for path, size, baseline in
            ((os.path.join("/usr/share/fonts", path), *rest) for path, *rest in [first] + FALLBACKS)
            if os.path.exists(path)]
        if not os.path.exists(os.path.join("/usr/share/fonts", first[0])):
            print(f"fidelity.py: the font {first[0]} is not there", file=sys.stderr)
            sys.exit(3)
        self.known = dict(Face.exact)
        self.missing = set()

    def shape(self, character):
        """Coverage of a character; half a cell's light where no font has it."""
        if character not in self.known:
            self.known[character] = self.drawn(character)
        return self.known[character]

    def drawn(self, character):
        for font, baseline in self.sources:
            mark = font.getmask(character)
            lack = font.getmask("\U0010FFFE")
            if character != " " and mark.size == lack.size and bytes(mark) == bytes(lack):
                continue
            cell = Image.new("L", (WIDTH, HEIGHT))
            spare = max(0, (WIDTH - font.getlength(character)) / 2)
            ImageDraw.Draw(cell).text((round(spare), baseline), character, font=font, fill=255, anchor="ls")
            return np.asarray(cell, float) / 255
        self.missing.add(character)
        return np.full((HEIGHT, WIDTH), 0.5)


@functools.lru_cache(None)
def face(name="dejavu"):
    return Face(name)


# Text with escape sequences -> cells.

def palette(number):
    """A color of xterm's 256, 0 to 255."""
    if number >= 232:
        return (8 + 10 * (number - 232),) * 3
    if number >= 16:
        steps = [0, 95, 135, 175, 215, 255]
        return tuple(steps[(number - 16) // place % 6] for place in (36, 6, 1))
    if number in (4, 12):
        return (0, 0, 238) if number == 4 else (92, 92, 255)
    if number in (7, 8):
        return (229,) * 3 if number == 7 else (127,) * 3
    high = 205 if number < 8 else 255
    return tuple(high * (number >> bit & 1) for bit in range(3))


class Pen:
    """Colors that the next character gets."""

    def __init__(self):
        self.reset()

    def reset(self):
        self.ink, self.paper, self.is_inverse, self.is_bold = None, None, False, False

    @property
    def colors(self):
        ink, paper = self.ink or (255, 255, 255), self.paper or (0, 0, 0)
        return (paper, ink) if self.is_inverse else (ink, paper)

    def take(self, parameters):
        """Select Graphic Rendition; colons count as semicolons."""
        words = [int(word or 0) for word in re.split("[;:]", parameters)]
        while words:
            word = words.pop(0)
            if word in (38, 48):
                color = self.long_color(words)
                if color and word == 38:
                    self.ink = color
                elif color:
                    self.paper = color
            elif word == 0:
                self.reset()
            elif word in (1, 22):
                self.is_bold = word == 1
            elif word in (7, 27):
                self.is_inverse = word == 7
            elif 30 <= word <= 37:
                # Bold is bright, as in xterm.
                self.ink = palette(word - 30 + 8 * self.is_bold)
            elif 90 <= word <= 97:
                self.ink = palette(word - 82)
            elif 40 <= word <= 47:
                self.paper = palette(word - 40)
            elif 100 <= word <= 107:
                self.paper = palette(word - 92)
            elif word == 39:
                self.ink = None
            elif word == 49:
                self.paper = None

    @staticmethod
    def long_color(words):
        kind = words.pop(0) if words else 0
        if kind == 5 and words:
            return palette(words.pop(0) & 255)
        if kind == 2 and len(words) >= 3:
            return tuple(words.pop(0) & 255 for _ in range(3))
        return None


SEQUENCES = re.compile(
    r"\x1b\[(?P<parameters>[0-?]*)[ -/]*(?P<final>[@-~])"
    r"|\x1b[]PX^_].*?(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]|(?P<character>.)", re.S)


class Screen:
    """Cells of a terminal: a character, an ink and a paper each."""

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.characters = np.full((rows, columns), " ", dtype="<U1")
        self.ink = np.full((rows, columns, 3), 255, np.uint8)
        self.paper = np.zeros((rows, columns, 3), np.uint8)
        # Characters that did not fit.
        self.outside = 0

    @staticmethod
    def of(text, columns, rows):
        """The cells after a text; what lies outside of them is cut."""
        screen, pen, column, row = Screen(columns, rows), Pen(), 0, 0
        for match in SEQUENCES.finditer(text):
            character, final = match["character"], match["final"]
            if character is None and final is None:
                continue
            if final is not None:
                parameters = match["parameters"]
                if parameters[:1] in ("<", "=", ">", "?"):
                    continue
                if final == "m":
                    pen.take(parameters)
                    continue
                numbers = [int(word or 0) for word in re.split("[;:]", parameters)]
                count = max(1, numbers[0])
                if final in "CD":
                    column = max(0, column + (count if final == "C" else -count))
                elif final in "AB":
                    row = max(0, row + (count if final == "B" else -count))
                elif final == "G":
                    column = count - 1
                elif final in "Hf":
                    row, column = count - 1, max(1, (numbers + [1])[1]) - 1
            elif character == "\n":
                column, row = 0, row + 1
            elif character == "\r":
                column = 0
            elif character >= " " and character != "\x7f":
                ink, paper = pen.colors
                if row < rows and column < columns:
                    screen.characters[row, column] = character
                    screen.ink[row, column], screen.paper[row, column] = ink, paper
                elif character != " " or paper != (0, 0, 0):
                    screen.outside += 1
                column += 1
        return screen

    def pixels(self, font="dejavu"):
        """What the terminal draws, in sRGB codes from 0 to 1: rows * 16, columns * 8, 3."""
        source = face(font)
        known, places = np.unique(self.characters, return_inverse=True)
        shapes = np.stack([source.shape(str(character)) for character in known])
        cover = shapes[places.reshape(self.rows, self.columns)].transpose(0, 2, 1, 3)
        ink, paper = (
            colors.astype(float)[:, None, :, None, :] / 255 for colors in (self.ink, self.paper))
        drawn = paper + cover[..., None] * (ink - paper)
        return drawn.reshape(self.rows * HEIGHT, self.columns * WIDTH, 3)


# Pixels -> what the eye gets -> scores.

def picture_light(path, columns, rows):
    """A picture's light, stretched to the cells' pixels."""
    picture = Image.open(path)
    if picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info:
        ground = Image.new("RGBA", picture.size, (0, 0, 0, 255))
        picture = Image.alpha_composite(ground, picture.convert("RGBA"))
    if picture.mode == "L":
        light = linear(np.asarray(picture, float) / 255)
    else:
        light = linear(np.asarray(picture.convert("RGB"), float) / 255) @ LUMINANCE
    return stretched(light, columns, rows)


def stretched(light, columns, rows):
    """Light at the cells' pixels, by cubic interpolation."""
    large = Image.fromarray(light.astype(np.float32)).resize(
        (columns * WIDTH, rows * HEIGHT), Image.Resampling.BICUBIC)
    return np.clip(np.asarray(large, float), 0, 1)


def seen(light, sigma=SIGMA):
    """The blurred field in sRGB codes, 2 x 4 values a cell."""
    blurred = gaussian_filter(light, sigma, mode="constant", truncate=4)
    height, width = blurred.shape
    return coded(blurred.reshape(height // STEP, STEP, width // STEP, STEP).mean((1, 3)))


def structural_similarity(one, other):
    """SSIM of Wang et al. 2004 with a Gaussian window of 1.5 and a range of 1, meaned over the field."""
    window = functools.partial(gaussian_filter, sigma=1.5, truncate=3.5)
    mean_one, mean_other = window(one), window(other)
    spread = window(one * one) - mean_one ** 2 + window(other * other) - mean_other ** 2
    common = window(one * other) - mean_one * mean_other
    light, texture = 0.01 ** 2, 0.03 ** 2
    return float(np.mean(
        (2 * mean_one * mean_other + light) / (mean_one ** 2 + mean_other ** 2 + light)
        * (2 * common + texture) / (spread + texture)))


def signal_to_noise(one, other):
    error = np.mean((one - other) ** 2)
    return float(min(99, -10 * np.log10(max(error, 1e-12))))


def gradient_correlation(one, other):
    slopes = [
        np.stack([gaussian_filter(field, 1, order=order, mode="nearest") for order in ((0, 1), (1, 0))]).ravel()
        for field in (one, other)]
    slopes = [slope - slope.mean() for slope in slopes]
    scale = np.sqrt((slopes[0] ** 2).sum() * (slopes[1] ** 2).sum())
    return float(slopes[0] @ slopes[1] / scale) if scale > 1e-12 else 0.0


def scores(rendered, wanted):
    """The measures of two fields."""
    power = (rendered ** 2).sum()
    gain = float((rendered * wanted).sum() / power) if power > 1e-9 else 1.0
    return {
        "ssim": structural_similarity(rendered, wanted),
        "ssim_gain": structural_similarity(gain * rendered, wanted),
        "psnr": signal_to_noise(rendered, wanted),
        "psnr_gain": signal_to_noise(gain * rendered, wanted),
        "grad": gradient_correlation(rendered, wanted),
        "gain": gain,
    }


def text_view(text, columns, rows, font="dejavu", sigma=SIGMA):
    """What the eye gets of a text."""
    return seen(linear(Screen.of(text, columns, rows).pixels(font)) @ LUMINANCE, sigma)


def measured(picture, text, columns, rows, font="dejavu", sigma=SIGMA):
    """The measures of a text for a picture, rounded."""
    wanted = seen(picture_light(picture, columns, rows), sigma)
    result = scores(text_view(text, columns, rows, font, sigma), wanted)
    return {name: round(value, 4) for name, value in result.items()}


def image_of(text, columns, rows, font="dejavu"):
    """The text as a terminal draws it, as a picture of Pillow; gray where it has no colors."""
    pixels = np.rint(Screen.of(text, columns, rows).pixels(font) * 255).astype(np.uint8)
    is_gray = (pixels == pixels[..., :1]).all()
    return Image.fromarray(pixels[..., 0] if is_gray else pixels)


def size(word):
    columns, rows = (int(part) for part in word.split("x"))
    return columns, rows


def content(path):
    data = sys.stdin.buffer.read() if path == "-" else open(path, "rb").read()
    return data.decode("utf-8", "replace")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--picture", metavar="FILE")
    parser.add_argument("--text", metavar="FILE", help="- for standard input")
    parser.add_argument("--cells", type=size, metavar="WxH")
    parser.add_argument("--batch", metavar="LIST")
    parser.add_argument("--png", metavar="FILE")
    parser.add_argument("--font", default="dejavu", help=f"{', '.join(FACES)}, or a font file")
    parser.add_argument("--sigma", type=float, default=SIGMA, metavar="PX")
    options = parser.parse_args()
    if options.batch:
        for line in content(options.batch).splitlines():
            picture, text, cells, *name = line.split("\t")
            result = measured(picture, content(text), *size(cells), options.font, options.sigma)
            print(json.dumps({"name": "".join(name), "picture": picture, "cells": cells, **result}), flush=True)
        return
    if not (options.text and options.cells and (options.picture or options.png)):
        parser.error("--text and --cells are needed, and --picture or --png; or --batch")
    text = content(options.text)
    if options.png:
        image_of(text, *options.cells, options.font).save(options.png, optimize=True)
    if options.picture:
        print(json.dumps(measured(options.picture, text, *options.cells, options.font, options.sigma)))


if __name__ == "__main__":
    main()
