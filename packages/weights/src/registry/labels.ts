import type { Labels } from "./rows.js";
import type { LabelSet } from "./weights-entry.js";

/** Label sets by the short names that rows use. */
export const LABELS: Readonly<Record<Labels, { readonly labelSet: LabelSet; readonly classes: number }>> = {
  "1k": { labelSet: "imagenet-1k", classes: 1000 },
  "1k-background": { labelSet: "imagenet-1k-background", classes: 1001 },
  "12k": { labelSet: "imagenet-12k", classes: 11821 },
  "21k": { labelSet: "imagenet-21k", classes: 21843 },
};
