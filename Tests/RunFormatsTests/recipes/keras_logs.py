"""Keras: CSVLogger beside a picture an epoch, and the GANMonitor of its GAN tutorial."""
import csv

import common as c  # noqa: I001

import keras
import numpy as np
from PIL import Image


def read(path):
    with Image.open(path) as picture:
        return c.gray_of(picture)


def model():
    keras.utils.set_random_seed(3)
    net = keras.Sequential([keras.Input((64,)), keras.layers.Dense(4), keras.layers.Dense(64)])
    net.compile("adam", "mse")
    return net


def fit(epochs, *callbacks):
    x = c.samples(5, 24, 8).reshape(24, 64)
    model().fit(x, x, epochs=epochs, batch_size=8, verbose=0, validation_data=(x[:8], x[:8]),
                callbacks=list(callbacks))


def csv_logger():
    folder = c.fresh("csv-keras")

    class Draw(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            x = c.samples(epoch + 1, 9, 10)
            grid = x.reshape(3, 3, 10, 10).swapaxes(1, 2).reshape(30, 30)
            Image.fromarray(c.as8(grid)).save(folder / f"samples_epoch_{epoch}.png")

    fit(5, keras.callbacks.CSVLogger(str(folder / "training.log"), separator=","), Draw())
    rows = []
    for values in csv.DictReader(open(folder / "training.log", newline="")):
        epoch = int(values.pop("epoch"))
        rows.append({"epoch": epoch, "metrics": {k: c.number(float(v)) for k, v in values.items()}})
    c.keep("csv-keras")
    c.expect("csv-keras", {"axis": "epoch", "checkpoints": rows})


def monitor():
    """As keras.io's dcgan_overriding_train_step writes it: epoch first, then the sample."""
    folder = c.fresh("keras-monitor")

    class GANMonitor(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            generated_images = c.samples(epoch + 1, 3, 16)[..., None] * 255
            for i in range(3):
                img = keras.utils.array_to_img(generated_images[i])
                img.save(folder / ("generated_img_%03d_%d.png" % (epoch, i)))

    fit(5, GANMonitor())
    c.keep("keras-monitor")
    c.expect("keras-monitor", {"axis": "epoch", "checkpoints": [
        {"epoch": e, "samples": c.sample_set(np.stack([
            read(folder / ("generated_img_%03d_%d.png" % (e, i))) for i in range(3)]))}
        for e in range(5)]})


if __name__ == "__main__":
    csv_logger()
    monitor()
