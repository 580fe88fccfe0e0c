"""Whether two folders of goldens say the same: python compare.py EXPECTED ACTUAL"""

import json
import sys
from pathlib import Path


def differences(expected, actual, path=""):
    """Yields (path, expected, actual, |difference| or None): None where the two differ in kind, not by a number."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key in sorted(expected.keys() | actual.keys()):
            yield from differences(expected.get(key), actual.get(key), f"{path}/{key}")
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for i, (a, b) in enumerate(zip(expected, actual, strict=True)):
            yield from differences(a, b, f"{path}/{i}")
    elif expected != actual:
        numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in (expected, actual))
        yield path, expected, actual, abs(expected - actual) if numbers else None


def main() -> int:
    expected_folder, actual_folder = map(Path, sys.argv[1:3])
    tolerance = float(sys.argv[3]) if len(sys.argv) > 3 else 1e-8
    failed = 0
    for file in sorted(actual_folder.glob("*.json")):
        pair = (json.loads((folder / file.name).read_text()) for folder in (expected_folder, actual_folder))
        found = list(differences(*pair))
        wrong = [d for d in found if d[3] is None or d[3] > tolerance * max(1, abs(d[1]))]
        worst = max((d[3] for d in found if d[3] is not None), default=0)
        print(f"{file.name}: {len(found)} values differ, by {worst:.1e} at most; {len(wrong)} beyond {tolerance:g}")
        for path, a, b, _ in wrong[:5]:
            print(f"  {path}: expected {a}, received {b}")
        failed += bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
