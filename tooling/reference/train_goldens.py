"""Goldens of training: python train_goldens.py --out DIR [--blocks] [--steps ARCH:HEIGHTxWIDTH ...]"""

import argparse
from functools import partial
from pathlib import Path

import numpy as np

import fill
import networks
import nets
import summary
from libraries import torch
from timm.models._efficientnet_blocks import ConvBnAct, DepthwiseSeparableConv, EdgeResidual, InvertedResidual, SqueezeExcite

EPSILON, MOMENTUM = 1e-3, 0.1
PADDINGS = {"same": "same", "symmetric": ""}

# Name, class, side lengths of the input, and what the block is built with; the input has 8 channels.
BLOCKS = {
    "mbconv_e6_k5_s2_se": (InvertedResidual, (17, 14), dict(out_chs=16, dw_kernel_size=5, stride=2, exp_ratio=6)),
    "mbconv_e4_k3_s1_se_residual": (InvertedResidual, (11, 12), dict(out_chs=8, exp_ratio=4)),
    "mbconv_e1_k3_s1_se": (DepthwiseSeparableConv, (10, 10), dict(out_chs=16)),
    "fused_e4_k3_s2": (EdgeResidual, (15, 16), dict(out_chs=12, exp_kernel_size=3, stride=2, exp_ratio=4)),
    "fused_e4_k3_s1_residual": (EdgeResidual, (9, 9), dict(out_chs=8, exp_kernel_size=3, exp_ratio=4)),
    "fused_e1_k3_s1_residual": (ConvBnAct, (9, 9), dict(out_chs=8, kernel_size=3, skip=True)),
    # Beyond the stored ones: other kernels, even sizes, one row of pixels, wide expansion.
    "mbconv_e3_k3_s2_se": (InvertedResidual, (12, 20), dict(out_chs=24, stride=2, exp_ratio=3)),
    "mbconv_e6_k5_s1_se_residual": (InvertedResidual, (1, 13), dict(out_chs=8, dw_kernel_size=5, exp_ratio=6)),
    "mbconv_e1_k5_s2_se": (DepthwiseSeparableConv, (9, 6), dict(out_chs=8, dw_kernel_size=5, stride=2)),
    "fused_e2_k5_s2": (EdgeResidual, (7, 10), dict(out_chs=20, exp_kernel_size=5, stride=2, exp_ratio=2)),
}
INPUT_CHANNELS, BATCH = 8, 3


def block_golden(name: str, padding: str) -> dict:
    """One block in training mode for the loss sum(y * dy), then in evaluation with the statistics that it moved."""
    kind, sides, settings = BLOCKS[name]
    title = f"{name}.{padding}"
    norm = partial(torch.nn.BatchNorm2d, eps=EPSILON, momentum=MOMENTUM)
    squeeze = {"se_layer": partial(SqueezeExcite, rd_ratio=0.25 / (settings.get("exp_ratio", 1)))} if name.endswith(("se", "se_residual")) else {}
    block = kind(
        in_chs=INPUT_CHANNELS, pad_type=PADDINGS[padding], act_layer=torch.nn.SiLU, norm_layer=norm, **settings, **squeeze
    )
    nets.fill_weights(block, "")
    for key, one in networks.batch_norms(block).items():
        one.weight.data.copy_(torch.from_numpy(fill.gamma(f"{key}.weight", (one.num_features,))))
        one.bias.data.copy_(torch.from_numpy(fill.beta(f"{key}.bias", (one.num_features,))))
    shape = (BATCH, *sides, INPUT_CHANNELS)
    x = images(fill.single(fill.uniform(f"{title}/x", shape))).requires_grad_()
    y = block.train()(x)
    dy = images(fill.single(fill.uniform(f"{title}/dy", nets.nhwc(y.detach()).shape)))
    (y * dy).sum().backward()
    statistics = {k: v for k, v in block.state_dict().items() if "running" in k}
    with torch.inference_mode():
        after = block.eval()(x)
    return {
        "inChannels": INPUT_CHANNELS,
        "input": list(shape),
        "tensors": nets.tensor_shapes(block),
        "train": {
            "output": summary.feature(nets.nhwc(y.detach())),
            "inputGradient": summary.feature(nets.nhwc(x.grad)),
            "parameterGradients": described(block.named_parameters(), lambda parameter: parameter.grad),
            "runningStatistics": {k: [summary.rounded(one) for one in v[:6]] for k, v in statistics.items()},
        },
        "evalOutputAfterOneTrainingStepOfStatistics": summary.feature(nets.nhwc(after)),
    }


