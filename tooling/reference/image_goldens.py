"""Pillow's resizes and the evaluation transforms of timm and torchvision.

python image_goldens.py --images DIR_OF_picture.png --out DIR
"""

import argparse
import json
from pathlib import Path

from PIL import Image, __version__ as pillow_version

import summary
from libraries import timm, torchvision
from timm.data import create_transform
from torchvision.transforms import InterpolationMode
from torchvision.transforms._presets import ImageClassification

SIZES = ((224, 224), (298, 225), (64, 48), (500, 377))
FILTERS = ("nearest", "bilinear", "bicubic", "lanczos")
HALF = {"mean": (0.5, 0.5, 0.5), "std": (0.5, 0.5, 0.5)}

TIMM = {
    "b0-875-bicubic": {"input_size": 224, "crop_pct": 0.875, "interpolation": "bicubic"},
    "b3-904-bicubic": {"input_size": 300, "crop_pct": 0.904, "interpolation": "bicubic"},
    "v2s-1000-bicubic-half": {"input_size": 300, "crop_pct": 1.0, "interpolation": "bicubic", **HALF},
    "squash": {"input_size": 256, "crop_pct": 1.0, "crop_mode": "squash", "interpolation": "bicubic"},
    "bilinear-224": {"input_size": 224, "crop_pct": 0.875, "interpolation": "bilinear"},
    "border": {"input_size": 200, "crop_pct": 0.95, "crop_mode": "border", "interpolation": "bicubic"},
}
TORCHVISION = {
    "b0": {"crop_size": 224, "resize_size": 256, "interpolation": "bicubic"},
    "b1-v2": {"crop_size": 240, "resize_size": 255, "interpolation": "bilinear"},
    "v2-s": {"crop_size": 384, "resize_size": 384, "interpolation": "bilinear"},
    "v2-l": {"crop_size": 480, "resize_size": 480, "interpolation": "bicubic", **HALF},
}


def resizes(picture, out) -> dict:
    """Writes each resize as a PNG; returns what was asked for, by file name."""
    found = {}
    for width, height in SIZES:
        for name in FILTERS:
            file = f"resize.{name}.{width}x{height}.png"
            picture.resize((width, height), Image.Resampling[name.upper()]).save(out / file)
            found[file] = {
                "from": "picture.png",
                "to": [width, height],
                "filter": name,
                "library": f"Pillow {pillow_version}",
            }
    return found


def transforms(picture) -> dict:
    """Summaries of the normalised tensors, height by width by channel."""
    found = {}
    for name, options in TIMM.items():
        tensor = create_transform(**options)(picture)
        found[f"timm.{name}"] = described(tensor, options, f"timm {timm.__version__}")
    for name, options in TORCHVISION.items():
        interpolation = InterpolationMode(options["interpolation"])
        tensor = ImageClassification(**{**options, "interpolation": interpolation})(picture)
        found[f"torchvision.{name}"] = described(tensor, options, f"torchvision {torchvision.__version__}")
    return found


def described(tensor, options, library) -> dict:
    values = tensor.permute(1, 2, 0).double().numpy()
    return {"library": library, **{k: v for k, v in options.items() if k not in HALF}, **summary.feature(values)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    picture = Image.open(options.images / "picture.png").convert("RGB")
    index = {"resize": resizes(picture, options.out), "transforms": transforms(picture)}
    (options.out / "index.json").write_text(json.dumps(index, indent=1))


if __name__ == "__main__":
    main()
