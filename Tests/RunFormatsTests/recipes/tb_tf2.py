"""tf.summary of TensorFlow 2: scalars and pictures as tensors, several pictures a step."""
import os

import common as c
from tb_common import Log, files

import numpy as np
import tensorflow as tf


def run():
    folder = c.fresh("tb-tf2")
    writer = tf.summary.create_file_writer(str(folder), filename_suffix=".v2")
    with writer.as_default():
        tf.summary.text("config", "latent_dim: 32\n\nfamily: vae", step=0)
        for step in range(0, 401, 20):
            tf.summary.scalar("loss", c.loss(step), step=step)
            tf.summary.scalar("kl", c.loss(step) / 7, step=step)
            if step % 100 == 0 and step:
                x = c.samples(step / 10, 12)[..., None]
                tf.summary.image("generated", x, step=step, max_outputs=8)
                tf.summary.histogram("weights", tf.constant(x[:4].ravel()), step=step, buckets=8)
    writer.close()
    for path in files(folder):  # The writer asks the system for the host name; it stands only here.
        os.rename(path, folder / "events.out.tfevents.1767323045.trainer.4242.0.v2")
    log = Log(files(folder))
    rows = [{"step": s, "samples": c.sample_set(np.stack(g))}
            for s, g in log.pictures["generated"].items()]
    assert all(len(g) == 8 for g in log.pictures["generated"].values())
    c.keep("tb-tf2")
    c.expect("tb-tf2", {"axis": "step", "checkpoints": rows, "series": log.series()})


def keras():
    """keras.callbacks.TensorBoard: folders train and validation, scalars by epoch."""
    import keras

    keras.utils.set_random_seed(3)
    folder = c.fresh("tb-keras")
    x = c.samples(5, 24, 8).reshape(24, 64)
    model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(4), keras.layers.Dense(64)])
    model.compile("adam", "mse")
    writer = tf.summary.create_file_writer(str(folder / "images"), filename_suffix=".v2")

    def draw(epoch, logs):
        with writer.as_default():
            out = np.clip(model.predict(x[:8], verbose=0), 0, 1).reshape(8, 8, 8, 1)
            tf.summary.image("samples", (out + x[:8].reshape(8, 8, 8, 1)) / 2,
                             step=epoch, max_outputs=8)

    board = keras.callbacks.TensorBoard(str(folder), write_graph=False, profile_batch=0)
    model.fit(x, x, epochs=4, batch_size=8, verbose=0, validation_data=(x[:8], x[:8]),
              callbacks=[board, keras.callbacks.LambdaCallback(on_epoch_end=draw)])
    writer.close()
    for number, path in enumerate(files(folder)):
        os.rename(path, f"{os.path.dirname(path)}/events.out.tfevents.1767323045.trainer.4242."
                        f"{number}.v2")
    log = Log(sorted((folder / "images").glob("events*")))
    rows = [{"samples": c.sample_set(np.stack(g))} for g in
            log.pictures["samples"].values()]
    c.keep("tb-keras")
    c.expect("tb-keras", {"checkpoints": rows})


if __name__ == "__main__":
    run()
    keras()
