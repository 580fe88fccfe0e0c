"""Turns a listing of published weights into the rows of packages/weights/src/registry/*.generated.ts.

usage: weights-registry.py LISTING.json OUTPUT_DIR

The listing was collected from the model tables of timm (timm/models/efficientnet.py, results/results-imagenet.csv),
torchvision (torchvision/models/efficientnet.py, mnasnet.py) and keras.applications. Only what cannot be derived from
the architecture name goes into a row.
"""

import json
import math
import re
import sys
from pathlib import Path

# Structures outside the specs: pruned channels, other normalisation layers, other families.
SKIPPED = re.compile(r"pruned|_(gn|ln|evos)\b|_[hx]_b\d|^gc_|tinynet|edgetpu_v2")
STATS = {0.485: "imagenet", 0.5: "half"}
# Top-5 figures the listing lacks; from torchvision/models/mnasnet.py.
TOP5 = {"torchvision/mnasnet0_5.IMAGENET1K_V1": 87.49, "torchvision/mnasnet0_75.IMAGENET1K_V1": 90.496}
LABELS = {1000: "1k", 11821: "12k", 21843: "21k"}


def value(item) -> str:
    return "null" if item is None else json.dumps(item)


def write(path: Path, name: str, row_type: str, rows: list[list]) -> None:
    lines = "".join(f"  [{', '.join(map(value, row))}],\n" for row in rows)
    path.write_text(
        "// Written by tooling/reference/weights-registry.py; edit that, not this.\n"
        f'import type {{ {row_type} }} from "./rows.js";\n\n'
        f"export const {name}: readonly {row_type}[] = [\n{lines}];\n",
        encoding="utf-8",
    )


def accuracy(entry: dict, size: int) -> list:
    found = next((p for p in entry.get("published") or [] if p["img_size"] == size), {})
    return [found.get("top1"), found.get("top5") or TOP5.get(entry["id"])]


def timm_row(entry: dict) -> list:
    size = entry["test_size"]
    legacy = [re.sub(r"^.*/download/v0\.1-|\.pth$", "", url) for url in entry["urls"] if url.endswith(".pth")]
    return [
        entry["arch"],
        entry["tag"],
        LABELS[entry["num_classes"]],
        size,
        math.floor(size / entry["test_crop_pct"]),
        {"center": "resize-crop", "squash": "squash"}[entry["crop_mode"]],
        entry["interpolation"],
        STATS[entry["mean"][0]],
        *accuracy(entry, size),
        legacy[0] if legacy else None,
    ]


def torchvision_row(entry: dict) -> list:
    size = entry["test_size"]
    files = [url.rsplit("/", 1)[1].removesuffix(".pth") for url in entry["urls"]]
    tag = entry["id"].rsplit(".", 1)[1]
    stats = STATS[entry["mean"][0]]
    return [entry["arch"], tag, size, entry["resize_size"], entry["interpolation"], stats, *accuracy(entry, size), files[0]]


def keras_row(entry: dict) -> list:
    size = entry["test_size"]
    stats = "imagenet" if isinstance(entry["mean"], list) else "bytes"
    file = re.sub(r"^https://[^/]*/|\.h5$", "", entry["urls"][0])
    return [entry["arch"], size, stats, accuracy(entry, size)[0], file, *entry["md5"]]


def main(listing: str, output: str) -> None:
    models = json.loads(Path(listing).read_text(encoding="utf-8"))["models"]
    of = lambda family: [m for m in models if m["family"] == family and not SKIPPED.search(m["arch"])]
    folder = Path(output)
    write(folder / "timm-rows.generated.ts", "TIMM_ROWS", "TimmRow", [timm_row(m) for m in of("timm")])
    write(folder / "torchvision-rows.generated.ts", "TORCHVISION_ROWS", "TorchvisionRow", [torchvision_row(m) for m in of("torchvision")])
    write(folder / "keras-rows.generated.ts", "KERAS_ROWS", "KerasRow", [keras_row(m) for m in of("keras-applications")])


if __name__ == "__main__":
    main(*sys.argv[1:])
