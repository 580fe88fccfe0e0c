"""A tiny network of every kind of block as TensorFlow Lite models: float, half, int8, the last with labels.

    python weights-lite-files.py --out ../../packages/weights/fixtures/tflite
"""

import argparse
import pathlib
import zipfile

import numpy as np
import tensorflow as tf

import fill

SIZE = 32
LABELS = ["daisy", "rose", "tulip"]


def batch_norm(x, name):
    channels = x.shape[-1]
    layer = tf.keras.layers.BatchNormalization(epsilon=1e-3)
    y = layer(x)
    parts = [fill.gamma(f"{name}/gamma", (channels,)), fill.beta(f"{name}/beta", (channels,))]
    parts += [fill.moving_mean(f"{name}/mean", (channels,), 1.0), fill.moving_variance(f"{name}/variance", (channels,), 1.0)]
    layer.set_weights(parts)
    return y


def conv(x, name, channels, kernel=1, stride=1, activation=True, bias=False):
    layer = tf.keras.layers.Conv2D(channels, kernel, stride, "same", use_bias=bias)
    y = layer(x)
    shape = (kernel, kernel, x.shape[-1], channels)
    values = fill.weight(f"{name}/kernel", shape, kernel * kernel * x.shape[-1])
    if bias:
        layer.set_weights([values, fill.bias(f"{name}/bias", (channels,))])
        return y
    layer.set_weights([values])
    y = batch_norm(y, name)
    return tf.keras.layers.ReLU(6.0)(y) if activation else y


def depthwise(x, name, kernel, stride):
    layer = tf.keras.layers.DepthwiseConv2D(kernel, stride, "same", use_bias=False)
    y = layer(x)
    layer.set_weights([fill.weight(f"{name}/kernel", (kernel, kernel, x.shape[-1], 1), kernel * kernel)])
    return tf.keras.layers.ReLU(6.0)(batch_norm(y, name))


def squeeze(x, name, channels):
    pooled = tf.keras.layers.GlobalAveragePooling2D(keepdims=True)(x)
    reduced = tf.keras.layers.ReLU(6.0)(conv(pooled, f"{name}/reduce", channels, bias=True))
    gate = tf.keras.activations.sigmoid(conv(reduced, f"{name}/expand", x.shape[-1], bias=True))
    return tf.keras.layers.Multiply()([x, gate])


def network():
    """Stem 8; MBConv1 8; MBConv4 with squeeze-and-excitation 16, stride 2, twice; Fused-MBConv4 16; head 32."""
    pixels = tf.keras.Input((SIZE, SIZE, 3), batch_size=1)
    x = tf.keras.layers.Rescaling(1 / 128, -127 / 128)(pixels)
    x = conv(x, "stem", 8, 3, 2)
    y = conv(depthwise(x, "blocks_0/depthwise", 3, 1), "blocks_0/project", 8, activation=False)
    x = tf.keras.layers.Add()([x, y])
    for block, stride in ((1, 2), (2, 1)):
        name = f"blocks_{block}"
        y = conv(x, f"{name}/expand", 4 * x.shape[-1])
        y = depthwise(y, f"{name}/depthwise", 5, stride)
        y = squeeze(y, f"{name}/squeeze", x.shape[-1] // 4)
        y = conv(y, f"{name}/project", 16, activation=False)
        x = tf.keras.layers.Add()([x, y]) if stride == 1 else y
    y = conv(conv(x, "blocks_3/expand", 64, 3), "blocks_3/project", 16, activation=False)
    x = conv(tf.keras.layers.Add()([x, y]), "head", 32)
    x = tf.keras.layers.GlobalAveragePooling2D()(x)
    dense = tf.keras.layers.Dense(len(LABELS), activation="softmax")
    y = dense(x)
    dense.set_weights([fill.weight("classifier/kernel", (32, len(LABELS)), 32), fill.bias("classifier/bias", (len(LABELS),))])
    return tf.keras.Model(pixels, y)


def calibration():
    for index in range(8):
        pixels = fill.uniform(f"calibration/{index}", (1, SIZE, SIZE, 3)) * 127.5 + 127.5
        yield [pixels.astype(np.float32)]


def convert(model, kind):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    if kind != "float32":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if kind == "float16":
        converter.target_spec.supported_types = [tf.float16]
    if kind == "int8":
        converter.representative_dataset = calibration
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = tf.uint8
    return converter.convert()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    model = network()
    for kind in ("float32", "float16", "int8"):
        path = out / f"tiny.{kind}.tflite"
        path.write_bytes(convert(model, kind))
        if kind == "int8":
            with zipfile.ZipFile(path, "a") as archive:
                archive.writestr(zipfile.ZipInfo("labels.txt"), "\n".join(LABELS) + "\n")
        print(path, path.stat().st_size)


if __name__ == "__main__":
    main()
