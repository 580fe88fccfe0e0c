"""Runs a network in eager PyTorch: reads a graph and its tensors, then answers commands, one JSON line each."""
import json, struct, sys, time
import numpy as np
import torch
import torch.nn.functional as F

graph = json.load(open(sys.argv[1]))
torch.set_num_threads(graph["threads"])
torch.set_num_interop_threads(1)
floats = np.fromfile(sys.argv[2], dtype="<f4")
values = {}
for tensor in graph["tensors"]:
    start, shape = tensor["at"], tensor["shape"]
    size = int(np.prod(shape, dtype=np.int64)) if shape else 1
    values[tensor["name"]] = torch.from_numpy(floats[start:start + size].copy()).reshape(shape)
start = graph["input"]["at"]
shape = graph["input"]["shape"]
picture = torch.from_numpy(floats[start:start + int(np.prod(shape))].copy()).reshape(shape)
picture = picture.contiguous(memory_format=torch.channels_last) if graph["channelsLast"] else picture


def conv(attributes, x, w, b=None):
    top, left, bottom, right = attributes.get("pads", [0, 0, 0, 0])
    stride, groups = attributes.get("strides", [1, 1]), attributes.get("group", 1)
    if (top, left) != (bottom, right):
        x, top, left = F.pad(x, (left, right, top, bottom)), 0, 0
    return F.conv2d(x, w, b, stride=stride, padding=(top, left), groups=groups)


OPERATORS = {
    "Conv": conv,
    "BatchNormalization": lambda a, x, gamma, beta, mean, variance: F.batch_norm(
        x, mean, variance, gamma, beta, False, 0, a["epsilon"]
    ),
    "SiLU": lambda a, x: F.silu(x, inplace=True),
    "Sigmoid": lambda a, x: torch.sigmoid(x),
    "Mul": lambda a, x, y: x * y,
    "Add": lambda a, x, y: x + y,
    "Relu": lambda a, x: F.relu(x, inplace=True),
    "Clip": lambda a, x, low, high: F.relu6(x, inplace=True),
    "GlobalAveragePool": lambda a, x: x.mean((2, 3), keepdim=True),
    "Flatten": lambda a, x: torch.flatten(x, 1),
    "Gemm": lambda a, x, w, b: torch.addmm(b, x, w),
}


def run():
    maps = {graph["input"]["name"]: picture}
    last = graph["lastUse"]
    for i, (operator, inputs, output, attributes) in enumerate(graph["nodes"]):
        operands = [maps[name] if name in maps else values[name] for name in inputs]
        maps[output] = OPERATORS[operator](attributes, *operands)
        del operands
        for name in last.get(str(i), []):
            maps.pop(name, None)
    return maps[graph["output"]["name"]].numpy()


def timed(count):
    times = []
    for _ in range(count):
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return times


print(json.dumps(torch.__version__), flush=True)
with torch.inference_mode():
    for line in sys.stdin:
        verb, count = json.loads(line)
        print(json.dumps(run().reshape(-1).tolist() if verb == "answer" else timed(count)), flush=True)
