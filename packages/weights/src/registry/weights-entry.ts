import type { PreprocessSpec } from "@efficientnet/specs";
import type { NamedArch } from "../conventions/arch-conventions.js";

/** The classes a classifier answers with; `-background` has one for "nothing of these" before them. */
export type LabelSet = "imagenet-1k" | "imagenet-1k-background" | "imagenet-12k" | "imagenet-21k";

/** One downloadable file. */
export interface WeightsFile {
  readonly url: string;
  readonly format: "safetensors" | "pytorch" | "hdf5" | "tensorflow";
  /** The checkpoint is packed. */
  readonly archive?: "tar.gz";
  /** First hex digits of the file's SHA-256, where they are published. */
  readonly sha256Prefix?: string;
  /** Where only that is published. */
  readonly md5?: string;
  /** The same weights with the classifier left out. */
  readonly withoutClassifier?: true;
}

/** One set of published weights and everything needed to run it as its publisher does. */
export interface WeightsEntry extends NamedArch {
  /** `timm/tf_efficientnetv2_s.in21k_ft_in1k`: who publishes it, architecture, and which training. */
  readonly id: string;
  readonly classes: number;
  readonly labelSet: LabelSet;
  /** Best first. */
  readonly files: readonly WeightsFile[];
  /** SPDX identifier of what the publisher states. */
  readonly licence: string;
  readonly preprocess: PreprocessSpec;
  /** Percent of ImageNet's validation set at `preprocess.size`, as published; null where it says nothing. */
  readonly accuracy: { readonly top1: number; readonly top5: number | null } | null;
}
