import type { VariantName } from "@efficientnet/specs";
import type { ArchConventions } from "./arch-conventions.js";

type BatchNorm = ArchConventions["batchNorm"];

const PYTORCH_DEFAULT: BatchNorm = { epsilon: 1e-5, momentum: 0.9 };
const B5_AND_UP: BatchNorm = { epsilon: 1e-3, momentum: 0.99 };
const V2: BatchNorm = { epsilon: 1e-3, momentum: 0.9 };
const MNASNET: BatchNorm = { epsilon: 1e-5, momentum: 0.9997 };

/** Source: pytorch/vision, torchvision/models/efficientnet.py and mnasnet.py. */
const ARCHS: readonly (readonly [arch: string, variant: VariantName, batchNorm: BatchNorm])[] = [
  ["efficientnet_b0", "efficientnet-b0", PYTORCH_DEFAULT],
  ["efficientnet_b1", "efficientnet-b1", PYTORCH_DEFAULT],
  ["efficientnet_b2", "efficientnet-b2", PYTORCH_DEFAULT],
  ["efficientnet_b3", "efficientnet-b3", PYTORCH_DEFAULT],
  ["efficientnet_b4", "efficientnet-b4", PYTORCH_DEFAULT],
  ["efficientnet_b5", "efficientnet-b5", B5_AND_UP],
  ["efficientnet_b6", "efficientnet-b6", B5_AND_UP],
  ["efficientnet_b7", "efficientnet-b7", B5_AND_UP],
  ["efficientnet_v2_s", "efficientnetv2-s", V2],
  ["efficientnet_v2_m", "efficientnetv2-m", V2],
  ["efficientnet_v2_l", "efficientnetv2-l", V2],
  ["mnasnet0_5", "mnasnet-b1-050", MNASNET],
  ["mnasnet0_75", "mnasnet-b1-075", MNASNET],
  ["mnasnet1_0", "mnasnet-b1", MNASNET],
  ["mnasnet1_3", "mnasnet-b1-130", MNASNET],
];

/** torchvision's names. */
export const torchvisionArchs = (): ReadonlyMap<string, ArchConventions> =>
  new Map(
    ARCHS.map(([arch, variant, batchNorm]) => {
      const family = batchNorm === MNASNET ? "torchvision-mnasnet" : "torchvision";
      return [arch, { variant, family, padding: "symmetric", batchNorm }];
    }),
  );
