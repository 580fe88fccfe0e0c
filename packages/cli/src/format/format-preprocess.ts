import type { PreprocessSpec } from "@efficientnet/specs";

/** How pictures are prepared, in one line. */
export function formatPreprocess({ mean, std, filter, method, fit }: PreprocessSpec): string {
  return `${fit.mode}, ${method} ${filter}, mean ${mean.join(" ")}, std ${std.join(" ")}`;
}