def steps_golden(arch: str, height: int, width: int, batch=8, classes=10, steps=8, rate=0.005) -> dict:
    """Some steps of RMSProp in TensorFlow's form, written out, with label smoothing and a moving average."""
    decay, momentum, epsilon, l2, smoothing, ema = 0.9, 0.9, 1e-3, 1e-3, 0.1, 0.9
    net = networks.build("timm", arch, classes)
    x = images(fill.image((batch, height, width, 3)))
    nets.fill_weights(net, "")
    scales = nets.calibrate(net, x, "")
    net.train()
    labels = [i % classes for i in range(batch)]
    parameters = dict(net.named_parameters())
    square = {name: torch.ones_like(w) for name, w in parameters.items()}
    moment = {name: torch.zeros_like(w) for name, w in parameters.items()}
    average = {name: value.clone() for name, value in floats(net)}
    losses, first = [], None
    for _ in range(steps):
        net.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(x), torch.tensor(labels), label_smoothing=smoothing)
        loss.backward()
        losses.append(summary.rounded(loss.detach()))
        first = first or described(parameters.items(), lambda parameter: parameter.grad)
        with torch.no_grad():
            for name, w in parameters.items():
                g = w.grad + (l2 * w if w.ndim > 1 else 0)
                square[name] += (g * g - square[name]) * (1 - decay)
                moment[name] = momentum * moment[name] + rate * g / (square[name] + epsilon).sqrt()
                w -= moment[name]
            for name, value in floats(net):
                average[name] = ema * average[name] + (1 - ema) * value
    with torch.inference_mode():
        answers = net.eval()(x).numpy()
    return {
        "arch": f"timm {arch}, {classes} classes, no dropout",
        "batchNormScale": scales,
        "input": [batch, height, width, 3],
        "labels": labels,
        "loss": f"softmax cross-entropy, label smoothing {smoothing}, mean over the batch",
        "optimizer": {
            "name": "rmsprop, TensorFlow form",
            "learningRate": rate,
            "decay": decay,
            "momentum": momentum,
            "epsilon": epsilon,
            "l2": f"{l2} * w added to the gradient of tensors of rank > 1",
            "meanSquareStartsAt": 1,
            "epsilonInsideRoot": True,
            "learningRateInsideMomentum": True,
        },
        "ema": {"decay": ema, "includesBatchNormStatistics": True},
        "tensors": nets.tensor_shapes(net),
        "lossPerStep": losses,
        "gradientsOfStep0": first,
        "parametersAfter": described(floats(net), lambda value: value),
        "emaAfter": described(average.items(), lambda value: value),
        "evalLogitsAfter": [[summary.rounded(value) for value in row] for row in answers[:2]],
    }


def floats(net):
    """Parameters and running statistics by name, without counters."""
    return [(name, value) for name, value in net.state_dict().items() if value.is_floating_point()]


def described(tensors, pick) -> dict:
    return {name: summary.feature(pick(tensor).detach().numpy()) for name, tensor in tensors}


def images(values: np.ndarray):
    return torch.from_numpy(values).permute(0, 3, 1, 2).contiguous()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--blocks", action="store_true")
    parser.add_argument("--steps", nargs="*", default=[], metavar="ARCH:HEIGHTxWIDTH")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_default_dtype(torch.float64)
    if options.blocks:
        blocks = {f"{name}.{padding}": block_golden(name, padding) for padding in PADDINGS for name in BLOCKS}
        norm = {"epsilon": EPSILON, "momentumTorch": MOMENTUM}
        summary.write(options.out / "blocks.json", {"batchNorm": norm, "blocks": blocks})
    for case in options.steps:
        arch, size = case.split(":")
        result = steps_golden(arch, *map(int, size.split("x")))
        summary.write(options.out / f"steps.{arch}.json", result)
        print(case, result["lossPerStep"], flush=True)


if __name__ == "__main__":
    main()
