"""Programs that show pictures as text: Keepoch, and its peers with the options that measure best.

The plain options of a peer are what its manual begins with. For chafa the others are the best of 166 sets that
were tried on these very pictures (without 24 grays and 24 bits, where few were), so that it has every advantage
that Keepoch has; those of AAlib and img2txt were the best on other digits and photographs. Tuned chafa reads
pictures that were scaled to the cells' pixels before, since it scales small ones badly.
"""
import os
import shutil
import subprocess
import tempfile

import numpy as np
from PIL import Image

import rendering_pictures

# Classes of output: the measure that counts, and what it is. Without a paper of its own a character is at most
# a fifth as bright as white, so there one brightness factor is free.
CLASSES = {
    "ascii": ("ssim_gain", "ASCII, no colour"),
    "ink": ("ssim_gain", "ASCII, gray ink"),
    "paper": ("ssim", "ASCII, gray ink and paper"),
    "unicode": ("ssim_gain", "Unicode, no colour"),
    "unicode-gray": ("ssim", "Unicode, 24 grays"),
    "unicode-full": ("ssim", "Unicode, 24 bits"),
}

ENVIRONMENT = {
    "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LANG": "C.UTF-8", "TERM": "xterm-256color",
    "HOME": tempfile.gettempdir(), "SWIFT_BACKTRACE": "enable=no"}

CHAFA = "chafa -f symbols --stretch -s {cells} "

AALIB = r"""
#include <aalib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* columns rows contrast gamma dither [turns] < (2 * columns) x (2 * rows) bytes of gray
   Prints the text, or with turns the nanoseconds of one. */
int main(int count, char **words) {
  if (count < 6) return 64;
  struct aa_hardware_params hardware = aa_defparams;
  hardware.width = atoi(words[1]);
  hardware.height = atoi(words[2]);
  hardware.supported = AA_NORMAL_MASK;
  aa_context *context = aa_init(&mem_d, &hardware, NULL);
  if (!context) return 1;
  struct aa_renderparams *parameters = aa_getrenderparams();
  parameters->contrast = atoi(words[3]);
  parameters->gamma = atof(words[4]);
  parameters->dither = atoi(words[5]) ? AA_FLOYD_S : AA_NONE;
  size_t size = (size_t)aa_imgwidth(context) * aa_imgheight(context);
  if (fread(aa_image(context), 1, size, stdin) != size) return 2;
  int columns = aa_scrwidth(context), rows = aa_scrheight(context);
  aa_render(context, parameters, 0, 0, columns, rows);
  if (count > 6) {
    char *copy = malloc(size);
    memcpy(copy, aa_image(context), size);
    int turns = atoi(words[6]);
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (int turn = 0; turn < turns; turn++) {
      memcpy(aa_image(context), copy, size);
      aa_render(context, parameters, 0, 0, columns, rows);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%f\n", ((end.tv_sec - begin.tv_sec) * 1e9 + (end.tv_nsec - begin.tv_nsec)) / turns);
    return 0;
  }
  for (int row = 0; row < rows; row++) printf("%.*s\n", columns, (char *)aa_text(context) + row * columns);
  return 0;
}
"""


class Renderer:
    """A program with options that writes a picture as text.

    In the command {picture}, {cells}, {columns} and {rows} are filled in.
    """

    def __init__(self, kind, name, command, scales=False):
        self.kind, self.name, self.command, self.scales = kind, name, command.split(), scales

    @property
    def program(self):
        return self.command[0]

    @property
    def is_keepoch(self):
        return self.name.startswith("Keepoch")

    @property
    def is_installed(self):
        return shutil.which(self.program) is not None

    @property
    def options(self):
        """What it is called with, without names of files and sizes."""
        kept, words = [], self.command[1:]
        for word in words:
            kept.append(os.path.basename(word) if word.startswith("/") else word)
        text = " ".join(kept)
        for known in (
                "{picture}", "--cells {cells}", "--stretch -s {cells}", "--size={cells}", "-g{cells}",
                "-W {columns} -H {rows}", "-f symbols"):
            text = text.replace(known, "")
        return " ".join(text.split()).removeprefix("show ")

    def words(self, picture, columns, rows):
        return [
            word.format(picture=picture, cells=f"{columns}x{rows}", columns=columns, rows=rows)
            for word in self.command]

    def text(self, picture, columns, rows, folder):
        if self.scales:
            picture = rendering_pictures.scaled(picture, columns, rows, folder)
        end = subprocess.run(
            self.words(picture, columns, rows), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=ENVIRONMENT, check=True)
        return end.stdout.decode("utf-8", "replace")


