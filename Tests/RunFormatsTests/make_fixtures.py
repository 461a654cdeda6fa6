#!/usr/bin/env python3
"""Write what tests read, by other programs, and the gray it must read as.

    pip install pypng numpy; python3 make_fixtures.py pictures    # Fixtures/codings, by pypng
    python3 make_fixtures.py arrays                               # Fixtures/arrays.json, by numpy

The expected gray follows docs/formats and is computed here with numpy, not by Keepoch.
"""
import base64
import hashlib
import io
import json
import pathlib
import struct
import sys
import zipfile

import numpy as np

FIXTURES = pathlib.Path(__file__).parent / "Fixtures"
HERE = FIXTURES / "codings"
WIDTH, HEIGHT = 11, 7
DICE = np.random.default_rng(5)


def luma(rgb):
    r, g, b = (rgb[..., i].astype(np.int64) for i in range(3))
    return (19595 * r + 38470 * g + 7471 * b + 32768) >> 16


def over_black(gray, alpha):
    return (gray * alpha.astype(np.int64) + 127) // 255


def eight(values, depth):
    values = values.astype(np.int64)
    if depth == 16:
        return np.floor(values / 257 + 0.5).astype(np.int64)
    return np.floor(values * 255 / (2**depth - 1) + 0.5).astype(np.int64)


def write(name, rows, expected, **options):
    import png

    with open(HERE / f"{name}.png", "wb") as file:
        png.Writer(WIDTH, HEIGHT, **options).write(file, rows.reshape(HEIGHT, -1).tolist())
    (HERE / f"{name}.gray").write_bytes(expected.astype(np.uint8).tobytes())


def pictures():
    HERE.mkdir(parents=True, exist_ok=True)
    for interlace in (False, True):
        tail = "-interlaced" if interlace else ""
        for depth in (1, 2, 4, 8, 16):
            gray = DICE.integers(0, 2**depth, (HEIGHT, WIDTH))
            write(f"gray{depth}{tail}", gray, eight(gray, depth), greyscale=True, bitdepth=depth,
                  interlace=interlace)
        for depth in (8, 16):
            top = 2**depth
            ga = DICE.integers(0, top, (HEIGHT, WIDTH, 2))
            wide = eight(ga, depth)
            write(f"gray-alpha{depth}{tail}", ga, over_black(wide[..., 0], wide[..., 1]),
                  greyscale=True, alpha=True, bitdepth=depth, interlace=interlace)
            rgb = DICE.integers(0, top, (HEIGHT, WIDTH, 3))
            write(f"rgb{depth}{tail}", rgb, luma(eight(rgb, depth)), greyscale=False,
                  bitdepth=depth, interlace=interlace)
            rgba = DICE.integers(0, top, (HEIGHT, WIDTH, 4))
            wide = eight(rgba, depth)
            write(f"rgba{depth}{tail}", rgba, over_black(luma(wide), wide[..., 3]),
                  greyscale=False, alpha=True, bitdepth=depth, interlace=interlace)
        for depth in (1, 2, 4, 8):
            table = DICE.integers(0, 256, (2**depth, 3))
            index = DICE.integers(0, 2**depth, (HEIGHT, WIDTH))
            write(f"palette{depth}{tail}", index, luma(table[index]), bitdepth=depth,
                  palette=[tuple(map(int, c)) for c in table], interlace=interlace)
        table = DICE.integers(0, 256, (16, 4))
        index = DICE.integers(0, 16, (HEIGHT, WIDTH))
        write(f"palette-alpha{tail}", index, over_black(luma(table[index]), table[index][..., 3]),
              bitdepth=4, palette=[tuple(map(int, c)) for c in table], interlace=interlace)
    gray = DICE.integers(0, 4, (HEIGHT, WIDTH)) * 60
    write("gray8-transparent", gray, np.where(gray == 120, 0, gray), greyscale=True, bitdepth=8,
          transparent=120)
    equal = np.repeat(DICE.integers(0, 256, (HEIGHT, WIDTH, 1)), 3, axis=2)
    write("rgb-equal", equal, equal[..., 0], greyscale=False, bitdepth=8)


def npy(array, version=(1, 0)):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=version, allow_pickle=True)
    return file.getvalue()


def headed(header, data=b"", version=1):
    """An .npy with a header of any text, as numpy would not write it."""
    width = "<H" if version == 1 else "<I"
    text = header.encode()
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack(width, len(text)) + text + data


def npz(members, compression=zipfile.ZIP_DEFLATED, comment=b"", is_large=False):
    file = io.BytesIO()
    limit, zipfile.ZIP64_LIMIT = zipfile.ZIP64_LIMIT, 8 if is_large else zipfile.ZIP64_LIMIT
    with zipfile.ZipFile(file, "w") as archive:
        archive.comment = comment
        for name, data in members.items():
            info = zipfile.ZipInfo(name + ".npy")
            info.compress_type = compression
            with archive.open(info, "w", force_zip64=is_large) as member:
                member.write(data)
    zipfile.ZIP64_LIMIT = limit
    return file.getvalue()


