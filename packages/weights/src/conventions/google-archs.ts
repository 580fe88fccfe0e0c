import type { VariantName } from "@efficientnet/specs";
import type { ArchConventions } from "./arch-conventions.js";

/** The root scope of a checkpoint is the architecture's name. */
const TPU = {
  "efficientnet-b0": "efficientnet-b0",
  "efficientnet-b1": "efficientnet-b1",
  "efficientnet-b2": "efficientnet-b2",
  "efficientnet-b3": "efficientnet-b3",
  "efficientnet-b4": "efficientnet-b4",
  "efficientnet-b5": "efficientnet-b5",
  "efficientnet-b6": "efficientnet-b6",
  "efficientnet-b7": "efficientnet-b7",
  "efficientnet-b8": "efficientnet-b8",
  "efficientnet-l2": "efficientnet-l2",
  "efficientnet-lite0": "efficientnet-lite0",
  "efficientnet-lite1": "efficientnet-lite1",
  "efficientnet-lite2": "efficientnet-lite2",
  "efficientnet-lite3": "efficientnet-lite3",
  "efficientnet-lite4": "efficientnet-lite4",
  "efficientnet-edgetpu-S": "efficientnet-edgetpu-s",
  "efficientnet-edgetpu-M": "efficientnet-edgetpu-m",
  "efficientnet-edgetpu-L": "efficientnet-edgetpu-l",
} as const satisfies Readonly<Record<string, VariantName>>;

const AUTOML = {
  "efficientnetv2-b0": "efficientnetv2-b0",
  "efficientnetv2-b1": "efficientnetv2-b1",
  "efficientnetv2-b2": "efficientnetv2-b2",
  "efficientnetv2-b3": "efficientnetv2-b3",
  "efficientnetv2-s": "efficientnetv2-s",
  "efficientnetv2-m": "efficientnetv2-m",
  "efficientnetv2-l": "efficientnetv2-l",
  "efficientnetv2-xl": "efficientnetv2-xl",
} as const satisfies Readonly<Record<string, VariantName>>;

const MNASNET = {
  "mnasnet-a1": "mnasnet-a1",
  "mnasnet-a1-035": "mnasnet-a1-035",
  "mnasnet-a1-050": "mnasnet-a1-050",
  "mnasnet-a1-075": "mnasnet-a1-075",
  "mnasnet-a1-140": "mnasnet-a1-140",
  "mnasnet-small": "mnasnet-small",
} as const satisfies Readonly<Record<string, VariantName>>;

const archs = (
  names: Readonly<Record<string, VariantName>>,
  momentum: number,
  family: "tensorflow" | "tensorflow-mnasnet" = "tensorflow",
): ReadonlyMap<string, ArchConventions> =>
  new Map(
    Object.entries(names).map(([arch, variant]) => [
      arch,
      { variant, family, padding: "same", batchNorm: { epsilon: 1e-3, momentum } },
    ]),
  );

/** Names of tensorflow/tpu, models/official/efficientnet (EfficientNet, Lite and EdgeTPU) and mnasnet. */
export const tpuArchs = () => new Map([...archs(TPU, 0.99), ...archs(MNASNET, 0.99, "tensorflow-mnasnet")]);

/** Names of google/automl, efficientnetv2. */
export const automlArchs = () => archs(AUTOML, 0.9);
