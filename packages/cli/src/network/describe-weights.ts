import { type ArchitectureSpec, countParameters, getSpec, VARIANT_NAMES } from "@efficientnet/specs";
import {
  type Checkpoint,
  checkWeights,
  type Family,
  findArchs,
  type Normalisation,
  readDescription,
  recogniseVariant,
  type WeightsDescription as SelfDescription,
  type ShapeMismatch,
  specFromCheckpoint,
} from "@efficientnet/weights";

/** What a weights file is, from its names, its shapes and what it says about itself. */
export interface WeightsDescription {
  readonly format: string;
  readonly arrays: number;
  /** Element types, most arrays first. */
  readonly types: readonly string[];
  readonly family: Family;
  /** The network that was named, or that the file speaks of; null where neither is. */
  readonly network: string | null;
  /** The nearest named network, and others with the very same arrays. */
  readonly variants: readonly string[];
  /** Share of arrays that agree: 1 is an exact match. */
  readonly score: number;
  readonly classes: number | null;
  /** Trainable values of the network. */
  readonly parameters: number;
  /** What `--model` may be; more than one where padding and epsilon cannot be told from the arrays. */
  readonly publishedAs: readonly string[];
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly mismatched: readonly ShapeMismatch[];
  /** What the file says about itself, if it does. */
  readonly says: SelfDescription | null;
  /** Names of the classes, where the file carries them. */
  readonly labels: readonly string[] | null;
  /** What the file does to pixels, or wants done, where it states that apart from a description. */
  readonly normalisation: Normalisation | null;
  /** What else its metadata holds. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Compares a checkpoint with the network that it should be for: the one named, else the one it speaks of itself, else
 * the one that its arrays are most like.
 *
 * @throws `weights-mismatch` when no family has such names; `wrong-file` for a description that cannot be.
 */
export async function describeWeights(checkpoint: Checkpoint, named?: ArchitectureSpec): Promise<WeightsDescription> {
  const { variant, alsoFits, score, classes } = recogniseVariant(checkpoint);
  const says = await readDescription(checkpoint);
  const spec =
    named === undefined && says !== null ? says.spec : specFromCheckpoint(named ?? getSpec(variant), checkpoint);
  const { family, missing, unexpected, mismatched } = checkWeights(spec, checkpoint);
  return {
    format: checkpoint.format,
    arrays: checkpoint.tensors.size,
    types: typesOf(checkpoint),
    family,
    network: named === undefined && says === null ? null : spec.name,
    variants: [variant, ...alsoFits],
    score,
    classes,
    parameters: countParameters(spec).trainable,
    publishedAs: publishedAs(family, spec, says !== null),
    missing: missing.map(({ foreign }) => foreign),
    unexpected,
    mismatched,
    says,
    labels: says?.labels ?? checkpoint.labels ?? null,
    normalisation: says === null ? (checkpoint.normalisation ?? null) : null,
    metadata: Object.fromEntries([...checkpoint.metadata].filter(([key]) => !key.startsWith("efficientnet."))),
  };
}

/** Names a family has for a network; where `exact`, those alone that run it with the spec's padding and epsilon. */
export function publishedAs(family: Family, spec: ArchitectureSpec, exact: boolean): readonly string[] {
  const name = VARIANT_NAMES.find((variant) => variant === spec.name);
  const archs = name === undefined ? [] : findArchs(family, name);
  return archs
    .filter(
      ({ padding, batchNorm }) => (padding === spec.padding && batchNorm.epsilon === spec.batchNorm.epsilon) || !exact,
    )
    .map(({ library, arch }) => `${library}/${arch}`);
}

/** True where a checkpoint has every array of the network, and nothing else. */
export function isFitting({ missing, unexpected, mismatched }: WeightsDescription): boolean {
  return missing.length + unexpected.length + mismatched.length === 0;
}

function typesOf({ tensors }: Checkpoint): readonly string[] {
  const counts = new Map<string, number>();
  for (const { dtype } of tensors.values()) counts.set(dtype, (counts.get(dtype) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([dtype]) => dtype);
}
