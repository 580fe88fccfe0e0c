import { scaleSpec } from "../scale-spec.js";
import { baseSpec } from "./efficientnet.js";
import { variantsOf } from "./variants.js";

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
} as const;

/** B0 without squeeze-and-excitation, with ReLU6 and with stem, head and end stages left unscaled. */
export const efficientNetLite = /* @__PURE__ */ variantsOf(
  COEFFICIENTS,
  (name, [widthCoefficient, depthCoefficient, resolution, dropoutRate]) => {
    const base = baseSpec();
    const stages = base.stages.map((stage) => ({ ...stage, seRatio: 0 }));
    return scaleSpec(
      { ...base, stages, activation: "relu6" },
      {
        name,
        widthCoefficient,
        depthCoefficient,
        resolution,
        dropoutRate,
        keep: { stem: true, head: true, endRepeats: true },
      },
    );
  },
);
