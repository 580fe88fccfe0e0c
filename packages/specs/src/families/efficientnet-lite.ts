import type { ArchitectureSpec } from "../types.js";
import { baseSpec } from "./efficientnet.js";
import { type Coefficients, scaledVariants } from "./variants.js";

/**
 * Width, depth, resolution, dropout. The authors evaluate Lite3 and Lite4 at 280 and 300 pixels; timm's copies say 300
 * and 380. Source: `efficientnet_lite_builder.py` of the released code.
 */
const COEFFICIENTS = {
  "efficientnet-lite0": [1.0, 1.0, 224, 0.2],
  "efficientnet-lite1": [1.0, 1.1, 240, 0.2],
  "efficientnet-lite2": [1.1, 1.2, 260, 0.3],
  "efficientnet-lite3": [1.2, 1.4, 280, 0.3],
  "efficientnet-lite4": [1.4, 1.8, 300, 0.3],
} as const satisfies Record<string, Coefficients>;

/** B0 without squeeze-and-excitation and with ReLU6. */
const liteBase = (): ArchitectureSpec => {
  const base = baseSpec();
  return { ...base, stages: base.stages.map((stage) => ({ ...stage, seRatio: 0 })), activation: "relu6" };
};

export const efficientNetLite = /* @__PURE__ */ scaledVariants(COEFFICIENTS, liteBase, {
  stem: true,
  head: true,
  endRepeats: true,
});
