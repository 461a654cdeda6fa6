#!/usr/bin/env python3
"""Measure how much of its cell each printable ASCII glyph inks.

    measure_glyphs.py --font FILE [--size PX] [--baseline ROW] -o ~/.config/keepoch/fonts/mine.glyphs
    measure_glyphs.py --chart                                   # then take a screenshot of it
    measure_glyphs.py --screenshot FILE.png -o ~/.config/keepoch/fonts/mine.glyphs
    measure_glyphs.py --swift FOLDER                            # writes the built-in models anew

Without -o the model goes to standard output. Then `font = "mine"` under [pictures] in config.toml. Needs Python 3 and Pillow.

A model is a text: the line `keepoch-glyphs 1`, comments after #, and a line for each glyph from U+0020
to U+007E: its number and 128 hex digits, the coverage of 8 x 16 px in fifteenths, row by row. A glyph's
coverage is measured in sRGB codes, as terminals blend them.

A font file is drawn at 13 px on a baseline 12 px from the top of the cell unless told otherwise, which
suits fonts that are 0.6 em wide. A screenshot measures what the terminal really draws, with its size,
hinting and spacing; the chart's two solid marks say where it is.
"""
import argparse
import os
import sys

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 8, 16
CODES = range(0x20, 0x7F)
PLACES = [(x, y) for y in range(HEIGHT) for x in range(WIDTH)]
ROWS, PER_ROW = 6, 16
CHART_WIDTH, CHART_HEIGHT = 2 * PER_ROW + 4, ROWS + 2

# Debian's files: name, Swift name, file, px, baseline, package, licence.
FACES = [
    ("DejaVu Sans Mono", "dejaVuSansMono", "truetype/dejavu/DejaVuSansMono.ttf", 13, 12,
     "fonts-dejavu-core", "Bitstream Vera and DejaVu licence"),
    ("DejaVu Sans Mono Bold", "dejaVuSansMonoBold", "truetype/dejavu/DejaVuSansMono-Bold.ttf", 13, 12,
     "fonts-dejavu-core", "Bitstream Vera and DejaVu licence"),
    ("Noto Sans Mono", "notoSansMono", "truetype/noto/NotoSansMono-Regular.ttf", 13, 12,
     "fonts-noto-mono", "SIL Open Font Licence 1.1"),
    ("Terminus", "terminus", "truetype/terminus/TerminusTTF-4.46.0.ttf", 16, 12,
     "fonts-terminus", "SIL Open Font Licence 1.1"),
    ("GNU Unifont", "unifont", "opentype/unifont/unifont.otf", 16, 14,
     "fonts-unifont", "SIL Open Font Licence 1.1 or GPL 2+ with font exception"),
    ("Liberation Mono", "liberationMono", "truetype/liberation/LiberationMono-Regular.ttf", 13, 12,
     "fonts-liberation", "SIL Open Font Licence 1.1"),
    ("Hack", "hack", "truetype/hack/Hack-Regular.ttf", 13, 12,
     "fonts-hack", "MIT and Bitstream Vera licence"),
    ("JetBrains Mono", "jetBrainsMono", "truetype/jetbrains-mono/JetBrainsMono-Regular.ttf", 13, 12,
     "fonts-jetbrains-mono", "SIL Open Font Licence 1.1"),
]

SWIFT = """\
extension GlyphFace {{
  /// {name}, {size} px type on a baseline {baseline} px from the top of a cell of 8 x 16 px.
  ///
  /// Made by `docs/fonts/measure_glyphs.py` from Debian's {package} ({licence}); do not edit.
  static let {variable} = GlyphFace(
    \"\"\"
{digits}
    \"\"\")
}}
"""


