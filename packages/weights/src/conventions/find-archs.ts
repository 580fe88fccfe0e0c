import type { VariantName } from "@efficientnet/specs";
import type { Family } from "../families/family.js";
import type { Library, NamedArch } from "./arch-conventions.js";
import { archConventions, archNames } from "./spec-for-arch.js";

const LIBRARIES: readonly Library[] = ["timm", "torchvision", "keras", "lukemelas", "transformers", "tpu", "automl"];

/**
 * The architecture names under which a family publishes a network. More than one means that names and shapes cannot
 * tell how the weights must be run: timm's `efficientnet_b0` and `tf_efficientnet_b0` differ in padding and epsilon.
 */
export function findArchs(family: Family, variant: VariantName): readonly NamedArch[] {
  return LIBRARIES.flatMap((library) =>
    archNames(library).map((arch) => ({ library, arch, ...archConventions(library, arch) })),
  ).filter((named) => named.family === family && named.variant === variant);
}
