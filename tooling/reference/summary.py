"""How a golden describes an array: few figures, enough to tell a wrong one."""

import json
import math

import numpy as np


def rounded(value, digits=9) -> float:
    """A float of nine significant digits, one more than float32 tells apart."""
    return float(f"{float(value):.{digits}g}")


def feature(values: np.ndarray, count=8) -> dict:
    """Shape, mean, population deviation, and values at flat row-major indices spread from the first to the last."""
    flat = values.reshape(-1)
    at = [math.floor(i * (flat.size - 1) / (count - 1)) for i in range(count)]
    return {
        "shape": list(values.shape),
        "mean": rounded(flat.mean()),
        "std": rounded(flat.std()),
        "at": at,
        "values": [rounded(flat[i]) for i in at],
    }


def logits(values: np.ndarray) -> dict:
    """Of [samples, classes] flattened; a batch of more than one also lists the first 16 of each sample."""
    flat = values.reshape(-1)
    top = np.argsort(-flat, kind="stable")[:5]
    per_sample = {"samples": [[rounded(v) for v in row[:16]] for row in values]} if len(values) > 1 else {}
    return {
        "first": [rounded(v) for v in flat[:16]],
        "l2": rounded(np.linalg.norm(flat)),
        "mean": rounded(flat.mean()),
        "std": rounded(flat.std()),
        "top5": [[int(i), rounded(flat[i])] for i in top],
        **per_sample,
    }


def write(path, golden: dict) -> None:
    """One line of JSON without spaces."""
    path.write_text(json.dumps(golden, separators=(",", ":")))
