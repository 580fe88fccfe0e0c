import { EfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, getSpec, type PreprocessSpec, VARIANT_NAMES } from "@efficientnet/specs";
import {
  archConventions,
  archNames,
  type Checkpoint,
  type Family,
  findArchs,
  type Library,
  recogniseFamily,
  specForArch,
  specFromCheckpoint,
} from "@efficientnet/weights";

/** What a name and a checkpoint together say about a network. */
export interface ResolvedModel {
  readonly spec: ArchitectureSpec;
  readonly preprocess: PreprocessSpec;
  /** The classes are those of ImageNet-1k, in order. */
  readonly imagenet: boolean;
}

/** Half of what a spec needs: whose conventions the weights were trained under. */
interface NamedSpec {
  readonly spec: ArchitectureSpec;
  readonly preprocess?: PreprocessSpec;
  /** Whose file belongs to the name, where the name says so. */
  readonly family?: Family;
}

/**
 * Finds the spec, with the padding, epsilon and preprocessing that the weights were trained with. Where a name leaves
 * that open, which for timm's files it does, this refuses rather than guesses: a wrong padding or normalisation gives
 * wrong answers without any error.
 *
 * @throws `unknown-name` with near matches; `invalid-argument` where the name is not enough.
 */
export async function resolveModel(
  model: string | ArchitectureSpec,
  checkpoint: Checkpoint | null,
  preprocess?: PreprocessSpec,
): Promise<ResolvedModel> {
  const family = checkpoint && recogniseFamily(checkpoint);
  const named = await nameSpec(model, family);
  checkFamily(String(model), named.family, family);
  const spec = checkpoint && family ? specFromCheckpoint(named.spec, checkpoint, family) : named.spec;
  const published = family !== null && family !== "canonical";
  return {
    spec,
    preprocess: preprocess ?? named.preprocess ?? (await usualPreprocess(model, family ?? "canonical", named.spec)),
    imagenet: published && spec.head.classes === 1000,
  };
}

async function nameSpec(model: string | ArchitectureSpec, family: Family | null): Promise<NamedSpec> {
  if (typeof model !== "string") return { spec: model };
  const [, library, arch] = /^(timm|torchvision|keras)\/([^.]+)$/i.exec(model) ?? [];
  if (library !== undefined && arch !== undefined) {
    const known = library.toLowerCase() as Library;
    if (archNames(known).includes(arch) && known !== "keras")
      return { spec: specForArch(known, arch), family: archConventions(known, arch).family };
  }
  if (model.includes("/")) {
    const { findEntry, specForEntry } = await import("@efficientnet/weights/registry");
    const entry = findEntry(model);
    return { spec: specForEntry(entry), preprocess: entry.preprocess, family: entry.family };
  }
  const spec = getSpec(model);
  return { spec: family === null || family === "canonical" ? spec : specOfFamily(spec, family) };
}

function checkFamily(model: string, expected: Family | undefined, received: Family | null): void {
  if (expected === undefined || received === null || received === "canonical" || received === expected) return;
  throw new EfficientNetError("weights-mismatch", `the file does not come from where "${model}" says`, {
    expected: `arrays named as ${expected} names them`,
    received: `arrays named as ${received} names them`,
    hint: "name the weights that the file holds: padding and preprocessing follow from it",
  });
}

/** A family's own version of a variant, when it has only one. */
function specOfFamily(variant: ArchitectureSpec, family: Family): ArchitectureSpec {
  const name = VARIANT_NAMES.find((known) => known === variant.name);
  const archs = name === undefined ? [] : findArchs(family, name);
  const [first] = archs;
  if (first === undefined) return variant;
  const traits = new Set(archs.map(({ padding, batchNorm }) => `${padding} ${batchNorm.epsilon}`));
  if (traits.size === 1) return specForArch(first.library, first.arch);
  throw new EfficientNetError("invalid-argument", `"${variant.name}" does not say which ${family} weights these are`, {
    expected: archs.map(({ library, arch }) => `${library}/${arch}`).join(" or "),
    hint: "they differ in padding and batch-norm epsilon, which no tensor shows",
  });
}

async function usualPreprocess(
  model: string | ArchitectureSpec,
  family: Family,
  spec: ArchitectureSpec,
): Promise<PreprocessSpec> {
  const { defaultPreprocess, weightsEntries } = await import("@efficientnet/weights/registry");
  const { preprocess, certain } = defaultPreprocess(family, spec);
  const published = weightsEntries().filter(
    (entry) => entry.variant === spec.name && entry.family === family && entry.padding === spec.padding,
  );
  if (certain || published.length === 0) return preprocess;
  const name = typeof model === "string" ? model : model.name;
  throw new EfficientNetError("invalid-argument", `"${name}" does not say how its pictures are prepared`, {
    expected: published.map(({ id }) => id).join(" or "),
    hint: "name the weights, or pass preprocess",
  });
}
