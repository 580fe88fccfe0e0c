"""Small files of PyTorch, one for each way it writes tensors: python weights-torch-files.py FOLDER

`expected.json` holds what is in them; the rest must be refused. Nothing here is run when a file is read by PyTorch with
`weights_only=True`, and reading `malicious.pth` in any other way runs a command.
"""

import argparse
import collections
import json
import os
import pathlib
import sys

import numpy
import torch


def tensors() -> dict[str, torch.Tensor]:
    line = torch.arange(24, dtype=torch.float32)
    block = line.reshape(2, 3, 4)
    parameter = torch.nn.Parameter(torch.tensor([1.5, -2.0]))
    tagged = torch.nn.Parameter(torch.tensor([3.0]))
    tagged.note = "an attribute"
    return collections.OrderedDict(
        f64=torch.tensor([0.1, -1e300, 2.0], dtype=torch.float64),
        f16=torch.tensor([1.0, -0.5, 65504.0], dtype=torch.float16),
        bf16=torch.tensor([1.0, -3.0, 1e30], dtype=torch.bfloat16),
        i64=torch.tensor([[-1, 2**40]]),
        i32=torch.tensor([-(2**31), 7], dtype=torch.int32),
        i16=torch.tensor([-300], dtype=torch.int16),
        i8=torch.tensor([-128, 127], dtype=torch.int8),
        u8=torch.tensor([255, 0, 1], dtype=torch.uint8),
        bool=torch.tensor([True, False]),
        scalar=torch.tensor(3),
        empty=torch.zeros(0, 4),
        whole=block,
        transposed=block.transpose(0, 2),
        strided=line[1:22:4],
        corner=block[1:, 1:, 2:],
        parameter=parameter,
        tagged=tagged,
    )


def training() -> dict:
    weights = {"conv_stem.weight": torch.full((2, 1, 1, 1), 2.0), "bn1.num_batches_tracked": torch.tensor(7)}
    model = torch.nn.Linear(2, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    model(torch.ones(1, 2)).sum().backward()
    optimizer.step()
    return {
        "epoch": 3,
        "arch": "test_efficientnet",
        "args": argparse.Namespace(lr=0.1, output=pathlib.PurePosixPath("out"), seed=10**30),
        "metric": numpy.float64(81.25),
        "history": collections.defaultdict(list, {"loss": [0.5, 0.25]}),
        "labels": {"cat", "dog"},
        "device": torch.device("cpu"),
        "kind": torch.optim.SGD,
        "optimizer": optimizer.state_dict(),
        "state_dict": {f"module.{name}": torch.zeros_like(value) for name, value in weights.items()},
        "state_dict_ema": {f"module.{name}": value for name, value in weights.items()},
    }


class Malicious:
    def __reduce__(self):
        return os.system, ("echo ran",)


def expected(values: dict[str, torch.Tensor]) -> dict:
    return {
        name: {"shape": list(value.shape), "values": value.detach().to(torch.float64).flatten().tolist()}
        for name, value in values.items()
    }


def main() -> int:
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    values = tensors()
    wide = {"u16": torch.tensor([65535], dtype=torch.uint16), "u32": torch.tensor([2**31], dtype=torch.uint32)}
    torch.save(values, folder / "zip.pth")
    torch.save(values, folder / "stream.pth", _use_new_zipfile_serialization=False)
    torch.save(values, folder / "protocol-4.pth", pickle_protocol=4)
    torch.save(values, folder / "protocol-5-stream.pth", pickle_protocol=5, _use_new_zipfile_serialization=False)
    torch.save(wide, folder / "unsigned.pth")
    torch.save(training(), folder / "training.pth.tar")
    torch.save({"weight": torch.ones(2), "evil": Malicious()}, folder / "malicious.pth")
    torch.save(torch.nn.Linear(2, 1), folder / "module.pth")
    torch.save(torch.nn.Linear(2, 1), folder / "module-stream.pth", _use_new_zipfile_serialization=False)
    torch.save({"complex": torch.ones(2, dtype=torch.complex64)}, folder / "complex.pth")
    torch.save({"repeated": torch.ones(1).expand(1000)}, folder / "expanded.pth")
    torch.save([torch.ones(2)], folder / "list.pth")
    torch.jit.save(torch.jit.script(torch.nn.Linear(2, 1)), folder / "torchscript.pt")
    (folder / "expected.json").write_text(json.dumps({"all": expected(values), "unsigned": expected(wide)}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
