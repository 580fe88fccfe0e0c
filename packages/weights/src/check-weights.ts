import type { ArchitectureSpec } from "@efficientnet/specs";
import type { Checkpoint } from "./checkpoint.js";
import type { Family } from "./families/family.js";
import { fileTensors, isClassifier } from "./file-tensors.js";
import { type NameMapping, nameMapOf } from "./name-map.js";
import { requireFamily } from "./recognise-family.js";
import { recogniseVariant, type VariantMatch } from "./recognise-variant.js";

export interface WeightsOptions {
  /** Whose names the checkpoint uses; recognised when not given. */
  readonly family?: Family | undefined;
}

/** An array that is there with another shape. */
export interface ShapeMismatch {
  /** As the file spells it. */
  readonly name: string;
  readonly expected: readonly number[];
  readonly received: readonly number[];
}

/** Everything that keeps a checkpoint from fitting a network, said at once. Shapes are in the file's layout. */
export interface WeightsReport {
  readonly family: Family;
  readonly fits: boolean;
  readonly missing: readonly NameMapping[];
  /** Arrays the network has no place for, and arrays spelled twice; a network without classifier leaves one unused. */
  readonly unexpected: readonly string[];
  readonly mismatched: readonly ShapeMismatch[];
  /** The network these weights seem to be for; null when they fit. */
  readonly looksLike: VariantMatch | null;
}

/**
 * Compares a checkpoint with a network by names and shapes, without reading any values.
 *
 * @throws `weights-mismatch` when no family has such names, `unsupported` when the family cannot name this network.
 */
export function checkWeights(
  spec: ArchitectureSpec,
  checkpoint: Checkpoint,
  { family: asked }: WeightsOptions = {},
): WeightsReport {
  const family = requireFamily(checkpoint, asked);
  const { byName, repeated } = fileTensors(checkpoint, family);
  const map = nameMapOf(family, spec, byName);
  const known = new Set(map.map(({ foreign }) => foreign));
  const needless = (name: string) => spec.head.classes === null && isClassifier(family, name);
  const missing = map.filter(({ foreign }) => !byName.has(foreign));
  const unexpected = [...byName]
    .filter(([name]) => !known.has(name) && !needless(name))
    .map(([, { fileName }]) => fileName);
  const mismatched = map.flatMap(({ foreign, foreignShape: expected }): ShapeMismatch[] => {
    const found = byName.get(foreign);
    if (found === undefined || found.tensor.shape.join() === expected.join()) return [];
    return [{ name: found.fileName, expected, received: found.tensor.shape }];
  });
  const fits = missing.length + unexpected.length + repeated.length + mismatched.length === 0;
  return {
    family,
    fits,
    missing,
    unexpected: [...unexpected, ...repeated],
    mismatched,
    looksLike: fits ? null : recogniseVariant(checkpoint, family),
  };
}
