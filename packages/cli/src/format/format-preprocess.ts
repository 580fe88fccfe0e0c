import type { PreprocessSpec } from "@efficientnet/specs";

/** How pictures are prepared, in one line. */
export function formatPreprocess({ filter, method, fit, ...normalisation }: PreprocessSpec): string {
  return `${fit.mode}, ${method} ${filter}, ${formatNormalisation(normalisation)}`;
}

/** What pixels from 0 to 1 are shifted and divided by. */
export function formatNormalisation({ mean, std }: Pick<PreprocessSpec, "mean" | "std">): string {
  return `mean ${mean.join(" ")}, std ${std.join(" ")}`;
}
