import { unknownName } from "@efficientnet/errors";
import { type ArchitectureSpec, getSpec } from "@efficientnet/specs";
import type { ArchConventions, Library } from "./arch-conventions.js";
import { automlArchs, tpuArchs } from "./google-archs.js";
import { kerasArchs } from "./keras-archs.js";
import { lukemelasArchs, transformersArchs } from "./port-archs.js";
import { timmArchs } from "./timm-archs.js";
import { torchvisionArchs } from "./torchvision-archs.js";

const ARCHS: Readonly<Record<Library, () => ReadonlyMap<string, ArchConventions>>> = {
  timm: timmArchs,
  torchvision: torchvisionArchs,
  keras: kerasArchs,
  lukemelas: lukemelasArchs,
  transformers: transformersArchs,
  tpu: tpuArchs,
  automl: automlArchs,
};

/** The architecture names of a library that map onto a variant. */
export function archNames(library: Library): readonly string[] {
  return [...ARCHS[library]().keys()];
}

/**
 * What a library means by an architecture name: timm's `tf_efficientnet_b3` is B3 with TensorFlow's padding and
 * epsilon 1e-3, its `efficientnet_b3` is B3 with symmetric padding and 1e-5. Weights of one lose accuracy in the other
 * without any shape error.
 *
 * @throws `unknown-name` with near matches.
 */
export function archConventions(library: Library, arch: string): ArchConventions {
  const archs = ARCHS[library]();
  const found = archs.get(arch);
  if (found === undefined) throw unknownName(`${library} architecture`, arch, archs.keys());
  return found;
}

/**
 * The spec that runs a library's weights as the library does.
 *
 * @throws `unknown-name` with near matches.
 */
export function specForArch(library: Library, arch: string): ArchitectureSpec {
  const { variant, padding, batchNorm } = archConventions(library, arch);
  return { ...getSpec(variant), padding, batchNorm };
}
