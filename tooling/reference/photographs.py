"""What Pillow decodes from photographs: python photographs.py --photos DIR --out FILE.json"""

import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

import summary

EXTENSIONS = {".jpg", ".jpeg", ".png", ".bmp", ".webp"}


def described(picture) -> dict:
    """Size, sum, mean of each channel, and 32 of the bytes, height by width by channel."""
    values = np.asarray(picture)
    sample = summary.feature(values.astype(np.float64), 32)
    return {
        "size": [picture.width, picture.height],
        "sum": int(values.sum(dtype=np.int64)),
        "mean": [summary.rounded(m) for m in values.mean((0, 1), dtype=np.float64)],
        "at": sample["at"],
        "values": [int(v) for v in sample["values"]],
    }


def photograph(path) -> dict:
    """Upright and RGB, then the same resized as a classifier of 224 pixels would see it."""
    with Image.open(path) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
        facts = {"format": opened.format, "mode": opened.mode, "orientation": opened.getexif().get(0x0112, 1)}
    return {
        "path": path.name,
        **facts,
        "decoded": described(picture),
        "bicubic224": described(picture.resize((224, 224), Image.Resampling.BICUBIC)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    paths = sorted(p for p in options.photos.iterdir() if p.suffix.lower() in EXTENSIONS)
    options.out.write_text(json.dumps([photograph(p) for p in paths], indent=1))


if __name__ == "__main__":
    main()
