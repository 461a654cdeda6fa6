"""Writes the grids of a run as an offline W&B run, for programs that step through its pictures.

wandb_run.py FOLDER SAMPLES   prints the folder of the run; exit code 3 where wandb or Pillow is missing
"""

import glob
import os
import sys

FOLDER, SAMPLES = sys.argv[1:3]
os.environ.update(
    WANDB_MODE="offline", WANDB_SILENT="true", WANDB_DIR=FOLDER, WANDB_CONSOLE="off"
)


def main():
    try:
        import wandb
        from PIL import Image
    except ImportError as error:
        print(error, file=sys.stderr)
        sys.exit(3)
    run = wandb.init(project="bench", dir=FOLDER)
    for place, path in enumerate(sorted(glob.glob(os.path.join(SAMPLES, "*.png")))):
        epoch = int("".join(c for c in os.path.basename(path) if c.isdigit()) or place)
        picture = wandb.Image(Image.open(path).convert("L"))
        run.log({"samples": picture, "epoch": epoch}, step=epoch)
    folder = os.path.dirname(run.dir)
    run.finish()
    print(folder)


if __name__ == "__main__":
    main()