def digits(cell: Image.Image) -> str:
    return "".join("%x" % ((value * 15 + 127) // 255) for value in cell.tobytes())


def drawn(path: str, size: int, baseline: int) -> list[str]:
    if not 1 <= size <= 64 or not 1 <= baseline <= HEIGHT:
        sys.exit(f"--size is from 1 to 64 px and --baseline a row from 1 to {HEIGHT}")
    try:
        font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    except OSError as error:
        sys.exit(f"{path}: cannot be read as a font: {error}")
    widths = [font.getlength(chr(code)) for code in CODES]
    if max(widths) - min(widths) > 0.5:
        sys.exit(f"{path}: its glyphs are {min(widths):.1f} to {max(widths):.1f} px wide; a terminal's font has one width")
    if widths[0] > WIDTH + 1:
        sys.exit(f"{path}: at {size} px its glyphs are {widths[0]:.1f} px wide, a cell has {WIDTH}; try --size {int(size * WIDTH / widths[0])}")
    lines = []
    for code in CODES:
        cell = Image.new("L", (WIDTH, HEIGHT))
        spare = max(0, (WIDTH - font.getlength(chr(code))) / 2)
        ImageDraw.Draw(cell).text((round(spare), baseline), chr(code), font=font, fill=255, anchor="ls")
        lines.append(digits(cell))
    return lines


def chart() -> str:
    mark, plain = "\x1b[7m", "\x1b[0m"
    lines = [plain + mark + "  " + plain]
    for row in range(ROWS):
        codes = [CODES.start + row * PER_ROW + column for column in range(PER_ROW)]
        lines.append("  " + " ".join(chr(code) if code in CODES else " " for code in codes))
    lines.append(" " * (CHART_WIDTH - 2) + mark + "  " + plain)
    return "\n".join(lines) + "\n"


def solid_marks(picture: Image.Image, ground: int) -> list[tuple[int, int, int, int]]:
    """Boxes of solid rectangles of at least 6 x 6 px that differ from the ground, top to bottom."""
    width, height = picture.size
    level = picture.load()
    is_ink = lambda x, y: abs(level[x, y] - ground) > 96
    seen, boxes = set(), []
    for y in range(height):
        for x in range(width):
            if (x, y) in seen or not is_ink(x, y):
                continue
            right = x
            while right < width and is_ink(right, y):
                right += 1
            bottom = y
            while bottom < height and all(is_ink(place, bottom) for place in (x, (x + right) // 2, right - 1)):
                bottom += 1
            if right - x >= 6 and bottom - y >= 6 and all(
                    is_ink(column, row) for row in range(y, bottom) for column in range(x, right)):
                boxes.append((x, y, right, bottom))
                seen.update((column, row) for row in range(y, bottom) for column in range(x, right))
    return boxes


def chart_marks(picture: Image.Image) -> tuple | None:
    """The chart's first and last mark, its ground and its ink; nil where there is no chart."""
    commonest = sorted(range(256), key=picture.histogram().__getitem__, reverse=True)[:12]
    for ground in commonest:
        boxes = solid_marks(picture, ground)
        for first in boxes:
            for last in boxes:
                width = (last[2] - first[0]) / CHART_WIDTH
                height = (last[3] - first[1]) / CHART_HEIGHT
                fits = width >= 3 and height >= 3 and all(
                    abs((box[2] - box[0]) - 2 * width) <= 1 + 0.1 * width
                    and abs((box[3] - box[1]) - height) <= 1 + 0.15 * height for box in (first, last))
                if not fits:
                    continue
                # Beside the first mark the chart is bare.
                row, start = (first[1] + first[3]) // 2, first[2] + 2
                bare = [picture.getpixel((x, row)) for x in range(start, min(last[2], picture.width))]
                if bare and max(abs(value - ground) for value in bare) <= 24:
                    ink = picture.getpixel(((first[0] + first[2]) // 2, row))
                    return first, last, ground, ink
    return None


def photographed(path: str) -> list[str]:
    try:
        picture = Image.open(path).convert("L")
    except OSError as error:
        sys.exit(f"{path}: cannot be read as a picture: {error}")
    found = chart_marks(picture)
    if not found:
        sys.exit(f"{path}: the chart with its two solid marks is not in the picture; show all of it, on one background")
    first, last, ground, ink = found
    cell_width = (last[2] - first[0]) / CHART_WIDTH
    cell_height = (last[3] - first[1]) / CHART_HEIGHT
    real = picture.convert("F")
    lines = []
    for code in CODES:
        row, column = divmod(code - CODES.start, PER_ROW)
        left, top = first[0] + (2 + 2 * column) * cell_width, first[1] + (1 + row) * cell_height
        cell = real.resize(
            (WIDTH, HEIGHT), Image.Resampling.BOX, box=(left, top, left + cell_width, top + cell_height))
        cover = [min(1, max(0, (value - ground) / (ink - ground))) for value in map(cell.getpixel, PLACES)]
        lines.append("".join("%x" % round(15 * value) for value in cover))
    return lines


def model(lines: list[str], source: str) -> str:
    head = f"keepoch-glyphs 1\n# {source}\n"
    return head + "".join(f"{code:02X} {line}\n" for code, line in zip(CODES, lines))


def write(text: str, path: str | None) -> None:
    if not path:
        sys.stdout.write(text)
        return
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
    except OSError as error:
        sys.exit(f"{path}: cannot be written: {error}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--font", metavar="FILE")
    what.add_argument("--chart", action="store_true")
    what.add_argument("--screenshot", metavar="FILE")
    what.add_argument("--swift", metavar="FOLDER")
    parser.add_argument("--size", type=int, default=13, metavar="PX")
    parser.add_argument("--baseline", type=int, default=12, metavar="ROW")
    parser.add_argument("-o", "--output", metavar="FILE")
    options = parser.parse_args()
    if options.chart:
        sys.stdout.write(chart())
    elif options.font:
        lines = drawn(options.font, options.size, options.baseline)
        write(model(lines, f"{os.path.basename(options.font)}, {options.size} px"), options.output)
    elif options.screenshot:
        write(model(photographed(options.screenshot), os.path.basename(options.screenshot)), options.output)
    else:
        for name, variable, path, size, baseline, package, licence in FACES:
            lines = drawn("/usr/share/fonts/" + path, size, baseline)
            text = "\n".join("    " + half for line in lines for half in (line[:64], line[64:]))
            target = os.path.join(options.swift, variable[0].upper() + variable[1:] + ".swift")
            with open(target, "w") as file:
                file.write(SWIFT.format(
                    name=name, variable=variable, size=size, baseline=baseline, package=package,
                    licence=licence, digits=text))


main()
