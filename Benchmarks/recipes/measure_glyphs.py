#!/usr/bin/env python3
"""Measure the ink of the 95 printable ASCII glyphs and write AsciiCoverage.swift.

    Benchmarks/recipes/measure_glyphs.py > Sources/GlyphRendering/AsciiCoverage.swift

Needs pillow and DejaVu Sans Mono (Debian: fonts-dejavu-core; Bitstream Vera and DejaVu licence, free
to embed and to change). A cell is 8 x 16 px: 13 px type (advance 7.83 px), baseline 12 px from the top.
Each pixel's coverage is rounded to 0...15 and written as one hex digit, row by row, so the file says
the same whatever the FreeType version does to the last bits.
"""
import sys
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"
WIDTH, HEIGHT, SIZE, BASELINE = 8, 16, 13, 12

HEAD = """\
/// The ink of the 95 printable ASCII glyphs, made by `Benchmarks/recipes/measure_glyphs.py`; do not edit.
///
/// DejaVu Sans Mono, 13 px type in cells of 8 x 16 px; a hex digit is one pixel's coverage in
/// fifteenths, row by row, from U+0020 to U+007E.
enum AsciiCoverage {
  static let hexDigits: StaticString = \"\"\"
"""


def main() -> None:
    path = sys.argv[1] if len(sys.argv) > 1 else FONT
    font = ImageFont.truetype(path, SIZE, layout_engine=ImageFont.Layout.BASIC)
    lines = []
    for code in range(0x20, 0x7F):
        cell = Image.new("L", (WIDTH, HEIGHT))
        ImageDraw.Draw(cell).text((0, BASELINE), chr(code), font=font, fill=255, anchor="ls")
        digits = "".join("%x" % ((v * 15 + 127) // 255) for v in cell.tobytes())
        lines += [digits[:64], digits[64:]]
    print(HEAD + "\n".join("    " + line for line in lines) + '\n    """\n}')


main()
