"""What PyTorch and timm answer with the network that the demo trained.

    efficientnet convert packages/cli/assets/shapes.safetensors timm.safetensors --names timm
    python shapes_logits.py timm.safetensors ../../demo-pictures/pictures/test ../demo/assets/shapes.json

The pictures are those that the demo draws; the first of each class is answered. Writes the logits as JSON.
"""

import importlib.util
import json
import pathlib
import sys

import numpy as np
from libraries import timm, torch
from PIL import Image
from safetensors.torch import load_file

SIDE = 56
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
DEFINITION = pathlib.Path(__file__).parent / "../../packages/nas/fixtures/small_v2.py"


def define():
    """timm's definition of the network, as the search package writes it."""
    spec = importlib.util.spec_from_file_location("small_v2", DEFINITION)
    # timm looks up the module that a definition is in.
    sys.modules["small_v2"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["small_v2"])


def prepare(path):
    picture = Image.open(path).convert("RGB").resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    x = (torch.from_numpy(np.array(picture)).float() / 255 - torch.tensor(MEAN)) / torch.tensor(STD)
    return x.permute(2, 0, 1)


@torch.no_grad()
def main(weights, folder, out):
    define()
    net = timm.create_model("small_v2", num_classes=10)
    net.load_state_dict({name: t.float() for name, t in load_file(weights).items()}, strict=True)
    net.eval()
    classes = sorted(path.name for path in pathlib.Path(folder).iterdir())
    logits = net(torch.stack([prepare(pathlib.Path(folder) / name / "0000.png") for name in classes]))
    rows = {name: [float(f"{v:.7g}") for v in row] for name, row in zip(classes, logits.tolist())}
    pathlib.Path(out).write_text(json.dumps(rows, indent=1) + "\n")
    print(sum(int(row.argmax() == i) for i, row in enumerate(logits)), "of", len(classes))


if __name__ == "__main__":
    main(*sys.argv[1:])
