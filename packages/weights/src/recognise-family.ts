import { EfficientNetError } from "@efficientnet/errors";
import type { Checkpoint } from "./checkpoint.js";
import { FAMILIES } from "./families/families.js";
import type { Family } from "./families/family.js";

/** Whose names a checkpoint uses, or null when they are nobody's. */
export function recogniseFamily(checkpoint: Checkpoint): Family | null {
  const families = Object.keys(FAMILIES) as Family[];
  const names = [...checkpoint.tensors.keys()];
  return (
    families.find((family) => {
      const { normalise, marker } = FAMILIES[family];
      return names.some((name) => marker.test(normalise(name)));
    }) ?? null
  );
}

/**
 * The family asked for, or else the recognised one.
 *
 * @throws `weights-mismatch` when no family has such names.
 */
export function requireFamily(checkpoint: Checkpoint, family?: Family): Family {
  const found = family ?? recogniseFamily(checkpoint);
  if (found !== null) return found;
  const first = [...checkpoint.tensors.keys()].slice(0, 3).map((name) => name.slice(0, 80));
  throw new EfficientNetError("weights-mismatch", "these weights are named by no family this version knows", {
    expected: Object.keys(FAMILIES).join(", "),
    received: first.length === 0 ? "no arrays" : `${first.join(", ")}${checkpoint.tensors.size > 3 ? ", ..." : ""}`,
  });
}
