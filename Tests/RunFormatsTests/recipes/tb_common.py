"""Reads event files back with TensorBoard's own loader."""
import glob
import io
import struct

from PIL import Image

from common import gray_of, number, series


def record_spans(path):
    """(start, length of data) of each whole record, by the length fields alone."""
    data = open(path, "rb").read()
    at, spans = 0, []
    while at + 12 <= len(data):
        (length,) = struct.unpack_from("<Q", data, at)
        if at + 16 + length > len(data):
            break
        spans.append((at, length))
        at += 16 + length
    return data, spans


def events(path):
    """TensorBoard's loader; it migrates old forms of summaries to tensors, as TensorBoard does."""
    from tensorboard.backend.event_processing.event_file_loader import EventFileLoader

    return list(EventFileLoader(str(path)).Load())


class Log:
    """Scalars {tag: {step: value}}, pictures {tag: {step: [gray]}} of the files in order."""

    def __init__(self, paths):
        from tensorboard.util import tensor_util

        self.scalars, self.pictures, self.texts, self.plugins = {}, {}, {}, set()
        for path in paths:
            scalars, pictures = {}, {}
            for event in events(path):
                for value in event.summary.value:
                    plugin = value.metadata.plugin_data.plugin_name
                    self.plugins.add((value.tag, plugin))
                    if plugin == "scalars":
                        x = tensor_util.make_ndarray(value.tensor).item()
                        scalars.setdefault(value.tag, {})[event.step] = x
                    elif plugin == "images":
                        strings = list(value.tensor.string_val)[2:]
                        grays = [gray_of(Image.open(io.BytesIO(s))) for s in strings]
                        pictures.setdefault(value.tag, {})[event.step] = grays
                    elif plugin == "text":
                        self.texts.setdefault(value.tag, []).append(value.tensor.string_val[0])
            # The later file wins between its own first and last step of a tag.
            for new, all in ((scalars, self.scalars), (pictures, self.pictures)):
                for tag, points in new.items():
                    old = all.get(tag, {})
                    low, high = min(points), max(points)
                    kept = {s: v for s, v in old.items() if not low <= s <= high}
                    all[tag] = dict(sorted({**kept, **points}.items()))

    def series(self, tags=None):
        return [series(tag, list(points), list(points.values()))
                for tag, points in self.scalars.items() if tags is None or tag in tags]


def files(folder):
    return sorted(glob.glob(str(folder) + "/**/events.out.tfevents.*", recursive=True))
