"""The demo's network: timm's test_efficientnet trained on the demo's drawn pictures.

    node tooling/start/source.mjs tooling/demo/src/export.ts train.bin 1 500
    node tooling/start/source.mjs tooling/demo/src/export.ts test.bin 2 50
    python train_shapes.py train.bin test.bin ../demo/assets

Writes shapes.safetensors (half precision, timm's names) and shapes.json (what PyTorch answers with those halves).
"""

import json
import pathlib
import sys

import numpy as np
from libraries import timm, torch
from safetensors.torch import save_file

CLASSES, SIDE, EPOCHS, BATCH = 10, 96, 14, 64


def pictures(path):
    data = np.fromfile(path, np.uint8).reshape(-1, SIDE, SIDE, 3)
    x = torch.from_numpy(data).permute(0, 3, 1, 2)
    return x, torch.arange(CLASSES).repeat_interleave(len(x) // CLASSES)


def normalise(x):
    return (x.float() / 255 - 0.5) / 0.5


def train(net, x, y):
    steps = EPOCHS * (len(x) // BATCH)
    optimiser = torch.optim.AdamW(net.parameters(), weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps)
    for epoch in range(EPOCHS):
        net.train()
        total = 0.0
        for rows in torch.randperm(len(x)).split(BATCH)[: len(x) // BATCH]:
            batch = normalise(x[rows])
            if torch.rand(()) < 0.5:
                batch = batch.flip(3)
            loss = torch.nn.functional.cross_entropy(net(batch), y[rows], label_smoothing=0.1)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss)
        print(epoch, total / (len(x) // BATCH), flush=True)


@torch.no_grad()
def answers(net, x):
    net.eval()
    return torch.cat([net(normalise(part)) for part in x.split(100)])


def main(train_file, test_file, folder):
    torch.manual_seed(1)
    net = timm.create_model("test_efficientnet", num_classes=CLASSES)
    train(net, *pictures(train_file))
    halves = {name: t.half() for name, t in net.state_dict().items() if "num_batches" not in name}
    net.load_state_dict({name: t.float() for name, t in halves.items()}, strict=False)
    x, y = pictures(test_file)
    logits = answers(net, x)
    correct = int((logits.argmax(1) == y).sum())
    print(f"{correct} of {len(y)} test pictures")
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    save_file(halves, out / "shapes.safetensors")
    per_class = len(y) // CLASSES
    golden = {"correct": correct, "of": len(y), "logits": [[float(f"{v:.6g}") for v in row] for row in logits[::per_class].tolist()]}
    (out / "shapes.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