def plain_npz(members, save=np.savez):
    file = io.BytesIO()
    save(file, **members)
    return file.getvalue()


def usual_range(array):
    finite = array.astype(np.float64)
    finite = finite[np.isfinite(finite)]
    if finite.size == 0:
        return 0.0, 1.0
    low, high = finite.min(), finite.max()
    if low >= -0.05 and high <= 1.05:
        return 0.0, 1.0
    if low >= -1.05 and high <= 1.05:
        return -1.0, 1.0
    if low >= 0 and 2 < high <= 255:
        return 0.0, 255.0
    return float(low), float(high)


def levels(array, limits):
    if array.dtype == np.bool_:
        return array.astype(np.int64) * 255
    if array.dtype == np.uint8:
        return array.astype(np.int64)
    if array.dtype.kind == "u" and array.dtype.itemsize == 2:
        return np.floor(array.astype(np.float64) / 257 + 0.5).astype(np.int64)
    low, high = limits
    with np.errstate(invalid="ignore"):
        level = np.floor(255 * (array.astype(np.float64) - low) / (high - low) + 0.5)
    return np.clip(np.nan_to_num(level, nan=0), 0, 255).astype(np.int64)


def asks(array):
    return not (array.dtype.kind == "b" or (array.dtype.kind == "u" and array.dtype.itemsize < 3))


def case(name, array, data, extension="npy", member=None, axes="NHW", limits=None):
    """What reading `data` must give, whose samples are those of `array`."""
    limits = limits or (usual_range(array) if asks(array) else (0, 255))
    level = levels(array, limits)
    if axes == "NCHW":
        gray = luma(np.moveaxis(level, 1, -1)) if array.shape[1] == 3 else level[:, 0]
    elif axes == "NHWC":
        gray = luma(level) if array.shape[3] == 3 else level[..., 0]
    elif axes == "ND":
        side = int(array.shape[1] ** 0.5)
        gray = level.reshape(-1, side, side)
    elif axes == "HW":
        gray = level[None]
    elif axes == "HWC":
        gray = luma(level)[None]
    else:
        gray = level
    first = array if axes in ("HW", "HWC") else array[0]
    little = np.ascontiguousarray(first.astype(array.dtype.newbyteorder("<")))
    shape = "(" + ",".join(map(str, first.shape)) + ("," if first.ndim == 1 else "") + ")"
    head = little.dtype.str + shape
    return {
        "name": name, "extension": extension, "member": member,
        "file": base64.b64encode(data).decode(), "dtype": array.dtype.name,
        "range": [float(limits[0]), float(limits[1])], "asks": asks(array),
        "count": gray.shape[0], "height": gray.shape[1], "width": gray.shape[2],
        "gray": base64.b64encode(gray.astype(np.uint8).tobytes()).decode(),
        "stored": hashlib.sha256(head.encode() + little.tobytes()).hexdigest(),
    }


def values(dtype, shape):
    dtype = np.dtype(dtype)
    if dtype.kind == "b":
        return DICE.integers(0, 2, shape).astype(bool)
    if dtype.kind in "ui":
        info = np.iinfo(dtype)
        return DICE.integers(info.min, info.max, shape, dtype=dtype.newbyteorder("="),
                             endpoint=True).astype(dtype)
    array = (DICE.random(shape) * 2 - 1).astype(dtype)
    # Subnormal, smallest and negative zero must come out exactly, too.
    array.flat[:4] = [np.finfo(dtype).smallest_subnormal, -np.finfo(dtype).tiny, -0.0, 1.0]
    array.flat[4:7] = [np.nan, np.inf, -np.inf]
    return array


