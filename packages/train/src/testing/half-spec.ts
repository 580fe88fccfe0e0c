import type { PreprocessSpec } from "@efficientnet/specs";

/** Pixels to [-1, 1], the whole picture squashed into the square. */
export function halfSpec(size: number): PreprocessSpec {
  const half = [0.5, 0.5, 0.5] as const;
  const fit = { mode: "squash", resizeTo: size } as const;
  return { size, fit, filter: "bilinear", method: "pillow", mean: half, std: half };
}
