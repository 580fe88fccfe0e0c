"""What timm and torchvision answer for files that this project saved, loaded strictly: python saved_weights.py FOLDER

FOLDER holds the files that tooling/parity/src/saved-weights.test.ts writes when SAVED_WEIGHTS names it. Prints the
golden tooling/reference/goldens/saved.json: the logits of each on u("input/64x64"), with the file's SHA-256, so that
the answers stand for exactly the bytes that are saved today.
"""

import hashlib
import json
import pathlib
import sys

from fill import image
from libraries import timm, torch, torchvision
from safetensors.torch import load_file

SIDE = 64
MODELS = {
    "timm.test_efficientnet": lambda: timm.create_model("test_efficientnet", num_classes=10),
    "timm.tf_efficientnetv2_b0": lambda: timm.create_model("tf_efficientnetv2_b0", num_classes=10),
    "torchvision.efficientnet_b0": lambda: torchvision.models.efficientnet_b0(num_classes=10),
}


def picture():
    return torch.from_numpy(image((1, SIDE, SIDE, 3))).double().permute(0, 3, 1, 2)


def strict(net, state):
    missing, unexpected = net.load_state_dict(state, strict=False)
    left = [name for name in missing if not name.endswith("num_batches_tracked")]
    assert not left and not unexpected, (left, unexpected)


@torch.no_grad()
def main(folder):
    answers = {}
    for name, make in MODELS.items():
        file = pathlib.Path(folder) / f"{name}.safetensors"
        net = make()
        strict(net, load_file(file))
        logits = net.double().eval()(picture())[0]
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        answers[name] = {"sha256": digest, "logits": [float(f"{v:.9g}") for v in logits.tolist()]}
    print(json.dumps(answers, indent=1))


if __name__ == "__main__":
    main(sys.argv[1])
