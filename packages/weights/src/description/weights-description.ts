import type { ArchitectureSpec, PreprocessSpec } from "@efficientnet/specs";

/** What a weights file says about itself: everything that running it takes, besides its arrays. */
export interface WeightsDescription {
  readonly spec: ArchitectureSpec;
  /** Null where the writer did not know it. */
  readonly preprocess: PreprocessSpec | null;
  /** One for each class, in order; null where the writer did not know them. */
  readonly labels: readonly string[] | null;
}

/** The version of the keys below; a reader refuses any other. */
export const DESCRIPTION_VERSION = "1";

/** Keys in a checkpoint's metadata; the values are JSON but for the version. */
export const DESCRIPTION_KEYS = {
  version: "efficientnet.format",
  spec: "efficientnet.spec",
  preprocess: "efficientnet.preprocess",
  labels: "efficientnet.labels",
} as const;