def arrays():
    read, refused = [], []
    types = ["?", "u1", "i1"] + [order + kind for order in "<>" for kind in
                                 ("u2", "u4", "u8", "i2", "i4", "i8", "f2", "f4", "f8")]
    for kind in types:
        for order in "CF":
            for version in (1, 2, 3):
                array = np.array(values(kind, (3, 5, 4)), order=order)
                name = f"{kind}-{order}-{version}"
                read.append(case(name, array, npy(array, (version, 0))))
    for kind in ("u1", "<f4", ">i2"):
        for shape, axes in (((2, 1, 6, 5), "NCHW"), ((2, 3, 6, 5), "NCHW"), ((2, 6, 5, 1), "NHWC"),
                            ((2, 6, 5, 3), "NHWC"), ((3, 25), "ND"), ((6, 5), "HW"),
                            ((25, 25), "HW"), ((6, 5, 3), "HWC"), ((1, 6, 5), "NHW")):
            for order in "CF":
                array = np.array(values(kind, shape), order=order)
                name = f"{kind}-{'x'.join(map(str, shape))}-{order}"
                read.append(case(name, array, npy(array), axes=axes))
    for name, low, high in (("dark", -0.99, -0.2), ("unit", -0.04, 1.04), ("bytes", 0, 254.6),
                            ("wide", -3, 7), ("three", 0, 2.0), ("above", 0, 255.5)):
        array = np.linspace(low, high, 60).reshape(3, 5, 4)
        read.append(case(f"range-{name}", array, npy(array)))
    small = values("<f2", (4, 1, 5, 5))
    labels = np.arange(4)
    z = values("<f4", (4, 16))
    others = {"labels": npy(labels), "z": npy(z)}
    whole = {**others, "samples": npy(small)}
    for name, data in (
        ("savez", plain_npz({"labels": labels, "z": z, "samples": small})),
        ("savez-compressed", plain_npz({"labels": labels, "z": z, "samples": small},
                                       np.savez_compressed)),
        ("stored", npz(whole, zipfile.ZIP_STORED)), ("deflated", npz(whole)),
        ("zip64", npz(whole, is_large=True)),
        ("comment", npz(whole, comment=b"PK\x05\x06 is no end")),
        ("images", npz({**others, "images": npy(small)})),
        ("only", npz({**others, "digits": npy(small)})),
        ("arr_0", plain_npz({"arr_0": small})),
    ):
        member = {"images": "images", "only": "digits", "arr_0": "arr_0"}.get(name, "samples")
        read.append(case(f"npz-{name}", small, data, "npz", member, "NCHW"))
    read.append(case("trailing", labels.reshape(1, 2, 2), npy(labels.reshape(1, 2, 2)) + b"more"))
    read.append(case("python2", np.zeros((1, 3, 3), "u1"), headed(
        "{'descr': '|u1', 'fortran_order': False, 'shape': (1L, 3L, 3L), }", bytes(9))))
    good = "{'descr': '<f4', 'fortran_order': False, 'shape': %s}"
    pair = np.dtype([("a", "f4"), ("b", "f4")])
    for name, data, why in (
        ("object", npy(np.array([[[None]]], object)), "pickle"),
        ("bfloat16", npy(np.zeros((2, 4, 4), "V2")), "bfloat16"),
        ("complex", npy(np.zeros((2, 4, 4), "c8")), "complex"),
        ("longdouble", npy(np.zeros((2, 4, 4), "g")), "16 bytes"),
        ("text", npy(np.zeros((2, 4, 4), "U3")), "text"),
        ("times", npy(np.zeros((2, 4, 4), "M8[s]")), "no type of numbers"),
        ("structured", npy(np.zeros((2, 4, 4), pair)), "structured"),
        ("scalar", npy(np.float32(3)), "shape"), ("vector", npy(np.zeros(9, "f4")), "shape"),
        ("none", npy(np.zeros((0, 4, 4), "f4")), "no samples"),
        ("five", npy(np.zeros((1, 2, 3, 4, 5), "f4")), "shape"),
        ("magic", b"\x93NUMPX" + npy(np.zeros((2, 4, 4)))[6:], "begin"),
        ("version", b"\x93NUMPY\x04" + npy(np.zeros((2, 4, 4)))[7:], "version 4"),
        ("empty", b"", "empty"), ("short", npy(np.zeros((2, 4, 4)))[:40], "ends"),
        ("cut", npy(np.zeros((2, 4, 4)))[:-9], "promises"),
        ("negative", headed(good % "(-1, 4, 4)"), "whole number"),
        ("huge", headed(good % "(4294967296, 4294967296, 4)"), "larger"),
        ("beyond", headed(good % "(99999999999999999999, 4)"), "64 bits"),
        ("much", headed(good % "(1000, 1000, 1000)"), "promises"),
        ("hidden", headed(good % "(0, 4294967296, 4294967296)"), "larger"),
        ("float-size", headed(good % "(1.5, 2)"), "comma"),
        ("no-shape", headed("{'descr': '<f4', 'fortran_order': False}"), "shape"),
        ("list", headed("['descr']"), "dictionary"),
        ("deep", headed("(" * 5000), "deeply"), ("code", headed("__import__('os')"), "value"),
        ("long", headed("{}", version=2)[:8] + b"\xff\xff\xff\x7f{}", "long"),
    ):
        refused.append({"name": name, "extension": "npy", "why": why,
                        "file": base64.b64encode(data).decode()})
    for name, data, why in (
        ("npz-bzip2", npz({"samples": npy(small)}, zipfile.ZIP_BZIP2), "method 12"),
        ("npz-empty", npz({}), "no array"),
        ("npz-labels", npz(others | {"z": npy(labels)}), "shape of samples: (4,), (4,)"),
        ("npz-beyond", npz({"samples": headed(
            "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 9223372036854775807)}")}),
         "promises"),
        ("npz-object", npz({"samples": npy(np.array([[[None]]], object))}), "pickle"),
    ):
        refused.append({"name": name, "extension": "npz", "why": why,
                        "file": base64.b64encode(data).decode()})
    with open(FIXTURES / "arrays.json", "w") as file:
        json.dump({"read": read, "refused": refused}, file, indent=0)
        file.write("\n")


if __name__ == "__main__":
    {"pictures": pictures, "arrays": arrays}[sys.argv[1]]()
