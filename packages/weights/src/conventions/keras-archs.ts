import type { VariantName } from "@efficientnet/specs";
import type { ArchConventions } from "./arch-conventions.js";

const V1 = {
  EfficientNetB0: "efficientnet-b0",
  EfficientNetB1: "efficientnet-b1",
  EfficientNetB2: "efficientnet-b2",
  EfficientNetB3: "efficientnet-b3",
  EfficientNetB4: "efficientnet-b4",
  EfficientNetB5: "efficientnet-b5",
  EfficientNetB6: "efficientnet-b6",
  EfficientNetB7: "efficientnet-b7",
} as const satisfies Readonly<Record<string, VariantName>>;

const V2 = {
  EfficientNetV2B0: "efficientnetv2-b0",
  EfficientNetV2B1: "efficientnetv2-b1",
  EfficientNetV2B2: "efficientnetv2-b2",
  EfficientNetV2B3: "efficientnetv2-b3",
  EfficientNetV2S: "efficientnetv2-s",
  EfficientNetV2M: "efficientnetv2-m",
  EfficientNetV2L: "efficientnetv2-l",
} as const satisfies Readonly<Record<string, VariantName>>;

const conventions = (variant: VariantName, family: "keras-v1" | "keras-v2", momentum: number): ArchConventions => ({
  variant,
  family,
  padding: "same",
  batchNorm: { epsilon: 1e-3, momentum },
});

/** keras.applications' names. Its explicit padding layers amount to TensorFlow's SAME. */
export const kerasArchs = (): ReadonlyMap<string, ArchConventions> =>
  new Map([
    ...Object.entries(V1).map(([arch, variant]) => [arch, conventions(variant, "keras-v1", 0.99)] as const),
    ...Object.entries(V2).map(([arch, variant]) => [arch, conventions(variant, "keras-v2", 0.9)] as const),
  ]);
