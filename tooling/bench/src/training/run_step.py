"""One training step of a network in eager PyTorch: python run_step.py NETWORK.json THREADS SIZE BATCH, then as step-process.ts."""
import json, resource, sys, time
import torch
from torch import nn
import torch.nn.functional as F

network = json.load(open(sys.argv[1]))
threads, size, batch = map(int, sys.argv[2:5])
torch.set_num_threads(threads)
torch.manual_seed(1)


class Conv(nn.Module):
    """Convolution with TensorFlow's padding, batch norm, SiLU where asked for."""

    def __init__(self, inputs, outputs, kernel=1, stride=1, groups=1, active=True):
        super().__init__()
        self.kernel, self.stride, self.active = kernel, stride, active
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, 0, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(outputs, eps=network["epsilon"])

    def forward(self, x):
        pads = [max((-(-n // self.stride) - 1) * self.stride + self.kernel - n, 0) for n in (x.shape[3], x.shape[2])]
        (w, h) = pads
        if w or h:
            x = F.pad(x, (w // 2, w - w // 2, h // 2, h - h // 2))
        x = self.norm(self.conv(x))
        return F.silu(x, inplace=True) if self.active else x


class Block(nn.Module):
    def __init__(self, b):
        super().__init__()
        fused, wide = b["kind"] == "fused-mbconv", b["expandedChannels"]
        first = [Conv(b["inChannels"], wide, b["kernelSize"], b["stride"])] if fused else []
        if not fused:
            first = [Conv(b["inChannels"], wide)] if b["expands"] else []
            first.append(Conv(wide, wide, b["kernelSize"], b["stride"], wide))
        self.first = nn.Sequential(*first)
        squeeze = b["squeezeChannels"]
        self.reduce = nn.Conv2d(wide, squeeze, 1) if squeeze else None
        self.expand = nn.Conv2d(squeeze, wide, 1) if squeeze else None
        self.project = Conv(wide, b["outChannels"], active=False) if b["projects"] else nn.Identity()
        self.residual = b["residual"]

    def forward(self, x):
        y = self.first(x)
        if self.reduce is not None:
            y = y * torch.sigmoid(self.expand(F.silu(self.reduce(y.mean((2, 3), keepdim=True)))))
        y = self.project(y)
        return x + y if self.residual else y


blocks, stem, head = network["blocks"], network["stem"], network["head"]
body = [Conv(3, stem, 3, 2), *map(Block, blocks), Conv(blocks[-1]["outChannels"], head)]
model = nn.Sequential(*body, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(head, network["classes"]))
model = model.train().to(memory_format=torch.channels_last)
x = torch.randn(batch, 3, size, size).contiguous(memory_format=torch.channels_last)
labels = torch.arange(batch)
optimiser = torch.optim.SGD(model.parameters(), lr=0.01)


def step():
    optimiser.zero_grad()
    loss = F.cross_entropy(model(x), labels)
    loss.backward()
    optimiser.step()
    return loss.item()


for line in sys.stdin:
    times, used, loss = [], [], float("nan")
    for _ in range(int(line)):
        start, before = time.perf_counter(), time.process_time()
        loss = step()
        used.append(1000 * (time.process_time() - before))
        times.append(1000 * (time.perf_counter() - start))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"milliseconds": times, "processor": used, "loss": loss, "peakMegabytes": peak}), flush=True)
