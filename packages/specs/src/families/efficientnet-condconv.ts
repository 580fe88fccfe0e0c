import { scaleSpec } from "../scale-spec.js";
import { baseSpec } from "./efficientnet.js";
import { variantsOf } from "./variants.js";

/** Depth, resolution, experts. `b1-8e` is timm's name for the deep one at 240 pixels. Source: `condconv/` of the released code. */
const COEFFICIENTS = {
  "efficientnet-condconv-b0-4e": [1.0, 224, 4],
  "efficientnet-condconv-b0-8e": [1.0, 224, 8],
  "efficientnet-condconv-b0-8e-depth": [1.1, 224, 8],
  "efficientnet-condconv-b1-8e": [1.1, 240, 8],
} as const;

/** B0 with `experts` kernels in every convolution of its last three stages. */
export const efficientNetCondConv = /* @__PURE__ */ variantsOf(
  COEFFICIENTS,
  (name, [depthCoefficient, resolution, experts]) => {
    const base = baseSpec();
    const firstMixed = base.stages.length - 3;
    const stages = base.stages.map((stage, index) => (index < firstMixed ? stage : { ...stage, experts }));
    return scaleSpec({ ...base, stages }, { name, depthCoefficient, resolution, dropoutRate: 0.25 });
  },
);
