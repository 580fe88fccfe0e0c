import { EfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, getSpec, type PreprocessSpec, VARIANT_NAMES } from "@efficientnet/specs";
import { archConventions, archNames, type Family, findArchs, type Library, specForArch } from "@efficientnet/weights";
import { refuseFileName } from "./refuse-file-name.js";

/** Half of what a spec needs: whose conventions the weights were trained under. */
export interface NamedSpec {
  readonly spec: ArchitectureSpec;
  readonly preprocess?: PreprocessSpec;
  /** Whose file belongs to the name, where the name says so. */
  readonly family?: Family;
}

/**
 * The spec of published weights, a library's architecture, a variant, or of one's own. A variant's padding and epsilon
 * are those of the file's own spec where it describes itself, else those of its family.
 *
 * @throws `unknown-name` with near matches; `invalid-argument` where the family has several versions of the variant.
 */
export async function nameSpec(
  model: string | ArchitectureSpec,
  family: Family | null,
  described?: ArchitectureSpec,
): Promise<NamedSpec> {
  if (typeof model !== "string") return { spec: model };
  refuseFileName(model);
  if (model.includes("/")) {
    const { findEntry, specForEntry, weightsEntries } = await import("@efficientnet/weights/registry");
    const arch = nameArch(model);
    const isPublished = weightsEntries().some(({ id }) => id.toLowerCase() === model.toLowerCase());
    if (arch !== undefined && !isPublished) {
      return { spec: specForArch(...arch), family: archConventions(...arch).family };
    }
    const entry = findEntry(model);
    return { spec: specForEntry(entry), preprocess: entry.preprocess, family: entry.family };
  }
  const spec = getSpec(model);
  if (described?.name === spec.name) return { spec: described };
  return { spec: family === null || family === "canonical" ? spec : specOfFamily(spec, family) };
}

/** `timm/tf_efficientnet_b0`, `lukemelas/efficientnet-b0`; transformers' names are repositories, Keras's are weights. */
function nameArch(model: string): readonly [library: Library, arch: string] | undefined {
  const [, library = "", arch = ""] = /^(timm|torchvision|lukemelas|transformers|tpu|automl)\/(.+)$/i.exec(model) ?? [];
  const named: readonly [Library, string] =
    library === "" ? ["transformers", model] : [library.toLowerCase() as Library, arch];
  return archNames(named[0]).includes(named[1]) ? named : undefined;
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
