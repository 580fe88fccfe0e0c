import { getSpec } from "@efficientnet/specs";
import {
  type Checkpoint,
  checkWeights,
  type Family,
  findArchs,
  recogniseVariant,
  type ShapeMismatch,
  specFromCheckpoint,
} from "@efficientnet/weights";

/** What a weights file is, from its names and shapes alone. */
export interface WeightsDescription {
  readonly format: string;
  readonly arrays: number;
  /** Element types, most arrays first. */
  readonly types: readonly string[];
  readonly family: Family;
  /** The nearest named network, and others with the very same arrays. */
  readonly variants: readonly string[];
  /** Share of arrays that agree: 1 is an exact match. */
  readonly score: number;
  readonly classes: number | null;
  /** What `--model` may be; more than one where padding and epsilon cannot be told from the arrays. */
  readonly publishedAs: readonly string[];
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly mismatched: readonly ShapeMismatch[];
}

/** @throws `weights-mismatch` when no family has such names. */
export function describeWeights(checkpoint: Checkpoint): WeightsDescription {
  const { variant, alsoFits, score, classes } = recogniseVariant(checkpoint);
  const spec = specFromCheckpoint(getSpec(variant), checkpoint);
  const { family, missing, unexpected, mismatched } = checkWeights(spec, checkpoint);
  return {
    format: checkpoint.format,
    arrays: checkpoint.tensors.size,
    types: typesOf(checkpoint),
    family,
    variants: [variant, ...alsoFits],
    score,
    classes,
    publishedAs: findArchs(family, variant).map(({ library, arch }) => `${library}/${arch}`),
    missing: missing.map(({ foreign }) => foreign),
    unexpected,
    mismatched,
  };
}

function typesOf({ tensors }: Checkpoint): readonly string[] {
  const counts = new Map<string, number>();
  for (const { dtype } of tensors.values()) counts.set(dtype, (counts.get(dtype) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([dtype]) => dtype);
}
