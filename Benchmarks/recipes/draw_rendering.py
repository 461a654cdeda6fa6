#!/usr/bin/env python3
"""Draw the pictures of docs/rendering.md: the same samples as text by Keepoch and by other programs.

    draw_rendering.py --keepoch .build/release/keepoch docs/pictures

Each panel is real output, drawn as a terminal with DejaVu Sans Mono draws it (fidelity.py). A program that is
not installed has an empty panel.
"""
import argparse
import os
import tempfile

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import fidelity
import renderers
import rendering_pictures

LABEL, GAP = 20, 8
GROUND, LETTERS = 255, 40
LABEL_FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"

# Panels of a sheet after the picture itself: label, class and name in renderers.py.
PANELS = [
    ("Keepoch: ASCII", "ascii", "Keepoch"),
    ("Keepoch: ASCII, gray ink", "ink", "Keepoch"),
    ("Keepoch: ASCII, ink and paper", "paper", "Keepoch"),
    ("Keepoch: braille", "unicode", "Keepoch"),
    ("Keepoch: quadrants, 24 grays", "unicode-gray", "Keepoch"),
    ("chafa: ASCII", "ascii", "chafa"),
    ("chafa: ASCII, tuned", "ascii", "chafa, dithered, no preprocessing"),
    ("chafa: 24 grays, tuned", "unicode-gray", "chafa, all blocks"),
    ("AAlib: ASCII", "ascii", "AAlib"),
    ("jp2a: ASCII", "ascii", "jp2a"),
    ("img2txt: ink and paper", "paper", "img2txt"),
]


def levels(light):
    """Light as a gray picture."""
    return Image.fromarray(np.rint(fidelity.coded(np.clip(light, 0, 1)) * 255).astype(np.uint8))


def sheet(panels, columns):
    """Labelled panels of one size, side by side."""
    width, height = panels[0][1].size
    rows = -(-len(panels) // columns)
    picture = Image.new(
        "RGB", (columns * (width + GAP) + GAP, rows * (height + LABEL + GAP) + GAP), (GROUND,) * 3)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(LABEL_FONT, 12)
    for place, (label, panel) in enumerate(panels):
        left = GAP + place % columns * (width + GAP)
        top = GAP + place // columns * (height + LABEL + GAP)
        pen.text((left, top + 2), label, font=font, fill=(LETTERS,) * 3)
        picture.paste(panel, (left, top + LABEL))
    return picture


def saved(picture, path):
    """Written with 52 levels where it is gray, else with 64 colors, so that it stays small."""
    values = np.asarray(picture)
    if (values == values[..., :1]).all():
        Image.fromarray(np.rint(values[..., 0] / 5).astype(np.uint8) * 5).save(path, optimize=True)
    else:
        picture.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path, os.path.getsize(path))


class Comparison:
    """A picture and its renderings at one size."""

    def __init__(self, path, columns, rows, chosen, folder):
        self.columns, self.rows = columns, rows
        self.light = fidelity.picture_light(path, columns, rows)
        self.texts = []
        for label, kind, name in PANELS:
            one = next(one for one in chosen if (one.kind, one.name) == (kind, name))
            text = one.text(path, columns, rows, folder) if one.is_installed else ""
            self.texts.append((label, text, renderers.CLASSES[kind][0]))

    def drawn(self, per_row, scale=1):
        """Sharp, as a terminal draws it."""
        panels = [("the picture", levels(self.light))]
        panels += [(label, fidelity.image_of(text, self.columns, self.rows)) for label, text, _ in self.texts]
        if scale > 1:
            panels = [
                (label, panel.resize((panel.width * scale, panel.height * scale), Image.Resampling.NEAREST))
                for label, panel in panels]
        return sheet(panels, per_row)

    def seen(self, per_row, scale):
        """Blurred, as the measure sees it, with the measure and its value; where it allows for brightness, with
        the factor that fits best."""
        wanted = fidelity.seen(self.light)
        panels = [("the picture", self.enlarged(wanted, scale))]
        for label, text, measure in self.texts:
            view = fidelity.text_view(text, self.columns, self.rows)
            result = fidelity.scores(view, wanted)
            factor = result["gain"] if measure == "ssim_gain" else 1
            panels.append((f"{label}, {result[measure]:.2f}", self.enlarged(factor * view, scale)))
        return sheet(panels, per_row)

    def explained(self):
        """The first rendering, sharp and blurred, beside the picture."""
        sharp = [("1  the picture", levels(self.light)),
                 ("2  the text", fidelity.image_of(self.texts[0][1], self.columns, self.rows))]
        wanted = fidelity.seen(self.light)
        view = fidelity.text_view(self.texts[0][1], self.columns, self.rows)
        gain = fidelity.scores(view, wanted)["gain"]
        return sheet(sharp + [
            ("3  the picture, blurred", self.enlarged(wanted)),
            (f"4  the text, blurred, x {gain:.1f}", self.enlarged(gain * view)),
        ], 4)

    def enlarged(self, field, scale=fidelity.STEP):
        """A blurred field, at the size of the cells unless told otherwise."""
        gray = Image.fromarray(np.rint(np.clip(field, 0, 1) * 255).astype(np.uint8))
        return gray.resize((gray.width * scale, gray.height * scale), Image.Resampling.BICUBIC)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keepoch", required=True, metavar="FILE")
    parser.add_argument("folder", metavar="FOLDER")
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="keepoch-rendering-") as folder:
        chosen = renderers.all_renderers(os.path.abspath(options.keepoch), folder)
        small, photographs = rendering_pictures.written(folder)
        named = {os.path.basename(path)[:-4]: path for path in small + photographs}
        digit = Comparison(named["gan-3"], 28, 14, chosen, folder)
        thumbnail = Comparison(named["diffusion-2"], 14, 7, chosen, folder)
        photograph = Comparison(named["astronaut"], 40, 20, chosen, folder)
        for name, picture in (
                ("rendering-measure", digit.explained()),
                ("rendering-gan", digit.drawn(4)),
                ("rendering-diffusion", thumbnail.drawn(4, scale=2)),
                ("rendering-photograph", photograph.drawn(3)),
                ("rendering-photograph-blurred", photograph.seen(4, 3))):
            saved(picture, os.path.join(options.folder, f"{name}.png"))


if __name__ == "__main__":
    main()
