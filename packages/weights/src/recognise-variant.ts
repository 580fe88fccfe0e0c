import { getSpec, VARIANT_NAMES, type VariantName, withClasses } from "@efficientnet/specs";
import type { Checkpoint } from "./checkpoint.js";
import type { Family } from "./families/family.js";
import { fileTensors, isClassifier } from "./file-tensors.js";
import { mapNames } from "./name-map.js";
import { readClasses } from "./read-classes.js";
import { requireFamily } from "./recognise-family.js";

/** The named network nearest to a checkpoint. */
export interface VariantMatch {
  readonly variant: VariantName;
  /** Other names of networks with the very same arrays. */
  readonly alsoFits: readonly VariantName[];
  /** Arrays that agree in name and shape, over all arrays of both, classifier left out: 1 is an exact match. */
  readonly score: number;
  readonly classes: number | null;
}

/**
 * Compares names and shapes of a checkpoint with every named network.
 *
 * @throws `weights-mismatch` when no family has such names.
 */
export function recogniseVariant(checkpoint: Checkpoint, family: Family = requireFamily(checkpoint)): VariantMatch {
  const scores = scoreVariants(checkpoint, family);
  const score = Math.max(...scores.values());
  const [variant = "efficientnet-b0", ...alsoFits] = VARIANT_NAMES.filter((name) => scores.get(name) === score);
  return { variant, alsoFits, score, classes: readClasses(checkpoint, family) };
}

function scoreVariants(checkpoint: Checkpoint, family: Family): ReadonlyMap<VariantName, number> {
  const { byName } = fileTensors(checkpoint, family);
  const file = [...byName].filter(([name]) => !isClassifier(family, name));
  const shapes = new Map(file.map(([name, { tensor }]) => [name, tensor.shape.join()]));
  return new Map(
    VARIANT_NAMES.map((name) => {
      const { mapped, unnamed } = mapNames(family, withClasses(getSpec(name), null), byName);
      const same = mapped.filter(({ foreign, foreignShape }) => shapes.get(foreign) === foreignShape.join()).length;
      return [name, same / (shapes.size + mapped.length + unnamed.length - same)];
    }),
  );
}
