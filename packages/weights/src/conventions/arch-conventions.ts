import type { ArchitectureSpec, Padding, VariantName } from "@efficientnet/specs";
import type { Family } from "../families/family.js";

/**
 * Libraries that publish weights under architecture names of their own; `lukemelas` is the package
 * efficientnet_pytorch, `tpu` and `automl` are Google's repositories tensorflow/tpu and google/automl.
 */
export type Library = "timm" | "torchvision" | "keras" | "lukemelas" | "transformers" | "tpu" | "automl";

/** What a library means by one of its architecture names. */
export interface ArchConventions {
  readonly variant: VariantName;
  readonly family: Family;
  readonly padding: Padding;
  /** `momentum` in TensorFlow's sense, as in the spec. */
  readonly batchNorm: ArchitectureSpec["batchNorm"];
}

/** An architecture name with its library and what it means there. */
export interface NamedArch extends ArchConventions {
  readonly library: Library;
  readonly arch: string;
}
