"""Goldens of whole networks: python nets.py --out DIR timm.efficientnet_b0.225x191 [...]"""

import argparse
import json
import math
from pathlib import Path

import numpy as np

import fill
import networks
import summary
from libraries import torch

FLOOR = 1e-4  # of a scale: mixtures of kernels shrink what passes through them, and no variance may vanish


def golden(family, arch, height, width, batch=1, classes=1000, salt="", scales=None) -> dict:
    """Fills a network by formula, runs it on `input/HxW`, and describes what it answers.

    `scales` holds the batch norms' scales; without it they are measured on this very input.
    """
    net = networks.build(family, arch, classes)
    x = fill.image((batch, height, width, 3))
    images = torch.from_numpy(x).permute(0, 3, 1, 2).contiguous()
    fill_weights(net, salt)
    scales = scales or calibrate(net, images, salt)
    seen = {}
    for name, module in networks.endpoints(family, net).items():
        module.register_forward_hook(lambda _, __, y, name=name: seen.__setitem__(name, nhwc(y)))
    for name, norm in networks.batch_norms(net).items():
        fill_norm(norm, salt + name, scales[name])
    with torch.inference_mode():
        y = net(images).numpy()
    return {
        "family": family,
        "arch": arch,
        "library": networks.version(family),
        "salt": salt,
        "input": list(x.shape),
        **({} if classes == 1000 else {"numClasses": classes}),
        "parameters": sum(p.numel() for p in net.parameters()),
        "batchNormScale": scales,
        "tensors": tensor_shapes(net),
        "features": {name: summary.feature(value) for name, value in seen.items()},
        "logits": summary.logits(y),
    }


def fill_weights(net, salt) -> None:
    """Everything but the batch norms."""
    norms = networks.batch_norms(net)
    with torch.no_grad():
        for name, tensor in net.named_parameters():
            prefix, _, leaf = name.rpartition(".")
            if prefix not in norms:
                make = fill.bias if leaf == "bias" else fill_weight
                tensor.copy_(torch.from_numpy(make(salt + name, tuple(tensor.shape))))


def fill_weight(name, shape) -> np.ndarray:
    return fill.weight(name, shape, math.prod(shape[1:]))


def fill_norm(norm, name, scale) -> None:
    shape = (norm.num_features,)
    for tensor, values in (
        (norm.weight, fill.gamma(f"{name}.weight", shape)),
        (norm.bias, fill.beta(f"{name}.bias", shape)),
        (norm.running_mean, fill.moving_mean(f"{name}.running_mean", shape, scale)),
        (norm.running_var, fill.moving_variance(f"{name}.running_var", shape, scale)),
    ):
        tensor.data.copy_(torch.from_numpy(values))


def calibrate(net, images, salt) -> dict:
    """Each batch norm's scale: the mean over channels of the unbiased variance of what enters it.

    One pass in evaluation mode, in which every norm is filled with its scale, rounded to four significant digits,
    before it is applied. In float32, as the stored scales were measured: a variance beside a rounding boundary may
    come out one unit apart on another machine, for which `--scales-from` takes the stored ones.
    """
    scales = {}

    def measure(norm, x, name):
        scales[name] = max(FLOOR, summary.rounded(x.var((0, 2, 3)).mean(), 4))
        fill_norm(norm, salt + name, scales[name])

    handles = [
        norm.register_forward_pre_hook(lambda norm, inputs, name=name: measure(norm, inputs[0], name))
        for name, norm in networks.batch_norms(net).items()
    ]
    with torch.inference_mode():
        net.float()(images.float())
    net.double()
    for handle in handles:
        handle.remove()
    return scales


def nhwc(y) -> np.ndarray:
    return y.permute(0, 2, 3, 1).contiguous().numpy().copy()


def tensor_shapes(net) -> dict:
    """Of the state dict, in order, without the counters of batches that torch's norms keep."""
    shapes = {name: list(value.shape) for name, value in net.state_dict().items()}
    return {name: shape for name, shape in shapes.items() if not name.endswith("num_batches_tracked")}


def parse(case: str):
    """`family.arch.HxW`, where only the arch may hold dots."""
    family, rest = case.split(".", 1)
    arch, size = rest.rsplit(".", 1)
    height, width = map(int, size.split("x"))
    return family, arch, height, width


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="+", help="family.arch.HxW")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--classes", type=int, default=1000)
    parser.add_argument("--salt", default="")
    parser.add_argument("--suffix", default="", help="added to the file name, for a batch, classes or salt of its own")
    parser.add_argument("--scales-from", type=Path, help="folder of goldens whose batchNormScale to reuse")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for case in options.cases:
        scales = None
        if options.scales_from:
            scales = json.loads((options.scales_from / f"{case}.json").read_text())["batchNormScale"]
        result = golden(*parse(case), options.batch, options.classes, options.salt, scales)
        summary.write(options.out / f"{case}{options.suffix}.json", result)
        print(case, result["parameters"], result["logits"]["first"][:2], flush=True)


if __name__ == "__main__":
    main()
