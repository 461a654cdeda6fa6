"""Configuration beside samples: Hydra's folders, config.json, args.json, config.toml."""
import argparse
import json
import subprocess
import sys

import tomli_w
import torch
from PIL import Image
from torchvision.utils import save_image

import common as c

APP = '''
import sys
sys.path.insert(0, {here!r})
import common
import configs
import hydra

@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg):
    import pathlib
    out = pathlib.Path(hydra.core.hydra_config.HydraConfig.get().runtime.output_dir)
    for epoch in (1, 5, 10):
        configs.grid(out / f"samples/epoch_{{epoch:03}}.png", epoch + cfg.seed)

main()
'''
CONF = """seed: 0
model:
  name: vae
  latent_dim: 32
  beta: 1.0
train:
  epochs: 10
  lr: 0.001
hydra:
  run: {dir: outputs/2026-01-02/03-04-05}
  sweep: {dir: multirun/2026-01-02/03-04-05}
"""


def grid(path, epoch, count=8, size=8):
    path.parent.mkdir(parents=True, exist_ok=True)
    save_image(torch.from_numpy(c.samples(epoch, count, size))[:, None], path)


def rows(folder, pattern, epochs, count=8, size=8):
    found = []
    for epoch in epochs:
        with Image.open(folder / pattern.format(epoch)) as picture:
            found.append({"epoch": epoch, "samples": c.sample_set(
                c.cells(c.gray_of(picture), count, 8, size, 2))})
    return found


def hydra():
    folder = c.fresh("hydra-app")
    (folder / "conf").mkdir()
    (folder / "conf/config.yaml").write_text(CONF)
    (folder / "app.py").write_text(APP.format(here=str(c.HERE)))
    for words in (["model.latent_dim=16"], ["-m", "seed=0,2", "model.name=gan"]):
        subprocess.run([sys.executable, "app.py", *words], cwd=folder, check=True,
                       capture_output=True)
    one = folder / "outputs/2026-01-02/03-04-05"
    many = folder / "multirun/2026-01-02/03-04-05"
    for path in [*one.rglob("*.log"), *many.rglob("*.log"), *folder.rglob("hydra.yaml")]:
        path.unlink()  # hydra.yaml: the machine's paths, and nothing of the run.
    names = "samples/epoch_{:03}.png"
    c.keep("config-hydra", one)
    c.expect("config-hydra", {"axis": "epoch", "latentShape": [16], "family": "vae",
                              "checkpoints": rows(one, names, (1, 5, 10))})
    c.keep("catalogue-hydra-multirun", many)
    c.expect("catalogue-hydra-multirun", *(
        {"axis": "epoch", "latentShape": [32], "family": "gan",
         "checkpoints": rows(many / str(job), names, (1, 5, 10))} for job in (0, 1)))


def plain(name, write, **more):
    folder = c.fresh(name)
    for epoch in (1, 5, 10):
        grid(folder / f"images/epoch_{epoch}.png", epoch)
    write(folder)
    c.keep(name)
    c.expect(name, {"axis": "epoch", "checkpoints": rows(folder, "images/epoch_{}.png", (1, 5, 10)),
                    **more})


def dcgan(folder):
    # The argument names of PyTorch's own DCGAN example.
    config = {"dataset": "mnist", "imageSize": 8, "nz": 100, "ngf": 64, "ndf": 64, "niter": 10,
              "lr": 0.0002, "beta1": 0.5, "manualSeed": 1}
    (folder / "config.json").write_text(json.dumps(config, indent=2))


def arguments(folder):
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="vae")
    parser.add_argument("--z_dim", type=int, default=20)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--no-cuda", action="store_true")
    args = parser.parse_args(["--epochs", "10", "--no-cuda"])
    (folder / "args.json").write_text(json.dumps(vars(args)))


def toml(folder):
    config = {"seed": 1, "model": {"type": "vae", "latent_dim": 12, "hidden": [64, 32]},
              "training": {"epochs": 10, "lr": 1e-3}}
    (folder / "config.toml").write_text(tomli_w.dumps(config))


if __name__ == "__main__":
    hydra()
    plain("config-json", dcgan, latentShape=[100])
    plain("config-args-json", arguments, latentShape=[20], family="vae")
    plain("config-toml", toml, latentShape=[12], family="vae")
