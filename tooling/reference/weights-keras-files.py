"""Writes small files with Keras and h5py for the readers' tests: packages/weights/fixtures/keras/.

Every array holds `uniform("<layer>/<variable>")`; the networks are the first two stages of B0 and V2-B0, a quarter wide.
"""

import os
import sys
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy as np
from keras.src.applications import efficientnet, efficientnet_v2

from fill import uniform

OUT = Path(sys.argv[1] if len(sys.argv) > 1 else "../../packages/weights/fixtures/keras")
SCALE = {"width_coefficient": 0.25, "depth_coefficient": 0.4, "default_size": 32, "weights": None}


def filled(model):
    """The model with every variable of every layer by formula; those that count stay as they are."""
    for layer in model._flatten_layers():
        for variable in layer._trainable_variables + layer._non_trainable_variables:
            if variable.dtype == "float32":
                variable.assign(uniform(f"{layer.name}/{variable.name}", variable.shape).astype(np.float32))
    return model


def write_v1():
    args = efficientnet.DEFAULT_BLOCKS_ARGS[:2]
    model = efficientnet.EfficientNet(**SCALE, blocks_args=args, classes=5, input_shape=(32, 32, 3))
    model.compile("adam")
    model.optimizer.build(model.trainable_variables)
    filled(model)
    model.save(OUT / "v1.h5")
    model.save_weights(OUT / "v1.weights.h5")
    # As Keras 3.0 wrote it: no names beside the arrays, and no optimizer.
    with h5py.File(OUT / "v1.weights.h5") as whole, h5py.File(OUT / "v1-numbered.weights.h5", "w") as bare:
        whole.visititems(lambda name, item: copy_array(bare, name, item))


def copy_array(out, name, item):
    if isinstance(item, h5py.Dataset) and name.startswith("layers"):
        out[name.replace("layers", "_layer_checkpoint_dependencies", 1)] = item[()]


def write_v2():
    args = [efficientnet_v2.DEFAULT_BLOCKS_ARGS["efficientnetv2-b0"][index] for index in (0, 3)]
    args[1] = args[1] | {"input_filters": 16}
    body = efficientnet_v2.EfficientNetV2(
        **SCALE, blocks_args=args, include_top=False, input_shape=(32, 32, 3), name="efficientnetv2-b0"
    )
    image = keras.Input((32, 32, 3))
    features = keras.layers.GlobalAveragePooling2D()(body(keras.layers.RandomFlip()(image)))
    scores = keras.layers.Dense(3, name="my_flowers")(keras.layers.Dropout(0.2)(features))
    filled(keras.Model(image, scores)).save(OUT / "v2-new-head.keras")


def write_forms(name, libver):
    """Forms of storage that Keras does not use by itself, but that h5py and h5repack make."""
    with h5py.File(OUT / name, "w", libver=libver) as file:
        shape = (5, 7, 3)
        values = uniform("forms", shape).astype(np.float32)
        plain = file.create_group("plain")
        for dtype in ("f2", "f4", "f8"):
            plain[dtype] = values.astype(dtype)
        plain["count"] = np.int64(7)
        plain["text"] = "not an array of numbers"
        plain["empty"] = np.zeros((0, 4), np.float32)
        chunked = file.create_group("chunked")
        for key, options in {
            "gzip": {"compression": "gzip"},
            "shuffled": {"compression": "gzip", "shuffle": True},
            "checked": {"compression": "gzip", "shuffle": True, "fletcher32": True},
            "raw": {},
            "tree": {"chunks": (1, 1, 1)},
        }.items():
            chunked.create_dataset(key, data=values, **{"chunks": (2, 4, 3)} | options)
        member = file.create_group("member")
        member["array"] = values[0, 0]
        members = file.create_group("members")
        for index in range(600):
            members[f"member_{index}"] = member


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(1)
    write_v1()
    write_v2()
    write_forms("forms.h5", "earliest")
    write_forms("forms-v108.h5", ("v108", "v108"))
