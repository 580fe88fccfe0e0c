"""Goldens of Keras applications: python keras_nets.py --out DIR EfficientNetV2B0.128x128 [...]

Names and layouts are those of the published HDF5 files: `stem_conv/kernel:0` is HWIO, a depthwise kernel is
`<layer>/depthwise_kernel:0` of [k, k, C, 1], `predictions/kernel:0` is [in, out]. The fill counts indices in these
layouts, and fanIn is what one output sums over: k * k * in, k * k, in.
"""

import argparse
import math
import os
import re
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

import fill
import summary

NORM = keras.layers.BatchNormalization
LEAVES = {"kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance"}


def golden(application: str, height: int, width: int) -> dict:
    """As of torch's networks: float64, scales measured on the same input. Logits, not probabilities."""
    keras.config.set_floatx("float64")
    keras.utils.clear_session()
    net = build(application, height, width)
    x = fill.image((1, height, width, 3))
    names = {f"{layer.name}/{leaf}:0": v for layer in net.layers for leaf, v in variables(layer)}
    for name, variable in names.items():
        if not any(isinstance(layer, NORM) and name.startswith(f"{layer.name}/") for layer in net.layers):
            variable.assign(weight(name, tuple(variable.shape)))
    scales = calibrate(net, x)
    ends = endpoints(net)
    probe = keras.Model(net.input, [*(layer.output for layer in ends.values()), net.output])
    *features, y = (np.asarray(value) for value in probe(x, training=False))
    return {
        "family": "keras",
        "arch": application,
        "library": keras.__version__,
        "salt": "",
        "input": list(x.shape),
        "parameters": sum(math.prod(v.shape) for v in net.trainable_weights),
        "batchNormScale": scales,
        "tensors": {name: list(variable.shape) for name, variable in names.items()},
        "features": {name: summary.feature(value) for name, value in zip(ends, features, strict=True)},
        "logits": summary.logits(y),
    }


def build(application, height, width):
    """A network whose stem convolution sees the input as it is.

    V2 leaves its preprocessing out on request. V1 always rescales, so that layer is made to multiply by one; its
    untrained normalisation does nothing.
    """
    options = {"weights": None, "classifier_activation": None, "input_shape": (height, width, 3)}
    make = getattr(keras.applications, application)
    if "V2" in application:
        return make(include_preprocessing=False, **options)
    net = make(**options)
    for layer in net.layers:
        if isinstance(layer, keras.layers.Rescaling):
            layer.scale = 1.0
    return net


def variables(layer):
    """(name in a published file, variable) of a layer, preprocessing aside."""
    if isinstance(layer, keras.layers.Normalization):
        return
    for variable in layer.weights:
        assert variable.name in LEAVES, variable.path
        depthwise = isinstance(layer, keras.layers.DepthwiseConv2D)
        yield ("depthwise_kernel" if depthwise and variable.name == "kernel" else variable.name), variable


def weight(name, shape) -> np.ndarray:
    if name.endswith("/bias:0"):
        return fill.bias(name, shape)
    depthwise = name.endswith("/depthwise_kernel:0")
    return fill.weight(name, shape, math.prod(shape[:2] if depthwise else shape[:-1]))


def calibrate(net, x) -> dict:
    """Fills every batch norm when its input arrives; scales as of torch's networks, measured in float64."""
    scales = {}
    original = NORM.call

    def call(self, inputs, training=None, mask=None):
        values = np.asarray(inputs)
        scales[self.name] = scale = summary.rounded(values.var((0, 1, 2), ddof=1).mean(), 4)
        for leaf, make in (("gamma", fill.gamma), ("beta", fill.beta)):
            getattr(self, leaf).assign(make(f"{self.name}/{leaf}:0", values.shape[-1:]))
        for leaf, make in (("moving_mean", fill.moving_mean), ("moving_variance", fill.moving_variance)):
            getattr(self, leaf).assign(make(f"{self.name}/{leaf}:0", values.shape[-1:], scale))
        return original(self, inputs, training=training, mask=mask)

    NORM.call = call
    try:
        net(x, training=False)
    finally:
        NORM.call = original
    return scales


def endpoints(net) -> dict:
    """The last layer of the stem, of each stage, and of the head before pooling."""
    blocks = {}
    for layer in net.layers:
        if found := re.match(r"block(\d+)[a-z]+_", layer.name):
            blocks[f"stage{found[1]}"] = layer
    return {"stem": net.get_layer("stem_activation"), **blocks, "head": net.get_layer("top_activation")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="+", help="Application.HxW")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for case in options.cases:
        application, size = case.rsplit(".", 1)
        result = golden(application, *map(int, size.split("x")))
        summary.write(options.out / f"keras.{case}.json", result)
        print(case, result["parameters"], result["logits"]["first"][:2], flush=True)


if __name__ == "__main__":
    main()
