/** Names under which a backend holds our own kernels. */
export const FUSED = {
  silu: "EfficientNetSilu",
  siluGradient: "EfficientNetSiluGradient",
  moments: "EfficientNetMoments",
  norm: "EfficientNetBatchNorm",
  normGradient: "EfficientNetBatchNormGradient",
  rmsprop: "EfficientNetRmsprop",
  blend: "EfficientNetBlend",
} as const;
