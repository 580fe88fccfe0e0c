import type { VariantName } from "@efficientnet/specs";
import type { ArchConventions } from "./arch-conventions.js";

const B0_TO_B7 = [
  "efficientnet-b0",
  "efficientnet-b1",
  "efficientnet-b2",
  "efficientnet-b3",
  "efficientnet-b4",
  "efficientnet-b5",
  "efficientnet-b6",
  "efficientnet-b7",
] as const satisfies readonly VariantName[];

/** Ports of Google's weights to PyTorch keep its epsilon and its momentum. */
const ported = (variant: VariantName, family: "lukemelas" | "transformers"): ArchConventions => ({
  variant,
  family,
  padding: "same",
  batchNorm: { epsilon: 1e-3, momentum: 0.99 },
});

/**
 * Names of the package efficientnet_pytorch. Its padding is TensorFlow's SAME at the network's nominal size.
 *
 * Source: lukemelas/EfficientNet-PyTorch, efficientnet_pytorch/utils.py.
 */
export const lukemelasArchs = (): ReadonlyMap<string, ArchConventions> =>
  new Map([...B0_TO_B7, "efficientnet-b8" as const].map((arch) => [arch, ported(arch, "lukemelas")]));

/**
 * Repositories of transformers' weights. Its explicit padding equals TensorFlow's SAME at the nominal size of each. Its
 * configurations state the momentum in TensorFlow's sense and the code takes it in PyTorch's, which only training
 * notices: the value here is what was meant.
 *
 * Its pictures are resized to the nominal size without a crop, and normalised in two steps (by the square root of the
 * standard deviations, twice) that amount to ImageNet's mean and standard deviation.
 *
 * Source: huggingface/transformers, src/transformers/models/efficientnet/convert_efficientnet_to_pytorch.py.
 */
export const transformersArchs = (): ReadonlyMap<string, ArchConventions> =>
  new Map(B0_TO_B7.map((variant) => [`google/${variant}`, ported(variant, "transformers")]));
