"""What timm builds from exported definitions: python timm_definition.py FILE.py ...

Prints the golden packages/nas/fixtures/timm-definitions.json: for each definition, imported as a module and built by its
name through timm.create_model, the shapes of its state dict without batch counters, the trainable parameters, and the
shape of the answer for one picture of the trained size.
"""

import importlib.util
import json
import pathlib
import sys

from libraries import timm, torch


def built(path):
    module = importlib.util.module_from_spec(importlib.util.spec_from_file_location(path.stem, path))
    sys.modules[path.stem] = module
    module.__spec__.loader.exec_module(module)
    net = timm.create_model(path.stem).eval()
    size = net.pretrained_cfg["input_size"]
    state = {key: list(value.shape) for key, value in net.state_dict().items() if value.dim() > 0}
    return {
        "tensors": state,
        "parameters": sum(value.numel() for value in net.parameters()),
        "answer": list(net(torch.zeros(1, *size)).shape),
    }


if __name__ == "__main__":
    print(json.dumps({name.stem: built(name) for name in map(pathlib.Path, sys.argv[1:])}, separators=(",", ":")))
