import type { ArchitectureSpec } from "@efficientnet/specs";
import type { Family } from "./families/family.js";
import { nameMap } from "./name-map.js";
import { inversePermutation, permute } from "./permute.js";
import type { TensorValues } from "./safetensors/write-safetensors.js";

/**
 * A network's tensors under a family's names and layouts, ready for `writeSafetensors`: the inverse of
 * `canonicalWeights`. `read` gives each tensor by its canonical name.
 *
 * @throws `unsupported` when the family cannot name this network.
 */
export function foreignWeights(
  family: Family,
  spec: ArchitectureSpec,
  read: (name: string) => Float32Array,
): readonly (readonly [string, TensorValues])[] {
  return nameMap(family, spec).map(({ canonical, foreign, foreignShape, shape, permutation }) => [
    foreign,
    { shape: foreignShape, values: permute(read(canonical), shape, inversePermutation(permutation)) },
  ]);
}
