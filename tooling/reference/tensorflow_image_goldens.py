"""tf.image.resize and the evaluation transforms of Google's families.

python tensorflow_image_goldens.py --images DIR_OF_picture.png --out DIR
"""

import argparse
import json
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf
from PIL import Image

import summary

SIZES = ((224, 224), (298, 225), (64, 48), (500, 377))
METHODS = (  # and whether to anti-alias
    ("bilinear", False),
    ("bilinear", True),
    ("bicubic", False),
    ("bicubic", True),
    ("nearest", False),
    ("area", False),
)

IMAGENET_MEAN = np.array((0.485, 0.456, 0.406), dtype=np.float32) * 255
IMAGENET_STD = np.array((0.229, 0.224, 0.225), dtype=np.float32) * 255
NORMALISATIONS = {
    "(x - mean*255) / (std*255)": lambda x: (x - IMAGENET_MEAN) / IMAGENET_STD,
    "(x - 128) / 128": lambda x: (x - 128) / 128,
    "(x - 127) / 128": lambda x: (x - 127) / 128,
}
CLASSIC, HALF, LITE = NORMALISATIONS
# name: (side, whether the centre is cropped, method, normalisation)
TRANSFORMS = {
    "tensorflow-v1.224": (224, True, "bicubic", CLASSIC),
    "tensorflow-v1.240": (240, True, "bicubic", CLASSIC),
    "tensorflow-v1.300": (300, True, "bicubic", CLASSIC),
    "automl-v2.300": (300, True, "bilinear", HALF),
    "automl-v2.384": (384, False, "bilinear", HALF),
    "tensorflow-lite.224": (224, True, "bilinear", LITE),
}


def resizes(picture) -> dict:
    found = {}
    for width, height in SIZES:
        for method, antialias in METHODS:
            values = tf.image.resize(picture, (height, width), method=method, antialias=antialias).numpy()
            found[f"{method}{'.antialias' if antialias else ''}.{width}x{height}"] = {
                "from": "picture.png",
                "to": [width, height],
                "method": method,
                "antialias": antialias,
                "library": f"tf.image.resize, TensorFlow {tf.__version__}",
                **sampled(values),
            }
    return found


def transforms(picture) -> dict:
    found = {}
    for name, (side, cropped, method, then) in TRANSFORMS.items():
        x, y, width, height = crop = centre(picture, side) if cropped else [0, 0, picture.shape[1], picture.shape[0]]
        resized = tf.image.resize(picture[y : y + height, x : x + width], (side, side), method=method).numpy()
        found[name] = {
            "crop": crop,
            "resize": f"{method}, no antialias",
            "then": then,
            **sampled(NORMALISATIONS[then](resized)),
        }
    return found


def centre(picture, side) -> list:
    """The centred square of side / (side + 32) of the shorter edge; the odd pixel goes before it."""
    height, width = picture.shape[:2]
    edge = int(side / (side + 32) * min(height, width))
    return [(width - edge + 1) // 2, (height - edge + 1) // 2, edge, edge]


def sampled(values) -> dict:
    """64 values, to the seven digits that float32 arithmetic gives."""
    described = summary.feature(values.astype(np.float64), 64)
    return {
        **described,
        "mean": summary.rounded(described["mean"], 8),
        "std": summary.rounded(described["std"], 8),
        "values": [summary.rounded(v, 7) for v in described["values"]],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    picture = np.asarray(Image.open(options.images / "picture.png").convert("RGB"))
    goldens = {"resize": resizes(picture), "transforms": transforms(picture)}
    (options.out / "tensorflow.json").write_text(json.dumps(goldens, indent=1))


if __name__ == "__main__":
    main()
