import { EfficientNetError } from "@efficientnet/errors";
import type { ArchitectureSpec, PreprocessSpec } from "@efficientnet/specs";
import {
  type Checkpoint,
  type Family,
  readDescription,
  recogniseFamily,
  specFromCheckpoint,
  type WeightsDescription,
} from "@efficientnet/weights";
import { checkFamily } from "./check-family.js";
import { type NamedSpec, nameSpec } from "./name-spec.js";
import { recogniseModel } from "./recognise-model.js";

/** What a name and a checkpoint together say about a network. */
export interface ResolvedModel {
  readonly spec: ArchitectureSpec;
  readonly preprocess: PreprocessSpec;
  /** Names of the classes where the file has them. */
  readonly labels: readonly string[] | null;
  /** Whose file belongs to the name, where the name says so. */
  readonly family: Family | null;
  /** The classes are those of ImageNet-1k, in order. */
  readonly imagenet: boolean;
}

/**
 * Finds the spec, with the padding, epsilon and preprocessing that the weights were trained with: what the name says;
 * without a name what the file says about itself; else the network that its arrays are those of. Where that leaves
 * something open, which for timm's files it does, this refuses rather than guesses: a wrong padding or normalisation
 * gives wrong answers without any error.
 *
 * @throws `unknown-name` with near matches; `invalid-argument` where the name is not enough; `wrong-file` for a file
 * that describes itself as nothing can be; `weights-mismatch` for arrays of no network known.
 */
export async function resolveModel(
  model: string | ArchitectureSpec | undefined,
  checkpoint: Checkpoint | null,
  preprocess?: PreprocessSpec,
): Promise<ResolvedModel> {
  const family = checkpoint && recogniseFamily(checkpoint);
  const description = checkpoint && (await readDescription(checkpoint));
  const named = await describedOrNamed(model, checkpoint, family, description);
  if (checkpoint) checkFamily(String(model), named.family, family, checkpoint);
  // A description stands by its classes; whether the arrays agree is seen when they are read.
  const isDescribed = named.spec === description?.spec;
  const spec = checkpoint && family && !isDescribed ? specFromCheckpoint(named.spec, checkpoint, family) : named.spec;
  const labels = description === null ? (checkpoint?.labels ?? null) : description.labels;
  const said = description?.spec.name === spec.name ? description.preprocess : null;
  const published = family !== null && family !== "canonical" && description === null;
  return {
    spec,
    preprocess: preprocess ??
      named.preprocess ??
      said ?? {
        ...(await usualPreprocess(typeof model === "string" ? model : spec.name, family ?? "canonical", named.spec)),
        ...checkpoint?.normalisation,
      },
    labels: labels?.length === spec.head.classes ? labels : null,
    family: named.family ?? null,
    imagenet: published && spec.head.classes === 1000,
  };
}

async function describedOrNamed(
  model: string | ArchitectureSpec | undefined,
  checkpoint: Checkpoint | null,
  family: Family | null,
  description: WeightsDescription | null,
): Promise<NamedSpec> {
  if (model !== undefined) return nameSpec(model, family, description?.spec);
  if (description) return { spec: description.spec };
  if (checkpoint) return nameSpec(recogniseModel(checkpoint), family);
  throw new EfficientNetError("invalid-argument", "which network?", {
    expected: "a model, since untrained weights can be those of any",
  });
}

async function usualPreprocess(name: string, family: Family, spec: ArchitectureSpec): Promise<PreprocessSpec> {
  const { defaultPreprocess, weightsEntries } = await import("@efficientnet/weights/registry");
  const { preprocess, certain } = defaultPreprocess(family, spec);
  const published = weightsEntries().filter(
    (entry) => entry.variant === spec.name && entry.family === family && entry.padding === spec.padding,
  );
  if (certain || published.length === 0) return preprocess;
  throw new EfficientNetError("invalid-argument", `"${name}" does not say how its pictures are prepared`, {
    expected: published.map(({ id }) => id).join(" or "),
    hint: "name the weights, or pass preprocess",
  });
}
