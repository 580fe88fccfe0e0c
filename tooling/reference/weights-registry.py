"""Turns a listing of published weights into the rows of packages/weights/src/registry/*.generated.ts.

usage: weights-registry.py LISTING.json OUTPUT_DIR

The listing was collected from the model tables of timm (timm/models/efficientnet.py, results/results-imagenet.csv),
torchvision (torchvision/models/efficientnet.py, mnasnet.py), keras.applications and efficientnet_pytorch
(efficientnet_pytorch/utils.py), and from the README files of tensorflow/tpu (models/official/efficientnet, mnasnet)
and google/automl (efficientnetv2). Only what cannot be derived from the architecture name goes into a row.
"""

import json
import math
import re
import sys
from pathlib import Path

# Structures outside the specs, by the part of the name that tells.
LEFT_OUT = {
    "pruned channels": re.compile(r"pruned"),
    "other normalisation layers": re.compile(r"_(gn|ln|evos)\b"),
    "other blocks": re.compile(r"_[hx]_b\d|^gc_|edgetpu_v2"),
    "TinyNet": re.compile(r"tinynet"),
}
STATS = {0.485: "imagenet", 0.5: "half"}
# As the README files of Google's repositories write the mean.
GOOGLE_STATS = {"0.485/0.456/0.406": "imagenet", "x/127.5-1": "half", "127": "lite", "128": "bytes"}
STORAGE = "https://storage.googleapis.com/cloud-tpu-checkpoints/"
# Top-5 figures the listing lacks; from torchvision/models/mnasnet.py.
TOP5 = {"torchvision/mnasnet0_5.IMAGENET1K_V1": 87.49, "torchvision/mnasnet0_75.IMAGENET1K_V1": 90.496}
LABELS = {1000: "1k", 1001: "1k-background", 11821: "12k", 21843: "21k"}


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


def google_row(entry: dict) -> list:
    library, name = entry["id"].split("/", 1)
    size = entry["test_size"]
    statistics = GOOGLE_STATS[entry["mean"].removesuffix(" *255")]
    # google/automl prepares all but the B0..B3 of ImageNet-1k in a way of its own: bilinear, and whole from 320 pixels.
    own = library == "automl" and statistics == "bytes"
    fit = "squash" if own and size >= 320 else "crop-resize"
    file = entry["urls"][0].removeprefix(STORAGE)
    top1 = accuracy(entry, size)[0]
    return [library, name, entry["arch"], LABELS[entry["num_classes"]], size, fit, "bilinear" if own else "bicubic", statistics, top1, file]


def lukemelas_row(entry: dict) -> list:
    file = entry["urls"][0].rsplit("/", 1)[1].removesuffix(".pth")
    return [entry["id"].split("/")[1], entry["arch"], entry["test_size"], STATS[entry["mean"][0]], file]


def reason(entry: dict) -> str | None:
    return next((why for why, name in LEFT_OUT.items() if name.search(entry["arch"])), None)


def main(listing: str, output: str) -> None:
    models = json.loads(Path(listing).read_text(encoding="utf-8"))["models"]
    of = lambda *families: [m for m in models if m["family"] in families and reason(m) is None]
    folder = Path(output)
    write(folder / "timm-rows.generated.ts", "TIMM_ROWS", "TimmRow", [timm_row(m) for m in of("timm")])
    write(folder / "torchvision-rows.generated.ts", "TORCHVISION_ROWS", "TorchvisionRow", [torchvision_row(m) for m in of("torchvision")])
    write(folder / "keras-rows.generated.ts", "KERAS_ROWS", "KerasRow", [keras_row(m) for m in of("keras-applications")])
    write(folder / "google-rows.generated.ts", "GOOGLE_ROWS", "GoogleRow", [google_row(m) for m in of("tensorflow/tpu", "google/automl")])
    write(folder / "lukemelas-rows.generated.ts", "LUKEMELAS_ROWS", "LukemelasRow", [lukemelas_row(m) for m in of("lukemelas/EfficientNet-PyTorch")])
    left_out = {why: [m["id"] for m in models if reason(m) == why] for why in LEFT_OUT}
    names = {"listed": len(models), "leftOut": left_out}
    (folder / "../../fixtures/registry.json").write_text(json.dumps(names, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
