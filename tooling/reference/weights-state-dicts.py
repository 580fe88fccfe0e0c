"""Condenses state-dict listings into packages/weights/fixtures.

usage: weights-state-dicts.py LISTINGS.json... > state-dicts.json

Each input is {"family": library, "arch": name, "tensors": {name: shape, ...}} in the library's own names. The output
holds, per library/arch, the number of arrays and a 32-bit FNV-1a hash over the sorted lines "name d0,d1,...", so that a
one-to-one match of names and shapes can be tested without shipping the listings.
"""

import json
import re
import sys

IGNORED = re.compile(r"num_batches_tracked$|^normalization/")


def fnv1a(text: str) -> int:
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def main(paths: list[str]) -> None:
    table = {}
    for path in sorted(paths):
        with open(path, encoding="utf-8") as file:
            listing = json.load(file)
        lines = sorted(
            f"{name.removesuffix(':0')} {','.join(map(str, shape))}"
            for name, shape in listing["tensors"].items()
            if not IGNORED.search(name)
        )
        table[f"{listing['family']}/{listing['arch']}"] = [len(lines), fnv1a("\n".join(lines))]
    print("{\n" + ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in sorted(table.items())) + "\n}")


if __name__ == "__main__":
    main(sys.argv[1:])
