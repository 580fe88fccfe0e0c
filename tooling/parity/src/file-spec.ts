import {
  type ArchitectureSpec,
  type BlockSpec,
  getSpec,
  parseGoogleBlocks,
  scaleSpec,
  validateSpec,
} from "@efficientnet/specs";
import { archNames, type Library, specForArch } from "@efficientnet/weights";

/** An architecture by its library's name, as a scaled variant, or as block strings. */
export type ArchDescription =
  | string
  | { readonly base: string; readonly width: number; readonly depth: number; readonly head?: number }
  | {
      readonly stem: number;
      readonly stages: readonly string[];
      readonly head: number;
      readonly bnEpsilon: number;
      readonly padding: ArchitectureSpec["padding"];
    };

/** The spec that a golden file is described by. */
export function specOfFile(library: string, arch: ArchDescription): ArchitectureSpec {
  if (typeof arch === "string") {
    const known = library as Library;
    return archNames(known).includes(arch) ? specForArch(known, arch) : getSpec(arch);
  }
  if ("base" in arch) {
    const spec = scaleSpec(getSpec(arch.base), { widthCoefficient: arch.width, depthCoefficient: arch.depth });
    const head = { ...spec.head, channels: arch.head ?? spec.head.channels };
    return library === "transformers"
      ? { ...spec, head, stages: spec.stages.map(withoutFirstSkip) }
      : { ...spec, head };
  }
  const base = getSpec("efficientnetv2-s");
  const spec: ArchitectureSpec = {
    ...base,
    name: "described",
    stem: { ...base.stem, channels: arch.stem },
    stages: parseGoogleBlocks(arch.stages),
    head: { ...base.head, channels: arch.head },
    padding: arch.padding,
    batchNorm: { ...base.batchNorm, epsilon: arch.bnEpsilon },
  };
  validateSpec(spec);
  return spec;
}

/**
 * transformers adds no input back in the first block of a stage, whatever the widths. The published networks widen
 * there anyway; one scaled down to a stem of 8 channels does not.
 */
function withoutFirstSkip(stage: BlockSpec): BlockSpec {
  return stage.repeats === 1 ? { ...stage, skip: false } : stage;
}
