import { EfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, getSpec, type PreprocessSpec } from "@efficientnet/specs";
import {
  archConventions,
  archNames,
  type Checkpoint,
  type Family,
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
}

const LIBRARY_OF: Readonly<Record<Exclude<Family, "canonical">, Library>> = {
  timm: "timm",
  torchvision: "torchvision",
  "torchvision-mnasnet": "torchvision",
  "keras-v1": "keras",
  "keras-v2": "keras",
};

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
    if (archNames(known).includes(arch) && known !== "keras") return { spec: specForArch(known, arch) };
  }
  if (model.includes("/")) {
    const { findEntry, specForEntry } = await import("@efficientnet/weights/registry");
    const entry = findEntry(model);
    return { spec: specForEntry(entry), preprocess: entry.preprocess };
  }
  const spec = getSpec(model);
  return { spec: family === null || family === "canonical" ? spec : specOfLibrary(spec, LIBRARY_OF[family]) };
}

/** The library's own version of a variant, when it has only one. */
function specOfLibrary(variant: ArchitectureSpec, library: Library): ArchitectureSpec {
  const archs = archNames(library).filter((arch) => archConventions(library, arch).variant === variant.name);
  const specs = archs.map((arch) => specForArch(library, arch));
  const [first] = specs;
  if (first === undefined) return variant;
  const traits = ({ padding, batchNorm }: ArchitectureSpec) => `${padding} ${batchNorm.epsilon}`;
  if (new Set(specs.map(traits)).size === 1) return first;
  throw new EfficientNetError("invalid-argument", `"${variant.name}" does not say which ${library} weights these are`, {
    expected: archs.map((arch) => `${library}/${arch}`).join(" or "),
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
  if (certain || family === "canonical") return preprocess;
  const ids = weightsEntries().filter((entry) => entry.variant === spec.name && entry.family === family);
  if (ids.length === 0) return preprocess;
  const name = typeof model === "string" ? model : model.name;
  throw new EfficientNetError("invalid-argument", `"${name}" does not say how its pictures are prepared`, {
    expected: ids.map(({ id }) => id).join(" or "),
    hint: "name the weights, or pass preprocess",
  });
}