class AALibRenderer(Renderer):
    """AAlib comes without a program for pictures, so a small one is compiled."""

    def __init__(self, name, options, build):
        super().__init__("ascii", name, "AAlib")
        self.settings, self.build = options, build

    @property
    def is_installed(self):
        return self.build() is not None

    @property
    def options(self):
        return "contrast {}, gamma {}, {}".format(
            *self.settings[:2], "Floyd-Steinberg" if self.settings[2] else "no dither")

    def output(self, picture, columns, rows, *more):
        small = Image.open(picture).convert("L").resize((2 * columns, 2 * rows), Image.Resampling.BICUBIC)
        end = subprocess.run(
            [self.build(), *map(str, (columns, rows, *self.settings, *more))],
            input=np.asarray(small).tobytes(), stdout=subprocess.PIPE, env=ENVIRONMENT, check=True)
        return end.stdout.decode("ascii", "replace")

    def text(self, picture, columns, rows, folder):
        return self.output(picture, columns, rows)

    def cells_per_second(self, picture, columns, rows):
        """Inside one process, without reading and scaling the picture."""
        times = [float(self.output(picture, columns, rows, 20_000)) for _ in range(5)]
        return columns * rows / sorted(times)[2] * 1e9


def aalib_builder(folder):
    """A function that compiles the program for AAlib once; it answers None where that cannot be done."""
    known = []

    def build():
        if not known:
            source, target = os.path.join(folder, "aalib.c"), os.path.join(folder, "aalib-text")
            with open(source, "w") as file:
                file.write(AALIB)
            compiler = shutil.which("cc")
            done = compiler and subprocess.run(
                [compiler, "-O2", "-o", target, source, "-laa"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
            known.append(target if done else None)
        return known[0]

    return build


def all_renderers(keepoch, folder):
    """Every renderer in its classes, Keepoch first."""
    show = f"{keepoch} show {{picture}} --cells {{cells}} "
    build = aalib_builder(folder)
    ordered = "--dither ordered --dither-grain 1x1 "
    wide = "-w 9 --symbols block+border+legacy+ascii "
    return [
        Renderer("ascii", "Keepoch", show + "--glyphs ascii --color none"),
        Renderer("ascii", "Keepoch, instant", show + "--glyphs ascii --color none --quality instant"),
        AALibRenderer("AAlib", (32, 1, 0), build),
        AALibRenderer("AAlib, dithered", (0, 1.5, 1), build),
        Renderer(
            "ascii", "chafa, dithered, no preprocessing",
            CHAFA + f"-c none -w 9 --symbols ascii {ordered}-p off {{picture}}", scales=True),
        Renderer(
            "ascii", "chafa, dithered", CHAFA + f"-c none -w 9 --symbols ascii {ordered}{{picture}}", scales=True),
        Renderer("ascii", "chafa", CHAFA + "-c none --symbols ascii {picture}"),
        Renderer("ascii", "jp2a", "jp2a --size={cells} {picture}"),
        Renderer("ink", "Keepoch", show + "--glyphs ascii --color 256 --background none"),
        Renderer(
            "ink", "chafa, filled", CHAFA + "-c 240 -w 9 --symbols ascii --fg-only --fill ascii {picture}",
            scales=True),
        Renderer("ink", "chafa", CHAFA + "-c 240 --symbols ascii --fg-only {picture}"),
        Renderer("ink", "jp2a", "jp2a --size={cells} --colors --color-depth=8 {picture}"),
        Renderer("paper", "Keepoch", show + "--glyphs ascii --color 256 --background gray"),
        Renderer(
            "paper", "chafa, filled", CHAFA + "-c 240 -w 9 --symbols ascii --fill ascii {picture}", scales=True),
        Renderer("paper", "chafa, filled, quick", CHAFA + "-c 240 -w 1 --symbols ascii --fill ascii {picture}"),
        Renderer("paper", "chafa", CHAFA + "-c 240 --symbols ascii {picture}"),
        Renderer(
            "paper", "img2txt", "img2txt -W {columns} -H {rows} -f utf8 -d fstein -g .6 {picture}"),
        Renderer("paper", "jp2a", "jp2a --size={cells} --colors --color-depth=8 --fill {picture}"),
        Renderer("unicode", "Keepoch", show + "--glyphs best --color none"),
        Renderer("unicode", "Keepoch, quadrants", show + "--glyphs quadrant --color none"),
        Renderer(
            "unicode", "chafa, dithered", CHAFA + f"-c none {wide}{ordered}-p off {{picture}}", scales=True),
        Renderer(
            "unicode", "chafa, blocks, diffused",
            CHAFA + "-c none -w 9 --symbols block+space --dither diffusion --dither-grain 4x4 -p off {picture}",
            scales=True),
        Renderer("unicode", "chafa", CHAFA + "-c none {picture}"),
        Renderer("unicode-gray", "Keepoch", show + "--glyphs best --color 256 --background gray"),
        Renderer("unicode-gray", "chafa, all blocks", CHAFA + f"-c 240 {wide}{{picture}}", scales=True),
        Renderer("unicode-gray", "chafa", CHAFA + "-c 240 {picture}"),
        Renderer("unicode-gray", "timg", "timg -g{cells} -U -pq --color8 --threads=1 {picture}"),
        Renderer("unicode-full", "Keepoch", show + "--glyphs best --color full --background gray"),
        Renderer("unicode-full", "chafa, all blocks", CHAFA + f"-c full {wide}{{picture}}", scales=True),
        Renderer("unicode-full", "chafa", CHAFA + "-c full {picture}"),
        Renderer("unicode-full", "timg", "timg -g{cells} -U -pq --threads=1 {picture}"),
    ]
