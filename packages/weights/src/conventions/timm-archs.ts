import type { VariantName } from "@efficientnet/specs";
import type { ArchConventions } from "./arch-conventions.js";

/** Architectures that timm trains itself and also carries as `tf_` ports. */
const NATIVE_AND_PORTED = {
  efficientnet_b0: "efficientnet-b0",
  efficientnet_b1: "efficientnet-b1",
  efficientnet_b2: "efficientnet-b2",
  efficientnet_b3: "efficientnet-b3",
  efficientnet_b4: "efficientnet-b4",
  efficientnet_b5: "efficientnet-b5",
  efficientnet_b6: "efficientnet-b6",
  efficientnet_b7: "efficientnet-b7",
  efficientnet_b8: "efficientnet-b8",
  efficientnet_l2: "efficientnet-l2",
  efficientnet_lite0: "efficientnet-lite0",
  efficientnet_lite1: "efficientnet-lite1",
  efficientnet_lite2: "efficientnet-lite2",
  efficientnet_lite3: "efficientnet-lite3",
  efficientnet_lite4: "efficientnet-lite4",
  efficientnet_es: "efficientnet-edgetpu-s",
  efficientnet_em: "efficientnet-edgetpu-m",
  efficientnet_el: "efficientnet-edgetpu-l",
  efficientnet_cc_b0_4e: "efficientnet-condconv-b0-4e",
  efficientnet_cc_b0_8e: "efficientnet-condconv-b0-8e",
  efficientnet_cc_b1_8e: "efficientnet-condconv-b1-8e",
  efficientnetv2_s: "efficientnetv2-s",
  efficientnetv2_m: "efficientnetv2-m",
  efficientnetv2_l: "efficientnetv2-l",
  efficientnetv2_xl: "efficientnetv2-xl",
} as const satisfies Readonly<Record<string, VariantName>>;

const PORTED_ONLY = {
  efficientnetv2_b0: "efficientnetv2-b0",
  efficientnetv2_b1: "efficientnetv2-b1",
  efficientnetv2_b2: "efficientnetv2-b2",
  efficientnetv2_b3: "efficientnetv2-b3",
} as const satisfies Readonly<Record<string, VariantName>>;

const NATIVE_ONLY = {
  efficientnetv2_rw_t: "efficientnetv2-rw-t",
  efficientnetv2_rw_s: "efficientnetv2-rw-s",
  efficientnetv2_rw_m: "efficientnetv2-rw-m",
  test_efficientnet: "test-efficientnet",
  mnasnet_small: "mnasnet-small-timm",
  mnasnet_050: "mnasnet-b1-050",
  mnasnet_075: "mnasnet-b1-075",
  mnasnet_100: "mnasnet-b1",
  mnasnet_140: "mnasnet-b1-140",
  semnasnet_050: "mnasnet-a1-050",
  semnasnet_075: "mnasnet-a1-075",
  semnasnet_100: "mnasnet-a1",
  semnasnet_140: "mnasnet-a1-140",
} as const satisfies Readonly<Record<string, VariantName>>;

const native = (variant: VariantName): ArchConventions => ({
  variant,
  family: "timm",
  padding: "symmetric",
  batchNorm: { epsilon: 1e-5, momentum: 0.9 },
});

/** Weights that came from Google keep its padding and epsilon; the momentum stays PyTorch's default. */
const ported = (variant: VariantName): ArchConventions => ({
  variant,
  family: "timm",
  padding: "same",
  batchNorm: { epsilon: 1e-3, momentum: 0.9 },
});

/** timm's names. Source: pytorch-image-models, timm/models/efficientnet.py. */
export const timmArchs = (): ReadonlyMap<string, ArchConventions> =>
  new Map([
    ...Object.entries({ ...NATIVE_AND_PORTED, ...NATIVE_ONLY }).map(([arch, v]) => [arch, native(v)] as const),
    ...Object.entries({ ...NATIVE_AND_PORTED, ...PORTED_ONLY }).map(([arch, v]) => [`tf_${arch}`, ported(v)] as const),
  ]);
